//! Which edits, one, two or three together, give exactly the given signature.
//! Comes in: a [`Space`] of edits and readings, limits, and a word when time is
//! up; goes out: every combination of the fewest edits that hits. It names
//! nothing and shows nothing.

use super::phase::{Search, add};
use super::plan::Band;
use super::space::{Size, Space, Stop};
use super::worker::Harvest;

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most causes at once, 1 to 3. The form of the signature itself (its
    /// letter case, a wrong digest) comes on top.
    pub causes: usize,
    /// Threads to use.
    pub threads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { causes: 3, threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get) }
    }
}

/// Searches, fewest causes first, and stops at the first number of causes that
/// explains the signature. Singles, and pairs if they are [quick](Search::is_quick),
/// are always finished, except in a large message.
pub(in crate::explain) fn search(space: &Space<'_>, limits: &Limits, stop: Stop<'_>) -> Harvest {
    let search = Search { space, threads: limits.threads.max(1), stop };
    let mut all = Harvest::default();
    let least = space.targets.iter().map(|t| t.causes.len()).min().unwrap_or(0);
    for level in 0..=limits.causes + least {
        let mut order: Vec<_> = space.targets.iter().enumerate().collect();
        if level > 2 + least {
            // Three edits are many: the readings that leave fewer to search come first.
            order.sort_by_key(|(_, reading)| (reading.is_odd(), std::cmp::Reverse(reading.causes.len())));
        }
        for (target, reading) in order {
            if level > 2 + least && !all.found.is_empty() {
                break;
            }
            let Some(edits) = level.checked_sub(reading.causes.len()).filter(|&e| e <= limits.causes) else {
                continue;
            };
            if reading.is_odd() && edits > 1 {
                continue;
            }
            // The plainest readings are always finished, the others if there is time.
            let is_endless = edits > 1 && !search.is_quick() || space.size == Size::Large && edits > 0;
            let stop = (reading.causes.len() > least || edits > 2 || is_endless).then_some(stop);
            add(&mut all, search.combinations(target, edits, stop));
        }
        if !all.found.is_empty() {
            return all;
        }
        if level >= limits.causes.min(2) + least && space.size == Size::Usual {
            for step in search.late(limits.causes, level - least) {
                if stop() {
                    return all;
                }
                add(&mut all, step(&search));
                if !all.found.is_empty() {
                    return all;
                }
            }
        }
    }
    all
}

/// What triples cost that are tried first, for every reading of the signature.
/// Narrow bands, because every step goes through one band before any goes on to the
/// next: so what costs least is tried first, whatever its step. After changing one: `cargo test --release --test explain`, which counts the triples
/// that are named, and `cargo bench --bench explain`.
const EARLY: &[Band] = &[Band { above: 0, upto: 11 }, Band { above: 11, upto: 13 }];

/// And those that follow where time allows.
const LATE: &[Band] = &[
    Band { above: 13, upto: 15 },
    Band { above: 15, upto: 17 },
    Band { above: 17, upto: 20 },
    Band { above: 20, upto: 30 },
];

/// One step of the search that may be cut off.
type Step<'s, 'c> = Box<dyn Fn(&Search<'s, 'c>) -> Harvest + 's>;

impl<'s, 'c> Search<'s, 'c> {
    /// All combinations of this many edits.
    fn combinations(&self, target: usize, edits: usize, stop: Option<Stop<'s>>) -> Harvest {
        match edits {
            0 => self.plain(target),
            1 => self.singles(target, stop),
            2 if self.space.size == Size::Large => self.plain_pairs(target, stop),
            2 => self.pairs(target, stop),
            _ if self.space.size == Size::Large => Harvest::default(),
            _ => self.triples(target, EARLY),
        }
    }

    /// What follows where time allows, in this order.
    fn late(&self, causes: usize, level: usize) -> Vec<Step<'s, 'c>> {
        let band = |band: Band| every(move |s, t| s.triples(t, &[band]));
        match level {
            2 => vec![every(Search::swept_pairs), every(Search::subsets)],
            3 if causes >= 3 => {
                let (first, last) = LATE.split_at(2);
                let mut steps: Vec<_> = first.iter().map(|&late| band(late)).collect();
                steps.extend([Box::new(Search::odd_pairs), every(Search::wide_pairs)]);
                steps.extend(last.iter().map(|&late| band(late)));
                steps.push(every(Search::subsets_and_one));
                steps
            }
            _ => Vec::new(),
        }
    }
}

