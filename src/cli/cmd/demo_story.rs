//! What both parts of `demo` tell their steps with, and what happens in either: the
//! customer pays, a notice comes, a wrong signature is explained.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use serde_json::{Value, json};
use wxkit::api::Word;
use wxkit::explain::Case;
use wxkit::wire::Request;

use super::super::error::Error;
use super::super::explained;
use super::super::outcome::{Event, View};
use super::super::wiring::Context;

/// The story so far.
pub(super) struct Story<'a> {
    pub(super) ctx: &'a Context,
    pub(super) steps: Vec<Value>,
}

impl Story<'_> {
    /// Tells a step the moment it is done.
    pub(super) fn step(&mut self, name: &str, title: Word, detail: impl Into<String>) {
        let detail = detail.into();
        self.steps
            .push(json!({ "name": name, "ok": true, "title": title.text(self.ctx.lang), "detail": detail }));
        if !self.ctx.wants_json() {
            let view = vec![View::Step { title: title.into(), detail, ok: true }];
            self.ctx.stage.event(&Event { data: Value::Null, answer: None, view });
        }
    }
}

/// The customer pays at the gateway.
pub(super) fn paid(ctx: &Context, number: &str) -> Result<(), Error> {
    let url = format!("{}/_mock/orders/{number}/pay", ctx.origin(wxkit::api::endpoint::Host::Mch));
    let paid = ctx.deliver(&Request::new("POST", url))?;
    if paid.status == 200 { Ok(()) } else { Err(Error::bug("the gateway did not take the payment")) }
}

/// The notice that comes next.
pub(super) fn next(notices: &Receiver<Request>) -> Result<Request, Error> {
    notices.recv_timeout(Duration::from_secs(5)).map_err(|_| Error::bug("no notice arrived within 5 seconds"))
}

/// Searches for the mistake behind a wrong signature and tells it.
pub(super) fn explain(story: &mut Story<'_>, name: &str, title: Word, case: &Case) -> Result<(), Error> {
    let explained = explained::search(case, explained::BUDGET);
    let causes = explained::causes(&explained.report);
    if causes.is_empty() {
        return Err(Error::bug("the wrong signature was not explained"));
    }
    story.step(name, title, causes.join(" + "));
    if let Some(step) = story.steps.last_mut() {
        step["report"] = explained::document(&explained, story.ctx.lang);
    }
    Ok(())
}

/// The beginning of a long text.
pub(super) fn short(text: &str) -> String {
    let head: String = text.chars().take(20).collect();
    if head.len() < text.len() { head + "…" } else { head }
}
