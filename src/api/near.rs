//! What somebody may have meant: the only file that measures how far apart two
//! words are.

use strsim::levenshtein;
pub use strsim::{levenshtein as distance, normalized_levenshtein as likeness};

/// The closest of these names, if one is close enough to be a slip of the pen.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
    let wanted = folded(name);
    let near = known.map(|k| (levenshtein(&folded(k), &wanted), k)).min()?;
    let letters = wanted.chars().count();
    (near.0 <= letters / 4 + 1 && near.0 < letters).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let near = |name: &str| nearest(name, ["total_fee", "openid", "body"].into_iter());
        assert_eq!(near("totalFee"), Some("total_fee"));
        assert_eq!(near("opneid"), Some("openid"));
        assert_eq!(near("boddy"), Some("body"));
        // A name of one or two letters is near to anything short, and means nothing.
        for other in ["quite_else", "", "x", "标价金额"] {
            assert_eq!(near(other), None, "{other}");
        }
        assert_eq!(nearest("x", ["b"].into_iter()), None);
        assert_eq!(nearest("", ["b"].into_iter()), None);
        assert_eq!(nearest("x", std::iter::empty()), None);
    }
}
