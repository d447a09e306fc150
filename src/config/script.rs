//! A scenario file as steps: TOML that a team keeps beside its tests. Comes in: a path,
//! or a text; goes out: a [`Script`] and the settings of its gateway, or the line that is
//! wrong and what is right there. Whatever can be known before a step runs is judged here.

use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value as Json};
use toml_edit::{Document, Item, Key, TableLike, Value as Toml};

use super::load::LoadError;
use super::scenario::{Scenario, of_table};
use super::slip::{Slip, Wanted, Wrong};
use super::tree;
use crate::api::near::nearest;
use crate::script::{Action, Body, Deed, Hole, Program, Script, Sequence, Step, Text, Want, holes_in};
use crate::store::reading;

/// Longest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// Most steps of a scenario: whoever has more of them writes a program.
const MOST_STEPS: usize = 1000;
/// Most copies of a notice.
const MOST_TIMES: u64 = 20;
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(600);

/// Names that are there before any step has kept something.
pub const GIVEN: [&str; 7] = ["gateway", "receiver", "program", "port", "app_id", "mch_id", "openid"];

const TOP: &[&str] = &["name", "at", "mock", "program", "step"];
const OF_PROGRAM: &[&str] = &["run", "url", "ready", "env", "within"];
const OF_STEP: &[&str] = &["name", "expect", "capture", "within"];
/// What a step may do, and the keys that say how.
const ACTIONS: &[(&str, &[&str])] = &[
    ("call", &["with"]),
    ("http", &["headers", "json", "form", "body"]),
    ("pay", &["with"]),
    ("cancel", &[]),
    ("refund", &["with"]),
    ("notify", &["times", "order"]),
    ("notice", &[]),
    ("fault", &[]),
    ("look", &[]),
    ("run", &[]),
    ("wait", &[]),
];
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// Reads a scenario from a file.
///
/// # Errors
/// [`Slip`].
pub fn script(path: &Path) -> Result<(Script, Scenario), Slip> {
    let disk = |trouble| Slip { path: path.to_owned(), line: None, wrong: Wrong::Disk(trouble) };
    let bytes = reading::bytes(path, MAX_BYTES).map_err(disk)?;
    read(path, &bytes)
}

/// The same of bytes; the path is for the words.
///
/// # Errors
/// [`Slip`].
pub fn read(path: &Path, bytes: &[u8]) -> Result<(Script, Scenario), Slip> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines = Lines::of(bytes);
    let slip = |at: usize, why: String| Slip {
        path: path.to_owned(),
        line: Some(lines.at(at)),
        wrong: Wrong::NotToml(why),
    };
    let text = std::str::from_utf8(bytes).map_err(|e| slip(e.valid_up_to(), e.to_string()))?;
    let document = Document::parse(text)
        .map_err(|e| slip(e.span().map_or(0, |span| span.start), e.message().to_owned()))?;
    let mut reader = Reader { path, lines, known: GIVEN.map(str::to_owned).to_vec() };
    reader.script(document.as_table())
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(bytes: &[u8]) -> Self {
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// The line of a byte, from 1.
    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}

/// What a file is read with: where we are, and which names have a value by then.
struct Reader<'a> {
    path: &'a Path,
    lines: Lines,
    known: Vec<String>,
}

type Read<T> = Result<T, Slip>;

