//! What may stand at the cursor: commands, flags, fields, and the values of each,
//! read from the command table. Comes in: the words typed so far; goes out: the
//! candidates, or word that a file belongs there. Prints nothing, asks no network.

use wxkit::api::endpoint::{Field, Kind};
use wxkit::api::error_codes;
use wxkit::api::{Lang, Word};

use super::args::{FROM, Flag, GLOBAL, Takes, field_flag, row_fields};
use super::candidate::{Candidate, SHELLS, Wanted};
use super::grammar::{HELP, NOUNS, VERBS};
use super::verb::{Verb, Words};

/// What may follow these words (without `wxkit`), the last of which is begun. The
/// profiles there are asked for only where one belongs.
pub fn wanted(lang: Lang, profiles: &dyn Fn() -> Vec<String>, words: &[&str]) -> Wanted {
    Completer { lang, profiles }.wanted(words)
}

/// Where words are completed.
struct Completer<'a> {
    lang: Lang,
    profiles: &'a dyn Fn() -> Vec<String>,
}

/// What the words before the cursor have settled.
#[derive(Default)]
struct Before<'a> {
    noun: &'a str,
    verb: Option<&'static Verb>,
    /// A flag that waits for its value.
    open: Option<&'a str>,
    words: Vec<&'a str>,
}

impl Completer<'_> {
    fn wanted(&self, words: &[&str]) -> Wanted {
        let (current, before) = words.split_last().map_or(("", words), |(last, before)| (*last, before));
        let before = settled(before);
        let wanted = self.all(&before, current);
        match wanted {
            Wanted::These(mut list) => {
                list.retain(|candidate| candidate.value.starts_with(current));
                Wanted::These(list)
            }
            Wanted::File => Wanted::File,
        }
    }

    fn all(&self, before: &Before, current: &str) -> Wanted {
        if let Some(flag) = before.open {
            return self.value_of(before, flag, "");
        }
        if let Some((flag, _)) = current.split_once('=').filter(|_| current.starts_with("--")) {
            return self.value_of(before, flag.trim_start_matches('-'), &format!("{flag}="));
        }
        if current.starts_with('-') {
            return Wanted::These(self.flags(before));
        }
        match before.verb {
            None => Wanted::These(self.commands(before.noun)),
            Some(verb) => self.words(verb, before, current),
        }
    }

    fn say(&self, value: impl Into<String>, about: &Word) -> Candidate {
        Candidate { value: value.into(), about: about.text(self.lang).to_owned() }
    }

    fn commands(&self, noun: &str) -> Vec<Candidate> {
        let nouns = NOUNS.iter().filter(|_| noun.is_empty()).map(|(name, about)| self.say(*name, about));
        let verbs =
            VERBS.iter().filter(|verb| verb.noun == noun).map(|verb| self.say(verb.name, &verb.about));
        nouns.chain(verbs).collect()
    }

    fn flags(&self, before: &Before) -> Vec<Candidate> {
        let flags = flags_of(before.verb).map(|flag| self.say(format!("--{}", flag.name), &flag.about));
        let row = before.verb.and_then(|verb| verb.row).into_iter().flat_map(row_fields);
        let fields = row.map(|field| self.say(format!("--{}", field_flag(field)), &field.about));
        flags.chain(fields).chain([self.say("--help", &HELP)]).collect()
    }

    /// The values of a flag, with what stands before them in the same word.
    fn value_of(&self, before: &Before, name: &str, start: &str) -> Wanted {
        let values = if let Some(flag) = flags_of(before.verb).find(|flag| flag.name == name) {
            self.flag_values(flag)
        } else {
            let row = before.verb.and_then(|verb| verb.row).into_iter().flat_map(row_fields);
            Wanted::These(row.filter(|field| field_flag(field) == name).flat_map(field_values).collect())
        };
        let Wanted::These(list) = values else { return Wanted::File };
        Wanted::These(prefixed(start, list))
    }

    fn flag_values(&self, flag: &Flag) -> Wanted {
        let name = match flag.takes {
            Takes::Nothing | Takes::Number(_) => return Wanted::These(Vec::new()),
            Takes::Choice(words) => return Wanted::These(plain(words)),
            Takes::Text(name) | Takes::Texts(name) => name,
        };
        match name {
            "FILE" | "DIR" | "PEM" | "FILE|-" | "STRING|@FILE" => Wanted::File,
            "NAME" | "PROFILES" if ["profile", "app"].contains(&flag.name) => Wanted::These(self.profiles()),
            "REF" => Wanted::These(plain(&["env:", "file:", "-", "prompt"])),
            "STORE" => Wanted::These(plain(&["file", "memory", "redis://"])),
            "ADDR" => Wanted::These(plain(&["127.0.0.1:", "0.0.0.0:", "unix:"])),
            "URL" => Wanted::These(plain(&["http://", "https://"])),
            _ => Wanted::These(Vec::new()),
        }
    }

    fn profiles(&self) -> Vec<Candidate> {
        (self.profiles)().into_iter().map(|value| Candidate { value, about: String::new() }).collect()
    }

    fn words(&self, verb: &'static Verb, before: &Before, current: &str) -> Wanted {
        let (name, is_first) = (word_name(verb.words), before.words.is_empty());
        match name {
            "SHELL" if is_first => Wanted::These(plain(SHELLS)),
            "CODE" if is_first => Wanted::These(self.codes()),
            "COMMAND" => Wanted::These(self.commands(before.words.first().copied().unwrap_or_default())),
            "PROFILE" if is_first => Wanted::These(self.profiles()),
            "FILE" | "FILES" | "FILE|FIELD=VALUE" if !current.contains('=') => Wanted::File,
            "" if verb.noun.is_empty() && is_first => Wanted::These(self.commands(verb.name)),
            _ => Wanted::These(fields(verb, before, current, self)),
        }
    }

    fn codes(&self) -> Vec<Candidate> {
        let mut codes: Vec<Candidate> =
            error_codes::codes().map(|row| self.say(row.code, &row.meaning)).collect();
        codes.dedup_by(|next, kept| next.value == kept.value);
        codes
    }
}

