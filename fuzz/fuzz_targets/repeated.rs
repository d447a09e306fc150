//! A few bytes, said again and again until they are a long paste: what looks for an
//! end that is not there does so from every beginning, and takes a minute, not a
//! tenth of a second.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wxkit::explain::{Asked, reading};

/// Longer ones are for the other targets.
const LONGEST: usize = 64;
/// How long the paste is. At 1 MiB a reader that goes once over it takes 0.1 s as it is
/// shipped and up to 1.2 s as it is built here, counted and checked (`>a=1&b=2`).
const PASTE: usize = 256 * 1024;

fuzz_target!(|unit: &[u8]| {
    if unit.is_empty() || unit.len() > LONGEST {
        return;
    }
    let paste: Vec<u8> = unit.iter().copied().cycle().take(PASTE / unit.len() * unit.len()).collect();
    let _ = wxkit_fuzz::bounded(|| reading(&paste, &Asked::default()));
});
