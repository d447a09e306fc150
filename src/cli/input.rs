//! What a person hands in: fields as words, a file or stdin in any of the usual
//! shapes, and streams of payloads. Comes in: words and bytes; goes out:
//! [`Fields`] or a clear refusal. Reads nothing that was not named.

use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wxkit::api::Word;
use wxkit::api::keys::SignType;
use wxkit::store::reading;
use wxkit::wire::batch::{self, BatchError, Run};
use wxkit::wire::{Fields, MAX_BYTES, WireError, json, query, xml};

use super::error::{self, Error};

/// Fields from bytes, told apart by how they begin.
pub fn read(bytes: &[u8]) -> Result<Fields, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(WireError::TooLong { len: bytes.len() }.into());
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    Ok(match start.first() {
        None => return Err(WireError::Empty.into()),
        Some(b'<') => xml::read(bytes)?,
        Some(b'{') => object(bytes)?,
        Some(_) => match std::str::from_utf8(start) {
            Ok(text) if text.starts_with("curl ") => curl(text)?,
            // A query has no line breaks; a print or a log has.
            Ok(text) if text.contains('\n') => pasted(bytes).map_or_else(|| query_of(text), Ok)?,
            Ok(text) => query_of(text).or_else(|error| pasted(bytes).ok_or(error))?,
            Err(e) => pasted(bytes).ok_or(WireError::NotUtf8 { at: e.valid_up_to() })?,
        },
    })
}

/// A JSON object; what only wraps the real one is looked through.
fn object(bytes: &[u8]) -> Result<Fields, Error> {
    let fields = json::read_converted(bytes)?;
    let is_wrapped = fields.len() == 1;
    Ok(is_wrapped.then(|| pasted(bytes)).flatten().unwrap_or(fields))
}

/// Fields of one of many messages, which is nothing but itself: of what stands around it, or
/// of two in one, nobody could say which one was looked at.
pub fn read_bare(bytes: &[u8]) -> Result<Fields, Error> {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    let is_http = first.ends_with(b" HTTP/1.1") || first.ends_with(b" HTTP/1.0");
    match bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii().first() {
        Some(b'<') => Ok(xml::read(bytes)?),
        Some(b'{') => Ok(json::read_converted(bytes)?),
        Some(_) if is_http => read(bytes),
        Some(_) => {
            query_of(std::str::from_utf8(bytes).map_err(|e| WireError::NotUtf8 { at: e.valid_up_to() })?)
        }
        None => Err(WireError::Empty.into()),
    }
}

/// What the field `sign_type` says; one that says nothing WeChat knows would be
/// signed with MD5 in silence.
pub fn said_type(fields: &Fields) -> Result<Option<SignType>, Error> {
    let Some(said) = fields.filled("sign_type") else { return Ok(None) };
    SignType::named(said).map(Some).ok_or_else(|| {
        let message = Word::new(
            "sign_type 只能是 MD5 或 HMAC-SHA256，不能是 “{}”",
            "sign_type is MD5 or HMAC-SHA256, not \"{}\"",
        );
        Error::usage(message.with([said])).hint(Word::new(
            "RSA 与 SHA256 属于 v3；不写 sign_type 就是 MD5",
            "RSA and SHA256 belong to v3; without sign_type it is MD5",
        ))
    })
}

/// What is signed in a paste of another shape: a print, a log.
fn pasted(bytes: &[u8]) -> Option<Fields> {
    let fields = wxkit::explain::fields(bytes).ok()?;
    (fields.len() > 1).then_some(fields)
}

fn query_of(text: &str) -> Result<Fields, Error> {
    let text = text.split_once('?').map_or(text, |(_, query)| query);
    let fields = query::read(text.split('#').next().unwrap_or(text))?;
    let nameless = fields.len() == 1 && fields.iter().all(|(_, value)| value.is_empty());
    if nameless {
        let message = Word::new("读不懂这份输入", "this input is none of the known shapes");
        return Err(Error::new("input.unknown", super::outcome::Exit::Usage, message).hint(Word::new(
            "可以是 XML、JSON 对象、查询串或 curl 命令",
            "it can be XML, a JSON object, a query string or a curl command",
        )));
    }
    Ok(fields)
}

