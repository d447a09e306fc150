//! Files that a person writes: profiles, and scenarios of the gateway.
#![no_main]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use wxkit::config::{load::load, scenario::scenario};
use wxkit::mock::{Identity, Mock, Options};

fuzz_target!(|bytes: &[u8]| {
    let path = file(bytes);
    wxkit_fuzz::bounded(|| {
        if let Ok(config) = load(&path) {
            let _ = (config.names().count(), config.profile(None).is_ok());
        }
        if let Ok(scenario) = scenario(&path) {
            let mut mock = Mock::new(Identity::default(), Options::default());
            for fault in scenario.faults {
                let _ = mock.add_faults(&fault).map_err(|bad| bad.message());
            }
        }
    });
});

fn file(bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("wxkit-fuzz-{}.toml", std::process::id()));
    fs::write(&path, bytes).expect("a place to write");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("our own file");
    path
}
