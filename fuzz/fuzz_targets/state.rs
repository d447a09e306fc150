//! The file in which a gateway keeps its orders: whatever stands there, it is refused or
//! goes on, is written as it was read, and its pages can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::api::Stamp;
use wxkit::mock::{Identity, Mock, Options};
use wxkit::wire::Request;

const NOW: u64 = 1_767_225_600;

fuzz_target!(|bytes: &[u8]| {
    wxkit_fuzz::bounded(|| {
        let mut mock = Mock::new(Identity::default(), Options::default());
        if let Err(bad) = mock.load(bytes, NOW) {
            let _ = bad.message();
            return;
        }
        for path in
            ["/_mock/", "/_mock/board", "/_mock/orders", "/_mock/requests", "/_mock/notices", "/_wx/scan"]
        {
            mock.answer(&Request::new("GET", path), &Stamp { now: NOW, nonce: "n".into() });
        }
        assert_eq!(mock.load(&mock.save(), NOW), Ok(()), "what it writes it reads");
    });
});