fn curl(text: &str) -> Result<Fields, Error> {
    wxkit::explain::curl(text).ok_or_else(|| {
        let message = Word::new("这条 curl 命令里没有字段", "there are no fields in this curl command");
        Error::new("input.curl", super::outcome::Exit::Usage, message)
    })
}

/// Bytes of a file, or of stdin for `-`; at most what a message may have.
pub fn bytes_of(source: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let read = if source == "-" {
        stdin(INPUT)?.take(limit).read_to_end(&mut bytes)
    } else {
        reading::open(Path::new(source))?.take(limit).read_to_end(&mut bytes)
    };
    read.map_err(|e| Error::io(source, &e))?;
    if bytes.len() > MAX_BYTES {
        let len =
            std::fs::metadata(source).map_or(bytes.len(), |m| usize::try_from(m.len()).unwrap_or(usize::MAX));
        return Err(WireError::TooLong { len }.into());
    }
    Ok(bytes)
}

/// Standard input for this reader.
pub fn stdin(reader: &str) -> Result<io::StdinLock<'static>, Error> {
    claim_stdin(reader).map(|()| io::stdin().lock())
}

/// Who comes second would read nothing, or the rest of what was meant for another: a key
/// taken for a message.
fn claim_stdin(reader: &str) -> Result<(), Error> {
    static READER: OnceLock<String> = OnceLock::new();
    let first = READER.get_or_init(|| reader.to_owned());
    if first == reader { Ok(()) } else { Err(error::stdin_twice(first, reader)) }
}

/// What reads stdin if it is no setting.
const INPUT: &str = "--from";

/// Whether stdin is a pipe or a file that somebody fills.
pub fn is_piped() -> bool {
    !io::stdin().is_terminal()
}

/// What the words of a command hand in: at most one paste or file, and fields.
pub struct Handed<'a> {
    /// Where the paste is.
    pub source: Option<Source<'a>>,
    /// The `name=value` words.
    pub pairs: Vec<&'a str>,
}

/// Where a paste is.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// A file, or stdin for `-`.
    File(&'a str),
    /// The word itself.
    Word(&'a str),
}

impl Source<'_> {
    /// Its bytes, bounded.
    pub fn bytes(self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Word(text) => Ok(text.as_bytes().to_vec()),
            Self::File(path) => bytes_of(path),
        }
    }
}

/// Tells files, pastes and fields apart.
pub fn handed<'a>(words: impl Iterator<Item = &'a str>, from: Option<&'a str>) -> Result<Handed<'a>, Error> {
    let words: Vec<&str> = words.collect();
    let alone = words.len() == 1;
    let mut source = from.map(Source::File);
    let mut pairs = Vec::new();
    for word in words {
        let found = match () {
            () if is_paste(word, alone) => Source::Word(word),
            () if word.contains('=') && !Path::new(word).exists() => {
                pairs.push(word);
                continue;
            }
            () if is_path(word) => Source::File(word),
            () => Source::Word(word),
        };
        if source.replace(found).is_some() {
            let message = Word::new("给了不止一份内容", "more than one thing is handed in");
            return Err(Error::usage(message).hint(Word::new(
                "一次解释一份：一个文件、一段粘贴内容或 --from",
                "one at a time: one file, one paste, or --from",
            )));
        }
    }
    Ok(Handed { source, pairs })
}

/// Whether a word is a file or a whole message and no field.
pub fn is_source(word: &str) -> bool {
    word == "-" || is_paste(word, false) || (!word.contains('=') && is_there(word))
}

