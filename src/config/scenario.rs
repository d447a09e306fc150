//! A scenario: faults for the gateway, whom it knows, and its seed, speed, token life and
//! keys, in a TOML file that a team keeps beside its tests. Comes in: the file's path, or
//! a table of a file that holds more; goes out: the faults as JSON, which the gateway judges.

use std::path::Path;

use serde_json::Value as Json;
use toml_edit::{Item, TableLike};

use super::load::{LoadError, parse};
use super::seeds::{self, Seeds};
use super::tree;
use crate::api::near::nearest;
use crate::store::reading;

/// Longest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// The tables of faults, and the list of them as short texts.
const FAULT: &str = "fault";
const FAULTS: &str = "faults";
const KEYS: [&str; 10] =
    [FAULT, FAULTS, "seed", "speed", "token_life", "key_mode", "refund_url", "app", "merchant", "user"];

/// What a scenario file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scenario {
    /// Seed of all that is random.
    pub seed: Option<u64>,
    /// How much faster notices are repeated.
    pub speed: Option<u64>,
    /// Life of an `access_token`, in seconds.
    pub token_life: Option<u64>,
    /// Which of WeChat Pay's keys sign in v3, not judged yet.
    pub key_mode: Option<String>,
    /// Where refunds are told that name no address.
    pub refund_url: Option<String>,
    /// The faults, not judged yet.
    pub faults: Vec<Json>,
    /// Whom the gateway knows.
    pub seeds: Seeds,
}

/// Reads a scenario.
///
/// # Errors
/// [`LoadError`]: no file, no TOML, a key that is none of a scenario.
pub fn scenario(path: &Path) -> Result<Scenario, LoadError> {
    let bytes = reading::bytes(path, MAX_BYTES)?;
    of_table(path, parse(path, &bytes)?.as_table())
}

/// What a table says that may stand in a larger file.
pub(super) fn of_table(path: &Path, table: &dyn TableLike) -> Result<Scenario, LoadError> {
    let mut scenario = Scenario::default();
    for (key, item) in table.iter() {
        let wrong = || LoadError::WrongType { path: path.to_owned(), key: key.to_owned() };
        let number = || item.as_integer().and_then(|n| u64::try_from(n).ok()).ok_or_else(wrong);
        let text = || item.as_str().map(str::to_owned).ok_or_else(wrong);
        match key {
            "seed" => scenario.seed = Some(number()?),
            "speed" => scenario.speed = Some(number()?),
            "token_life" => scenario.token_life = Some(number()?),
            "key_mode" => scenario.key_mode = Some(text()?),
            "refund_url" => scenario.refund_url = Some(text()?),
            _ if seeds::TABLES.contains(&key) => seeds::add(&mut scenario.seeds, path, key, item)?,
            FAULT | FAULTS => scenario.faults.extend(faults(item).ok_or_else(wrong)?),
            _ => return Err(unknown(path, key)),
        }
    }
    Ok(scenario)
}

fn unknown(path: &Path, key: &str) -> LoadError {
    let near = nearest(key, KEYS.into_iter());
    LoadError::UnknownKey { path: path.to_owned(), profile: None, key: key.to_owned(), near }
}

/// `[[fault]]` tables, or a list of texts and inline tables.
fn faults(item: &Item) -> Option<Vec<Json>> {
    if let Some(tables) = item.as_array_of_tables() {
        return tables.iter().map(|table| tree::object(table)).collect();
    }
    item.as_array()?.iter().map(tree::json).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(name: &str, text: &str) -> Result<Scenario, LoadError> {
        let path = std::env::temp_dir().join(format!("wxkit-scenario-{name}-{}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        let read = scenario(&path);
        std::fs::remove_file(&path).unwrap();
        read
    }

    #[test]
    fn faults_come_as_tables_or_as_texts() {
        let told = read("keys", "key_mode = \"5%\"\nrefund_url = \"http://a/\"").unwrap();
        assert_eq!((told.key_mode.as_deref(), told.refund_url.as_deref()), (Some("5%"), Some("http://a/")));
        let text = "seed = 7\n[[fault]]\nendpoint = \"refund\"\ncode = \"SYSTEMERROR\"\nrate = 0.5\n\
                    [[fault]]\nhtml = true\ncount = 1\n";
        let told = read("tables", text).unwrap();
        assert_eq!((told.seed, told.speed), (Some(7), None));
        assert_eq!(told.faults[0], json!({"endpoint": "refund", "code": "SYSTEMERROR", "rate": 0.5}));
        assert_eq!(told.faults[1], json!({"html": true, "count": 1}));
        let texts = read("texts", "faults = [\"refund:drop\", { html = true }]").unwrap();
        assert_eq!(texts.faults, [json!("refund:drop"), json!({"html": true})]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let near = |text| match read("near", text) {
            Err(LoadError::UnknownKey { near, .. }) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("[[falt]]\nhtml = true"), Some("fault"));
        assert!(
            matches!(read("type", "seed = \"x\""), Err(LoadError::WrongType { key, .. }) if key == "seed")
        );
        assert!(matches!(read("list", "fault = 1"), Err(LoadError::WrongType { .. })));
        assert!(matches!(read("toml", "seed ="), Err(LoadError::NotToml { line: 1, .. })));
        assert!(matches!(scenario(Path::new("/nowhere/x.toml")), Err(LoadError::Disk(_))));
    }
}
