//! Keys and what is encrypted to them: PEM files whole and damaged, refund notices,
//! letters of the message server, resources and signatures of v3.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::sign::{
    Aead, Secret, from_base64, from_hex, from_strict_base64, key, open_letter, open_req_info, open_resource,
};

const KEY: &str = "wxkitmockapiv3keywxkitmockapiv3k";
const AES_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

fuzz_target!(|bytes: &[u8]| {
    wxkit_fuzz::bounded(|| {
        let text = String::from_utf8_lossy(bytes);
        let _ = (open_req_info(&Secret::new(KEY), &text), open_letter(&Secret::new(AES_KEY), &text));
        let (nonce, rest) = text.split_at(text.char_indices().nth(12).map_or(text.len(), |(at, _)| at));
        let _ = open_resource(&Secret::new(KEY), Aead { nonce, associated_data: "transaction" }, rest);
        let _ = (from_base64(&text), from_strict_base64(&text), from_hex(&text));
        for found in key::read(bytes) {
            let _ = format!("{found:?}").len();
        }
    });
});