/// Whether something is there that might be read: a pipe too.
fn is_there(word: &str) -> bool {
    std::fs::metadata(word).is_ok_and(|about| !about.is_dir())
}

/// Whether a word is a whole message: it begins like one, or it is the only
/// word and has an address or several pairs in it.
fn is_paste(word: &str, alone: bool) -> bool {
    let before_address = word.split("://").next().unwrap_or_default();
    let is_address = word.contains("://") && before_address.bytes().all(|b| b.is_ascii_alphanumeric());
    word.starts_with(['{', '[', '<'])
        || word.contains('\n')
        || is_address
        || (alone && (word.contains('&') || word.contains("://")))
}

/// Whether a word can be the name of a file. What looks like a key or a
/// signature is never repeated in an error.
fn is_path(word: &str) -> bool {
    let is_long = word.len() >= 24 && !word.contains(['.', '/', '\\']);
    let is_odd = word.len() > 255 || word.contains(['"', '<', '>', '{', '}', '=', '\n']);
    Path::new(word).exists() || !(is_long || is_odd)
}

/// Adds `name=value` words; a value `@FILE` is read from that file. Words
/// override what was there.
pub fn add_words<'a>(fields: &mut Fields, words: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut seen: Vec<&str> = Vec::new();
    for word in words {
        let (name, value) =
            word.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| not_a_pair(word))?;
        if seen.contains(&name) {
            let message = Word::new("字段 {} 写了两次", "field {} is given twice").with([error::typed(name)]);
            return Err(Error::usage(message)
                .hint(Word::new("每个字段只能出现一次", "each name may stand once only")));
        }
        seen.push(name);
        let value = match value.strip_prefix('@') {
            Some(path) => text_of(path)?,
            None => value.to_owned(),
        };
        fields.set(name, value);
    }
    Ok(())
}

pub fn not_a_pair(word: &str) -> Error {
    let message = Word::new("“{}” 不是 name=value", "\"{}\" is not name=value").with([error::typed(word)]);
    Error::usage(message).hint(Word::new(
        "整份报文用 --from 文件 或 --from - 传入",
        "a whole message goes in with --from FILE or --from -",
    ))
}

fn text_of(path: &str) -> Result<String, Error> {
    let text = String::from_utf8(bytes_of(path)?);
    text.map_err(|e| WireError::NotUtf8 { at: e.utf8_error().valid_up_to() }.into())
}

/// A stream that was named, and the payloads in it: XML documents end to end, or one a line.
pub struct Stream {
    name: String,
    payloads: batch::Payloads<Box<dyn Read + Send>>,
}

impl Stream {
    /// Opens a file, or stdin for `-`.
    pub fn open(name: &str) -> Result<Self, Error> {
        let reader: Box<dyn Read + Send> = if name == "-" {
            claim_stdin(INPUT)?;
            Box::new(io::stdin())
        } else {
            Box::new(reading::open(Path::new(name))?)
        };
        Ok(Self { name: name.to_owned(), payloads: batch::Payloads::new(reader) })
    }

    /// The file, or `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads on: false at the end.
    pub fn read(&mut self, run: &mut Run) -> bool {
        self.payloads.read(run)
    }
}

impl Iterator for Stream {
    type Item = Result<Vec<u8>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.payloads.next().map(|payload| payload.map_err(|error| unread(&error, &self.name)))
    }
}

/// Why a payload of this stream cannot be had.
pub fn unread(error: &BatchError, name: &str) -> Error {
    match error {
        BatchError::Io(error) => Error::io(name, error),
        BatchError::Wire(error) => error.clone().into(),
    }
}

/// The files that a path stands for: itself, or what a directory holds, by name.
pub fn files(path: &str) -> Result<Vec<PathBuf>, Error> {
    let path = Path::new(path);
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let shown = path.display().to_string();
    let entries = std::fs::read_dir(path).map_err(|e| Error::io(&shown, &e))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort();
    Ok(files)
}
