//! What a text becomes when it is hashed in the wrong charset: the only file
//! that names `encoding_rs`. Comes in: the string to sign; goes out: the bytes
//! that a mistaken program would hash. Never guesses which one it was.

use std::borrow::Cow;
use std::cell::RefCell;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

/// Which bytes are hashed for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Charset {
    /// The right one.
    Utf8,
    /// Another charset; what it does not have becomes `?`.
    Legacy(Legacy),
    /// The same with `??` for an emoji, which is two units of UTF-16.
    LegacyUnits(Legacy),
    /// UTF-16, two bytes a unit.
    Utf16(Endian),
    /// Only the low byte of each UTF-16 unit, as old JavaScript MD5 code does.
    LowByte,
    /// ASCII, with this in place of everything else.
    Ascii(Lost),
    /// ISO-8859-1, with `?` (or `??` for an emoji) in place of everything else.
    Latin1(Lost),
    /// UTF-8 bytes read as another charset, and written as UTF-8 again.
    Mojibake(Reading, Times),
    /// Bytes of another charset read as ISO-8859-1 or UTF-8, written as UTF-8.
    Crossed(Legacy, Reading),
    /// Emoji treated on their own.
    Astral(Astral),
    /// `\u8336`
    Escaped(Digits),
    /// `&#33590;` or `&#x8336;`
    Entities(Radix),
}

/// A charset of before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Legacy {
    /// Simplified Chinese Windows.
    Gbk,
    /// Its four-byte successor.
    Gb18030,
    /// Traditional Chinese Windows.
    Big5,
    /// Western Windows.
    Cp1252,
    /// Japanese Windows.
    ShiftJis,
}

/// Byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Endian {
    /// Low byte first.
    Little,
    /// High byte first.
    Big,
}

/// What replaces a character that a charset does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Lost {
    /// One `?` a character.
    PerChar,
    /// One `?` a UTF-16 unit: two for an emoji.
    PerUnit,
    /// One `?` a UTF-8 byte.
    PerByte,
    /// Nothing.
    Gone,
}

/// How bytes are mistaken for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Reading {
    /// ISO-8859-1: every byte is a character.
    Latin1,
    /// Windows-1252.
    Cp1252,
    /// GBK.
    Gbk,
    /// UTF-8, with U+FFFD for what is none.
    Utf8,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Times {
    /// Once.
    Once,
    /// Twice.
    Twice,
}

/// What became of characters beyond U+FFFF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Astral {
    /// Two surrogates of three bytes each (CESU-8).
    Surrogates,
    /// Replaced by a text, maybe none.
    Becomes(&'static str),
}

/// Letter case of hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Digits {
    /// `\u8c36`
    Lower,
    /// `\u8C36`
    Upper,
}

impl Digits {
    /// The digit of the low four bits.
    pub(in crate::explain) fn digit(self, four: u8) -> char {
        let table: &[u8; 16] = match self {
            Self::Lower => b"0123456789abcdef",
            Self::Upper => b"0123456789ABCDEF",
        };
        char::from(table[usize::from(four & 15)])
    }
}

/// Base of a character number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Radix {
    /// `&#33590;`
    Ten,
    /// `&#x8336;`
    Sixteen,
}

thread_local! {
    /// Characters that were encoded before: tables of legacy charsets are slow
    /// to search backwards, and one text is encoded thousands of times.
    static MEMO: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

#[derive(Clone, Copy)]
struct Slot {
    key: Option<(Legacy, char)>,
    bytes: [u8; 4],
    len: usize,
}

impl Charset {
    /// Whether the bytes of pieces with this between them are those of each
    /// piece, one behind the other.
    pub(in crate::explain) fn is_piecewise(self, join: &str) -> bool {
        match self {
            // What begins a character there can take ASCII from `0` on for its end.
            Self::Crossed(..) | Self::Mojibake(Reading::Gbk | Reading::Utf8, _) => {
                join.bytes().next().is_some_and(|first| first < b'0')
            }
            _ => true,
        }
    }

    /// Whether ASCII stays as it is.
    pub(in crate::explain) const fn keeps_ascii(self) -> bool {
        !matches!(self, Self::Utf16(..))
    }

    /// The bytes that are hashed.
    pub(in crate::explain) fn encode(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => Cow::Borrowed(text.as_bytes()),
            Self::Utf16(endian) => Cow::Owned(utf16(text, endian)),
            _ if text.is_ascii() => Cow::Borrowed(text.as_bytes()),
            Self::Legacy(legacy) => Cow::Owned(legacy.encode(text)),
            Self::LegacyUnits(legacy) => {
                let text = String::from_utf8_lossy(&Astral::Becomes("??").write(text)).into_owned();
                Cow::Owned(legacy.encode(&text))
            }
            #[expect(clippy::cast_possible_truncation, reason = "the mistake is to cut")]
            Self::LowByte => Cow::Owned(text.encode_utf16().map(|unit| unit as u8).collect()),
            Self::Ascii(lost) => Cow::Owned(narrow(text, 0x7f, lost)),
            Self::Latin1(lost) => Cow::Owned(narrow(text, 0xff, lost)),
            Self::Mojibake(reading, times) => Cow::Owned(mojibake(text, reading, times).into_bytes()),
            Self::Crossed(legacy, reading) => Cow::Owned(reading.read(&legacy.encode(text)).into_bytes()),
            Self::Astral(astral) => Cow::Owned(astral.write(text)),
            Self::Escaped(digits) => Cow::Owned(escaped(text, digits).into_bytes()),
            Self::Entities(radix) => Cow::Owned(entities(text, radix).into_bytes()),
        }
    }
}

