//! Names and values of plain messages, found in one pass over their bytes and not copied: flat
//! XML of nothing but elements with text or CDATA, or a flat JSON object of strings without
//! escapes and whole numbers. Comes in: bytes; goes out: pairs by name, or no for anything else,
//! which says nothing against the message. A yes means what [`xml::read`](super::xml::read) and
//! [`json::read`](super::json::read) read: the tests below and `fuzz/fuzz_targets/batch.rs`.

use std::cmp::Ordering;
use std::ops::Range;

/// Name and value.
pub type Pair<'t> = (&'t [u8], &'t [u8]);

/// Reads messages one after the other. Most are written by a program that wrote one of those
/// before: then nothing but the ends of the values is looked for.
#[derive(Default)]
pub struct Reader {
    /// The last one first.
    shapes: Vec<Shape>,
}

/// A message without its values.
#[derive(Default)]
struct Shape {
    places: Vec<Place>,
    around: Vec<u8>,
}

/// Where a pair stands.
struct Place {
    /// How many bytes there are between the value before and this one.
    before: usize,
    /// The name in them.
    name: Range<usize>,
    ends: Ends,
    /// How many names come before this one by the alphabet.
    rank: usize,
}

/// How a value ends.
#[derive(Clone, Copy)]
enum Ends {
    Text,
    Cdata,
    String,
    Number,
}

/// Shapes that are remembered: of payments with and without coupons, of refunds, of one more.
const MOST_SHAPES: usize = 4;

/// Most pairs of one message: an official notice has 40, and with coupons 100.
const MOST_PAIRS: usize = 128;

impl Reader {
    /// Finds the pairs of a plain message, in the order of their names; false if it is none.
    pub fn read<'t>(&mut self, text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> bool {
        if !text.is_ascii() && std::str::from_utf8(text).is_err() {
            return false;
        }
        match self.shapes.iter().position(|shape| shape.read(text, pairs).is_some()) {
            Some(0) => {}
            Some(at) => self.shapes[..=at].rotate_right(1),
            None => {
                let Some(shape) = Shape::of(text, pairs) else { return false };
                self.shapes.truncate(MOST_SHAPES - 1);
                self.shapes.insert(0, shape);
            }
        }
        true
    }
}

