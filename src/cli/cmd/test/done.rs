//! What came out of a step, and the control plane of the gateway, whose replies are that.
//! Comes in: a path below `/_mock/`; goes out: a document, and what is wrong with it unless
//! somebody expected just that.

use std::time::Duration;

use serde_json::{Value, json};
use wxkit::api::{Lang, Message, Word};
use wxkit::wire::{Reply, Request};

use super::super::super::error::{self, Error};
use super::scene::Scene;
use super::told::PLAIN;

/// What came out of a step.
pub(super) struct Done {
    /// All of it.
    pub(super) document: Value,
    /// In a few words.
    pub(super) answer: String,
    /// What is wrong unless it is expected.
    pub(super) lack: Option<Lack>,
}

/// Something that is wrong unless it is expected.
pub(super) struct Lack {
    /// The member of the document that says so: who expects something of it, expects this.
    pub(super) key: &'static str,
    /// The words.
    pub(super) said: Message,
    /// The error behind it, with the explanation of a signature.
    pub(super) error: Option<Box<Error>>,
}

impl Done {
    pub(super) fn well(document: Value, answer: impl Into<String>) -> Self {
        Self { document, answer: answer.into(), lack: None }
    }

    pub(super) fn lacking(mut self, key: &'static str, said: Message) -> Self {
        self.lack = Some(Lack { key, said, error: None });
        self
    }
}

impl Scene {
    /// The control plane of the gateway.
    pub(super) fn control(&self, method: &str, path: &str, body: &str) -> Result<Done, Error> {
        let url = format!("{}/_mock/{path}", self.gateway.url);
        let request = Request::new(method, url).with_body("application/json", body);
        let reply = self.asked(&request)?;
        let document: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        if reply.status < 400 {
            return Ok(Done::well(document, ""));
        }
        let error = &document["error"];
        let lang = if self.ctx.lang == Lang::Zh { "zh" } else { "en" };
        let said = PLAIN.with([error[lang].as_str().unwrap_or_default()]);
        let code = error["code"].as_str().unwrap_or("mock.not_found").to_owned();
        Ok(Done::well(json!({ "error": code }), code).lacking("error", said))
    }

    fn asked(&self, request: &Request) -> Result<Reply, Error> {
        let transport = self.ctx.watched_transport()?;
        let limit = self.ctx.settings.timeout;
        match self.heeded(limit, transport.send(request))? {
            Some(reply) => reply.map_err(|error| error::of_send(&error)),
            None => Err(Error::bug("the gateway does not answer")),
        }
    }
}

/// Nothing came in time.
pub(super) fn late(limit: Duration) -> Done {
    let said =
        Word::new("{} 毫秒内没有结果", "nothing came within {} ms").with([limit.as_millis().to_string()]);
    Done::well(json!({ "error": "late" }), "late").lacking("error", said)
}
