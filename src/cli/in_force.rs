//! What is in force, as it may be shown: every setting with its origin, and what
//! stands behind it where nobody said anything.

use wxkit::config::{Origin, Reference, Secrecy, Setting, Value};
use wxkit::sign::Secret;

use super::wiring::Context;

/// One setting in force.
pub struct InForce {
    /// Its name.
    pub name: &'static str,
    /// Its value, masked if it is a secret.
    pub value: String,
    /// Where it comes from.
    pub origin: String,
    /// Whether nobody said anything.
    pub is_default: bool,
}

/// Everything in force.
pub fn all(ctx: &Context) -> Vec<InForce> {
    ctx.settings.iter().map(|(setting, value)| shown(setting, value, ctx)).collect()
}

fn shown(setting: &Setting, value: &Value, ctx: &Context) -> InForce {
    let is_open = setting.secrecy == Secrecy::Open || ctx.settings.reveal || is_reference(value.text());
    InForce {
        name: setting.name,
        value: if is_open { without_password(value.text()) } else { Secret::MASK.to_owned() },
        origin: match &value.origin {
            Origin::Flag => format!("--{}", setting.flag),
            Origin::Env(name) => name.clone(),
            Origin::Profile(name) => format!("profile {name}"),
            Origin::Default => "default".to_owned(),
        },
        is_default: value.origin == Origin::Default,
    }
}

/// An address without the `user:password@` that may be in it.
fn without_password(text: &str) -> String {
    match text.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
        Some((scheme, Some((_, place)))) => format!("{scheme}://{}@{place}", Secret::MASK),
        _ => text.to_owned(),
    }
}

/// Where a secret is, and not the secret.
fn is_reference(text: &str) -> bool {
    Reference::of(text).is_elsewhere()
}
