//! The XML of WeChat: one root, one level of children, text or CDATA inside.
//! The only file that names quick-xml, which reads whatever is not quite plain.
//! Declarations and comments are skipped, attributes ignored; DOCTYPE, foreign
//! entities and nesting are refused.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesRef, Event};

use super::bounds::text_of;
use super::{Fields, WireError, plain};

/// Reads one document. Values keep their characters: no trimming, no line-end
/// folding, since the sender hashed them as they were.
///
/// # Errors
/// Any [`WireError`] but `BadPercent` and `Unwritable`.
pub fn read(bytes: &[u8]) -> Result<Fields, WireError> {
    let text = text_of(bytes)?;
    read_plain(text).map_or_else(|| read_any(text), Ok)
}

/// The shape that nearly every message has: names and values, and nothing else
/// that XML knows. `None` says nothing against a message.
fn read_plain(text: &str) -> Option<Fields> {
    let mut fields = Fields::within(text);
    let whole = text.trim_ascii_end().strip_suffix("</xml>")?.trim_ascii_end();
    let mut rest = whole.trim_ascii_start().strip_prefix("<xml>")?;
    let at = |rest: &str| whole.len() - rest.len();
    while !rest.is_empty() {
        let element = rest.trim_ascii_start().strip_prefix('<')?;
        let (name, tail) = element.split_at(plain::find_end_of_name(element.as_bytes())?);
        let (inside, value, end) = plain_value(tail.strip_prefix('>')?)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        fields.found((at(element), name), (at(inside), value)).ok()?;
        rest = end.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')?;
    }
    Some(fields)
}

/// The text from a value on, the value, and the text behind it.
fn plain_value(text: &str) -> Option<(&str, &str, &str)> {
    let Some(inside) = text.strip_prefix("<![CDATA[") else {
        let (value, end) = text.split_at(text.bytes().position(|b| matches!(b, b'<' | b'&'))?);
        return Some((text, value, end));
    };
    let (value, end) = inside.split_at(plain::end_of_cdata(inside.as_bytes())?);
    Some((inside, value, &end[3..]))
}

fn read_any(text: &str) -> Result<Fields, WireError> {
    let mut reader = Reader::from_str(text);
    let mut document = Document { fields: Fields::with_room(text.len()), ..Document::default() };
    loop {
        let before = place(reader.buffer_position());
        let event = reader.read_event().map_err(|e| trouble(text, place(reader.error_position()), &e))?;
        if matches!(event, Event::Eof) {
            return document.finish(text.len());
        }
        document.take(before, event)?;
    }
}

/// What has been read so far.
#[derive(Default)]
struct Document {
    fields: Fields,
    root: Root,
    /// Where the open element began; its name and value so far lie below, and
    /// their memory is used again.
    leaf: Option<usize>,
    name: String,
    value: String,
}

#[derive(Default, PartialEq)]
enum Root {
    #[default]
    Before,
    Inside,
    After,
}

