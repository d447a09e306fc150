//! What every fuzz target must keep: an end within a second and 64 MiB for any
//! input of up to 1 MiB. Comes in: the work of a target; goes out: a panic, which
//! libFuzzer reports with the input, if it took more. Knows no target.

use std::time::Duration;

use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;
use wxkit::wire::Request;

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

/// A request: `METHOD target`, a line for each header, an empty line, the body. It
/// comes from this machine.
#[must_use]
pub fn request(bytes: &[u8]) -> Request {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let (method, url) = lines.next().unwrap_or_default().split_once(' ').unwrap_or(("GET", "/"));
    let mut request = Request::new(method, url);
    let pairs = lines.filter_map(|line| line.split_once(':'));
    request.headers =
        pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    request.body = bytes.get(end + 2..).unwrap_or_default().to_owned();
    request.peer = Some("127.0.0.1:9".to_owned());
    request
}
