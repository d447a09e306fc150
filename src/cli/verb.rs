//! One command as a row: its words in two languages, its flags, and what it does.

use wxkit::api::Word;
use wxkit::api::endpoint::Endpoint;

use super::args::{Args, Flag, GLOBAL};
use super::error::Error;
use super::outcome::Outcome;
use super::wiring::{Context, Ground};

/// One command.
pub struct Verb {
    /// First word; empty for commands of one word.
    pub noun: &'static str,
    /// Last word.
    pub name: &'static str,
    /// One line for the help.
    pub about: Word,
    /// A command to copy, without the leading `wxkit`.
    pub example: &'static str,
    /// Its own flags.
    pub flags: &'static [&'static Flag],
    /// What stands behind the flags.
    pub words: Words,
    /// The row it calls; its fields become flags too.
    pub row: Option<&'static Endpoint>,
    /// What it does.
    pub run: fn(&Args, &Context) -> Result<Outcome, Error>,
}

impl Verb {
    /// The flags of every command but those that have another meaning here.
    pub fn shared_flags(&self) -> impl Iterator<Item = &'static Flag> {
        let own = self.flags;
        GLOBAL.iter().copied().filter(move |shared| own.iter().all(|own| own.name != shared.name))
    }

    /// What it stands on. Who needs no profile, or mends them, must not fail
    /// over a broken one.
    pub fn ground(&self) -> Ground {
        match (self.noun, self.name) {
            ("profile", verb) if verb != "show" => Ground::Bare,
            ("mock", "ca")
            | ("test", _)
            | ("", "init" | "demo" | "errcode" | "completions" | "man" | "help" | "version") => Ground::Bare,
            _ => Ground::Profile,
        }
    }
}

/// What stands behind the flags.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Nothing.
    None,
    /// `name=value …`, and `--from`.
    Fields,
    /// One word that has to be there.
    One(&'static str, Word),
    /// A file, or `name=value …`.
    FileOrFields,
    /// One or more words.
    Many(&'static str, Word),
    /// Any number of words.
    Any(&'static str, Word),
    /// A path, then `name=value …`.
    PathAndFields,
    /// A method and a path, then `name=value …`.
    MethodPathAndFields,
    /// Behind `--`, a program and its words, which are nobody else's.
    Program(Word),
}

impl Words {
    /// Whether some of them are fields.
    pub const fn are_fields(self) -> bool {
        matches!(self, Self::Fields | Self::FileOrFields | Self::PathAndFields | Self::MethodPathAndFields)
    }
}
