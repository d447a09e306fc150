//! What may come in at all: how long a message may be, how many fields it may
//! have, and why bytes are not a message.

/// Longest message that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Most fields of one message.
pub const MAX_FIELDS: usize = 512;

/// Most values of one JSON message with objects inside: a combined order of fifty
/// merchants, each with its coupons.
pub(super) const MAX_LEAVES: usize = 4096;
/// Most objects and arrays inside each other.
pub(super) const MAX_DEPTH: usize = 32;

/// Why bytes are not a message. `at` is the byte where it was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireError {
    /// Nothing there, or white space only.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLong {
        /// Bytes given.
        len: usize,
    },
    /// More than [`MAX_FIELDS`].
    TooManyFields,
    /// Not UTF-8: GBK, most of the time.
    NotUtf8 {
        /// First bad byte.
        at: usize,
    },
    /// A DOCTYPE; refused because entities declared there can be made to explode
    /// or to read files (XXE).
    Doctype {
        /// Its place.
        at: usize,
    },
    /// An entity that is none of the five of XML and no character number.
    Entity {
        /// Its place.
        at: usize,
        /// Its name.
        name: String,
    },
    /// An element inside a value.
    Nested {
        /// Its place.
        at: usize,
        /// Name of the inner element.
        name: String,
    },
    /// The same name twice.
    Duplicate {
        /// Place of the second.
        at: usize,
        /// The name.
        name: String,
    },
    /// A number, list, object, `true` or `false` where text is wanted (JSON).
    NotText {
        /// Its place.
        at: usize,
        /// Name of the field.
        name: String,
    },
    /// Text where an element was expected, or after the end.
    Stray {
        /// Its place.
        at: usize,
    },
    /// The message ends too early.
    Truncated {
        /// Its length.
        at: usize,
    },
    /// It breaks the grammar.
    Malformed {
        /// Where.
        at: usize,
        /// The parser's own words.
        why: String,
    },
    /// A percent sign without two hex digits behind it.
    BadPercent {
        /// Where.
        at: usize,
    },
    /// Objects inside of objects, deeper than any message has them.
    TooDeep {
        /// Where.
        at: usize,
    },
    /// A character of four bytes, where WeChat takes three at most: an emoji.
    FourBytes {
        /// Which.
        c: char,
    },
    /// A `null` where WeChat takes none.
    Null {
        /// The path of the value.
        name: String,
    },
    /// A name that is a value and an object at once, or a list whose numbers have a gap.
    Clash {
        /// Name of the field, or of the list.
        name: String,
    },
    /// A name or value that this shape cannot carry (control characters in XML).
    Unwritable {
        /// Name of the field.
        name: String,
    },
}

/// Refuses what is too long, empty or not UTF-8; cuts a byte order mark.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, WireError> {
    if bytes.len() > MAX_BYTES {
        return Err(WireError::TooLong { len: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| WireError::NotUtf8 { at: e.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_ascii().is_empty() { Err(WireError::Empty) } else { Ok(text) }
}
