//! A message in the coding of what carried it: percent signs of a form, base64 of a
//! queue, hex digits and dumps of a packet. Comes in: text; goes out: the text inside.
//! Nothing is taken for a coding that does not give a message back.

use std::borrow::Cow;

use crate::sign;
use crate::wire::query;

/// A shorter run of letters is a word, a number or a hash.
const SHORTEST: usize = 40;

/// `%3Cxml%3E`, `%7B%22appid%22`.
pub(super) fn without_percent(text: &str) -> String {
    let is_message = ["%3Cxml", "%3cxml", "%7B%22", "%7b%22"].iter().any(|mark| text.contains(mark));
    // A form writes blanks as plus signs; who writes %20 means plus signs.
    let is_form = !text.contains("%20");
    let plain = || if is_form { Cow::from(text.replace('+', " ")) } else { Cow::from(text) };
    let decoded = is_message.then(|| query::read_segment(&plain()).ok()).flatten();
    decoded.unwrap_or_else(|| text.to_owned())
}

/// Base64 of a message: the whole text, lines and all, or a word of it.
pub(super) fn without_base64(text: &str) -> String {
    let whole: String = text.split_whitespace().collect();
    if let Some(message) = of_base64(&whole) {
        return message;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_base64) {
        let (before, word) = rest.split_at(at);
        let letters = word.find(|c| !is_base64(c)).unwrap_or(word.len());
        let padding = word[letters..].bytes().take(2).take_while(|b| *b == b'=').count();
        let (word, after) = word.split_at(letters + padding);
        out.push_str(before);
        out.push_str(of_base64(word).as_deref().unwrap_or(word));
        rest = after;
    }
    out + rest
}

const fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/')
}

fn of_base64(word: &str) -> Option<String> {
    let begins = ["PHhtb", "PD94b", "ey"].iter().any(|mark| word.starts_with(mark));
    (begins && word.len() >= SHORTEST).then(|| sign::from_base64(word))?.and_then(message)
}

/// Hex digits of a message, with or without blanks and `0x`; or a dump: `xxd`,
/// `hexdump -C`, `tcpdump -X`, what packet sniffers save.
pub(super) fn without_hex(text: &str) -> String {
    let digits: String = text.split_whitespace().collect();
    let digits = digits.strip_prefix("0x").or(digits.strip_prefix("\\x")).unwrap_or(&digits);
    let is_long = digits.len() >= SHORTEST;
    let plain = is_long.then(|| sign::from_hex(digits)).flatten().and_then(message);
    plain.or_else(|| dumped(text)).unwrap_or_else(|| text.to_owned())
}

/// The bytes of a dump as text; headers of a packet before it may be none.
fn dumped(text: &str) -> Option<String> {
    let lines: Vec<Vec<u8>> = text.lines().filter_map(bytes_of).collect();
    let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
    let is_dump = lines.len() > 2 && lines.len() * 4 > filled * 3;
    let bytes = is_dump.then(|| lines.concat())?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.contains(['<', '{', '=']).then_some(text)
}

/// Most bytes that a line of a dump has.
const LINE: usize = 32;

/// `00000010: 3c78 6d6c …  <xml…`, `0x0010:  3c78 …`, `00000010  3c 78 …  |<xml|`.
fn bytes_of(line: &str) -> Option<Vec<u8>> {
    let line = line.trim_start();
    let (place, rest) = line.split_once([':', ' '])?;
    let place = place.strip_prefix("0x").unwrap_or(place);
    let is_place = (4..=16).contains(&place.len()) && place.bytes().all(|b| b.is_ascii_hexdigit());
    let digits = is_place.then(|| rest.split('|').next().unwrap_or(rest).trim_start())?;
    let has_bar = rest.contains('|');
    let mut bytes = Vec::new();
    // Behind two blanks stand the letters, but for the one that halves a line.
    let columns = digits.split("  ").take(if has_bar { 2 } else { 1 });
    for word in columns.flat_map(str::split_whitespace) {
        let is_bytes = matches!(word.len(), 2 | 4 | 8) && bytes.len() < LINE;
        bytes.extend(is_bytes.then(|| sign::from_hex(word)).flatten()?);
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// The bytes as a message, if they look like one.
fn message(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    let begins = text.trim_start().starts_with(['<', '{', '[']);
    (begins || text.contains('=') && text.contains('&')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<xml><appid>wx77aa88bb99cc00dd</appid><body>茶 +1</body></xml>";

    #[test]
    fn every_coding_gives_the_message_back() {
        let hex = XML.bytes().map(|b| format!("{b:02x}")).collect::<Vec<_>>().concat();
        assert_eq!(without_hex(&hex), XML);
        assert_eq!(without_hex(&format!("0x{}", hex.to_uppercase())), XML);
        assert_eq!(without_base64(&sign::base64_text(XML.as_bytes())), XML);
        assert_eq!(without_percent(&query::escape(XML)), XML);
        assert_eq!(without_percent("xml=%3Cxml%3Ea+b"), "xml=<xml>a b");
        let word = format!("body={} ok", sign::base64_text(XML.as_bytes()));
        assert_eq!(without_base64(&word), format!("body={XML} ok"));
    }

    #[test]
    fn every_dump_gives_the_message_back() {
        let lines = |line: &dyn Fn(usize, &[u8]) -> String| {
            let all = XML.as_bytes().chunks(16).enumerate();
            all.map(|(at, bytes)| line(at * 16, bytes)).collect::<Vec<_>>().join("\n")
        };
        let pairs = |bytes: &[u8], many: usize| {
            let word = |two: &[u8]| two.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().concat();
            bytes.chunks(many).map(word).collect::<Vec<_>>().join(" ")
        };
        let letters = |bytes: &[u8]| {
            let letter = |b: &u8| if matches!(b, b' '..=b'~') { char::from(*b) } else { '.' };
            bytes.iter().map(letter).collect::<String>()
        };
        let xxd = lines(&|at, b| format!("{at:08x}: {:39}  {}", pairs(b, 2), letters(b)));
        let tcpdump = lines(&|at, b| format!("\t0x{at:04x}:  {:39}  {}", pairs(b, 2), letters(b)));
        let hexdump = lines(&|at, b| {
            let (left, right) = b.split_at(b.len().min(8));
            format!("{at:08x}  {:23}  {:23}  |{}|", pairs(left, 1), pairs(right, 1), letters(b))
        });
        for dump in [xxd, tcpdump, hexdump] {
            assert_eq!(without_hex(&dump), XML, "{dump}");
        }
    }

    #[test]
    fn what_is_no_message_stays() {
        for text in [
            "9A0A8659F005D6984697E2CA0A9CF3B7",
            "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
            "a=1&b=%3C",
            "appid: wx1\nmch_id: 1\nsign: A",
            "",
        ] {
            assert_eq!((without_hex(text), without_base64(text)), (text.to_owned(), text.to_owned()));
            assert_eq!(without_percent(text), text);
        }
    }
}
