//! Takes secrets out of text that is about to leave: every known value in every
//! form that it is likely to be written in, also cut short; and on the wire every
//! value of a field that holds one by its name. All that is shown or written for
//! people passes here.

use std::fmt::Write as _;
use std::ops::Range;

use wxkit::sign::{Secret, base64_text};
use wxkit::wire::query;

use super::super::confidential;
use super::super::outcome::Marked;

/// Shorter values are left alone: replacing every `1` would destroy the text
/// and protect nothing.
const SHORTEST: usize = 6;
/// From this length on a value is looked for in its other forms too.
const FORMS_FROM: usize = 8;
/// From this length on its beginning is as telling as the whole.
const PREFIX: usize = 12;

/// What must not be seen.
#[derive(Default)]
pub struct Mask {
    forms: Vec<Form>,
}

/// One way to write one secret.
struct Form {
    /// In lower case, unless it is so short that only the very letters count.
    text: Secret,
    case: Case,
    /// So much of its beginning is enough.
    least: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Same,
    Any,
}

impl Mask {
    /// From now on this value is masked.
    pub fn add(&mut self, secret: &Secret) {
        let value = secret.expose();
        if value.len() < SHORTEST {
            return;
        }
        if value.len() < FORMS_FROM {
            self.put(value.to_owned(), Case::Same);
            return;
        }
        for form in forms(value) {
            self.put(form.to_ascii_lowercase(), Case::Any);
        }
    }

    fn put(&mut self, text: String, case: Case) {
        if self.forms.iter().any(|form| form.text.expose() == text) {
            return;
        }
        // Cut in the middle, a beginning of a known key must still be long enough
        // that it is no word by chance.
        let least = if text.len() >= 2 * PREFIX { PREFIX } else { text.len() };
        self.forms.push(Form { text: Secret::new(text), case, least });
    }

    /// The same for whole values only: in a text whose every letter counts a few letters
    /// in common with a key (`000000000000`) are not the key.
    pub fn of_whole_values(&self) -> Self {
        let whole =
            |form: &Form| Form { text: form.text.clone(), case: form.case, least: form.text.expose().len() };
        Self { forms: self.forms.iter().map(whole).collect() }
    }

    /// The text without any of them.
    pub fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for hit in self.hits(text) {
            out.push_str(&text[at..hit.start]);
            out.push_str(Secret::MASK);
            at = hit.end;
        }
        out.push_str(&text[at..]);
        out
    }

    /// The same for a string whose differences are marked: the marks stay where
    /// they were, or go with what they were on.
    pub fn marked(&self, marked: &Marked) -> Marked {
        let hits = self.hits(&marked.text);
        let moved = |at: usize| {
            let mut shift = at;
            for hit in &hits {
                if hit.end <= at {
                    shift = shift + Secret::MASK.len() - hit.len();
                } else if hit.start < at {
                    return shift - (at - hit.start);
                }
            }
            shift
        };
        let marks = marked.marks.iter().map(|mark| moved(mark.start)..moved(mark.end)).collect();
        Marked { label: marked.label, text: self.text(&marked.text), marks }
    }

    /// Where they stand, in order, none inside another or right behind it.
    fn hits(&self, text: &str) -> Vec<Range<usize>> {
        if self.forms.is_empty() {
            return Vec::new();
        }
        let lower = text.to_ascii_lowercase();
        let mut hits: Vec<Range<usize>> = Vec::new();
        for form in &self.forms {
            let (text, value) = (if form.case == Case::Same { text } else { &lower }, form.text.expose());
            // A beginning may end inside a letter of several bytes; the whole does not.
            let start = value.get(..form.least).unwrap_or(value);
            for (at, _) in text.match_indices(start) {
                hits.push(at..at + common(&text[at..], value));
            }
        }
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        hits.dedup_by(|next, kept| {
            let overlaps = next.start <= kept.end;
            if overlaps {
                kept.end = kept.end.max(next.end);
            }
            overlaps
        });
        hits
    }
}

/// How many bytes of the beginning are the same.
fn common(text: &str, value: &str) -> usize {
    let same = text.chars().zip(value.chars()).take_while(|(a, b)| a == b);
    same.map(|(a, _)| a.len_utf8()).sum()
}

