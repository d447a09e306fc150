//! What a token server is asked: `METHOD target`, a line for each header, an empty
//! line, the body. And the files of its clients.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::client::hub::access::{Clients, bearer, is_from_page};
use wxkit::client::hub::route::route;

fuzz_target!(|bytes: &[u8]| {
    let request = wxkit_fuzz::request(bytes);
    wxkit_fuzz::bounded(|| {
        let _ = (route(&request).is_ok(), bearer(&request), is_from_page(&request));
        let _ = Clients::read(&String::from_utf8_lossy(bytes)).is_ok();
    });
});
