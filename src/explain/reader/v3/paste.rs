//! A paste with a message of v3 in it, read once: the text, the text without the
//! backslashes of whoever printed it, and the names and values of every notation.
//! Answers which value a name has, and which JSON stands there byte for byte.

use std::cell::OnceCell;

use serde_json::Value;

use super::super::documents::{self, Document};
use super::super::{escape, names};
use crate::wire::{Fields, json};

/// What was pasted.
pub(super) struct Paste<'t> {
    pub(super) text: &'t str,
    /// Without the backslashes in front of quotes and slashes, however often escaped.
    pub(super) plain: String,
    documents: OnceCell<Vec<Document>>,
}

/// So many braces are tried: no log of one call has more before its body.
const BRACES: usize = 256;

impl<'t> Paste<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, plain: peeled(text), documents: OnceCell::new() }
    }

    fn documents(&self) -> &[Document] {
        self.documents.get_or_init(|| documents::find(self.text))
    }

    /// The fields that stand together with this name.
    pub(super) fn beside(&self, name: &str) -> Option<&Fields> {
        let has = |document: &&Document| document.fields.filled(name).is_some();
        self.documents().iter().find(has).map(|document| &document.fields)
    }

    /// The value of the first of these names that has one that fits. What WeChat
    /// answered does not count.
    pub(super) fn value(&self, wanted: &[&str], fits: impl Fn(&str) -> bool) -> Option<String> {
        let own = || self.documents().iter().filter(|document| !is_refusal(&document.fields));
        wanted.iter().find_map(|wanted| {
            let mut all = own().flat_map(|document| document.fields.iter());
            let is_it = |(name, value): &(&str, &str)| names::plain(name) == *wanted && fits(value);
            all.find(is_it).map(|(_, value)| value.to_owned())
        })
    }

    /// The first JSON object that fits, as it stands; or as Python prints its bytes.
    pub(super) fn object(&self, fits: impl Fn(&Fields) -> bool) -> Option<String> {
        let is_it = |text: &&str| json::read(text.as_bytes()).is_ok_and(|fields| fits(&fields));
        let bytes = printed_bytes(self.text).filter(|text| is_it(&text.as_str()));
        let stands = |text: &str| objects(text).into_iter().find(is_it).map(str::to_owned);
        bytes.or_else(|| stands(self.text)).or_else(|| stands(&self.plain))
    }
}

/// Whether WeChat said no in it.
pub(super) fn is_refusal(fields: &Fields) -> bool {
    let has = |name: &str| fields.get(name).is_some();
    (has("code") && has("message")) || has("sign_information") || has("truncated_sign_message")
}

fn peeled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let behind = rest[at..].trim_start_matches('\\');
        let slashes = if behind.starts_with(['"', '/']) { at } else { rest.len() - behind.len() };
        out.push_str(&rest[..slashes]);
        rest = behind;
    }
    out + rest
}

/// Every JSON object that is in no other one.
fn objects(text: &str) -> Vec<&str> {
    let (mut found, mut from) = (Vec::new(), 0);
    for _ in 0..BRACES {
        let Some(at) = text[from..].find('{').map(|at| from + at) else { break };
        let mut stream = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        from = match stream.next() {
            Some(Ok(_)) => at + stream.byte_offset(),
            _ => at + 1,
        };
        found.extend((from > at + 1).then(|| &text[at..from]));
    }
    found
}

/// `b'{"description": "\xe8\x8c\xb6"}'`.
fn printed_bytes(text: &str) -> Option<String> {
    let inside = text.split_once("b'{").map(|(_, inside)| inside)?;
    let end = inside.match_indices('\'').map(|(at, _)| at).find(|at| !inside[..*at].ends_with('\\'))?;
    Some(format!("{{{}", escape::undone(&inside[..end])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backslashes_of_every_depth_are_taken_off() {
        assert_eq!(peeled(r#"a=\"1\" b=\\\"2\\\" c\/d \n"#), r#"a="1" b="2" c/d \n"#);
    }

    #[test]
    fn objects_stand_as_they_were_written() {
        let text = r#"log {x} {"a": {"b":1} } and {"c":2"#;
        assert_eq!(objects(text), [r#"{"a": {"b":1} }"#]);
        assert_eq!(
            printed_bytes(r#"POST b'{"a": "\xe8\x8c\xb6 \\u8336"}'"#).unwrap(),
            r#"{"a": "茶 \u8336"}"#
        );
    }
}
