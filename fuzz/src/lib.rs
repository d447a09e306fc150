//! What every fuzz target must keep: an end within a second and 64 MiB for any
//! input of up to 1 MiB. Comes in: the work of a target; goes out: a panic, which
//! libFuzzer reports with the input, if it took more. Knows no target.

use std::time::Duration;

use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Longest that one input may take, in time of the processor: a machine that is
/// busy with something else makes no findings.
const LONGEST: Duration = Duration::from_secs(1);
/// Most memory that one input may take, in MiB.
const MOST: f32 = 64.0;

/// Runs one input.
///
/// # Panics
/// If it took too long or too much memory.
pub fn bounded<T>(work: impl FnOnce() -> T) -> T {
    MEMORY.reset_peak_usage();
    let (before, started) = (MEMORY.current_usage_as_mb(), ThreadTime::now());
    let done = work();
    let (took, memory) = (started.elapsed(), MEMORY.peak_usage_as_mb() - before);
    assert!(took <= LONGEST, "slow: {took:?}");
    assert!(memory <= MOST, "large: {memory} MiB");
    done
}
