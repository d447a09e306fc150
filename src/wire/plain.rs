//! Names and values of a plain message, found in one pass over its bytes and not copied: flat
//! XML of nothing but elements with text or CDATA, or a flat JSON object of strings without
//! escapes and whole numbers. Comes in: bytes; goes out: pairs, or no for anything else, which
//! says nothing against the message. A yes means what [`xml::read`](super::xml::read) and
//! [`json::read`](super::json::read) read: the tests below and `fuzz/fuzz_targets/batch.rs`.

/// Name and value.
pub type Pair<'t> = (&'t [u8], &'t [u8]);

/// Finds the pairs of a plain message, in its order; false if it is none. A name may still
/// be there twice, which neither XML nor JSON allows here.
pub fn read<'t>(text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> bool {
    pairs.clear();
    let is_text = text.is_ascii() || std::str::from_utf8(text).is_ok();
    let found = match text.first() {
        Some(b'<') => elements(text, pairs),
        Some(b'{') => members(text, pairs),
        _ => None,
    };
    is_text && found.is_some()
}

/// `<xml><name>text</name><name><![CDATA[text]]></name></xml>`
fn elements<'t>(text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> Option<()> {
    let mut rest = text.strip_prefix(b"<xml>")?;
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        if rest == b"/xml>" {
            return Some(());
        }
        let (name, tail) = rest.split_at(find_end_of_name(rest)?);
        if !name.first()?.is_ascii_alphabetic() {
            return None;
        }
        let inside = tail.strip_prefix(b">")?;
        let (value, end) = match inside.strip_prefix(b"<![CDATA[") {
            None => {
                let (value, end) = inside.split_at(find(inside, b'<')?);
                (find(value, b'&').is_none().then_some(value)?, end)
            }
            Some(inside) => {
                let (value, end) = inside.split_at(end_of_cdata(inside)?);
                (value, &end[3..])
            }
        };
        let (closed, end) = end.strip_prefix(b"</")?.split_at_checked(name.len())?;
        rest = is_same(closed, name).then_some(end)?.strip_prefix(b">")?;
        pairs.push((name, value));
    }
}

/// Where the first `]]>` is.
fn end_of_cdata(inside: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + find(&inside[from..], b']')?;
        if inside[at..].starts_with(b"]]>") {
            return Some(at);
        }
        from = at + 1;
    }
}

/// `{"name":"text","name":1}`
fn members<'t>(text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> Option<()> {
    let mut rest = blank(text.strip_prefix(b"{")?);
    loop {
        let (name, tail) = string(rest)?;
        let inside = blank(blank(tail).strip_prefix(b":")?);
        let (value, end) = match inside.first()? {
            b'"' => string(inside)?,
            _ => whole_number(inside)?,
        };
        pairs.push((name, value));
        rest = blank(end);
        match rest.split_first()? {
            (b',', more) => rest = blank(more),
            (b'}', more) => return blank(more).is_empty().then_some(()),
            _ => return None,
        }
    }
}

/// What JSON takes for white space, at the beginning.
fn blank(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
    &text[end.unwrap_or(text.len())..]
}

/// A string as it stands, and what follows it.
fn string(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let inside = text.strip_prefix(b"\"")?;
    let (value, end) = inside.split_at(find_in_string(inside)?);
    Some((value, end.strip_prefix(b"\"")?))
}

fn whole_number(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = text.iter().position(|b| !b.is_ascii_digit())?;
    let (digits, end) = text.split_at(length);
    let is_whole = digits == b"0" || !matches!(digits, [] | [b'0', ..]);
    // A fraction or an exponent may follow.
    (is_whole && matches!(end[0], b',' | b'}' | b' ' | b'\t' | b'\n' | b'\r')).then_some((digits, end))
}

/// As WeChat writes them.
const fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A one in each byte, and the highest bit of each.
const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// The first byte of this kind. Eight at a time: names and values are so short that a call
/// of a wider search costs more than the search.
fn find(text: &[u8], wanted: u8) -> Option<usize> {
    let pattern = ONES * u64::from(wanted);
    first(text, |byte| byte == wanted, |eight| zeros(eight ^ pattern))
}

/// What no name has.
fn find_end_of_name(text: &[u8]) -> Option<usize> {
    first(
        text,
        |byte| !is_in_name(byte),
        |eight| {
            let ascii = eight & !HIGHS;
            // The highest bit of each byte from the first to the last of these, if all are ASCII.
            let within = |eight: u64, first: u8, last: u8| {
                (eight + ONES * u64::from(0x80 - first)) & !(eight + ONES * u64::from(0x7f - last))
            };
            let letters = within(ascii | (ONES * 0x20), b'a', b'z');
            let others = within(ascii, b'0', b'9') | within(ascii, b'_', b'_');
            !((letters | others) & !eight) & HIGHS
        },
    )
}

/// Whether two texts of one length are equal: by eights, as [`find`] does.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    let ends = |text: &[u8]| {
        let [first, last] = [text.first_chunk::<8>()?, text.last_chunk::<8>()?];
        Some([u64::from_le_bytes(*first), u64::from_le_bytes(*last)])
    };
    if (8..=16).contains(&a.len()) { ends(a) == ends(b) } else { a == b }
}

/// The end of a string, or what is not plain in one: an escape, a control character.
fn find_in_string(text: &[u8]) -> Option<usize> {
    let is_end = |byte| byte == b'"' || byte == b'\\' || byte < b' ';
    let ends = |eight: u64| {
        let controls = eight.wrapping_sub(ONES * u64::from(b' ')) & !eight & HIGHS;
        zeros(eight ^ (ONES * u64::from(b'"'))) | zeros(eight ^ (ONES * u64::from(b'\\'))) | controls
    };
    first(text, is_end, ends)
}

