//! A few bytes, said again and again until a paste is as long as one may be:
//! what looks for an end that is not there does so from every beginning.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::explain::{Asked, reading};
use wxkit::wire::MAX_BYTES;

/// Longer ones are for the other targets.
const LONGEST: usize = 64;

fuzz_target!(|unit: &[u8]| {
    if unit.is_empty() || unit.len() > LONGEST {
        return;
    }
    let paste: Vec<u8> = unit.iter().copied().cycle().take(MAX_BYTES / unit.len() * unit.len()).collect();
    let _ = wxkit_fuzz::bounded(|| reading(&paste, &Asked::default()));
});
