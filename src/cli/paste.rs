//! A paste with a signature in it, from a file, a word or stdin. Comes in: where
//! it is and what was said besides; goes out: what was read, what it is instead,
//! or an error that says what can be read.

use wxkit::api::{Message, Word};
use wxkit::explain::{self, Aside, Asked, ReadError, Reading, Scheme};
use wxkit::wire::WireError;

use super::error::{self, Error};
use super::input;
use super::outcome::Exit;
use super::wiring::Context;

/// The bytes of a paste; a person in front of a terminal is told how to hand it in.
pub fn bytes(source: input::Source<'_>, ctx: &Context) -> Result<Vec<u8>, Error> {
    if matches!(source, input::Source::File("-")) && !input::is_piped() {
        ctx.stage.note(&Word::new("粘贴内容，然后按 Ctrl-D", "paste, then Ctrl-D").into());
    }
    source.bytes()
}

/// What was pasted, read in the light of what was said; or what it is instead.
pub fn read(bytes: &[u8], asked: &Asked) -> Result<Result<Reading, Aside>, Error> {
    // Nothing is read past a DOCTYPE.
    if let Err(error @ WireError::Doctype { .. }) = wxkit::wire::xml::read(bytes) {
        return Err(error.into());
    }
    match explain::reading(bytes, asked) {
        Ok(reading) => Ok(Ok(reading)),
        Err(ReadError::Aside(aside)) => Ok(Err(aside)),
        Err(error) => Err(broken_xml(bytes).unwrap_or_else(|| unreadable(error))),
    }
}

/// What is meant to be XML has its own errors, which tell more.
fn broken_xml(bytes: &[u8]) -> Option<Error> {
    let is_xml = bytes.trim_ascii_start().starts_with(b"<");
    is_xml.then(|| wxkit::wire::xml::read(bytes).err())?.map(Error::from)
}

fn unreadable(error: ReadError) -> Error {
    let unknown = |message: Message| Error::new("explain.unknown", Exit::Usage, message);
    match error {
        ReadError::Empty => WireError::Empty.into(),
        ReadError::TooLong { len } => WireError::TooLong { len }.into(),
        ReadError::NotUtf8 { at } => WireError::NotUtf8 { at }.into(),
        ReadError::Unknown | ReadError::Aside(_) => {
            unknown(Word::new("没有找到可以解释的签名", "no signature to explain was found in this").into()).hint(Word::new(
                "可以是 curl 命令、HAR、HTTP 请求、XML、JSON、查询串、网址、wx.config({...}) 或含有它们的日志行",
                "it can be a curl command, a HAR entry, an HTTP request, XML, JSON, a query string, a URL, wx.config({...}), or a log line with one of these",
            ))
        }
        ReadError::BadScheme { name } => unknown(Word::new("没有签名种类 “{}”", "there is no scheme \"{}\"").with([error::typed(&name)]))
            .hint(Word::new("可选：{}", "it is one of: {}").with([Scheme::NAMES.join(", ")])),
        ReadError::NoScheme { names } => {
            unknown(Word::new("从这些字段看不出是哪种签名：{}", "these fields do not tell which signature it is: {}").with([names.join(", ")]))
                .hint(Word::new("用 --scheme 指明", "name it with --scheme"))
        }
    }
}
