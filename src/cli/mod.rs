//! The command line: the only part that knows of people. `args` is the command
//! table, `context` reads the world once, `cmd/` holds one file for each
//! command, `render/` prints.

mod args;
mod ask;
mod cmd;
mod context;
mod error;
mod explained;
mod host;
mod input;
mod outcome;
mod render;

use std::ffi::OsString;
use std::process::ExitCode;
use std::rc::Rc;

use args::Stop;
use context::{Context, Early};
use outcome::Exit;
use render::Screen;

/// Parses, runs, renders; tells the exit code.
pub fn run(argv: &[OsString]) -> ExitCode {
    let early = Early::read(argv);
    let (verb, typed) = match args::parse(argv, early.lang) {
        Ok(found) => found,
        Err(Stop::Text(text)) => {
            Screen::new(&early).plain(&text);
            return ExitCode::SUCCESS;
        }
        Err(Stop::Lost(help)) => {
            Screen::new(&early).talk(&help);
            return code(Exit::Usage);
        }
        Err(Stop::Usage(error)) => {
            let screen = Screen::new(&early);
            return code(screen.end(&Err(error::of_usage(&error))));
        }
    };
    let screen = Rc::new(Screen::new(&early));
    let result = Context::new(&typed, early, screen.clone()).and_then(|ctx| (verb.run)(&typed, &ctx));
    code(screen.end(&result))
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}
