//! Fields and payloads as a command line hands them in: `--from`, a file or a
//! whole message as a word, the row's flags, and stdin where somebody fills it.

use wxkit::wire::Fields;

use super::args::{Args, FROM};
use super::error::Error;
use super::input;
use super::wiring::Context;

impl Context {
    /// The fields that were handed in: `--from`, then the row's flags, then words.
    pub fn fields(&self, args: &Args) -> Result<Fields, Error> {
        self.fields_of(args, str::to_owned)
    }

    /// The same, with each word written out first.
    pub fn fields_of(&self, args: &Args, whole: impl Fn(&str) -> String) -> Result<Fields, Error> {
        let (sources, words): (Vec<&str>, Vec<&str>) = args.words().partition(|word| input::is_source(word));
        let words: Vec<String> = words.into_iter().map(whole).collect();
        let row_flags: Vec<_> = args.row_flags().collect();
        let silent = words.is_empty() && row_flags.is_empty() && input::is_piped();
        let handed = input::handed(sources.into_iter(), args.text(&FROM))?;
        let source = handed.source.or_else(|| silent.then_some(input::Source::File("-")));
        let mut fields = match source {
            Some(source) => input::read(&source.bytes()?)?,
            None => Fields::new(),
        };
        fields.extend(row_flags);
        input::add_words(&mut fields, words.iter().map(String::as_str))?;
        Ok(fields)
    }

    /// The payloads that were handed in, one after the other.
    pub fn payloads(&self, args: &Args) -> Result<input::Payloads, Error> {
        input::payloads(args.text(&FROM).or_else(|| args.words().next()).unwrap_or("-"))
    }
}