/// Its own flags, and `--from` where fields go in.
fn own_flags(verb: &'static Verb) -> impl Iterator<Item = &'static Flag> {
    let from = takes_fields(verb.words);
    verb.flags.iter().copied().chain(from.then_some(&FROM))
}

/// Every flag that may stand there.
fn flags_of(verb: Option<&'static Verb>) -> impl Iterator<Item = &'static Flag> {
    let shared = GLOBAL.iter().copied().filter(move |_| verb.is_none());
    verb.into_iter().flat_map(|verb| own_flags(verb).chain(verb.shared_flags())).chain(shared)
}

const fn takes_fields(words: Words) -> bool {
    matches!(words, Words::Fields | Words::FileOrFields | Words::PathAndFields | Words::MethodPathAndFields)
}

/// `field=`, and behind a `=` what the field may hold.
fn fields(verb: &'static Verb, before: &Before, current: &str, say: &Completer) -> Vec<Candidate> {
    let takes = takes_fields(verb.words);
    let rows = verb.row.into_iter().filter(|_| takes).flat_map(row_fields);
    if let Some((name, _)) = current.split_once('=') {
        return prefixed(
            &format!("{name}="),
            rows.filter(|field| field.name == name).flat_map(field_values).collect(),
        );
    }
    let is_given = |field: &Field| before.words.iter().any(|word| word.split('=').next() == Some(field.name));
    rows.filter(|field| !is_given(field))
        .map(|field| say.say(format!("{}=", field.name), &field.about))
        .collect()
}

fn field_values(field: &Field) -> Vec<Candidate> {
    match field.kind {
        Kind::Choice(words) => plain(words),
        Kind::Bool => plain(&["true", "false"]),
        _ => Vec::new(),
    }
}

fn plain(words: &[&str]) -> Vec<Candidate> {
    words.iter().map(|word| Candidate { value: (*word).to_owned(), about: String::new() }).collect()
}

fn prefixed(start: &str, list: Vec<Candidate>) -> Vec<Candidate> {
    list.into_iter().map(|one| Candidate { value: format!("{start}{}", one.value), ..one }).collect()
}

/// The name of what stands behind the flags.
const fn word_name(words: Words) -> &'static str {
    match words {
        Words::One(name, _) | Words::Many(name, _) | Words::Any(name, _) => name,
        Words::FileOrFields => "FILE|FIELD=VALUE",
        Words::None
        | Words::Fields
        | Words::PathAndFields
        | Words::MethodPathAndFields
        | Words::Program(_) => "",
    }
}

fn settled<'a>(words: &[&'a str]) -> Before<'a> {
    let mut before = Before::default();
    for word in words {
        if before.open.take().is_some() {
            continue;
        }
        if word.starts_with('-') {
            before.open = open(before.verb, word);
        } else if let Some(verb) = before.verb {
            // `mock` is a command, and the first word of others.
            let second =
                || VERBS.iter().copied().find(|second| second.noun == verb.name && second.name == *word);
            match second().filter(|_| verb.noun.is_empty() && before.words.is_empty()) {
                Some(second) => (before.noun, before.verb) = (verb.name, Some(second)),
                None => before.words.push(word),
            }
        } else if let Some(verb) = VERBS.iter().find(|verb| verb.noun == before.noun && verb.name == *word) {
            before.verb = Some(verb);
        } else if before.noun.is_empty() {
            before.noun = word;
        }
    }
    before
}

