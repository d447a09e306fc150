//! What stands in the files of tokens: whatever it is, it is refused or is a lease with
//! an end.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use wxkit::sign::Secret;
use wxkit::store::{FileStore, Lease, LeaseKey, LeaseKind, Store as _};

fuzz_target!(|bytes: &[u8]| {
    let store = FileStore::new(std::env::temp_dir().join(format!("wxkit-fuzz-store-{}", std::process::id())));
    let key = LeaseKey { app_id: "wx1".into(), origin: "https://a.cn".into(), kind: LeaseKind::Token };
    let path = store.path(&key);
    if !path.exists() {
        let lease = Lease { value: Secret::new("t"), fetched_at: 1, expires_at: 2 };
        let lock = store.try_lock(&key).expect("our own place").expect("nobody else");
        lock.save(&lease).expect("our own place");
    }
    fs::write(&path, bytes).expect("our own file");
    wxkit_fuzz::bounded(|| {
        let _ = (store.load(&key).is_ok(), store.list().is_ok(), store.failed(&key).is_ok());
    });
});
