//! The command table as the binary tells it: every command, its flags, and what
//! they take, read from the help. What is generated from it covers a command from
//! the day that it is there.

use std::sync::LazyLock;

use super::wxkit;

/// One command.
pub struct Row {
    /// `pay sign`
    pub words: String,
    /// Its own flags.
    pub flags: Vec<Flag>,
    /// The flags of every command.
    pub global: Vec<Flag>,
    /// The example of its help, without `wxkit`.
    pub example: Option<String>,
}

/// One flag.
#[derive(Clone)]
pub struct Flag {
    /// `--key`
    pub name: String,
    /// `REF`; none for a switch.
    pub value: Option<String>,
}

impl Flag {
    /// Whether its value is a secret or a reference to one.
    pub fn is_secret(&self) -> bool {
        self.value.as_deref() == Some("REF")
    }
}

/// Every command, in the order of the help.
pub static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows: Vec<Row> = commands().iter().map(|words| row(words)).collect();
    assert!(rows.len() > 30 && rows.iter().all(|row| row.global.len() > 20), "the help cannot be read");
    rows
});

/// `pay sign`, `mock`, …
pub fn commands() -> Vec<String> {
    let listed = |words: &str| -> Vec<String> {
        let help = help(words);
        let lines = section(&help, "Commands").into_iter();
        lines
            .filter_map(|line| Some(line.strip_prefix("  ")?.split(' ').next()?.to_owned()))
            .filter(|name| !name.is_empty())
            .collect()
    };
    let mut commands = Vec::new();
    for first in listed("") {
        let second = listed(&first);
        commands.extend(second.iter().map(|second| format!("{first} {second}")));
        // `mock` is a command, and the first word of others.
        let own = section(&help(&first), "Options").into_iter().filter_map(flag).count();
        if second.is_empty() || own > 1 {
            commands.push(first);
        }
    }
    commands
}

fn row(words: &str) -> Row {
    let help = help(words);
    let flags = |headings: &[&str]| -> Vec<Flag> {
        headings.iter().flat_map(|heading| section(&help, heading)).filter_map(flag).collect()
    };
    Row {
        words: words.to_owned(),
        flags: flags(&["Options", "Fields"]).into_iter().filter(|flag| flag.name != "--help").collect(),
        global: flags(&["Global options"]),
        example: example(&help),
    }
}

fn help(words: &str) -> String {
    wxkit(words).word("--help").run().exits(0).stdout
}

/// The lines below a heading, up to an empty one.
fn section<'a>(help: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = help.lines().skip_while(|line| !(line.starts_with(heading) && line.ends_with(':'))).skip(1);
    lines.take_while(|line| !line.is_empty()).collect()
}

/// `  -p, --profile <NAME>  Profile to use`
fn flag(line: &str) -> Option<Flag> {
    let start = line.trim_start();
    let name = start.split(", ").last().filter(|_| start.starts_with('-')).and(start.find("--"))?;
    let mut words = start[name..].splitn(2, [' ', '\n']);
    let name = words.next()?.to_owned();
    let value = words.next().and_then(|rest| rest.strip_prefix('<')?.split('>').next());
    Some(Flag { name, value: value.map(str::to_owned) })
}

/// The example at the end of a help, which may go over two lines.
fn example(help: &str) -> Option<String> {
    let mut lines = help.lines().skip_while(|line| !line.starts_with("Example: wxkit "));
    let first = lines.next()?.strip_prefix("Example: wxkit ")?;
    let rest = lines.take_while(|line| !line.is_empty());
    Some(std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" "))
}