/// The name of this flag, if its value is the next word.
fn open<'a>(verb: Option<&'static Verb>, word: &'a str) -> Option<&'a str> {
    let flags = || flags_of(verb).filter(|flag| !matches!(flag.takes, Takes::Nothing));
    if let Some(name) = word.strip_prefix("--") {
        let mut row = verb.and_then(|verb| verb.row).into_iter().flat_map(row_fields);
        let is_one = flags().any(|flag| flag.name == name) || row.any(|field| field_flag(field) == name);
        return is_one.then_some(name);
    }
    let short = word.chars().nth(1).filter(|_| word.chars().count() == 2)?;
    flags().find(|flag| flag.short == Some(short)).map(|flag| flag.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(line: &str) -> Option<Vec<String>> {
        let words: Vec<&str> = line.split(' ').collect();
        let completer = Completer { lang: Lang::En, profiles: &|| vec!["shop".into(), "test".into()] };
        match completer.wanted(&words) {
            Wanted::These(list) => Some(list.into_iter().map(|candidate| candidate.value).collect()),
            Wanted::File => None,
        }
    }

    #[allow(clippy::unnecessary_wraps, reason = "it is compared with one that may be none")]
    fn these(words: &[&str]) -> Option<Vec<String>> {
        Some(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn commands_flags_and_values_are_offered() {
        assert_eq!(wanted("pay or"), these(&["order"]));
        assert_eq!(wanted("comp"), these(&["completions"]));
        assert_eq!(wanted("pay order --out-tr"), these(&["--out-trade-no"]));
        assert_eq!(wanted("--lang "), these(&["zh", "en"]));
        assert_eq!(wanted("--lang=z"), these(&["--lang=zh"]));
        assert_eq!(wanted("-p "), these(&["shop", "test"]));
        assert_eq!(wanted("--profile t"), these(&["test"]));
        assert_eq!(wanted("completions z"), these(&["zsh"]));
        assert!(wanted("errcode 4002").is_some_and(|codes| codes.contains(&"40029".to_owned())));
        assert_eq!(wanted("pay order trade_type=N"), these(&["trade_type=NATIVE"]));
        assert_eq!(wanted("pay order --trade-type MW"), these(&["MWEB"]));
        assert_eq!(wanted("pay order bod"), these(&["body="]));
        assert_eq!(wanted("help pay ord"), these(&["order"]));
        assert_eq!(wanted("mock c"), these(&["ca", "cancel"]));
        assert_eq!(wanted("mock ca --o"), these(&["--out"]));
        assert_eq!(wanted("mock --proxy c"), these(&["ca", "cancel"]));
    }

    #[test]
    fn a_file_is_offered_where_one_belongs_and_nowhere_else() {
        assert_eq!(wanted("explain "), None);
        assert_eq!(wanted("--config "), None);
        assert_eq!(wanted("pay order --from "), None);
        assert_eq!(wanted("--lang x"), these(&[]));
        assert_eq!(wanted("--timeout "), these(&[]));
        assert_eq!(wanted("errcode zzz"), these(&[]));
        assert_eq!(wanted("pay order body=x body"), these(&[]));
    }
}
