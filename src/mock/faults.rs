//! Faults as data: which call, what goes wrong, how often. Comes in: JSON from
//! the control plane; goes out: effects, and replies spoiled by them. To add a
//! fault, add an [`Effect`] and its line in [`EFFECTS`].

use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{Fields, Reply, xml};

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// The call is refused with this code and does nothing.
    Code(String),
    /// It is done, but the HTTP status says something else.
    Status(u16),
    /// It is done, the reply comes late (milliseconds).
    Delay(u64),
    /// It is done, the reply is not signed.
    DropSign,
    /// It is done, the reply's signature is wrong.
    WrongSign,
    /// It is done, the reply is a page of somebody else.
    Html,
    /// It is done, half of the reply is missing.
    Truncated,
}

type Reader = fn(&Value) -> Option<Effect>;

/// Names of the effects in JSON.
const EFFECTS: &[(&str, Reader)] = &[
    ("code", |v| {
        v.as_str().map(str::to_owned).or_else(|| v.as_i64().map(|n| n.to_string())).map(Effect::Code)
    }),
    ("status", |v| {
        v.as_u64().and_then(|n| u16::try_from(n).ok()).filter(|n| (200..600).contains(n)).map(Effect::Status)
    }),
    ("delay_ms", |v| v.as_u64().map(|ms| Effect::Delay(ms.min(600_000)))),
    ("drop_sign", |v| is_true(v, Effect::DropSign)),
    ("wrong_sign", |v| is_true(v, Effect::WrongSign)),
    ("html", |v| is_true(v, Effect::Html)),
    ("truncated", |v| is_true(v, Effect::Truncated)),
];

fn is_true(value: &Value, effect: Effect) -> Option<Effect> {
    (value == &Value::Bool(true)).then_some(effect)
}

/// One fault.
#[derive(Debug)]
struct Fault {
    id: u64,
    /// Name of a row, or `*`.
    endpoint: String,
    /// As it was given.
    given: Value,
    effects: Vec<Effect>,
    /// How often it will still happen; none: for ever.
    left: Option<u64>,
    happened: u64,
}

/// All faults, oldest first: the first that fits a call happens to it.
#[derive(Debug, Default)]
pub(super) struct Faults {
    next: u64,
    faults: Vec<Fault>,
}

/// Most faults at one time.
const KEEP: usize = 1000;

impl Faults {
    /// Adds one fault, or a list, or `{"faults": […]}`; says which part of it is
    /// not understood, and then adds none.
    pub(super) fn add(&mut self, given: &Value) -> Result<(), String> {
        let list = given.get("faults").unwrap_or(given);
        let list: Vec<&Value> = list.as_array().map_or_else(|| vec![list], |list| list.iter().collect());
        let read: Vec<Fault> = list.into_iter().map(read).collect::<Result<_, _>>()?;
        for fault in read.into_iter().take(KEEP.saturating_sub(self.faults.len())) {
            self.next += 1;
            self.faults.push(Fault { id: self.next, ..fault });
        }
        Ok(())
    }

    /// What happens to a call of this row; counts it.
    pub(super) fn take(&mut self, endpoint: &str) -> Vec<Effect> {
        let fits = |fault: &&mut Fault| {
            fault.left != Some(0) && (fault.endpoint == endpoint || fault.endpoint == "*")
        };
        let Some(fault) = self.faults.iter_mut().find(fits) else { return Vec::new() };
        fault.left = fault.left.map(|left| left - 1);
        fault.happened += 1;
        fault.effects.clone()
    }

    /// All faults with what is left of them.
    pub(super) fn list(&self) -> Value {
        let told = self.faults.iter().map(|fault| {
            let mut told = fault.given.clone();
            told["id"] = fault.id.to_string().into();
            told["endpoint"] = fault.endpoint.clone().into();
            told["left"] = fault.left.into();
            told["happened"] = fault.happened.into();
            told
        });
        json!({ "faults": told.collect::<Vec<_>>() })
    }

    /// No more faults.
    pub(super) fn clear(&mut self) {
        self.faults.clear();
    }
}

