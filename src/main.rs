//! parse → run → render → exit code.

mod cli;

/// In the static binary: the allocator that musl brings doubles the time of one signature
/// and costs threads ten times as much.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> std::process::ExitCode {
    let argv: Vec<_> = std::env::args_os().collect();
    cli::run(&argv)
}
