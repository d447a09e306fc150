//! The house keeps its shape: which room may use which, which outside crate has
//! which door, and who may print. Read from the sources, so that an arrow that
//! points up fails a test and not a review.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod inside;

use std::fs;
use std::path::{Path, PathBuf};

use inside::House;

/// Rooms and the rooms they may use. `cli` lives in the binary, so the compiler
/// already keeps the library from importing it.
const MAY: &[(&str, &[&str])] = &[
    ("sign", &[]),
    ("wire", &[]),
    ("api", &["sign", "wire"]),
    ("net", &["sign", "wire"]),
    ("store", &["sign", "wire"]),
    ("script", &[]),
    ("config", &["api", "script", "sign", "store"]),
    ("explain", &["api", "sign", "wire"]),
    ("mock", &["api", "wire"]),
    ("client", &["api", "net", "sign", "store", "wire"]),
];

/// The map that a reader meets first is the one that is kept.
#[test]
fn the_map_of_the_house_is_true() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for (room, may) in MAY {
        let uses = if may.is_empty() { "–".to_owned() } else { may.join(", ") };
        let is_row = |line: &str| {
            line.starts_with(&format!("//! | [`{room}`] | ")) && line.ends_with(&format!(" | {uses} |"))
        };
        assert!(text.lines().any(is_row), "src/lib.rs has no row for {room} that uses {uses}");
    }
}

/// Outside crates and the files that may name them.
const DOORS: &[(&str, &[&str])] = &[
    ("aes", &["sign/cipher.rs"]),
    ("aes_gcm", &["sign/cipher.rs"]),
    ("base64", &["sign/"]),
    ("cbc", &["sign/cipher.rs"]),
    (
        "clap",
        &[
            "cli/args.rs",
            "cli/grammar.rs",
            "cli/wiring.rs",
            "cli/error/usage.rs",
            "cli/cmd/man.rs",
            "cli/cmd/help.rs",
        ],
    ),
    ("clap_mangen", &["cli/cmd/man.rs"]),
    ("colored", &["cli/render/"]),
    ("console", &["cli/render/"]),
    ("dialoguer", &["cli/ask.rs"]),
    ("dlmalloc", &["main.rs"]),
    ("ecb", &["sign/cipher.rs"]),
    ("encoding_rs", &["explain/", "mock/faults/spoil.rs"]),
    ("fearless_simd", &["sign/lanes.rs"]),
    ("flate2", &["wire/gzip.rs"]),
    ("hdrhistogram", &["client/notices/replay.rs"]),
    ("hex", &["sign/digest.rs"]),
    ("hmac", &["sign/digest.rs"]),
    ("hyper", &["net/"]),
    ("hyper_util", &["net/"]),
    ("indicatif", &["cli/render/"]),
    ("md5", &["sign/digest.rs"]),
    ("memchr", &["wire/batch.rs", "wire/markup.rs"]),
    ("p12_keystore", &["net/p12.rs"]),
    ("percent_encoding", &["explain/draft/form.rs", "wire/query.rs"]),
    ("qrcode", &["cli/render/"]),
    ("quick_xml", &["wire/xml.rs"]),
    ("rand", &["client/clock.rs"]),
    ("rcgen", &["net/ca.rs"]),
    ("redis", &["store/redis.rs"]),
    ("rustix", &["net/child.rs", "net/group.rs", "net/pace.rs", "store/reading.rs"]),
    ("regex_lite", &["script/want.rs"]),
    ("reqwest", &["net/"]),
    ("ring", &["sign/gcm.rs", "sign/rsa.rs"]),
    ("rsa", &["sign/key.rs", "sign/rsa.rs"]),
    ("rustls", &["net/"]),
    ("rustls_native_certs", &["net/trust.rs"]),
    ("sha1", &["sign/digest.rs"]),
    ("sha2", &["sign/digest.rs"]),
    ("strsim", &["api/near.rs"]),
    ("subtle", &["sign/digest.rs"]),
    ("tokio", &["net/"]),
    ("tokio_rustls", &["net/secure.rs"]),
    (
        "toml_edit",
        &[
            "config/draft.rs",
            "config/load.rs",
            "config/scenario.rs",
            "config/script.rs",
            "config/seeds.rs",
            "config/tree.rs",
        ],
    ),
    ("unicode_width", &["cli/render/"]),
    ("webpki_root_certs", &["net/trust.rs"]),
    ("x509_parser", &["sign/certificate.rs"]),
    ("zeroize", &["sign/"]),
];

/// Words and the files that may use them.
const WORDS: &[(&str, &[&str])] = &[
    ("println!", &["cli/render/", "main.rs"]),
    ("eprintln!", &["cli/render/", "main.rs"]),
    ("process::exit", &["cli/render/", "main.rs"]),
    ("env::var", &["cli/world.rs"]),
    ("SystemTime::now", &["client/clock.rs"]),
    // Both panic where the system has no room for one more thread; net::thread does not.
    ("thread::spawn", &[]),
    ("spawn_blocking", &[]),
    ("todo!", &[]),
    ("unimplemented!", &[]),
    ("dbg!", &[]),
];

struct Source {
    path: String,
    code: String,
}

