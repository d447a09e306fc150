//! Whom a gateway knows from the start: accounts, merchants, users, as tables of a
//! scenario. Comes in: a table of TOML; goes out: the same as values, secrets still as
//! they are written (`env:NAME`, `file:PATH`, or the text itself). Follows no reference.

use std::path::Path;

use toml_edit::{Item, TableLike};

use super::load::LoadError;
use crate::api::Word;
use crate::api::near::nearest;
use crate::sign::Secret;

/// The tables that are seeds.
pub(super) const TABLES: [&str; 3] = ["app", "merchant", "user"];

/// Most entries of a table, and of a list in one.
const MOST: usize = 1000;
/// Longest id, name or secret, in bytes.
const LONGEST: usize = 256;

/// Whom a gateway knows; an empty list leaves what it knows by itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seeds {
    /// `[[app]]`
    pub apps: Vec<AppSeed>,
    /// `[[merchant]]`
    pub merchants: Vec<MerchantSeed>,
    /// `[[user]]`
    pub users: Vec<UserSeed>,
}

/// An official account or mini program.
#[derive(Debug, Clone, PartialEq)]
pub struct AppSeed {
    /// `wx…`
    pub app_id: String,
    /// AppSecret, or where it is.
    pub secret: Option<Secret>,
    /// What it is called on the consent page.
    pub name: Option<String>,
}

/// A merchant; a partner, if it has sub-merchants.
#[derive(Debug, Clone, PartialEq)]
pub struct MerchantSeed {
    /// Merchant id.
    pub mch_id: String,
    /// APIv2 key, or where it is.
    pub pay_key: Option<Secret>,
    /// APIv3 key, or where it is.
    pub v3_key: Option<Secret>,
    /// The accounts it may take payments for; none means all.
    pub app_ids: Option<Vec<String>>,
    /// For whom it may order; none means anybody.
    pub sub_mch_ids: Option<Vec<String>>,
}

/// A user.
#[derive(Debug, Clone, PartialEq)]
pub struct UserSeed {
    /// Id under every account that has none of its own.
    pub openid: String,
    /// Ids under single accounts: app id and openid.
    pub openids: Vec<(String, String)>,
    /// Id over all accounts.
    pub unionid: Option<String>,
    /// Nickname.
    pub name: Option<String>,
    /// The same for readers of English.
    pub english: Option<String>,
}

const MISSING: Word = Word::new("缺少", "is missing");
const BAD_ID: Word =
    Word::new("只能用字母、数字、- 和 _，最多 64 个", "is made of at most 64 letters, digits, - and _");
const TOO_LONG: Word = Word::new("太长，最多 256 字节", "is too long: at most 256 bytes");
const UNPRINTABLE: Word = Word::new("里有控制字符", "has control characters in it");
const TOO_MANY: Word = Word::new("太多，最多 1000 个", "has too many entries: at most 1000");
const TWICE: Word = Word::new("与前面的重复", "stands there twice");

/// Takes one table of a scenario in.
pub(super) fn add(seeds: &mut Seeds, path: &Path, table: &str, item: &Item) -> Result<(), LoadError> {
    let wrong = || LoadError::WrongType { path: path.to_owned(), key: table.to_owned() };
    let rows = rows(item).ok_or_else(wrong)?;
    if rows.len() > MOST {
        return Err(bad(path, table, TOO_MANY));
    }
    for (at, entry) in rows.into_iter().enumerate() {
        let row = Row { path, place: format!("{table}[{}]", at + 1), table: entry };
        match table {
            "app" => seeds.apps.push(row.app()?),
            "merchant" => seeds.merchants.push(row.merchant()?),
            _ => seeds.users.push(row.user()?),
        }
    }
    let ids: Vec<&str> = match table {
        "app" => seeds.apps.iter().map(|app| &*app.app_id).collect(),
        "merchant" => seeds.merchants.iter().map(|merchant| &*merchant.mch_id).collect(),
        _ => seeds.users.iter().flat_map(UserSeed::ids).collect(),
    };
    match twice(&ids) {
        Some(id) => Err(bad(path, &format!("{table} {id}"), TWICE)),
        None => Ok(()),
    }
}