impl Reader<'_> {
    fn slip(&self, line: usize, wrong: Wrong) -> Slip {
        Slip { path: self.path.to_owned(), line: Some(line), wrong }
    }

    fn line_of(&self, span: Option<std::ops::Range<usize>>) -> usize {
        self.lines.at(span.map_or(0, |span| span.start))
    }

    fn script(&mut self, top: &dyn TableLike) -> Read<(Script, Scenario)> {
        let mut script = Script { name: None, at: None, program: None, steps: Vec::new() };
        let mut mock = Scenario::default();
        for (key, item, line) in self.members(top) {
            match key {
                "name" => script.name = Some(self.string(key, item, line)?),
                "at" => {
                    let unix = item.as_integer().and_then(|n| u64::try_from(n).ok());
                    script.at = Some(unix.ok_or_else(|| self.kind(key, Wanted::Unix, line))?);
                }
                "mock" => mock = self.mock(self.table(key, item, line)?)?,
                "program" => script.program = Some(self.program(self.table(key, item, line)?, line)?),
                "step" => {}
                _ => return Err(self.unknown(key, TOP, line)),
            }
        }
        // Names are kept from the first step to the last, wherever `[program]` stands.
        let steps = top.get("step").ok_or_else(|| self.slip(1, Wrong::NoSteps))?;
        let line = self.line_of(steps.span());
        let steps = steps.as_array_of_tables().ok_or_else(|| self.kind("step", Wanted::Steps, line))?;
        if steps.len() > MOST_STEPS {
            return Err(self.slip(line, Wrong::TooManySteps(steps.len())));
        }
        for step in steps {
            let line = self.line_of(step.span());
            script.steps.push(self.step(step, line)?);
        }
        Ok((script, mock))
    }

    /// Keys, values and lines of a table.
    fn members<'t>(&self, table: &'t dyn TableLike) -> Vec<(&'t str, &'t Item, usize)> {
        let line = |key: &Key, item: &Item| self.line_of(key.span().or_else(|| item.span()));
        let member = |(name, item): (&'t str, &'t Item)| {
            let line = table.get_key_value(name).map_or(1, |(key, item)| line(key, item));
            (name, item, line)
        };
        table.iter().map(member).collect()
    }

    fn mock(&self, table: &dyn TableLike) -> Read<Scenario> {
        of_table(self.path, table).map_err(|error| {
            let wrong_key = match &error {
                LoadError::UnknownKey { key, .. } | LoadError::WrongType { key, .. } => key.as_str(),
                _ => "",
            };
            let mut members = self.members(table).into_iter();
            let line = members.find(|(key, ..)| *key == wrong_key).map_or(1, |(.., line)| line);
            self.slip(line, Wrong::Mock(error))
        })
    }

    fn program(&self, table: &dyn TableLike, line: usize) -> Read<Program> {
        let mut program =
            Program { line, run: Text(String::new()), url: None, ready: None, env: Vec::new(), within: None };
        for (key, item, line) in self.members(table) {
            match key {
                "run" => program.run = self.text(key, item, line)?,
                "url" => program.url = Some(self.text(key, item, line)?),
                "ready" => program.ready = Some(self.text(key, item, line)?),
                "env" => program.env = self.texts(self.table(key, item, line)?)?,
                "within" => program.within = Some(self.time(key, item, line)?),
                _ => return Err(self.unknown(key, OF_PROGRAM, line)),
            }
        }
        if program.run.0.trim().is_empty() {
            Err(self.slip(line, Wrong::Missing("run")))
        } else {
            Ok(program)
        }
    }

    fn step(&mut self, table: &dyn TableLike, line: usize) -> Read<Step> {
        let (doing, how) = self.doing(table, line)?;
        let mut step = Step {
            line,
            name: None,
            action: self.action(doing, table)?,
            expect: Vec::new(),
            capture: Vec::new(),
            within: None,
        };
        for (key, item, line) in self.members(table) {
            match key {
                "name" => step.name = Some(self.text(key, item, line)?),
                "expect" => self.wants("", self.table(key, item, line)?, &mut step.expect)?,
                "capture" => step.capture = self.captures(self.table(key, item, line)?)?,
                "within" => step.within = Some(self.time(key, item, line)?),
                _ if key == doing || how.contains(&key) => {}
                _ => return Err(self.misplaced(key, doing, how, line)),
            }
        }
        self.known.extend(step.capture.iter().map(|(name, _)| name.clone()));
        Ok(step)
    }

    /// The one thing that a step does.
    fn doing(&self, table: &dyn TableLike, line: usize) -> Read<(&'static str, &'static [&'static str])> {
        let mut found = ACTIONS.iter().filter(|(name, _)| table.contains_key(name));
        match (found.next(), found.next()) {
            (Some(&(doing, how)), None) => Ok((doing, how)),
            (Some((first, _)), Some((second, _))) => Err(self.slip(line, Wrong::TwoActions(first, second))),
            (None, _) => {
                let verbs: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
                let strange = self.members(table).into_iter().find(|(key, ..)| !is_known(key));
                Err(match strange {
                    Some((key, _, line)) => self.unknown(key, &verbs, line),
                    None => self.slip(line, Wrong::NoAction),
                })
            }
        }
    }

    fn misplaced(&self, key: &str, doing: &'static str, how: &[&'static str], line: usize) -> Slip {
        let with: Vec<_> =
            ACTIONS.iter().filter(|(_, how)| how.contains(&key)).map(|(name, _)| *name).collect();
        if with.is_empty() {
            return self.unknown(key, &[&[doing], how, OF_STEP].concat(), line);
        }
        self.slip(line, Wrong::ElsewhereKey { key: key.to_owned(), with })
    }

    fn action(&self, doing: &str, table: &dyn TableLike) -> Read<Action> {
        let members = self.members(table);
        let find = |name: &str| members.iter().find(|(key, ..)| *key == name).copied();
        let Some((key, item, line)) = find(doing) else { return Err(self.slip(1, Wrong::NoAction)) };
        let text = || self.text(key, item, line);
        let with = || match find("with") {
            Some((key, item, line)) => self.object(key, item, line),
            None => Ok(Json::Object(Map::new())),
        };
        let order = |deed| Ok(Action::Order { deed, number: text()?, with: with()? });
        match doing {
            "call" => {
                let words = text()?.0.split_whitespace().map(|word| Text(word.to_owned())).collect();
                Ok(Action::Call { words, with: with()? })
            }
            "http" => self.http(&text()?, line, find),
            "pay" => order(Deed::Pay),
            "cancel" => order(Deed::Cancel),
            "refund" => order(Deed::Refund),
            "notify" => self.notify(text()?, find),
            "notice" => Ok(Action::Notice(text()?)),
            "fault" => self.faults(item, line).map(Action::Fault),
            "look" => Ok(Action::Look(text()?)),
            "run" => Ok(Action::Run(text()?)),
            _ => self.time(key, item, line).map(Action::Wait),
        }
    }

    fn http<'t>(
        &self,
        request: &Text,
        line: usize,
        find: impl Fn(&str) -> Option<(&'t str, &'t Item, usize)>,
    ) -> Read<Action> {
        let parts = request.0.split_once(' ').map(|(method, to)| (method, to.trim()));
        let parts = parts.filter(|(method, to)| METHODS.contains(method) && !to.is_empty());
        let (method, to) = parts.ok_or_else(|| self.kind("http", Wanted::Request, line))?;
        let headers = match find("headers") {
            Some((key, item, line)) => self.texts(self.table(key, item, line)?)?,
            None => Vec::new(),
        };
        let mut bodies = ["json", "form", "body"].into_iter().filter_map(find);
        let body = match (bodies.next(), bodies.next()) {
            (None, _) => Body::Nothing,
            (Some(("json", item, line)), None) => Body::Json(self.plain("json", item, line)?),
            (Some(("form", item, line)), None) => Body::Form(self.object("form", item, line)?),
            (Some((key, item, line)), None) => Body::Text(self.text(key, item, line)?),
            (Some((first, ..)), Some((second, _, line))) => {
                let name =
                    |key: &str| ["json", "form", "body"].into_iter().find(|k| *k == key).unwrap_or("body");
                return Err(self.slip(line, Wrong::TwoActions(name(first), name(second))));
            }
        };
        Ok(Action::Http { method: method.to_owned(), to: Text(to.to_owned()), headers, body })
    }

    fn notify<'t>(
        &self,
        number: Text,
        find: impl Fn(&str) -> Option<(&'t str, &'t Item, usize)>,
    ) -> Read<Action> {
        let times = match find("times") {
            None => 1,
            Some((key, item, line)) => {
                let number = item.as_integer().and_then(|n| u64::try_from(n).ok());
                let number = number.filter(|n| (1..=MOST_TIMES).contains(n));
                let number = number.and_then(|n| usize::try_from(n).ok());
                number.ok_or_else(|| self.kind(key, Wanted::Times, line))?
            }
        };
        let sequence = match find("order").map(|(key, item, line)| (key, item.as_str(), line)) {
            None | Some((_, Some("sent"), _)) => Sequence::Sent,
            Some((_, Some("reversed"), _)) => Sequence::Reversed,
            Some((_, Some("at once"), _)) => Sequence::AtOnce,
            Some((key, _, line)) => return Err(self.kind(key, Wanted::Sequence, line)),
        };
        Ok(Action::Notify { number, times, sequence })
    }

    /// `"none"`, a fault, or a list of them.
    fn faults(&self, item: &Item, line: usize) -> Read<Vec<Json>> {
        if item.as_str() == Some("none") {
            return Ok(Vec::new());
        }
        let wrong = || self.kind("fault", Wanted::Faults, line);
        let faults = match self.plain("fault", item, line)? {
            Json::Array(faults) if !faults.is_empty() => faults,
            one @ (Json::String(_) | Json::Object(_)) => vec![one],
            _ => return Err(wrong()),
        };
        let is_fault = |fault: &Json| fault.is_string() || fault.is_object();
        if faults.iter().all(is_fault) { Ok(faults) } else { Err(wrong()) }
    }

    /// What is expected, tables inside tables as paths.
    fn wants(&self, before: &str, table: &dyn TableLike, wants: &mut Vec<Want>) -> Read<()> {
        for (key, item, line) in self.members(table) {
            let path = if before.is_empty() { key.to_owned() } else { format!("{before}.{key}") };
            if let Some(inner) = item.as_table_like() {
                self.wants(&path, inner, wants)?;
                continue;
            }
            let value = item.as_value().and_then(scalar);
            let value = value.ok_or_else(|| self.kind(&path, Wanted::Values, line))?;
            let want = Want { path, value: self.whole(Text(value), line)? };
            want.check().map_err(|bad| self.slip(line, Wrong::BadPattern(bad.0)))?;
            wants.push(want);
        }
        Ok(())
    }

    fn captures(&self, table: &dyn TableLike) -> Read<Vec<(String, String)>> {
        let mut captures = Vec::new();
        for (name, item, line) in self.members(table) {
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if !is_name || GIVEN.contains(&name) {
                return Err(self.slip(line, Wrong::BadName(name.to_owned())));
            }
            captures.push((name.to_owned(), self.string(name, item, line)?));
        }
        Ok(captures)
    }

    fn table<'t>(&self, key: &str, item: &'t Item, line: usize) -> Read<&'t dyn TableLike> {
        item.as_table_like().ok_or_else(|| self.kind(key, Wanted::Table, line))
    }

    fn string(&self, key: &str, item: &Item, line: usize) -> Read<String> {
        item.as_str().map(str::to_owned).ok_or_else(|| self.kind(key, Wanted::Text, line))
    }

    fn text(&self, key: &str, item: &Item, line: usize) -> Read<Text> {
        self.whole(Text(self.string(key, item, line)?), line)
    }

    fn texts(&self, table: &dyn TableLike) -> Read<Vec<(String, Text)>> {
        let one = |(key, item, line): (&str, &Item, usize)| {
            let value = item.as_value().and_then(scalar).ok_or_else(|| self.kind(key, Wanted::Text, line))?;
            Ok((key.to_owned(), self.whole(Text(value), line)?))
        };
        self.members(table).into_iter().map(one).collect()
    }

    fn time(&self, key: &str, item: &Item, line: usize) -> Read<Duration> {
        let time = item.as_str().and_then(duration).filter(|time| *time <= LONGEST);
        time.ok_or_else(|| self.kind(key, Wanted::Time, line))
    }

    fn object(&self, key: &str, item: &Item, line: usize) -> Read<Json> {
        let value = self.plain(key, item, line)?;
        if value.is_object() { Ok(value) } else { Err(self.kind(key, Wanted::Table, line)) }
    }

    /// A value as JSON, every hole in it known.
    fn plain(&self, key: &str, item: &Item, line: usize) -> Read<Json> {
        let value = match (item.as_value(), item.as_table_like()) {
            (Some(value), _) => tree::json(value),
            (None, Some(table)) => tree::object(table),
            (None, None) => None,
        };
        let value = value.ok_or_else(|| self.kind(key, Wanted::Plain, line))?;
        let mut found = Ok(());
        holes_in(&value, &mut |text| {
            if found.is_ok() {
                found = self.whole(Text(text.to_owned()), line).map(drop);
            }
        });
        found.map(|()| value)
    }

    /// A text whose holes will all have a value.
    fn whole(&self, text: Text, line: usize) -> Read<Text> {
        for hole in text.holes() {
            let Hole::Named(name) = hole else { return Err(self.slip(line, Wrong::OpenHole)) };
            if !self.known.iter().any(|known| known == name) {
                let near = nearest(name, self.known.iter().map(String::as_str)).map(str::to_owned);
                return Err(self.slip(line, Wrong::UnknownName { name: name.to_owned(), near }));
            }
        }
        Ok(text)
    }

    fn kind(&self, key: &str, wanted: Wanted, line: usize) -> Slip {
        self.slip(line, Wrong::Kind { key: key.to_owned(), wanted })
    }

    fn unknown(&self, key: &str, known: &[&'static str], line: usize) -> Slip {
        let near = nearest(key, known.iter().copied());
        self.slip(line, Wrong::UnknownKey { key: key.to_owned(), near, known: known.to_vec() })
    }
}

