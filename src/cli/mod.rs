//! The command line: the only part that knows of people. `grammar` is the command
//! table and its parser, `world` the environment read once, `wiring` resolves the
//! settings and wires the rooms, `cmd/` holds one file for each command, `render/`
//! prints.

mod args;
mod aside;
mod ask;
mod calls;
mod candidate;
mod captured;
mod cmd;
mod complete;
mod confidential;
mod door;
mod error;
mod explained;
mod files;
mod given;
mod grammar;
mod hidden;
mod host;
mod in_force;
mod inbox;
mod input;
mod lacking;
mod look;
mod merchant;
mod outcome;
mod paste;
mod place;
mod policy;
mod receipt;
mod reference;
mod remark;
mod render;
mod report;
mod secrets;
mod seeds;
mod tally;
mod trust;
mod unsealing;
mod verb;
mod wechat_pay;
mod wiring;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;
use std::rc::Rc;

use grammar::Stop;
use outcome::Exit;
use render::Screen;
use wiring::{Context, Grammar};
use world::World;

/// Parses, runs, renders; tells the exit code.
pub fn run(argv: &[OsString]) -> ExitCode {
    let world = World::read();
    let look = look::scanned(argv, &world);
    let hidden = hidden::of(argv, &world);
    let (verb, typed) = match grammar::parse(argv, look.lang) {
        Ok(found) => found,
        Err(Stop::Text(text)) => return code(Screen::new(look, &hidden).plain(&text)),
        Err(Stop::Lost(help)) => {
            Screen::new(look, &hidden).talk(&help);
            return code(Exit::Usage);
        }
        Err(Stop::Usage(error)) => {
            let screen = Screen::new(look, &hidden);
            return code(screen.end(&Err(error::of_usage(
                &error,
                &grammar::in_hand(argv),
                grammar::with_second,
            ))));
        }
    };
    let look = look::of(&typed, &world);
    let screen = Rc::new(Screen::new(look, &hidden));
    let whole = Grammar { whole: grammar::whole, wanted: complete::wanted, command: grammar::command };
    let result = Context::new(&typed, verb.ground(), world, look, screen.clone(), whole)
        .and_then(|ctx| (verb.run)(&typed, &ctx));
    code(screen.end(&result))
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit.code())
}