fn read(given: &Value) -> Result<Fault, String> {
    let members = given.as_object().ok_or_else(|| "fault".to_owned())?;
    let (mut endpoint, mut left, mut effects) = ("*".to_owned(), None, Vec::new());
    for (name, value) in members {
        let reader = EFFECTS.iter().find(|(known, _)| known == name);
        match (name.as_str(), reader) {
            ("endpoint", _) => endpoint = value.as_str().map(str::to_owned).ok_or_else(|| name.clone())?,
            ("count", _) => left = Some(value.as_u64().ok_or_else(|| name.clone())?),
            (_, Some((_, read))) => effects.push(read(value).ok_or_else(|| name.clone())?),
            _ => return Err(name.clone()),
        }
    }
    let known = endpoint == "*" || crate::api::by_name(&endpoint).is_some();
    match (known, effects.is_empty()) {
        (false, _) => Err("endpoint".into()),
        (_, true) => Err("code".into()),
        _ => Ok(Fault { id: 0, endpoint, given: given.clone(), effects, left, happened: 0 }),
    }
}

/// The code to refuse with.
pub(super) fn code(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| if let Effect::Code(code) = effect { Some(&**code) } else { None })
}

/// How long to wait.
pub(super) fn delay(effects: &[Effect]) -> Option<Duration> {
    let ms = effects.iter().find_map(|effect| if let Effect::Delay(ms) = effect { Some(*ms) } else { None });
    ms.map(Duration::from_millis)
}

/// Does to a reply what the effects say.
pub(super) fn spoil(reply: &mut Reply, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Status(status) => reply.status = *status,
            Effect::Html => {
                *reply = Reply::ok(
                    "text/html",
                    "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>",
                )
                .with_status(502);
            }
            Effect::Code(_) | Effect::Delay(_) => {}
            Effect::DropSign | Effect::WrongSign | Effect::Truncated => spoil_body(&mut reply.body, effect),
        }
    }
}

/// Does to a message what this effect says; one without a signature stays.
pub(super) fn spoil_body(body: &mut Vec<u8>, effect: &Effect) {
    match effect {
        Effect::Truncated => body.truncate(body.len() / 2),
        Effect::DropSign => resign(body, |fields| drop(fields.remove("sign"))),
        Effect::WrongSign => resign(body, |fields| {
            if let Some(sign) = fields.get("sign") {
                let first = if sign.starts_with('0') { '1' } else { '0' };
                let wrong: String = std::iter::once(first).chain(sign.chars().skip(1)).collect();
                fields.set("sign", wrong);
            }
        }),
        Effect::Code(_) | Effect::Status(_) | Effect::Delay(_) | Effect::Html => {}
    }
}

fn resign(body: &mut Vec<u8>, change: impl FnOnce(&mut Fields)) {
    if let Ok(mut fields) = xml::read(body) {
        change(&mut fields);
        if let Ok(text) = xml::write(&fields) {
            *body = text.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.add(&json!([{"endpoint": "refund", "code": "SYSTEMERROR", "count": 2}])).unwrap();
        assert!(faults.take("orderquery").is_empty());
        assert_eq!(faults.take("refund"), [Effect::Code("SYSTEMERROR".into())]);
        assert_eq!(faults.take("refund").len(), 1);
        assert!(faults.take("refund").is_empty());
        assert_eq!(faults.list()["faults"][0]["happened"], 2);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let mut faults = Faults::default();
        let wrong = [
            (json!({"endpoint": "nowhere", "html": true}), "endpoint"),
            (json!({"codes": 1}), "codes"),
            (json!({"status": 99}), "status"),
            (json!({"endpoint": "refund"}), "code"),
            (json!({"count": -1, "html": true}), "count"),
            (json!("refund"), "fault"),
        ];
        for (given, part) in wrong {
            assert_eq!(faults.add(&given), Err(part.into()));
        }
        assert_eq!(faults.list(), json!({ "faults": [] }));
    }

    #[test]
    fn bodies_are_spoiled() {
        let spoiled = |effect| {
            let mut body = b"<xml><sign>AB</sign></xml>".to_vec();
            spoil_body(&mut body, &effect);
            String::from_utf8(body).unwrap()
        };
        assert_eq!(spoiled(Effect::DropSign), "<xml></xml>");
        assert!(spoiled(Effect::WrongSign).contains("0B"));
        assert_eq!(spoiled(Effect::Truncated).len(), 13);
    }
}