fn bad(path: &Path, key: &str, why: Word) -> LoadError {
    LoadError::BadEntry { path: path.to_owned(), key: key.to_owned(), why }
}

/// `[[table]]`, or a list of inline tables.
fn rows(item: &Item) -> Option<Vec<&dyn TableLike>> {
    if let Some(tables) = item.as_array_of_tables() {
        return Some(tables.iter().map(|table| table as &dyn TableLike).collect());
    }
    let list = item.as_array()?.iter();
    list.map(|value| value.as_inline_table().map(|table| table as &dyn TableLike)).collect()
}

fn twice<'a>(ids: &[&'a str]) -> Option<&'a str> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

impl UserSeed {
    /// Its ids, each once.
    fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.openids.iter().map(|(_, openid)| &**openid).collect();
        ids.push(&self.openid);
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// One entry.
struct Row<'a> {
    path: &'a Path,
    place: String,
    table: &'a dyn TableLike,
}

impl Row<'_> {
    fn app(&self) -> Result<AppSeed, LoadError> {
        self.knows(&["app_id", "secret", "name"])?;
        Ok(AppSeed {
            app_id: self.needed("app_id")?,
            secret: self.secret("secret")?,
            name: self.text("name")?,
        })
    }

    fn merchant(&self) -> Result<MerchantSeed, LoadError> {
        self.knows(&["mch_id", "pay_key", "v3_key", "app_ids", "sub_mch_ids"])?;
        Ok(MerchantSeed {
            mch_id: self.needed("mch_id")?,
            pay_key: self.secret("pay_key")?,
            v3_key: self.secret("v3_key")?,
            app_ids: self.ids("app_ids")?,
            sub_mch_ids: self.ids("sub_mch_ids")?,
        })
    }

    fn user(&self) -> Result<UserSeed, LoadError> {
        self.knows(&["openid", "openids", "unionid", "name", "english"])?;
        Ok(UserSeed {
            openid: self.needed("openid")?,
            openids: self.per_app("openids")?,
            unionid: self.id("unionid")?,
            name: self.text("name")?,
            english: self.text("english")?,
        })
    }

    fn knows(&self, keys: &[&'static str]) -> Result<(), LoadError> {
        let stranger = self.table.iter().map(|(key, _)| key).find(|key| !keys.contains(key));
        stranger.map_or(Ok(()), |key| {
            let near = nearest(key, keys.iter().copied());
            Err(LoadError::UnknownKey { path: self.path.to_owned(), profile: None, key: self.key(key), near })
        })
    }

    fn key(&self, key: &str) -> String {
        format!("{}.{key}", self.place)
    }

    fn bad(&self, key: &str, why: Word) -> LoadError {
        bad(self.path, &self.key(key), why)
    }

    fn wrong_type(&self, key: &str) -> LoadError {
        LoadError::WrongType { path: self.path.to_owned(), key: self.key(key) }
    }

    fn text(&self, key: &str) -> Result<Option<String>, LoadError> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        let text = item.as_str().ok_or_else(|| self.wrong_type(key))?;
        match text {
            _ if text.len() > LONGEST => Err(self.bad(key, TOO_LONG)),
            _ if text.chars().any(char::is_control) => Err(self.bad(key, UNPRINTABLE)),
            _ => Ok(Some(text.to_owned()).filter(|text| !text.is_empty())),
        }
    }

    fn secret(&self, key: &str) -> Result<Option<Secret>, LoadError> {
        Ok(self.text(key)?.map(Secret::new))
    }

    fn id(&self, key: &str) -> Result<Option<String>, LoadError> {
        let text = self.text(key)?;
        text.map(|text| self.checked(key, text)).transpose()
    }

    fn needed(&self, key: &str) -> Result<String, LoadError> {
        self.id(key)?.ok_or_else(|| self.bad(key, MISSING))
    }

    /// Ids stand in pages, cookies and XML.
    fn checked(&self, key: &str, id: String) -> Result<String, LoadError> {
        let is_plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        if is_plain && (1..=64).contains(&id.len()) { Ok(id) } else { Err(self.bad(key, BAD_ID)) }
    }

    fn ids(&self, key: &str) -> Result<Option<Vec<String>>, LoadError> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        let list = item.as_array().ok_or_else(|| self.wrong_type(key))?;
        if list.len() > MOST {
            return Err(self.bad(key, TOO_MANY));
        }
        let id = |value: &toml_edit::Value| {
            let text = value.as_str().ok_or_else(|| self.wrong_type(key))?;
            self.checked(key, text.to_owned())
        };
        list.iter().map(id).collect::<Result<_, _>>().map(Some)
    }

    /// `{ wx1 = "o1", wx2 = "o2" }`
    fn per_app(&self, key: &str) -> Result<Vec<(String, String)>, LoadError> {
        let Some(item) = self.table.get(key) else { return Ok(Vec::new()) };
        let table = item.as_table_like().ok_or_else(|| self.wrong_type(key))?;
        if table.len() > MOST {
            return Err(self.bad(key, TOO_MANY));
        }
        let pair = |(app_id, item): (&str, &Item)| {
            let openid = item.as_str().ok_or_else(|| self.wrong_type(key))?;
            Ok((app_id.to_owned(), self.checked(key, openid.to_owned())?))
        };
        table.iter().map(pair).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Seeds, LoadError> {
        let document: toml_edit::DocumentMut = text.parse().unwrap();
        let mut seeds = Seeds::default();
        for (table, item) in document.as_table() {
            add(&mut seeds, Path::new("f.toml"), table, item)?;
        }
        Ok(seeds)
    }

    fn why(text: &str) -> String {
        match read(text) {
            Err(LoadError::BadEntry { key, why, .. }) => format!("{key} {}", why.en),
            Err(LoadError::UnknownKey { key, near, .. }) => format!("{key} near {near:?}"),
            Err(LoadError::WrongType { key, .. }) => format!("{key} has another type"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn tables_become_values() {
        let seeds = read(
            "[[app]]\napp_id = \"wx1\"\nsecret = \"env:S\"\nname = \"店\"\n[[app]]\napp_id = \"wx2\"\n\
             [[merchant]]\nmch_id = \"1\"\nv3_key = \"k\"\napp_ids = [\"wx1\"]\nsub_mch_ids = [\"2\", \"3\"]\n\
             [[user]]\nopenid = \"o1\"\nopenids = { wx2 = \"o2\" }\nunionid = \"u1\"\nname = \"安\"\n",
        )
        .unwrap();
        assert_eq!(seeds.apps.iter().map(|app| &*app.app_id).collect::<Vec<_>>(), ["wx1", "wx2"]);
        assert_eq!(seeds.apps[0].secret.as_ref().map(Secret::expose), Some("env:S"));
        assert_eq!(seeds.merchants[0].sub_mch_ids.as_deref(), Some(&["2".to_owned(), "3".into()][..]));
        assert_eq!(seeds.users[0].openids, [("wx2".to_owned(), "o2".to_owned())]);
        assert_eq!(read("user = [{ openid = \"o1\" }]").unwrap().users.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(why("[[app]]\nname = \"x\""), "app[1].app_id is missing");
        assert_eq!(why("[[app]]\napp_id = \"\""), "app[1].app_id is missing");
        assert_eq!(why("[[app]]\napp_id = \"wx1\"\nsecrte = \"x\""), "app[1].secrte near Some(\"secret\")");
        assert!(why("[[user]]\nopenid = \"<script>\"").starts_with("user[1].openid is made of"));
        assert!(why("[[user]]\nopenid = \"a\\r\\nset-cookie: x\"").contains("control"));
        assert_eq!(why("[[user]]\nopenid = \"o\"\n[[user]]\nopenid = \"o\""), "user o stands there twice");
        assert_eq!(why("[[merchant]]\nmch_id = 1900000109"), "merchant[1].mch_id has another type");
        assert_eq!(
            why("[[merchant]]\nmch_id = \"1\"\napp_ids = \"wx1\""),
            "merchant[1].app_ids has another type"
        );
        assert_eq!(why("app = 1"), "app has another type");
        let many = "[[app]]\napp_id = \"wx1\"\n".repeat(MOST + 1);
        assert!(why(&many).starts_with("app has too many"));
        let long = format!("[[app]]\napp_id = \"wx1\"\nname = \"{}\"", "x".repeat(LONGEST + 1));
        assert!(why(&long).starts_with("app[1].name is too long"));
    }
}
