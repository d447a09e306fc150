//! `mock -- CMD`: a program beside a gateway, with the variables that lead it there.
//! Comes in: what was typed behind `--`, and what happens at the gateway; goes out:
//! the program's own exit code, and where it failed, the calls that were refused.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::io;

use serde_json::json;
use wxkit::api::Word;
use wxkit::net::{Child, interrupted};

use super::super::args::Args;
use super::super::error::{self, Error};
use super::super::outcome::{Event, Exit, Outcome, View};
use super::super::wiring::Context;

/// What `mock` takes behind `--`.
pub const PROGRAM: Word = Word::new(
    "写在 -- 后面的程序：在网关旁边运行，环境变量里有网关的地址与密钥；它结束时网关也结束，退出码照传",
    "a program behind --: it runs beside the gateway with address and keys in its environment; the gateway ends with it and hands its exit code on",
);

/// So many refused calls are shown; what comes after them is the same mistake again.
const SHOWN: usize = 50;

/// A program and what is heard of its calls.
pub struct Program<'a> {
    name: &'a OsString,
    words: Vec<OsString>,
    refused: RefCell<Vec<Event>>,
    ended: Cell<Option<Result<u8, io::Error>>>,
}

impl<'a> Program<'a> {
    /// The one behind `--`.
    pub fn of(args: &'a Args) -> Result<Option<Self>, Error> {
        let program = args.program()?;
        Ok(program.map(|(name, words)| Self {
            name,
            words,
            refused: RefCell::default(),
            ended: Cell::default(),
        }))
    }

    /// Starts it; the gateway is to stop when the future is ready.
    pub fn start<'p>(
        &'p self,
        variables: &[(&'static str, String)],
    ) -> Result<impl Future<Output = ()> + use<'a, 'p>, Error> {
        let asked = interrupted();
        let child = Child::start(self.name, &self.words, variables).map_err(|why| self.not_started(&why))?;
        Ok(async { self.ended.set(Some(child.ended(asked).await)) })
    }

    /// Remembers a call that was refused, and why.
    pub fn keep(&self, refused: Event) {
        let mut all = self.refused.borrow_mut();
        if all.len() < SHOWN {
            all.push(refused);
        }
    }

    /// Hands its code on; after a failure the refused calls are told.
    pub fn outcome(self, ctx: &Context) -> Result<Outcome, Error> {
        let ended = self.ended.take().unwrap_or_else(|| Err(io::ErrorKind::Interrupted.into()));
        let code = ended.map_err(|why| Error::io(&self.name.to_string_lossy(), &why))?;
        let refused = self.refused.take();
        if code != 0 && !refused.is_empty() {
            let head = Word::new(
                "{} 以 {} 结束；网关拒绝过的请求：",
                "{} ended with {}; these calls were refused by the gateway:",
            );
            let head = head.with([self.name.to_string_lossy().into_owned(), code.to_string()]);
            let data = json!({ "type": "ended", "exit": code, "refused": refused.len() });
            ctx.stage.aside(&Event { data, answer: None, view: vec![View::Head(head)] });
            for event in &refused {
                ctx.stage.aside(event);
            }
        }
        Ok(Outcome::handed_on(code))
    }

    /// The codes are those of a shell.
    fn not_started(&self, why: &io::Error) -> Error {
        let name = self.name.to_string_lossy();
        let exit = Exit::HandedOn(if why.kind() == io::ErrorKind::NotFound { 127 } else { 126 });
        let message = match why.kind() {
            io::ErrorKind::NotFound => Word::new("没有程序 {}", "there is no program {}"),
            io::ErrorKind::PermissionDenied => Word::new("{} 不能运行", "{} may not be run"),
            _ => return Error { exit, ..Error::io(&name, why) },
        };
        let hint = Word::new(
            "-- 后面照平常那样写：wxkit mock -- npm test",
            "behind -- write it as usual: wxkit mock -- npm test",
        );
        Error { exit, ..Error::usage(message.with([error::typed(&name)])).hint(hint) }
    }
}