/// Every file of `src/`, without comments and without its tests.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let source = |file: PathBuf| {
        let path = file.strip_prefix(&root).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
        Source { path, code: lines.collect::<Vec<_>>().join("\n") }
    };
    files.into_iter().map(source).collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// Whether this path (`crate::net`) is named, and not only its beginning.
    fn names(&self, path: &str) -> bool {
        let whole = |at: usize| {
            let (before, after) =
                (self.code[..at].chars().next_back(), self.code[at + path.len()..].chars().next());
            let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            !joins(before) && (path.ends_with(':') || !joins(after)) && before != Some(':')
        };
        self.code.match_indices(path).any(|(at, _)| whole(at))
    }

    /// Whether an outside crate is used: `use x…`, `x::…`.
    fn uses_crate(&self, name: &str) -> bool {
        self.names(&format!("{name}::"))
            || self.code.lines().any(|line| line.trim() == format!("use {name};"))
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places
            .iter()
            .any(|place| self.path == *place || (place.ends_with('/') && self.path.starts_with(place)))
    }
}

fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "the house has lost its shape:\n{}", found.join("\n"));
}

#[test]
fn arrows_point_down() {
    let mut found = Vec::new();
    for source in sources() {
        let Some((room, may)) = MAY.iter().find(|(room, _)| *room == source.room()) else { continue };
        for (other, _) in MAY.iter().filter(|(other, _)| other != room && !may.contains(other)) {
            if source.names(&format!("crate::{other}")) {
                found.push(format!("{} uses {other}", source.path));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn commands_stay_in_their_room() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|s| s.path.starts_with("cli/")) {
        let never: &[&str] = match () {
            () if source.path.starts_with("cli/cmd/") => {
                &["super::super::render", "wxkit::config", "wxkit::sign", "wxkit::store"]
            }
            () if source.path.starts_with("cli/render/") => &["wxkit::client", "wxkit::net", "wxkit::store"],
            () => &[],
        };
        found.extend(never.iter().filter(|n| source.names(n)).map(|n| format!("{} uses {n}", source.path)));
    }
    assert_none(&found);
}

#[test]
fn every_crate_has_one_door() {
    let mut found = Vec::new();
    for source in sources() {
        for (name, doors) in DOORS.iter().filter(|(name, _)| source.uses_crate(name)) {
            if !source.is_in(doors) {
                found.push(format!("{} uses {name}, whose door is {}", source.path, doors.join(", ")));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn words_stay_where_they_belong() {
    let mut found = Vec::new();
    for source in sources() {
        for (word, places) in WORDS.iter().filter(|(word, _)| source.code.contains(word)) {
            if !source.is_in(places) {
                found.push(format!("{} says {word}", source.path));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn every_file_says_what_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let opens = |s: &Source| fs::read_to_string(root.join(&s.path)).unwrap().starts_with("//!");
    let found: Vec<_> = sources().into_iter().filter(|s| !opens(s)).map(|s| s.path).collect();
    assert_none(&found);
}

#[test]
fn nothing_circles() {
    assert_none(&House::read().circles());
}

/// The floors that `src/lib.rs` draws of each room: `a b · c` is two floors.
#[test]
fn arrows_inside_rooms_point_down() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let house = House::read();
    let mut found = Vec::new();
    for room in house.rooms() {
        match drawn(&text, room) {
            Some(floors) => found.extend(house.against(room, &floors)),
            None => found.push(format!("src/lib.rs draws no floors of {room}")),
        }
    }
    assert_none(&found);
}

/// The floors of a room as the map has them: an item of a list, over any lines.
fn drawn(map: &str, room: &str) -> Option<Vec<Vec<String>>> {
    let (_, from) = map.split_once(&format!("//! - `{room}`: "))?;
    let lines = from.lines().enumerate().map_while(|(index, line)| match index {
        0 => Some(line),
        _ => line.strip_prefix("//!   "),
    });
    let drawing = lines.collect::<Vec<_>>().join(" ");
    let floor = |floor: &str| floor.split_whitespace().map(str::to_owned).collect();
    Some(drawing.split('·').map(floor).collect())
}

/// Half of all functions fit in nine lines and nine of ten in 21: that is how the
/// house was when this was written, and it should not get worse.
#[test]
fn functions_stay_short() {
    let mut lengths = House::read().lengths();
    lengths.sort_by_key(|(_, lines)| *lines);
    let at = |percent: usize| lengths[lengths.len() * percent / 100].1;
    let longest: Vec<_> = lengths.iter().rev().take(5).collect();
    assert!(at(50) <= 9 && at(90) <= 21, "p50 {}, p90 {}; the longest: {longest:?}", at(50), at(90));
}

/// The rule must be able to fail, so it is tried on a text that breaks it.
#[test]
fn the_reader_of_these_rules_sees() {
    let source =
        Source { path: "wire/x.rs".into(), code: "use crate::sign::Secret;\nreqwest::get(1)".into() };
    assert!(source.names("crate::sign"));
    assert!(!source.names("crate::sig"));
    assert!(source.uses_crate("reqwest"));
    assert!(!source.uses_crate("request"));
    assert!(source.is_in(&["wire/"]));
    assert!(!source.is_in(&["wire/xml.rs"]));
}
