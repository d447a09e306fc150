//! What is answered to a client, by whoever stands there: every row, with and without
//! the right status. Nothing that is not signed is believed of a call that moves money.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::api::{codec, rows};
use wxkit::mock::Identity;
use wxkit::wire::Reply;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, body)) = bytes.split_first() else { return };
    let keys = Identity::default().default_keys();
    let status = if first % 2 == 0 { 200 } else { 500 };
    wxkit_fuzz::bounded(|| {
        for row in rows() {
            let reply = Reply::ok("text/plain", body).with_status(status);
            let _ = codec::read_reply(row, &reply, &keys, 1_767_225_600);
        }
    });
});