impl Document {
    fn take(&mut self, at: usize, event: Event<'_>) -> Result<(), WireError> {
        match event {
            // No attribute has one: the tag was not closed, and this is the next.
            Event::Start(tag) | Event::Empty(tag) if tag.contains('<') => Err(WireError::Truncated { at }),
            Event::Start(tag) => self.open(at, tag.name().0),
            Event::Empty(tag) => self.open(at, tag.name().0).and_then(|()| self.close()),
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(at, &text),
            Event::CData(text) => self.append(at, &text),
            Event::GeneralRef(entity) => {
                let character = resolve(at, &entity)?;
                self.append(at, character.encode_utf8(&mut [0; 4]))
            }
            Event::DocType(_) => Err(WireError::Doctype { at }),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn open(&mut self, at: usize, name: &str) -> Result<(), WireError> {
        match self.root {
            Root::Before => self.root = Root::Inside,
            Root::After => return Err(WireError::Stray { at }),
            Root::Inside if self.leaf.is_some() => {
                return Err(WireError::Nested { at, name: name.to_owned() });
            }
            Root::Inside => {
                self.leaf = Some(at);
                self.name.clear();
                self.value.clear();
                self.name.push_str(name);
            }
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), WireError> {
        if let Some(at) = self.leaf.take() {
            return self.fields.read(at, &self.name, &self.value);
        }
        self.root = Root::After;
        Ok(())
    }

    fn text(&mut self, at: usize, text: &str) -> Result<(), WireError> {
        if self.leaf.is_none() && text.trim_ascii().is_empty() { Ok(()) } else { self.append(at, text) }
    }

    fn append(&mut self, at: usize, text: &str) -> Result<(), WireError> {
        self.leaf.ok_or(WireError::Stray { at })?;
        self.value.push_str(text);
        Ok(())
    }

    fn finish(self, len: usize) -> Result<Fields, WireError> {
        match self.root {
            Root::After => Ok(self.fields),
            Root::Inside => Err(WireError::Truncated { at: len }),
            Root::Before => Err(WireError::Stray { at: 0 }),
        }
    }
}

fn resolve(at: usize, entity: &BytesRef<'_>) -> Result<char, WireError> {
    let unknown = || WireError::Entity { at, name: entity.to_string() };
    if entity.is_char_ref() {
        return entity.resolve_char_ref().ok().flatten().ok_or_else(unknown);
    }
    match &**entity {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(unknown()),
    }
}

fn trouble(text: &str, at: usize, error: &Error) -> WireError {
    let ends_early = match error {
        Error::Syntax(SyntaxError::InvalidBangMarkup) => false,
        Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => true,
        _ => false,
    };
    if ends_early {
        return WireError::Truncated { at: text.len() };
    }
    WireError::Malformed { at, why: error.to_string() }
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Writes `<xml>…</xml>` on one line. Numbers stand bare, everything else in CDATA; a
/// carriage return is written as a number, since a reader may fold it.
///
/// # Errors
/// [`WireError::Unwritable`] for a name that is no XML name, or a value with a
/// control character that XML cannot carry.
pub fn write(fields: &Fields) -> Result<String, WireError> {
    let digits = |_: &str, value: &str| value.bytes().all(|b| b.is_ascii_digit());
    write_elements("xml", fields, "", digits)
}

/// The same in the hand of WeChat's servers: an element a line, and CDATA around
/// every value but those of these names. `req_info` has another root.
///
/// # Errors
/// As [`write()`].
pub fn write_lines(root: &str, fields: &Fields, bare: impl Fn(&str) -> bool) -> Result<String, WireError> {
    write_elements(root, fields, "\n", |name, value| bare(name) && !value.contains(['<', '&', '>', '\r']))
}

fn write_elements(
    root: &str,
    fields: &Fields,
    end: &str,
    bare: impl Fn(&str, &str) -> bool,
) -> Result<String, WireError> {
    let mut out = String::with_capacity(2 * fields.size() + 20 * fields.len() + 2 * root.len() + 5);
    out.extend(["<", root, ">"]);
    for (name, value) in fields.iter() {
        let plain = is_plain_value(value);
        if !is_name(name) || !(plain || value.chars().all(is_xml_char)) {
            return Err(WireError::Unwritable { name: name.to_owned() });
        }
        if bare(name, value) {
            out.extend(["<", name, ">", value, "</", name, ">", end]);
        } else if plain {
            out.extend(["<", name, "><![CDATA[", value, "]]></", name, ">", end]);
        } else {
            out.extend(["<", name, ">"]);
            write_cdata(&mut out, value);
            out.extend(["</", name, ">", end]);
        }
    }
    out.extend(["</", root, ">"]);
    Ok(out)
}

fn write_cdata(out: &mut String, value: &str) {
    for (index, line) in value.split('\r').enumerate() {
        if index > 0 {
            out.push_str("&#13;");
        }
        out.push_str("<![CDATA[");
        // `]]>` would end the section: it is cut between its brackets and its arrow.
        for (index, part) in line.split("]]>").enumerate() {
            out.extend([if index > 0 { "]]]]><![CDATA[>" } else { "" }, part]);
        }
        out.push_str("]]>");
    }
}

fn is_name(name: &str) -> bool {
    is_plain_name(name)
        || name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
}

/// As WeChat writes them.
fn is_plain_name(name: &str) -> bool {
    name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && plain::is_name(name.as_bytes())
}

/// Whether a value needs no care in CDATA: nearly every one. All bytes are looked at, since
/// that is done on many at once.
fn is_plain_value(value: &str) -> bool {
    value.bytes().fold(true, |plain, b| plain && matches!(b, b' '..=b'~') && b != b']')
}

const fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: &str = "<a>|</a>|<b>|</b>|<a>1</a>|<b><![CDATA[|]]></b>|<![CDATA[|]]>|]|>|&lt;| |\r\n|茶|x|<c/>|\
                          <a x='1'>|</a >|<!-- c -->|<?p?>|<!DOCTYPE x>|</xml>|<xml>";

    fn pairs(xml: &str) -> Vec<(String, String)> {
        let fields = read(xml.as_bytes()).unwrap();
        fields.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }

    fn refused(xml: &str) -> WireError {
        read(xml.as_bytes()).unwrap_err()
    }

    #[test]
    fn every_way_to_write_a_value_is_read() {
        let xml = "\u{feff}<?xml version=\"1.0\"?>\n<xml>\n<!-- c --><a x='1'>1 &lt; 2 &#x8336;&#38;</a>\n\
                   <b><![CDATA[<x>&amp;]]]]><![CDATA[>]]></b><c/><d> 0 </d></xml>\n";
        let read = pairs(xml);
        let wanted = [("a", "1 < 2 茶&"), ("b", "<x>&amp;]]>"), ("c", ""), ("d", " 0 ")];
        assert_eq!(read, wanted.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn what_is_dangerous_or_broken_is_refused_with_its_place() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"b\">]><xml><a>&a;</a></xml>";
        assert_eq!(refused(bomb), WireError::Doctype { at: 0 });
        assert_eq!(refused("<xml><a>&nbsp;</a></xml>"), WireError::Entity { at: 8, name: "nbsp".into() });
        assert_eq!(refused("<xml><a><b>1</b></a></xml>"), WireError::Nested { at: 8, name: "b".into() });
        assert_eq!(refused("<xml><a>1</a><a>2</a></xml>"), WireError::Duplicate { at: 13, name: "a".into() });
        assert_eq!(refused("<xml><a>1</a>"), WireError::Truncated { at: 13 });
        assert_eq!(refused("<xml><a><![CDATA[1"), WireError::Truncated { at: 18 });
        assert_eq!(refused("<xml>x<a>1</a></xml>"), WireError::Stray { at: 5 });
        assert_eq!(refused("<xml></xml><xml/>"), WireError::Stray { at: 11 });
        assert_eq!(refused("hello"), WireError::Stray { at: 0 });
        assert_eq!(refused(" \n"), WireError::Empty);
        assert!(matches!(refused("<xml><a>1</b></xml>"), WireError::Malformed { .. }));
        assert_eq!(read(b"<xml><a>\xd6\xd0</a></xml>"), Err(WireError::NotUtf8 { at: 8 }));
        assert!(matches!(read(&vec![b'<'; 10 << 20]), Err(WireError::TooLong { .. })));
    }

    #[test]
    fn what_xml_cannot_carry_is_not_written() {
        for (name, value) in [("a b", "1"), ("a", "\u{0}"), ("", "1"), ("1a", "x")] {
            let fields: Fields = [(name, value)].into_iter().collect();
            assert_eq!(write(&fields), Err(WireError::Unwritable { name: name.into() }));
        }
    }

    #[test]
    fn what_wechat_and_its_users_write_is_plain() {
        let one_line =
            "<xml><appid><![CDATA[wx1]]></appid><total_fee>1</total_fee><a><![CDATA[]]]></a></xml>";
        let lines = "<xml>\n <attach><![CDATA[<支付>]]></attach>\n <empty></empty>\n</xml>\n";
        for xml in [one_line, lines] {
            assert!(read_plain(xml).is_some_and(|fields| fields.len() > 1), "{xml}");
        }
        assert!(read_plain("<xml><a>&lt;</a></xml>").is_none());
    }

    proptest::proptest! {
        #[test]
        fn what_is_plain_is_read_the_same(picks in proptest::collection::vec(0..24_usize, 0..9)) {
            let inside: String = picks.into_iter().filter_map(|at| PIECES.split('|').nth(at)).collect();
            for xml in [inside.clone(), format!("<xml>{inside}</xml>"), format!("\n<xml><a>{inside}</a></xml> ")] {
                if let Some(fields) = read_plain(&xml) {
                    proptest::prop_assert_eq!(Ok(fields), read_any(&xml), "{}", xml);
                }
            }
        }

        #[test]
        fn what_is_written_is_read_back(values in proptest::collection::vec("(\\PC|[\r\n\t<>&\\]])*", 0..8)) {
            let fields: Fields = values.iter().enumerate().map(|(i, v)| (format!("n{i}"), v.as_str())).collect();
            let fields: Fields = fields.iter().filter(|(_, v)| v.chars().all(is_xml_char)).collect();
            for xml in [write(&fields).unwrap(), write_lines("xml", &fields, |name| name == "n1").unwrap()] {
                proptest::prop_assert!(read(xml.as_bytes()).unwrap() == fields, "{xml}");
            }
        }
    }
}