impl Shape {
    /// Reads a message of this shape.
    fn read<'t>(&self, text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> Option<()> {
        pairs.resize(self.places.len(), Pair::default());
        let (mut rest, mut around) = (text, &self.around[..]);
        for place in &self.places {
            let (wanted, after) = around.split_at_checked(place.before)?;
            let (before, inside) = rest.split_at_checked(place.before)?;
            let (value, end) = is_same(before, wanted).then(|| place.ends.split(inside))??;
            *pairs.get_mut(place.rank)? = (before.get(place.name.clone())?, value);
            (rest, around) = (end, after);
        }
        (rest == around).then_some(())
    }

    /// Reads a message, and keeps its shape.
    fn of<'t>(text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> Option<Self> {
        pairs.clear();
        let mut shape = Self::default();
        match text.first()? {
            b'<' => shape.elements(text, pairs)?,
            b'{' => shape.members(text, pairs)?,
            _ => return None,
        }
        shape.sort(pairs)?;
        Some(shape)
    }

    /// Sorts by name; none if one is there twice, which neither XML nor JSON allows here.
    fn sort(&mut self, pairs: &mut Vec<Pair<'_>>) -> Option<()> {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_unstable_by(|a, b| compare(pairs[*a].0, pairs[*b].0));
        order.iter().enumerate().for_each(|(rank, place)| self.places[*place].rank = rank);
        *pairs = order.into_iter().map(|place| pairs[place]).collect();
        pairs.windows(2).all(|two| two[0].0 != two[1].0).then_some(())
    }

    /// `<xml><name>text</name><name><![CDATA[text]]></name></xml>`
    fn elements<'t>(&mut self, text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> Option<()> {
        let mut last = text;
        let mut rest = text.strip_prefix(b"<xml>")?;
        loop {
            rest = rest.trim_ascii_start().strip_prefix(b"<")?;
            if rest == b"/xml>" {
                self.around.extend_from_slice(last);
                return Some(());
            }
            let (name, tail) = rest.split_at(find_end_of_name(rest)?);
            if !name.first()?.is_ascii_alphabetic() {
                return None;
            }
            let inside = tail.strip_prefix(b">")?;
            let (inside, ends) = match inside.strip_prefix(b"<![CDATA[") {
                None => (inside, Ends::Text),
                Some(inside) => (inside, Ends::Cdata),
            };
            let (value, end) = ends.split(inside)?;
            self.found(last, rest, name, inside, ends)?;
            pairs.push((name, value));
            last = end;
            let end = if matches!(ends, Ends::Cdata) { &end[3..] } else { end };
            let (closed, end) = end.strip_prefix(b"</")?.split_at_checked(name.len())?;
            rest = is_same(closed, name).then_some(end)?.strip_prefix(b">")?;
        }
    }

    /// `{"name":"text","name":1}`
    fn members<'t>(&mut self, text: &'t [u8], pairs: &mut Vec<Pair<'t>>) -> Option<()> {
        let mut last = text;
        let mut rest = blank(text.strip_prefix(b"{")?);
        loop {
            rest = rest.strip_prefix(b"\"")?;
            let (name, tail) = Ends::String.split(rest)?;
            let inside = blank(blank(tail.strip_prefix(b"\"")?).strip_prefix(b":")?);
            let (inside, ends) = match inside.strip_prefix(b"\"") {
                None => (inside, Ends::Number),
                Some(inside) => (inside, Ends::String),
            };
            let (value, end) = ends.split(inside)?;
            self.found(last, rest, name, inside, ends)?;
            pairs.push((name, value));
            last = end;
            let end = if matches!(ends, Ends::String) { end.strip_prefix(b"\"")? } else { end };
            rest = blank(end);
            match rest.split_first()? {
                (b',', more) => rest = blank(more),
                (b'}', more) => {
                    self.around.extend_from_slice(last);
                    return blank(more).is_empty().then_some(());
                }
                _ => return None,
            }
        }
    }

    /// Keeps where a pair stands: `last`, `from_name` and `inside` are what follows the value
    /// before, the beginning of the name and the beginning of the value. None of too many.
    fn found(&mut self, last: &[u8], from_name: &[u8], name: &[u8], inside: &[u8], ends: Ends) -> Option<()> {
        let (before, at) = (last.len() - inside.len(), last.len() - from_name.len());
        self.around.extend_from_slice(&last[..before]);
        self.places.push(Place { before, name: at..at + name.len(), ends, rank: 0 });
        (self.places.len() <= MOST_PAIRS).then_some(())
    }
}

impl Ends {
    /// The value that begins here, and what follows it.
    fn split(self, inside: &[u8]) -> Option<(&[u8], &[u8])> {
        match self {
            Self::Text => {
                let (value, end) = inside.split_at(find(inside, b'<')?);
                find(value, b'&').is_none().then_some((value, end))
            }
            Self::Cdata => Some(inside.split_at(end_of_cdata(inside)?)),
            Self::String => Some(inside.split_at(find_in_string(inside)?)),
            Self::Number => whole_number(inside),
        }
    }
}

/// Where the first `]]>` is.
pub(super) fn end_of_cdata(inside: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + find(&inside[from..], b']')?;
        if inside[at..].starts_with(b"]]>") {
            return Some(at);
        }
        from = at + 1;
    }
}

/// As bytes; the first eight tell most names apart, and that is seen at once.
fn compare(a: &[u8], b: &[u8]) -> Ordering {
    head(a).cmp(&head(b)).then_with(|| a.cmp(b))
}

fn head(name: &[u8]) -> u64 {
    let mut head = [0; 8];
    match name.first_chunk() {
        Some(first) => head = *first,
        None => head[..name.len()].copy_from_slice(name),
    }
    u64::from_be_bytes(head)
}

