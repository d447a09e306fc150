//! The result of many checks as files for others: JUnit XML, TAP, JSON, a page. Comes in:
//! cases and where to write; goes out: files, each whole or not at all, and without secrets.

mod case;
mod html;
mod junit;
mod markup;
mod tap;

use serde_json::Value;
use wxkit::api::{Lang, Word};

use super::args::{Args, Flag};
use super::error::{self, Error};
use super::files;
use super::wiring::Context;

pub use case::{Case, CaseResult, Suite};

/// `--report` of every command that checks something.
pub static REPORT: Flag = Flag::text(
    "report",
    "junit=F,tap=F,json=F,html=F",
    "把结果写进文件，格式可以写几种",
    "Write the result into files, in as many formats as you like",
);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Junit,
    Tap,
    Json,
    Html,
}

/// The files that were asked for.
pub struct Reports(Vec<(Format, String)>);

impl Reports {
    /// Read from the flag, before anything is tried: a report that could not be written
    /// would be noticed when the work is done.
    pub fn asked(args: &Args) -> Result<Self, Error> {
        let parts = args.text(&REPORT).unwrap_or_default().split(',').filter(|part| !part.is_empty());
        let asked = parts.map(format).collect::<Result<Vec<_>, _>>()?;
        asked.iter().try_for_each(|(_, path)| files::try_report(path))?;
        Ok(Self(asked))
    }

    /// Writes them: `suites` in the language of the reader, for pages in both.
    pub fn write(
        &self,
        ctx: &Context,
        data: &Value,
        suites: impl Fn(Lang) -> Vec<Suite>,
    ) -> Result<(), Error> {
        for (format, path) in &self.0 {
            let text = match format {
                Format::Junit => junit::text(&suites(ctx.lang)),
                Format::Tap => tap::text(&suites(ctx.lang)),
                Format::Json => format!("{data:#}\n"),
                Format::Html => html::text(&suites(Lang::Zh), &suites(Lang::En), ctx.lang),
            };
            files::write_report(path, ctx.stage.masked(&text).as_bytes())?;
        }
        Ok(())
    }
}

fn format(part: &str) -> Result<(Format, String), Error> {
    let formats =
        [("junit", Format::Junit), ("tap", Format::Tap), ("json", Format::Json), ("html", Format::Html)];
    let (name, path) = part.split_once('=').unwrap_or((part, ""));
    let found = formats.into_iter().find(|(known, _)| *known == name);
    let found = found.filter(|_| !path.is_empty()).map(|(_, format)| (format, path.to_owned()));
    found.ok_or_else(|| {
        let message = Word::new("--report 不认识 {}", "--report does not know {}").with([error::typed(part)]);
        Error::usage(message).hint(Word::new(
            "写成 junit=文件,tap=文件,json=文件,html=文件",
            "write junit=FILE,tap=FILE,json=FILE,html=FILE",
        ))
    })
}
