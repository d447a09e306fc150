//! `man`: the manual page, made from the command table: one for `wxkit` itself,
//! one for each command, or all of them into a directory.

use std::fmt::Write as _;
use std::path::Path;

use clap::Command;
use wxkit::api::{Lang, Word};

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::{Outcome, Purpose, View};
use super::super::reference;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::help::{COMMAND, found};

static DIR: Flag =
    Flag::text("dir", "DIR", "把全部手册页写进这个目录", "Write all pages into this directory");

/// `man`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "man",
    about: Word::new("打印手册页，或写出全部手册页", "Print the manual page, or write all of them"),
    example: "man pay order",
    flags: &[&DIR],
    words: Words::Any("COMMAND", COMMAND),
    row: None,
    run: man,
}];

fn man(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut root = (ctx.grammar.whole)(ctx.lang);
    root.build();
    let Some(dir) = args.text(&DIR) else {
        let name: Vec<&str> = std::iter::once("wxkit").chain(args.words()).collect();
        let page = page(&found(&mut root, args)?.clone().name(name.join("-")), ctx.lang)?;
        let outcome = Outcome::new(serde_json::json!({ "page": page }), &*page);
        return Ok(outcome.show(View::Block(page)).meant_for(Purpose::Asked));
    };
    let mut written = Vec::new();
    write_all(&root, "wxkit", Path::new(dir), ctx.lang, &mut written)?;
    let said = Word::new("写出 {} 个手册页到 {}", "{} pages written to {}")
        .with([written.len().to_string(), dir.into()]);
    Ok(Outcome::new(serde_json::json!({ "pages": written }), written.join("\n")).show(View::Good(said)))
}

fn write_all(
    command: &Command,
    name: &str,
    dir: &Path,
    lang: Lang,
    written: &mut Vec<String>,
) -> Result<(), Error> {
    let path = dir.join(format!("{name}.1"));
    let text = page(&command.clone().name(name.to_owned()), lang)?;
    std::fs::write(&path, text).map_err(|e| Error::io(&path.display().to_string(), &e))?;
    written.push(path.display().to_string());
    for inner in command.get_subcommands() {
        write_all(inner, &format!("{name}-{}", inner.get_name()), dir, lang, written)?;
    }
    Ok(())
}

/// The parser's own sections, then what stands beside every command.
fn page(command: &Command, lang: Lang) -> Result<String, Error> {
    let example = command.get_after_help().map(ToString::to_string).filter(|text| !text.contains("\n\n"));
    let man = clap_mangen::Man::new(command.clone().after_help(""));
    let mut page = Vec::new();
    let parts = [
        clap_mangen::Man::render_title,
        clap_mangen::Man::render_name_section,
        clap_mangen::Man::render_synopsis_section,
        clap_mangen::Man::render_description_section,
        clap_mangen::Man::render_options_section,
        clap_mangen::Man::render_subcommands_section,
    ];
    for part in parts {
        part(&man, &mut page).map_err(|e| Error::io("man", &e))?;
    }
    let mut page = String::from_utf8_lossy(&page).into_owned();
    if let Some(example) = example {
        let _ = writeln!(page, ".SH EXAMPLE\n{}", roff(&example));
    }
    for section in reference::sections(lang) {
        let _ = writeln!(page, ".SH \"{}\"", section.title);
        for (name, about) in &section.rows {
            let _ = writeln!(page, ".TP\n\\fB{}\\fR\n{}", roff(name), roff(about));
        }
    }
    Ok(page)
}

/// Text as roff takes it.
fn roff(text: &str) -> String {
    let plain = text.replace('\\', "\\e").replace('-', "\\-");
    if plain.starts_with(['.', '\'']) { format!("\\&{plain}") } else { plain }
}
