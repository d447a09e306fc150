//! What people paste: bytes of any shape, with and without flags beside it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::explain::{Asked, Scheme, fields, lints, reading};

fuzz_target!(|bytes: &[u8]| {
    let asked = asked(bytes.first().copied().unwrap_or_default());
    wxkit_fuzz::bounded(|| {
        if let Ok(reading) = reading(bytes, &asked) {
            let _ = (reading.what(), lints(&reading.case));
        }
    });
    let _ = wxkit_fuzz::bounded(|| fields(bytes));
});

/// Nothing is said beside most pastes; here and there a scheme is.
fn asked(byte: u8) -> Asked {
    let scheme = Scheme::NAMES.get(usize::from(byte) % (Scheme::NAMES.len() * 4));
    Asked { scheme: scheme.and_then(|name| Scheme::named(name)), ..Asked::default() }
}
