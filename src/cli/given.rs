//! Fields and payloads as a command line hands them in: `--from`, a file or a
//! whole message as a word, the row's flags, and stdin where somebody fills it.

use wxkit::api::Word;
use wxkit::explain;
use wxkit::sign::Secret;
use wxkit::wire::Fields;

use super::args::{Args, FROM};
use super::confidential::is_secret_name;
use super::error::{Error, typed};
use super::input;
use super::wiring::Context;

impl Context {
    /// The fields that were handed in: `--from`, then the row's flags, then words.
    pub fn fields(&self, args: &Args) -> Result<Fields, Error> {
        self.fields_of(args, str::to_owned)
    }

    /// The same, with each word written out first.
    pub fn fields_of(&self, args: &Args, whole: impl Fn(&str) -> String) -> Result<Fields, Error> {
        self.fields_by(args, whole, input::read)
    }

    /// The same, with each source read in another way.
    pub fn fields_by(
        &self,
        args: &Args,
        whole: impl Fn(&str) -> String,
        read: impl Fn(&[u8]) -> Result<Fields, Error>,
    ) -> Result<Fields, Error> {
        if let Some(handed) = args.handed() {
            return self.beside(handed, args, whole);
        }
        let (sources, words): (Vec<&str>, Vec<&str>) = args.words().partition(|word| input::is_source(word));
        let words: Vec<String> = words.into_iter().map(whole).collect();
        let row_flags: Vec<_> = args.row_flags().collect();
        let silent = words.is_empty() && row_flags.is_empty() && input::is_piped();
        let handed = input::handed(sources.into_iter(), args.text(&FROM))?;
        let source = handed.source.or_else(|| silent.then_some(input::Source::File("-")));
        let mut fields = match source {
            Some(source) => read(&self.in_utf8(source.bytes()?))?,
            None => Fields::new(),
        };
        fields.extend(row_flags);
        input::add_words(&mut fields, words.iter().map(String::as_str))?;
        self.hide_secrets_of(&fields);
        Ok(fields)
    }

    /// Fields that were read already, with the words and flags beside them; a value
    /// stands for itself there, and for no file.
    fn beside(&self, handed: &Fields, args: &Args, whole: impl Fn(&str) -> String) -> Result<Fields, Error> {
        let mut fields = Fields::new();
        fields.extend(args.row_flags());
        for word in args.words().map(whole) {
            let (name, value) = word.split_once('=').ok_or_else(|| input::not_a_pair(&word))?;
            fields.set(name, value);
        }
        for (name, value) in handed.iter() {
            fields.set(name, value);
        }
        self.hide_secrets_of(&fields);
        Ok(fields)
    }

    /// Bytes as UTF-8; that they were not is told, since WeChat takes nothing else.
    fn in_utf8(&self, bytes: Vec<u8>) -> Vec<u8> {
        let Some((text, repair)) = explain::recoded(&bytes) else { return bytes };
        self.stage.note(&repair.word().into());
        text.into_bytes()
    }

    /// A key among the fields is a mistake that is not repeated aloud.
    pub fn hide_secrets_of(&self, fields: &Fields) {
        if self.settings.reveal {
            return;
        }
        for (_, value) in fields.iter().filter(|(name, _)| is_secret_name(name)) {
            self.stage.hide(&Secret::new(value));
        }
    }

    /// The stream of payloads that was handed in.
    pub fn stream(&self, args: &Args) -> Result<input::Stream, Error> {
        let mut named = args.text(&FROM).into_iter().chain(args.words());
        let name = named.next().unwrap_or("-");
        if let Some(more) = named.next() {
            let message = Word::new(
                "--batch 只读一份输入，“{}” 是多出来的",
                "--batch reads one stream; \"{}\" is one more",
            );
            let hint = Word::new("几个文件先接起来，再用 - 读", "join the files, and read them with -");
            return Err(Error::usage(message.with([typed(more)])).hint(hint));
        }
        input::Stream::open(name)
    }
}
