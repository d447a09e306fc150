//! `man`: the manual page, made from the command table: one for `wxkit` itself,
//! one for each command, or all of them into a directory.

use std::path::Path;

use clap::Command;
use wxkit::api::Word;

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::{Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static DIR: Flag =
    Flag::text("dir", "DIR", "把全部手册页写进这个目录", "Write all pages into this directory");

/// `man`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "man",
    about: Word::new("打印手册页，或写出全部手册页", "Print the manual page, or write all of them"),
    example: "man --dir /usr/local/share/man/man1",
    flags: &[&DIR],
    words: Words::None,
    row: None,
    run: man,
}];

fn man(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut root = (ctx.grammar)(ctx.lang);
    root.build();
    let Some(dir) = args.text(&DIR) else {
        let page = page(&root)?;
        return Ok(Outcome::new(serde_json::json!({ "page": page }), &*page).show(View::Block(page)));
    };
    let mut written = Vec::new();
    write_all(&root, "wxkit", Path::new(dir), &mut written)?;
    let said = Word::new("写出 {} 个手册页到 {}", "{} pages written to {}")
        .with([written.len().to_string(), dir.into()]);
    Ok(Outcome::new(serde_json::json!({ "pages": written }), written.join("\n")).show(View::Good(said)))
}

fn write_all(command: &Command, name: &str, dir: &Path, written: &mut Vec<String>) -> Result<(), Error> {
    let path = dir.join(format!("{name}.1"));
    let text = page(&command.clone().name(name.to_owned()))?;
    std::fs::write(&path, text).map_err(|e| Error::io(&path.display().to_string(), &e))?;
    written.push(path.display().to_string());
    for inner in command.get_subcommands() {
        write_all(inner, &format!("{name}-{}", inner.get_name()), dir, written)?;
    }
    Ok(())
}

fn page(command: &Command) -> Result<String, Error> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(|e| Error::io("man", &e))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