impl Legacy {
    fn table(self) -> &'static Encoding {
        match self {
            Self::Gbk => GBK,
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
            Self::Cp1252 => WINDOWS_1252,
            Self::ShiftJis => SHIFT_JIS,
        }
    }

    fn encode(self, text: &str) -> Vec<u8> {
        const SLOTS: usize = 1024;
        let mut out = Vec::with_capacity(text.len());
        MEMO.with_borrow_mut(|memo| {
            memo.resize(SLOTS, Slot { key: None, bytes: [0; 4], len: 0 });
            for c in text.chars() {
                let slot = &mut memo[c as usize % SLOTS];
                if !c.is_ascii() && slot.key != Some((self, c)) {
                    *slot = self.one(c);
                }
                match u8::try_from(c) {
                    Ok(byte) if byte.is_ascii() => out.push(byte),
                    _ => out.extend_from_slice(&slot.bytes[..slot.len]),
                }
            }
        });
        out
    }

    /// The bytes of one character; `?` if the charset does not have it. (The
    /// encoder of the web would write `&#…;`, which programs do not.)
    fn one(self, c: char) -> Slot {
        let mut buffer = [0; 4];
        let (encoded, _, is_missing) = self.table().encode(c.encode_utf8(&mut buffer));
        let encoded: &[u8] = if is_missing { b"?" } else { &encoded };
        let mut bytes = [0; 4];
        bytes[..encoded.len()].copy_from_slice(encoded);
        Slot { key: Some((self, c)), bytes, len: encoded.len() }
    }
}

impl Reading {
    fn read(self, bytes: &[u8]) -> String {
        match self {
            Self::Latin1 => bytes.iter().map(|&b| char::from(b)).collect(),
            Self::Cp1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Gbk => GBK.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

impl Astral {
    fn write(self, text: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        let mut one = [0; 4];
        for c in text.chars() {
            match self {
                _ if u32::from(c) <= 0xffff => out.extend_from_slice(c.encode_utf8(&mut one).as_bytes()),
                Self::Becomes(text) => out.extend_from_slice(text.as_bytes()),
                Self::Surrogates => c.encode_utf16(&mut [0; 2]).iter().for_each(|&u| surrogate(u, &mut out)),
            }
        }
        out
    }
}

fn surrogate(unit: u16, out: &mut Vec<u8>) {
    out.extend([0xe0 | (unit >> 12) as u8, 0x80 | (unit >> 6 & 0x3f) as u8, 0x80 | (unit & 0x3f) as u8]);
}

fn utf16(text: &str, endian: Endian) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 2);
    for unit in text.encode_utf16() {
        out.extend_from_slice(&match endian {
            Endian::Little => unit.to_le_bytes(),
            Endian::Big => unit.to_be_bytes(),
        });
    }
    out
}

fn narrow(text: &str, most: u32, lost: Lost) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        let marks = match lost {
            Lost::PerChar => 1,
            Lost::PerUnit => c.len_utf16(),
            Lost::PerByte => c.len_utf8(),
            Lost::Gone => 0,
        };
        match u8::try_from(u32::from(c)) {
            Ok(byte) if u32::from(byte) <= most => out.push(byte),
            _ => out.extend(std::iter::repeat_n(b'?', marks)),
        }
    }
    out
}

fn mojibake(text: &str, reading: Reading, times: Times) -> String {
    let once = reading.read(text.as_bytes());
    match times {
        Times::Once => once,
        Times::Twice => reading.read(once.as_bytes()),
    }
}

fn escaped(text: &str, digits: Digits) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str("\\u");
            let [high, low] = unit.to_be_bytes();
            out.extend([high >> 4, high, low >> 4, low].map(|four| digits.digit(four)));
        }
    }
    out
}

fn entities(text: &str, radix: Radix) -> String {
    let one = |c: char| match radix {
        _ if c.is_ascii() => c.to_string(),
        Radix::Ten => format!("&#{};", u32::from(c)),
        Radix::Sixteen => format!("&#x{:x};", u32::from(c)),
    };
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::format_collect, reason = "a short text")]
    fn hex(charset: Charset, text: &str) -> String {
        charset.encode(text).iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Expected bytes are Python's: `'茶a'.encode('gbk').hex()` and so on.
    #[test]
    fn bytes_are_those_of_other_programs() {
        assert_eq!(hex(Charset::Legacy(Legacy::Gbk), "茶a"), "b2e861");
        assert_eq!(hex(Charset::Legacy(Legacy::Gbk), "茶🍵"), "b2e83f");
        assert_eq!(hex(Charset::Utf16(Endian::Little), "茶"), "3683");
        assert_eq!(hex(Charset::LowByte, "茶a"), "3661");
        assert_eq!(hex(Charset::Ascii(Lost::PerUnit), "a🍵"), "613f3f");
        assert_eq!(hex(Charset::Mojibake(Reading::Latin1, Times::Once), "茶"), "c3a8c28cc2b6");
        assert_eq!(hex(Charset::Astral(Astral::Surrogates), "🍵"), "eda0bcedbdb5");
        assert_eq!(Charset::Escaped(Digits::Lower).encode("茶").as_ref(), br"\u8336");
    }
}
