//! The async runtime: made here and nowhere else, for as long as one future takes.

use std::future::Future;
use std::io;

/// Runs a future to its end on a runtime of one thread.
///
/// # Errors
/// The runtime cannot be made (no file descriptors left).
pub fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let output = runtime.block_on(future);
    // A name lookup may hang in its thread for long after nobody waits for it.
    runtime.shutdown_background();
    Ok(output)
}
