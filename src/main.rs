//! parse → run → render → exit code.

mod cli;

fn main() -> std::process::ExitCode {
    let argv: Vec<_> = std::env::args_os().collect();
    cli::run(&argv)
}