/// A value as programs write it: plain, in a URL, in JSON, in XML, in hex, in
/// base64 wherever it starts in the bytes that are encoded.
fn forms(value: &str) -> Vec<String> {
    let mut forms =
        vec![value.to_owned(), query::escape(value), in_json(value), in_xml(value), in_hex(value)];
    for before in 0..3 {
        let bytes: Vec<u8> = vec![0; before].into_iter().chain(value.bytes()).collect();
        let text = base64_text(&bytes);
        // What the bytes before and behind have a part in is not ours alone.
        let own = (before * 8).div_ceil(6)..(bytes.len() * 8) / 6;
        let own = text[own].to_owned();
        forms.push(own.replace('+', "-").replace('/', "_"));
        forms.push(own);
    }
    forms.retain(|form| form.len() >= FORMS_FROM);
    forms
}

fn in_json(value: &str) -> String {
    let quoted = serde_json::Value::from(value).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn in_xml(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn in_hex(value: &str) -> String {
    value.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Replaces the values of fields that hold secrets by their name.
pub fn by_name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for value in confidential::by_name(text) {
        out.push_str(&text[at..value.start]);
        out.push_str(Secret::MASK);
        at = value.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use wxkit::api::Word;

    use super::*;

    fn mask(values: &[&str]) -> Mask {
        let mut mask = Mask::default();
        for value in values {
            mask.add(&Secret::new(*value));
        }
        mask
    }

    #[test]
    fn known_values_go_everywhere() {
        let mask = mask(&["s3cr3tkey", "1"]);
        assert_eq!(mask.text("key=s3cr3tkey&n=1 s3cr3tkey"), "key=***&n=1 ***");
        assert_eq!(mask.text("S3CR3TKEY s3cr3tkeys3cr3tkey"), "*** ***");
    }

    /// The forms are Python's: `urllib.parse.quote`, `json.dumps`, `binascii.hexlify`,
    /// and `base64.b64encode` with nothing, `k:`, `ab:` and `abc:` before it.
    #[test]
    fn every_form_of_a_value_goes() {
        let mask = mask(&["pass\"w/rd+9&x"]);
        for form in [
            "pass%22w%2Frd%2B9%26x",
            "pass%22w%2frd%2b9%26x",
            "pass\\\"w/rd+9&x",
            "pass&quot;w/rd+9&amp;x",
            "7061737322772f72642b392678",
            "PASS\"W/RD+9&X",
        ] {
            assert_eq!(mask.text(&format!("<{form}>")), "<***>", "{form}");
        }
        for (encoded, masked) in [
            ("cGFzcyJ3L3JkKzkmeA==", "***A=="),
            ("azpwYXNzIncvcmQrOSZ4", "azp***"),
            ("YWI6cGFzcyJ3L3JkKzkmeA==", "YWI6***A=="),
            ("YWJjOnBhc3Midy9yZCs5Jng=", "YWJjOn***g="),
        ] {
            assert_eq!(mask.text(encoded), masked);
        }
    }

    #[test]
    fn a_beginning_of_a_long_value_goes_too() {
        let mask = mask(&["192006250b4c09247ec02edce69f6a2d"]);
        assert_eq!(mask.text("192006250b4c09247e… 192006250b4c 1920062"), "***… *** 1920062");
        assert_eq!(mask.text("192006250B4C09247EC02EDCE69F6A2Dx"), "***x");
    }

    #[test]
    fn marks_stay_on_what_they_mark() {
        let text = "a=1&key=s3cr3tkey&z=9".to_owned();
        let marked = Marked { label: Word::new("你", "yours"), text, marks: vec![2..3, 10..12, 20..21] };
        let masked = mask(&["s3cr3tkey"]).marked(&marked);
        assert_eq!(masked.text, "a=1&key=***&z=9");
        assert_eq!(masked.marks, [2..3, 8..8, 14..15]);
    }

    #[test]
    fn values_go_by_their_name_in_every_shape() {
        assert_eq!(by_name("/t?appid=a&secret=xy&n=1"), "/t?appid=a&secret=***&n=1");
        assert_eq!(
            by_name(r#"{"access_token":"73_x","expires_in":7200}"#),
            r#"{"access_token":"***","expires_in":7200}"#
        );
        assert_eq!(
            by_name("<secret><![CDATA[k]]></secret><a>1</a>"),
            "<secret><![CDATA[***]]></secret><a>1</a>"
        );
    }
}