/// Whether a key can stand in some step.
fn is_known(key: &str) -> bool {
    OF_STEP.contains(&key) || ACTIONS.iter().any(|(_, how)| how.contains(&key))
}

/// `10s`, `500ms`, `2m`: a time without a unit could be any.
fn duration(text: &str) -> Option<Duration> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds = match &text[number.len()..] {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()
}

fn scalar(value: &Toml) -> Option<String> {
    match value {
        Toml::String(text) => Some(text.value().clone()),
        Toml::Integer(number) => Some(number.value().to_string()),
        Toml::Float(number) => Some(number.value().to_string()),
        Toml::Boolean(truth) => Some(truth.value().to_string()),
        Toml::Datetime(_) | Toml::Array(_) | Toml::InlineTable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<(Script, Scenario), (usize, Wrong)> {
        read(Path::new("x.toml"), text.as_bytes()).map_err(|slip| (slip.line.unwrap_or(0), slip.wrong))
    }

    fn wrong(text: &str) -> (usize, Wrong) {
        told(text).unwrap_err()
    }

    #[test]
    fn a_story_is_read() {
        let text = "name = \"n\"\nat = 17\n[mock]\nseed = 7\nfaults = [\"refund:drop\"]\n[program]\nrun = \"x\"\n\
                    env = { A = 1 }\n[[step]]\nhttp = \"POST /o\"\njson = { a = [1, { b = \"x\" }] }\n\
                    expect = { status = 201, body.no = \"/^T/\" }\ncapture = { no = \"body.no\" }\nwithin = \"2m\"\n\
                    [[step]]\nnotify = \"${no}\"\ntimes = 3\norder = \"at once\"\n[[step]]\nfault = \"none\"\n";
        let (script, scenario) = told(text).unwrap();
        assert_eq!((script.name.as_deref(), script.at, scenario.seed), (Some("n"), Some(17), Some(7)));
        assert_eq!(script.program.unwrap().env, [("A".to_owned(), Text("1".to_owned()))]);
        let [first, second, third] = &script.steps[..] else { panic!("{:?}", script.steps) };
        assert_eq!((first.line, second.line, first.within), (9, 15, Some(Duration::from_secs(120))));
        let paths: Vec<&str> = first.expect.iter().map(|want| want.path.as_str()).collect();
        assert_eq!(paths, ["status", "body.no"]);
        let Action::Http { method, to, body: Body::Json(body), .. } = &first.action else { panic!() };
        assert_eq!((method.as_str(), to.0.as_str()), ("POST", "/o"));
        assert_eq!(body, &serde_json::json!({"a": [1, {"b": "x"}]}));
        let again = Action::Notify { number: Text("${no}".into()), times: 3, sequence: Sequence::AtOnce };
        assert_eq!(second.action, again);
        assert_eq!(third.action, Action::Fault(Vec::new()));
    }

    #[test]
    fn every_slip_has_its_line_and_its_remedy() {
        let near = |text: &str| match wrong(text) {
            (line, Wrong::UnknownKey { near, .. }) => (line, near),
            other => panic!("{other:?}"),
        };
        assert_eq!(near("nmae = 1\n[[step]]\nwait = \"1s\""), (1, Some("name")));
        assert_eq!(near("[[step]]\nwait = \"1s\"\nexpct = {}"), (3, Some("expect")));
        assert_eq!(near("[[step]]\n\n\ncal = \"x\""), (4, Some("call")));
        assert_eq!(near("[program]\nrun = \"x\"\nredy = \"y\""), (3, Some("ready")));
        assert_eq!(
            wrong("[[step]]\nwait = 1"),
            (2, Wrong::Kind { key: "wait".into(), wanted: Wanted::Time })
        );
        for time in ["1", "1h", "-1s", "11m", "nans", "1e400s"] {
            assert_eq!(wrong(&format!("[[step]]\nwait = \"{time}\"")).0, 2, "{time}");
        }
        assert_eq!(wrong("\n[[step]]\nexpect = {}"), (2, Wrong::NoAction));
        assert_eq!(wrong("[[step]]\npay = \"1\"\nrun = \"x\""), (1, Wrong::TwoActions("pay", "run")));
        let elsewhere = Wrong::ElsewhereKey { key: "json".into(), with: vec!["http"] };
        assert_eq!(wrong("[[step]]\npay = \"1\"\njson = {}"), (3, elsewhere));
        assert_eq!(
            wrong("[[step]]\nhttp = \"/orders\"").1,
            Wrong::Kind { key: "http".into(), wanted: Wanted::Request }
        );
        assert!(matches!(wrong("name = \"x\""), (1, Wrong::NoSteps)));
        assert!(matches!(wrong("step = 1"), (1, Wrong::Kind { wanted: Wanted::Steps, .. })));
        assert!(matches!(wrong("[mock]\nsede = 1\n[[step]]\nwait = \"1s\""), (2, Wrong::Mock(_))));
        assert!(matches!(wrong("a =\n"), (1, Wrong::NotToml(_))));
        assert!(matches!(read(Path::new("x"), b"a\n\xff").unwrap_err().wrong, Wrong::NotToml(_)));
        let many = "[[step]]\nwait = \"1ms\"\n".repeat(1001);
        assert_eq!(wrong(&many), (1, Wrong::TooManySteps(1001)));
    }

    #[test]
    fn a_name_has_to_be_kept_before_it_is_used() {
        let step = |text: &str| {
            format!("[[step]]\nrun = \"x\"\ncapture = {{ number = \"stdout\" }}\n[[step]]\n{text}")
        };
        assert!(told(&step("pay = \"${number}\"")).is_ok());
        let unknown = |text: &str| match wrong(&step(text)) {
            (line, Wrong::UnknownName { name, near }) => (line, name, near),
            other => panic!("{other:?}"),
        };
        let near = Some("number".to_owned());
        assert_eq!(unknown("pay = \"${numbr}\""), (5, "numbr".to_owned(), near));
        assert_eq!(unknown("http = \"GET /\"\njson = { a = [\"${x}\"] }"), (6, "x".to_owned(), None));
        assert_eq!(unknown("run = \"y\"\nexpect = { stdout = \"${y}\" }").0, 6);
        assert!(matches!(wrong("[[step]]\nrun = \"${x\""), (2, Wrong::OpenHole)));
        assert!(matches!(wrong("[[step]]\nrun = \"x\"\ncapture = { port = \"y\" }"), (3, Wrong::BadName(_))));
        let pattern = "[[step]]\nrun = \"x\"\nexpect = { stdout = \"/(/\" }";
        assert!(matches!(wrong(pattern), (3, Wrong::BadPattern(_))));
    }
}
