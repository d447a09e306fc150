//! The file of profiles on a real disk: what is read, what is refused and why,
//! and what a new profile leaves as it was.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use wxkit::config::{Config, Existing, LoadError, Name, Origin, Value, edit, load};
use wxkit::store::reading::Trouble;

struct Place(PathBuf);

/// Sets these values of a profile, which is made if need be.
fn write_profile(path: &Path, name: &str, values: &[(&str, &str)]) -> Result<(), LoadError> {
    edit(path, |draft| {
        let made = draft.create(name, Existing::Keep);
        assert!(matches!(made, Ok(()) | Err(LoadError::ProfileExists { .. })), "{made:?}");
        values.iter().try_for_each(|(key, text)| draft.set(name, key, text))
    })
}

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wxkit-config-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    fn holding(self, text: &str) -> Self {
        fs::create_dir_all(&self.0).unwrap();
        fs::write(self.file(), text).unwrap();
        self.chmod(0o600);
        self
    }

    fn chmod(&self, mode: u32) {
        fs::set_permissions(self.file(), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const TWO: &str = r#"# mine
default_profile = "shop"

[profile.shop]
app_id = "wx1"   # the shop
app_secret = "env:SECRET"
timeout = 10

[profile.test]
base = "http://127.0.0.1:7780"
key = "k"
"#;

#[test]
fn profiles_are_layers() {
    let place = Place::new("two").holding(TWO);
    let config = load(&place.file()).unwrap();
    assert_eq!(config.names().collect::<Vec<_>>(), ["shop", "test"]);
    let text = |given: Option<&str>, name: Name| {
        config
            .profile(given)
            .unwrap()
            .get(name.setting())
            .map(|value| (value.text().to_owned(), value.origin.clone()))
    };
    let shop = || Origin::Profile("shop".into());
    assert_eq!(text(None, Name::AppId), Some(("wx1".into(), shop())));
    assert_eq!(text(None, Name::Timeout), Some(("10".into(), shop())));
    assert_eq!(text(Some("test"), Name::PayKey), Some(("k".into(), Origin::Profile("test".into()))));
    assert_eq!(text(Some("test"), Name::AppId), None);
}

#[test]
fn an_unknown_profile_is_told_with_those_that_there_are() {
    let place = Place::new("unknown").holding(TWO);
    let error = load(&place.file()).unwrap().profile(Some("shpo")).unwrap_err();
    let existing = vec!["shop".to_owned(), "test".to_owned()];
    assert_eq!(error, LoadError::UnknownProfile { name: "shpo".into(), existing, path: Some(place.file()) });
    assert!(Config::default().profile(None).is_ok());
    assert!(matches!(Config::default().profile(Some("x")), Err(LoadError::UnknownProfile { .. })));
}

#[test]
fn a_file_that_others_can_read_is_refused() {
    let place = Place::new("open").holding(TWO);
    for mode in [0o644, 0o640, 0o604, 0o660] {
        place.chmod(mode);
        let too_open = LoadError::Disk(Trouble::TooOpen { path: place.file(), mode, wanted: 0o600 });
        assert_eq!(load(&place.file()), Err(too_open.clone()));
        assert_eq!(write_profile(&place.file(), "x", &[]), Err(too_open));
    }
    place.chmod(0o400);
    assert!(load(&place.file()).is_ok());
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let failing = |text: &str| {
        let place = Place::new("mistake").holding(text);
        load(&place.file()).unwrap_err()
    };
    let unknown = |text: &str| match failing(text) {
        LoadError::UnknownKey { profile, key, near, .. } => (profile, key, near),
        other => panic!("{other:?}"),
    };
    assert_eq!(unknown("[profile.a]\nappid = \"x\""), (Some("a".into()), "appid".into(), Some("app_id")));
    assert_eq!(unknown("[profile.a]\napp-id = \"x\"").2, Some("app_id"));
    assert_eq!(unknown("[profile.a]\nyes = true"), (Some("a".into()), "yes".into(), None));
    assert_eq!(unknown("[profiles.a]\napp_id = \"x\""), (None, "profiles".into(), Some("profile")));
    assert!(
        matches!(failing("[profile.a]\napp_id = [1]"), LoadError::WrongType { key, .. } if key == "profile.a.app_id")
    );
    assert!(matches!(failing("profile = 3"), LoadError::WrongType { key, .. } if key == "profile"));
    let broken = failing("[profile.a]\napp_secret = \"hunter2\nx = 1\n");
    assert!(matches!(&broken, LoadError::NotToml { line: 2, .. }), "{broken:?}");
    assert!(!format!("{broken:?}").contains("hunter2"));
    assert!(matches!(failing("a = \"\\u{zz}\""), LoadError::NotToml { line: 1, .. }));
}

#[test]
fn no_file_is_no_profiles() {
    let place = Place::new("absent");
    assert_eq!(load(&place.file()), Ok(Config::default()));
}

#[test]
fn a_first_profile_makes_a_private_file() {
    let place = Place::new("first");
    write_profile(&place.file(), "shop", &[("app_id", "wx1"), ("key", "k\"1")]).unwrap();
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&place.0), mode(&place.file())), (0o700, 0o600));
    let layer = load(&place.file()).unwrap().profile(None).unwrap();
    assert_eq!(layer.get(Name::PayKey.setting()).map(Value::text), Some("k\"1"));
}

#[test]
fn one_more_profile_leaves_the_rest_as_it_was() {
    let place = Place::new("more").holding(TWO);
    write_profile(&place.file(), "new one", &[("mch_id", "1900000109")]).unwrap();
    let text = place.text();
    assert!(text.starts_with(TWO), "{text}");
    let config = load(&place.file()).unwrap();
    assert_eq!(config.names().collect::<Vec<_>>(), ["shop", "test", "new one"]);
    write_profile(&place.file(), "shop", &[("app_id", "wx2")]).unwrap();
    let config = load(&place.file()).unwrap();
    let shop = config.profile(Some("shop")).unwrap();
    assert_eq!(shop.get(Name::AppId.setting()).map(Value::text), Some("wx2"));
    assert_eq!(shop.get(Name::AppSecret.setting()).map(Value::text), Some("env:SECRET"), "other keys stay");
    assert!(place.text().starts_with("# mine\n"));
    let unknown = write_profile(&place.file(), "shop", &[("yes", "1")]);
    assert!(matches!(unknown, Err(LoadError::UnknownKey { .. })));
}

#[test]
fn a_link_stays_a_link() {
    let place = Place::new("link").holding(TWO);
    let link = place.0.join("link.toml");
    std::os::unix::fs::symlink(place.file(), &link).unwrap();
    write_profile(&link, "x", &[("app_id", "wx9")]).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(place.text().contains("wx9"));
}
