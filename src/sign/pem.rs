//! PEM as people keep it: from a file, an environment variable, a JSON text, a
//! database column. Comes in: bytes; goes out: the DER of every block, with what
//! had to be mended to read it. What the DER is, is `key`'s business.

use zeroize::Zeroizing;

use super::digest::from_base64;

/// Damage of a PEM that was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mend {
    /// Binary DER, no PEM at all.
    Der,
    /// UTF-16, as some Windows programs write it.
    Utf16,
    /// A byte order mark in front.
    Bom,
    /// Quotes around it.
    Quotes,
    /// `\n` as two characters.
    LiteralNewlines,
    /// CRLF, or bare CR.
    CarriageReturns,
    /// Blanks in front of the lines, or in place of line breaks.
    Blanks,
    /// The base64 in one line.
    OneLine,
    /// Lines of another length than 64.
    LineLength,
    /// No `BEGIN` and `END` lines.
    NoLabels,
    /// No `END` line, or not all of its dashes.
    NoEnd,
    /// A label that belongs to another kind of key.
    WrongLabel,
    /// The base64 of `-` and `_`, or without its padding.
    UrlAlphabet,
    /// Base64 of a whole PEM, or of base64.
    Twice,
}

/// One block.
pub(super) struct Piece {
    /// What stands behind `BEGIN`.
    pub(super) label: Option<String>,
    /// Its bytes; none if they are no base64.
    pub(super) der: Option<Zeroizing<Vec<u8>>>,
    /// Whether its headers say that a password protects it.
    pub(super) is_encrypted: bool,
    /// What was mended.
    pub(super) mends: Vec<Mend>,
}

/// Every block of a file.
pub(super) fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut mends = Vec::new();
    if is_der(bytes) {
        return vec![Piece::der(bytes, vec![Mend::Der])];
    }
    match text(bytes, &mut mends) {
        Some(text) => split(&text, &mends, Depth::Outer),
        None => Vec::new(),
    }
}

/// How often base64 was undone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outer,
    Inner,
}

/// A SEQUENCE that is as long as the bytes.
fn is_der(bytes: &[u8]) -> bool {
    matches!(bytes, [0x30, 0x82, high, low, ..]
        if usize::from(u16::from_be_bytes([*high, *low])) + 4 == bytes.len())
}

fn text(bytes: &[u8], mends: &mut Vec<Mend>) -> Option<Zeroizing<String>> {
    let wide = |units: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = units.as_chunks::<2>();
        let units: Zeroizing<Vec<u16>> = Zeroizing::new(pairs.iter().map(|pair| unit(*pair)).collect());
        String::from_utf16(&units).ok().map(Zeroizing::new)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes).inspect(|_| mends.push(Mend::Utf16)),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes).inspect(|_| mends.push(Mend::Utf16)),
        _ => {
            let bare = bytes.strip_prefix("\u{feff}".as_bytes());
            mends.extend(bare.map(|_| Mend::Bom));
            std::str::from_utf8(bare.unwrap_or(bytes)).ok().map(|text| Zeroizing::new(text.to_owned()))
        }
    }
}

fn split(text: &str, mends: &[Mend], depth: Depth) -> Vec<Piece> {
    let mut mends = mends.to_vec();
    let text = unquoted(text, &mut mends);
    let mut list = Vec::new();
    let mut rest = &**text;
    while let Some((label, body, behind)) = block(rest) {
        let mut mends = mends.clone();
        mends.extend((!behind.is_whole).then_some(Mend::NoEnd));
        list.extend(piece(Some(label), body, mends, depth));
        rest = behind.rest;
    }
    if list.is_empty() && !text.trim().is_empty() {
        mends.push(Mend::NoLabels);
        list = piece(None, &text, mends, depth);
    }
    list
}

