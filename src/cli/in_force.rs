//! What is in force, as it may be shown: every setting with its origin, what stands
//! in for it where nobody said anything, and what is wrong with where it points.

use std::path::Path;

use wxkit::api::endpoint::Host;
use wxkit::api::{Lang, Message};
use wxkit::config::{Name, Origin, Places, Reference, Secrecy, SourceError, StorePlace, Value};
use wxkit::sign::Secret;
use wxkit::store::reading;

use super::error::{self, Error};
use super::wiring::{Context, HTTPS_PROXY, NO_PROXY};
use super::world::World;

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
    /// Why it leads nowhere.
    pub problem: Option<Message>,
}

/// Everything in force.
pub fn all(ctx: &Context) -> Vec<InForce> {
    let mut all: Vec<InForce> = Name::ALL.iter().filter_map(|name| one(*name, ctx)).collect();
    if ctx.settings.proxy.is_none() {
        all.extend(of_environment("https_proxy", HTTPS_PROXY, &ctx.world));
        all.extend(of_environment("no_proxy", NO_PROXY, &ctx.world));
    }
    all
}

fn one(name: Name, ctx: &Context) -> Option<InForce> {
    match ctx.settings.written(name) {
        Some(value) => Some(written(name, value, ctx)),
        None => unwritten(name, ctx),
    }
}

fn written(name: Name, value: &Value, ctx: &Context) -> InForce {
    let setting = name.setting();
    let is_open =
        setting.secrecy == Secrecy::Open || ctx.settings.reveal || Reference::of(value.text()).is_elsewhere();
    InForce {
        name: setting.name,
        value: if is_open { without_password(value.text()) } else { Secret::MASK.to_owned() },
        origin: match &value.origin {
            Origin::Flag => format!("--{}", setting.flag),
            Origin::Env(name) => name.clone(),
            Origin::Profile(name) => format!("profile {name}"),
            Origin::Default => DEFAULT.to_owned(),
        },
        is_default: value.origin == Origin::Default,
        problem: problem(name, value.text(), ctx),
    }
}

const DEFAULT: &str = "default";

/// What stands in for a setting that nobody gave and that has no fixed default.
fn unwritten(name: Name, ctx: &Context) -> Option<InForce> {
    let shown = |value: String, origin: &str| InForce {
        name: name.setting().name,
        value,
        origin: origin.to_owned(),
        is_default: true,
        problem: None,
    };
    match name {
        Name::Base => Some(shown(live_hosts(), DEFAULT)),
        Name::StoreDir if ctx.settings.store == StorePlace::Files => {
            ctx.world.asked(Places::of).leases.map(|path| shown(path.display().to_string(), DEFAULT))
        }
        Name::Config => ctx.config_path().ok().map(|path| shown(path.display().to_string(), DEFAULT)),
        Name::Profile => ctx.chosen.clone().map(|profile| shown(profile, "default_profile")),
        Name::Lang => {
            let locale = ctx.world.first(super::look::LOCALES).map_or(DEFAULT, |(name, _)| name);
            let lang = if ctx.lang == Lang::Zh { "zh" } else { "en" };
            Some(shown(lang.to_owned(), locale))
        }
        _ => None,
    }
}

fn live_hosts() -> String {
    let hosts: Vec<_> = [Host::Api, Host::Mch, Host::Open].into_iter().filter_map(Host::origin).collect();
    hosts.join(" ")
}

fn of_environment(name: &'static str, variables: &[&'static str], world: &World) -> Option<InForce> {
    let (origin, value) = world.first(variables)?;
    let (value, origin) = (without_password(&value), origin.to_owned());
    Some(InForce { name, value, origin, is_default: false, problem: None })
}

/// Follows what can be followed without asking anybody.
fn problem(name: Name, text: &str, ctx: &Context) -> Option<Message> {
    match name {
        Name::Cert | Name::CertKey | Name::CaFile => {
            reading::check(Path::new(text)).err().map(|trouble| Error::from(trouble).message)
        }
        _ if name.setting().secrecy == Secrecy::Open => None,
        _ => match Reference::of(text) {
            Reference::Stdin | Reference::Prompt => None,
            reference => {
                let found = ctx.world.asked(|env| reference.find(env, &mut std::io::empty()));
                found
                    .err()
                    .filter(|error| *error != SourceError::Prompt)
                    .map(|error| error::of_source(name.setting().flag, &error).message)
            }
        },
    }
}

/// An address without the `user:password@` that may be in it.
fn without_password(text: &str) -> String {
    match text.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
        Some((scheme, Some((_, place)))) => format!("{scheme}://{}@{place}", Secret::MASK),
        _ => text.to_owned(),
    }
}
