//! The command line: the only part that knows of people. `grammar` is the command
//! table and its parser, `context` reads the world once, `cmd/` holds one file for
//! each command, `render/` prints.

mod args;
mod ask;
mod cmd;
mod context;
mod door;
mod error;
mod explained;
mod grammar;
mod host;
mod inbox;
mod input;
mod junit;
mod outcome;
mod place;
mod render;
mod verb;

use std::ffi::OsString;
use std::process::ExitCode;
use std::rc::Rc;

use context::Context;
use grammar::Stop;
use outcome::Exit;
use render::Screen;

/// Parses, runs, renders; tells the exit code.
pub fn run(argv: &[OsString]) -> ExitCode {
    let look = context::look(argv);
    let (verb, typed) = match grammar::parse(argv, look.lang) {
        Ok(found) => found,
        Err(Stop::Text(text)) => return code(Screen::new(look).plain(&text)),
        Err(Stop::Lost(help)) => {
            Screen::new(look).talk(&help);
            return code(Exit::Usage);
        }
        Err(Stop::Usage(error)) => {
            let screen = Screen::new(look);
            return code(screen.end(&Err(error::of_usage(&error))));
        }
    };
    let screen = Rc::new(Screen::new(look));
    let result =
        Context::new(&typed, look, screen.clone(), grammar::whole).and_then(|ctx| (verb.run)(&typed, &ctx));
    code(screen.end(&result))
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}
