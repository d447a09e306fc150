//! Outcomes and errors as one JSON document.

use serde_json::{Map, Value, json};
use wxkit::api::Lang;

use super::super::error::Error;
use super::super::outcome::{Outcome, View, nested};

/// The document of an outcome; the last one of a stream is a line like the others.
pub fn outcome(outcome: &Outcome) -> String {
    if outcome.data.get("type").is_some() { outcome.data.to_string() } else { format!("{:#}", outcome.data) }
}

/// The document of an error, for stderr.
pub fn error(error: &Error, lang: Lang) -> String {
    let mut body = Map::new();
    body.insert("code".into(), error.code.into());
    body.insert("exit".into(), error.exit.code().into());
    body.insert("message".into(), error.message.text(lang).into());
    if let Some(hint) = &error.hint {
        body.insert("hint".into(), hint.text(lang).into());
    }
    body.insert("next".into(), error.next.iter().map(String::as_str).collect());
    if let Some(fields) = &error.upstream {
        body.insert("upstream".into(), nested(fields, &[]));
    }
    if let Some(report) = &error.explain {
        body.insert("explain".into(), report.clone());
    } else if !error.view.is_empty() {
        body.insert("more".into(), more(error, lang));
    }
    json!({ "error": Value::Object(body) }).to_string()
}

/// What else is wrong, where there is more than one thing.
fn more(error: &Error, lang: Lang) -> Value {
    let messages = error.view.iter().filter_map(|view| match view {
        View::Bad(message) => Some(message.text(lang)),
        _ => None,
    });
    messages.collect()
}
