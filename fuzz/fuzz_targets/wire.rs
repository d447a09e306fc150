//! Messages as they cross the network: XML, JSON, queries and the heads of requests.
//! What is read and can be written is read again as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::wire::{Fields, Request, json, message, query, xml};

fuzz_target!(|bytes: &[u8]| {
    wxkit_fuzz::bounded(|| {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(fields) = xml::read(bytes) {
            if let Ok(written) = xml::write(&fields) {
                assert_eq!(xml::read(written.as_bytes()), Ok(fields));
            }
        }
        if let Ok(fields) = json::read(bytes) {
            assert_eq!(json::read(json::write(&fields, |_| false).as_bytes()), Ok(fields));
        }
        if let Ok(fields) = query::read(&text) {
            again(&fields);
        }
        if let Some(request) = message::read(bytes) {
            assert!(message::read(&message::write(&request)) == Some(request));
        }
        let _ = (json::read_typed(bytes, |_| true), query::read_segment(&text));
        let mut request = Request::new("POST", &*text);
        request.headers = vec![("host".into(), text.to_string())];
        let _ = (request.path().len(), request.query(), request.host(), request.is_to_own_name());
    });
});

fn again(fields: &Fields) {
    assert_eq!(query::read(&query::write(fields)).as_ref(), Ok(fields));
}