/// The first byte for which the bits of its eight, or a look at it alone, say yes. Bits above
/// the first may be wrong: a borrow comes from below.
fn first(text: &[u8], is_one: impl Fn(u8) -> bool, among: impl Fn(u64) -> u64) -> Option<usize> {
    let (eights, rest) = text.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let found = among(u64::from_le_bytes(*eight));
        if found != 0 {
            return Some(8 * index + found.trailing_zeros() as usize / 8);
        }
    }
    Some(8 * eights.len() + rest.iter().position(|byte| is_one(*byte))?)
}

/// The highest bit of each byte that is zero.
const fn zeros(eight: u64) -> u64 {
    eight.wrapping_sub(ONES) & !eight & HIGHS
}

#[cfg(test)]
mod tests {
    use super::super::{Fields, json, xml};
    use super::*;

    /// The fields of a plain message in which no name is there twice.
    fn found(text: &str) -> Option<Fields> {
        let mut pairs = Vec::new();
        let text_of = |bytes| std::str::from_utf8(bytes).unwrap();
        let is_plain = read(text.as_bytes(), &mut pairs);
        let is_twice = |at: usize| pairs[..at].iter().any(|(name, _)| *name == pairs[at].0);
        let is_clear = is_plain && !(0..pairs.len()).any(is_twice);
        is_clear.then(|| pairs.iter().map(|(name, value)| (text_of(name), text_of(value))).collect())
    }

    #[test]
    fn what_wechat_and_its_users_write_is_plain() {
        let all: Fields =
            [("appid", "wx1"), ("total_fee", "1"), ("a", "]&<支付>] "), ("b", "")].into_iter().collect();
        let one_line = "<xml><appid><![CDATA[wx1]]></appid><total_fee>1</total_fee><a><![CDATA[]&<支付>] ]]></a><b></b></xml>";
        let lines = one_line
            .replace("><", ">\n<")
            .replace(">\n<!", "><!")
            .replace("]>\n</", "]></")
            .replace("<b>\n", "<b>");
        let object = r#"{"appid":"wx1","total_fee":1,"a":"]&<支付>] ","b":""}"#;
        for text in [one_line, &lines, object, &object.replace(',', " ,\n  ").replace(':', " : ")] {
            assert_eq!(found(text), Some(all.clone()), "{text}");
        }
    }

    #[test]
    fn anything_else_is_left_to_others() {
        let odd = [
            "<xml><a>1</a></xml>\n",
            "<xml><a>&lt;</a></xml>",
            "<xml><a x='1'>1</a></xml>",
            "<xml><a/></xml>",
            "<xml><a><b>1</b></a></xml>",
            "<xml><a>1</b></xml>",
            "<xml><!-- c --></xml>",
            "<xml>x</xml>",
            "<xml><1>1</1></xml>",
            "<xml><a><![CDATA[1]]>2</a></xml>",
            "<xml><a>1</a>",
            r#"{"a":"\u0031"}"#,
            r#"{"a":1.0}"#,
            r#"{"a":01}"#,
            r#"{"a":-1}"#,
            r#"{"a":1e3}"#,
            r#"{"a":null}"#,
            r#"{"a":["b"]}"#,
            r#"{"a":"1",}"#,
            r#"{"a" "1"}"#,
            r#"{"a":"1"} x"#,
            "{\"a\":\"\t\"}",
            "{}",
            "",
            "a=1",
            " {\"a\":\"1\"}",
        ];
        for text in odd {
            assert_eq!(found(text), None, "{text}");
        }
        assert!(!read(b"<xml><a>\xd6\xd0</a></xml>", &mut Vec::new()));
    }

    #[test]
    fn every_byte_is_found_wherever_it_stands() {
        for (byte, at) in (0..=255).flat_map(|byte| (0..20).map(move |at| (byte, at))) {
            let other = if byte == b'x' { b'y' } else { b'x' };
            let mut text = [other; 20];
            assert_eq!(find(&text, byte), None);
            text[at] = byte;
            assert_eq!(find(&text, byte), Some(at));
            let ends = byte < b' ' || byte == b'"' || byte == b'\\';
            assert_eq!(find_in_string(&text), ends.then_some(at), "{byte}");
            let mut name = *b"appid_Za09zAZ_aaaaaa";
            name[at] = byte;
            assert_eq!(find_end_of_name(&name), (!is_in_name(byte)).then_some(at), "{byte}");
        }
    }

    const PIECES: &str = "<xml>|</xml>|<a>|</a>|<b>|</b>|<a>1</a>|<b><![CDATA[|]]></b>|<![CDATA[|]]>|]|>|&lt;| |\r\n|茶|x|<c/>|\
                          {|}|\"|\"a\":\"1\"|\"b\":|2|,|:|\\|null|0|\u{1}|\t";

    proptest::proptest! {
        #[test]
        fn what_is_plain_is_read_the_same(picks in proptest::collection::vec(0..31_usize, 0..12)) {
            let inside: String = picks.into_iter().filter_map(|at| PIECES.split('|').nth(at)).collect();
            for text in [inside.clone(), format!("<xml>{inside}</xml>"), format!("{{{inside}}}"), format!("{{\"c\":\"{inside}\"}}")] {
                let Some(fields) = found(&text) else { continue };
                let read = if text.starts_with('<') { xml::read(text.as_bytes()) } else { json::read(text.as_bytes()) };
                proptest::prop_assert_eq!(Ok(fields), read, "{}", text);
            }
        }
    }
}