/// The same for the two plainest readings of the signature.
fn every<'s, 'c: 's>(work: impl Fn(&Search<'s, 'c>, usize) -> Harvest + 's) -> Step<'s, 'c> {
    Box::new(move |search| {
        let mut all = Harvest::default();
        let plain = search.space.targets.iter().enumerate().filter(|(_, reading)| !reading.is_odd());
        for (target, _) in plain.take(2) {
            add(&mut all, work(search, target));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::super::space::Found;
    use super::super::swaps::swaps;
    use super::*;
    use crate::explain::draft::{Draft, Scratch};
    use crate::explain::edits::{self, Given, Tier};
    use crate::explain::read;
    use crate::explain::target::{Again, Form, KeyOf, Target};
    use crate::sign::{Case, Digest, Secret};

    const ORDER: &str = r#"{"scheme":"pay-v2","sign":"A","key":"wxkitmockpaykey0wxkitmockpaykey0","fields":{
        "appid":"wx1","attach":"a&b","body":"茶 & 🍵","mch_id":"1","nonce_str":"5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
        "notify_url":"http://a.example/b?c=d","out_trade_no":"7","sub_mch_id":"","total_fee":"100"}}"#;

    /// A search for what is made of these edits the plain way: written by the draft, hashed at once.
    fn is_found(digest: Digest, again: Option<Again>, chosen: impl Fn(&Space<'_>) -> Vec<usize>) -> bool {
        in_space(digest, again, chosen, |space, _| {
            !search(space, &Limits { causes: 3, threads: 1 }, &|| false).found.is_empty()
        })
    }

    /// What is asked of an order whose signature these edits gave.
    fn in_space<T>(
        digest: Digest,
        again: Option<Again>,
        chosen: impl Fn(&Space<'_>) -> Vec<usize>,
        ask: impl Fn(&Space<'_>, Vec<usize>) -> T,
    ) -> T {
        let case = read(ORDER.as_bytes()).unwrap();
        let secret = case.secret.clone().unwrap_or(Secret::new(""));
        let right = Draft::right(&case.recipe(), &case.fields, secret.expose());
        let signs = [String::new()];
        let given = Given::new(&case.fields, &case.signature, &signs, &case.others);
        let table = edits::table(&given, &right, case.scheme.family().edits);
        let mut space = Space::new(right, table, Vec::new());
        let chosen = chosen(&space);
        let draft = space.draft(&chosen);
        let mut hash = digest.of(draft.secret.as_bytes(), &draft.bytes(&mut Scratch::default()));
        if let Some(again) = again {
            hash = digest.of(&[], &again.text(&hash));
        }
        let form = Form::Bytes { from: 0, bytes: hash.as_bytes().to_vec() };
        let key = KeyOf::Secret;
        space.targets = vec![Target { digest, key, again, causes: Vec::new(), candidate: None, form }];
        ask(&space, chosen)
    }

    /// Edits that are combined and do something, every so many of them.
    fn some(space: &Space<'_>, first: usize, step: usize) -> Vec<usize> {
        let combined: Vec<_> =
            (0..space.edits.len()).filter(|&edit| space.edits[edit].tier <= Tier::Rare).collect();
        let list = space.effects().distinct(&combined).unwrap();
        list.into_iter().cycle().skip(first).step_by(step).take(3).collect()
    }

    /// Edits of the first so many that give the same in this place of a hit, each written anew.
    fn plain_swaps(space: &Space<'_>, hit: &Found, place: usize, most: usize) -> Vec<Found> {
        let stays = hit.edits[1 - place];
        let others = (0..space.edits.len().min(most)).filter(|&other| {
            ![stays, hit.edits[place]].contains(&other) && !space.edits[stays].excludes(&space.edits[other])
        });
        let swapped = others.map(|other| {
            let mut swapped = hit.clone();
            swapped.edits[place] = other;
            swapped
        });
        swapped.filter(|found| space.is_hit(found, &mut Scratch::default())).collect()
    }

    /// Every other reading of a hit is found, and nothing else.
    #[test]
    fn swaps_are_those_of_the_plain_way() {
        const MOST: usize = 1500;
        let mut found = 0;
        for nth in 0..8 {
            let two = |space: &Space<'_>| some(space, nth * 40, 5 + nth)[..2].to_vec();
            found += in_space([Digest::Md5, Digest::HmacSha256][nth % 2], None, two, |space, edits| {
                let hit = |edits| Found { target: 0, edits, swept: None };
                // Two of which one is enough are no hit of a search.
                if edits.iter().any(|&one| space.is_hit(&hit(vec![one]), &mut Scratch::default())) {
                    return 0;
                }
                let both = hit(edits);
                let swapped = [0, 1].map(|place| {
                    let swapped = swaps(space, 2, (&both, place), MOST);
                    assert!(swapped == plain_swaps(space, &both, place, MOST), "{both:?}, {place}");
                    swapped.len()
                });
                swapped.iter().sum::<usize>()
            });
        }
        assert!(found > 0, "some edits have others that do the same");
    }

    /// Whatever way a string is written, it is the one that its draft spells: or it would
    /// not be found.
    #[test]
    fn what_edits_make_together_is_found() {
        for nth in 0..12 {
            let digest = [Digest::Md5, Digest::Sha1, Digest::HmacSha256, Digest::HmacMd5][nth % 4];
            let two = |space: &Space<'_>| {
                let all = some(space, nth * 57, 1 + nth * 17);
                let clash = space.edits[all[0]].excludes(&space.edits[all[1]]);
                if clash { all[..1].to_vec() } else { all[..2].to_vec() }
            };
            assert!(is_found(digest, None, two), "{nth} {digest:?}");
        }
        for (nth, again) in [Again::Hex(Case::Lower), Again::Hex(Case::Upper), Again::Raw].iter().enumerate()
        {
            assert!(is_found(Digest::Md5, Some(*again), |space| some(space, nth * 31, 1)[..1].to_vec()));
        }
    }
}
