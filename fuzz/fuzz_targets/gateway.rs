//! The gateway: a call of WeChat's as anybody may send it, the control plane, the pages;
//! and the same words rightly signed, which reach the cashier. Twice: the second time it
//! remembers the first.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::api::{Stamp, codec, rows};
use wxkit::mock::{Identity, Mock, Options};
use wxkit::wire::{Request, query};

fuzz_target!(|bytes: &[u8]| {
    let request = wxkit_fuzz::request(bytes);
    wxkit_fuzz::bounded(|| {
        let mut mock = Mock::new(Identity::default(), Options::default());
        for number in 0..2 {
            for request in std::iter::once(request.clone()).chain(signed(bytes)) {
                let stamp = Stamp { now: 1_767_225_600 + number, nonce: format!("n{number}") };
                let answered = mock.answer(&request, &stamp);
                for later in answered.later {
                    let _ = mock.delivered(later.ticket, &Err("nobody".into()), &stamp);
                }
            }
        }
        let _ = mock.load(&mock.save(), 1_767_225_610);
    });
});

/// The row of the first byte, with the fields of the query behind it.
fn signed(bytes: &[u8]) -> Option<Request> {
    let (first, rest) = bytes.split_first()?;
    let row = rows().nth(usize::from(*first) % rows().count())?;
    let fields = query::read(std::str::from_utf8(rest).ok()?).ok()?;
    let keys = Identity::default().default_keys();
    let stamp = Stamp { now: 1_767_225_600, nonce: "n".repeat(32) };
    codec::write_request(row, &fields, &keys, &stamp, "").ok().map(|written| written.request)
}
