//! Text as the words it is made of, so that letter case, blanks and punctuation make
//! no difference. Comes in: text; goes out: words.

/// Letters in words: ASCII letters and digits that stand together, every other
/// letter for itself; all small, no punctuation.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut grows = false;
    for c in text.chars() {
        let joins = c.is_ascii_alphanumeric();
        if joins && grows {
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            words.push(c.to_lowercase().collect());
        }
        grows = joins;
    }
    words
}