/// Without quotes around it, and with line breaks for what stands for them.
fn unquoted(text: &str, mends: &mut Vec<Mend>) -> Zeroizing<String> {
    let bare = text.trim().trim_end_matches([',', ';']);
    let inside = bare.trim_matches(['"', '\'', '`', '“', '”']);
    mends.extend((inside.len() < bare.len()).then_some(Mend::Quotes));
    let broken = ["\\\\r", "\\r", "\\\\n", "\\n"].into_iter().fold(inside.to_owned(), |text, literal| {
        text.replace(literal, if literal.ends_with('n') { "\n" } else { "" })
    });
    mends.extend((broken != inside).then_some(Mend::LiteralNewlines));
    Zeroizing::new(broken)
}

/// What stands behind a block.
struct Behind<'t> {
    rest: &'t str,
    is_whole: bool,
}

/// The first block: its label, its text, and what stands behind it.
fn block(text: &str) -> Option<(&str, &str, Behind<'_>)> {
    let (_, begun) = text.split_once("BEGIN ")?;
    let label = begun.split(['-', '\n', '\r']).next()?.trim();
    let body = begun[begun.find(label)? + label.len()..].trim_start_matches('-');
    Some(match body.find("-END") {
        Some(end) => {
            let rest = &body[end + 1..];
            let line = rest.find('\n').unwrap_or(rest.len());
            let close = rest[..line].trim_end();
            let is_whole = close.ends_with("-----");
            (label, body[..end].trim_end_matches('-'), Behind { rest: &rest["END".len()..], is_whole })
        }
        None => (label, body.trim_end_matches('-'), Behind { rest: "", is_whole: false }),
    })
}

fn piece(label: Option<&str>, body: &str, mut mends: Vec<Mend>, depth: Depth) -> Vec<Piece> {
    let is_encrypted = body.contains("ENCRYPTED");
    let bare = Zeroizing::new(body.split_whitespace().collect::<String>());
    look(body, &bare, &mut mends);
    let der = from_base64(&bare).map(Zeroizing::new);
    if let Some(inner) = der.as_deref().filter(|_| depth == Depth::Outer).and_then(|der| twice(der)) {
        mends.retain(|mend| !matches!(mend, Mend::NoLabels | Mend::OneLine | Mend::LineLength));
        mends.push(Mend::Twice);
        return split(inner, &mends, Depth::Inner);
    }
    mends.sort_unstable();
    mends.dedup();
    vec![Piece { label: label.map(str::to_owned), der, is_encrypted, mends }]
}

/// What is unusual in the lines of a block.
fn look(body: &str, bare: &str, mends: &mut Vec<Mend>) {
    const LINE: usize = 64;
    let lines: Vec<&str> = body.trim_matches(['\n', '\r']).lines().collect();
    let has_blanks = lines.iter().any(|line| line.trim_end_matches('\r').contains([' ', '\t']));
    let is_one_line = lines.len() <= 1 && bare.len() > LINE && !has_blanks;
    let is_odd = |line: &&str| line.trim().len() != LINE;
    let is_ragged = lines.len() > 1 && !has_blanks && lines[..lines.len() - 1].iter().any(is_odd);
    mends.extend(body.contains('\r').then_some(Mend::CarriageReturns));
    mends.extend(has_blanks.then_some(Mend::Blanks));
    mends.extend(is_one_line.then_some(Mend::OneLine));
    mends.extend(is_ragged.then_some(Mend::LineLength));
    mends.extend((bare.contains(['-', '_']) || !bare.len().is_multiple_of(4)).then_some(Mend::UrlAlphabet));
}

/// The text of a PEM, or of its base64, that was encoded once more.
fn twice(der: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(der).ok()?;
    (text.contains("BEGIN ") || text.trim_start().starts_with("MII")).then_some(text)
}

impl Piece {
    fn der(bytes: &[u8], mends: Vec<Mend>) -> Self {
        Self { label: None, der: Some(Zeroizing::new(bytes.to_vec())), is_encrypted: false, mends }
    }
}