/// What JSON takes for white space, at the beginning.
fn blank(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
    &text[end.unwrap_or(text.len())..]
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

/// Whether nothing but letters, digits and `_` is in it.
pub(super) fn is_name(text: &[u8]) -> bool {
    find_end_of_name(text).is_none()
}

/// What no name has.
pub(super) fn find_end_of_name(text: &[u8]) -> Option<usize> {
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
    let (Some(last_a), Some(last_b)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) else { return a == b };
    let odd = |(a, b): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
    let eights = a.as_chunks().0.iter().zip(b.as_chunks().0);
    eights.map(odd).fold(odd((last_a, last_b)), |all, one| all | one) == 0
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
        found_by(&mut Reader::default(), text)
    }

    fn found_by(reader: &mut Reader, text: &str) -> Option<Fields> {
        let mut pairs = Vec::new();
        let text_of = |bytes| std::str::from_utf8(bytes).unwrap();
        let is_plain = reader.read(text.as_bytes(), &mut pairs);
        is_plain.then(|| pairs.iter().map(|(name, value)| (text_of(name), text_of(value))).collect())
    }

    fn sorted(fields: &Fields) -> Fields {
        let mut pairs: Vec<_> = fields.iter().collect();
        pairs.sort_unstable();
        pairs.into_iter().collect()
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
            assert_eq!(found(text), Some(sorted(&all)), "{text}");
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
        assert!(!Reader::default().read(b"<xml><a>\xd6\xd0</a></xml>", &mut Vec::new()));
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

    /// What follows a message is read as it would be by a reader that never saw another.
    #[test]
    fn the_shape_before_changes_nothing() {
        let texts = [
            "<xml><a>1</a><b><![CDATA[2]]></b></xml>",
            "<xml><a>11</a><b><![CDATA[]]]]></b></xml>",
            "<xml><a>1</a><b><![CDATA[2]]></b><c>3</c></xml>",
            "<xml><a><![CDATA[1]]></a><b><![CDATA[2]]></b></xml>",
            "<xml><a></a><b><![CDATA[]]></b></xml>",
            "<xml><a>&amp;</a><b><![CDATA[2]]></b></xml>",
            "<xml><a>1</a><b>2</b></xml>",
            "<xml><a>1</a><b>2</a></xml>",
            "<xml><a>1</a><b>2</b>",
            "<xml><a>1</a><b>2</b></xml>\n",
            "<xml></xml>",
            "{\"a\":1,\"b\":\"2\"}",
            "{\"a\":22,\"b\":\"\"}",
            "{\"a\":22.5,\"b\":\"\"}",
            "{\"a\":01,\"b\":\"\"}",
            "{\"a\":\"1\",\"b\":\"2\"}",
            "{\"a\":1,\"b\":\"\\u0031\"}",
            "{\"a\":1,\"b\":\"2\"",
            "{\"a\":1",
            "",
        ];
        let alone = texts.map(found);
        for (first, second) in
            (0..texts.len()).flat_map(|first| (0..texts.len()).map(move |second| (first, second)))
        {
            let mut reader = Reader::default();
            for at in [first, second, second, first] {
                assert_eq!(
                    found_by(&mut reader, texts[at]),
                    alone[at],
                    "{} with {}",
                    texts[first],
                    texts[second]
                );
            }
        }
    }

    #[test]
    fn more_pairs_than_usual_are_left_to_others() {
        let one = |n: usize| format!("<n{n}>1</n{n}>");
        let of = |count: usize| (0..count).map(one).collect::<Vec<_>>().concat();
        assert!(found(&format!("<xml>{}</xml>", of(MOST_PAIRS))).is_some());
        assert!(found(&format!("<xml>{}</xml>", of(MOST_PAIRS + 1))).is_none());
    }

    const PIECES: &str = "<xml>|</xml>|<a>|</a>|<b>|</b>|<a>1</a>|<b><![CDATA[|]]></b>|<![CDATA[|]]>|]|>|&lt;| |\r\n|茶|x|<c/>|\
                          {|}|\"|\"a\":\"1\"|\"b\":|2|,|:|\\|null|0|\u{1}|\t";

    proptest::proptest! {
        #[test]
        fn what_is_plain_is_read_the_same(picks in proptest::collection::vec(0..31_usize, 0..12)) {
            let inside: String = picks.into_iter().filter_map(|at| PIECES.split('|').nth(at)).collect();
            let mut reader = Reader::default();
            for text in [inside.clone(), format!("<xml>{inside}</xml>"), format!("{{{inside}}}"), format!("{{\"c\":\"{inside}\"}}")] {
                let Some(fields) = found_by(&mut reader, &text) else { continue };
                let again = found_by(&mut reader, &text);
                proptest::prop_assert_eq!(again.as_ref(), Some(&fields));
                let read = if text.starts_with('<') { xml::read(text.as_bytes()) } else { json::read(text.as_bytes()) };
                proptest::prop_assert_eq!(Ok(fields), read.map(|read| sorted(&read)), "{}", text);
            }
        }
    }
}
