//! Files that were made and wait to be fetched: bills, each under a token that is good
//! for five minutes. Bounded; knows nothing of what is in them.

use std::collections::VecDeque;

/// So long a token is good, in seconds.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4013071227>
const LIFE: u64 = 300;
/// Most files that are kept: each may be as long as the day was.
const KEEP: usize = 16;

/// A file that waits.
#[derive(Debug)]
struct Kept {
    token: String,
    owner: String,
    bytes: Vec<u8>,
    until: u64,
}

/// Why a file is not handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotThere {
    /// Nobody was given this token, or its time is over.
    Gone,
    /// It is another merchant's.
    NotYours,
}

/// The files; the oldest are thrown away.
#[derive(Debug, Default)]
pub(super) struct Shelf(VecDeque<Kept>);

impl Shelf {
    /// Lays a file of this merchant down.
    pub(super) fn put(&mut self, token: String, owner: &str, bytes: Vec<u8>, now: u64) {
        self.0.retain(|kept| kept.until > now);
        if self.0.len() == KEEP {
            self.0.pop_front();
        }
        self.0.push_back(Kept { token, owner: owner.to_owned(), bytes, until: now + LIFE });
    }

    /// The file of this token, any number of times.
    pub(super) fn get(&self, token: &str, owner: &str, now: u64) -> Result<&[u8], NotThere> {
        match self.0.iter().find(|kept| kept.token == token && kept.until > now) {
            None => Err(NotThere::Gone),
            Some(kept) if kept.owner != owner => Err(NotThere::NotYours),
            Some(kept) => Ok(&kept.bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_five_minutes_and_its_owner() {
        let mut shelf = Shelf::default();
        shelf.put("t".into(), "1", b"bill".to_vec(), 0);
        assert_eq!(shelf.get("t", "1", 299), Ok(&b"bill"[..]));
        assert_eq!(shelf.get("t", "2", 0), Err(NotThere::NotYours));
        assert_eq!([shelf.get("t", "1", 300), shelf.get("x", "1", 0)], [Err(NotThere::Gone); 2]);
        for n in 0..100 {
            shelf.put(n.to_string(), "1", Vec::new(), 1);
        }
        assert_eq!(shelf.0.len(), KEEP);
    }
}
