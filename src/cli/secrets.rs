//! Secrets where a command needs one: follows the reference that a setting or a
//! flag holds, asks a person if it says so, and hides what is found from all
//! output. Each setting is followed once in a run.

use wxkit::api::Word;
use wxkit::client::{LeaseKind, TicketType};
use wxkit::config::{Found, Located, Name, Origin, Reference, Secrecy, SourceError, setting};
use wxkit::sign::Secret;

use super::args::{Args, Flag};
use super::ask;
use super::error::{self, Error};
use super::input;
use super::remark;
use super::wiring::Context;

impl Context {
    /// The secret that a setting leads to; none if it is not set.
    pub fn secret(&self, located: Option<&Located>) -> Result<Option<Secret>, Error> {
        let Some(Located { setting, reference, origin }) = located else { return Ok(None) };
        if let Some(known) = self.secrets.borrow().get(setting.name) {
            return Ok(Some(known.clone()));
        }
        let secret = self.follow(setting.flag, reference, *origin == Origin::Flag)?;
        self.secrets.borrow_mut().insert(setting.name, secret.clone());
        Ok(Some(secret))
    }

    /// The secret that was given for this run under this name.
    pub fn secret_given(&self, name: Name) -> Result<Option<Secret>, Error> {
        let (setting, value) = (name.setting(), self.settings.written(name));
        let located = value.filter(|value| value.origin.is_this_run()).map(|value| {
            let (reference, origin) = (Reference::of(value.text()), value.origin.clone());
            Located { setting, reference, origin }
        });
        self.secret(located.as_ref())
    }

    /// A secret that a flag of one command holds.
    pub fn secret_of(&self, flag: &Flag, args: &Args) -> Result<Secret, Error> {
        self.follow(flag.name, &Reference::of(args.needed(flag)?), true)
    }

    /// A further candidate for a search; a key or ticket may be a reference.
    pub fn candidate(&self, label: &str, value: &str) -> Result<Secret, Error> {
        let is_reference = value.starts_with("env:") || value.starts_with("file:");
        if is_reference { self.follow(label, &Reference::of(value), false) } else { Ok(Secret::new(value)) }
    }

    /// A value as the file is to hold it: what is typed or piped in is the secret
    /// itself, any other reference stays one.
    pub fn to_keep(&self, name: &str, text: &str) -> Result<String, Error> {
        let is_secret = setting(name).is_some_and(|setting| setting.secrecy == Secrecy::Secret);
        match Reference::of(text) {
            reference @ (Reference::Stdin | Reference::Prompt) if is_secret => {
                Ok(self.follow(name, &reference, false)?.expose().to_owned())
            }
            Reference::Literal(secret) if is_secret => {
                self.stage.note(&TYPED.with([name, name]));
                self.hide(&secret);
                Ok(text.to_owned())
            }
            _ => Ok(text.to_owned()),
        }
    }

    fn follow(&self, flag: &str, reference: &Reference, on_argv: bool) -> Result<Secret, Error> {
        if on_argv && matches!(reference, Reference::Literal(text) if text.expose().starts_with('@')) {
            return Err(error::at_for_file(flag));
        }
        let found = match reference {
            Reference::Stdin => {
                let mut stdin = input::stdin(&format!("--{flag}"))?;
                self.world.asked(|env| reference.find(env, &mut stdin))
            }
            _ => self.world.asked(|env| reference.find(env, &mut std::io::empty())),
        };
        let secret = match found {
            Err(SourceError::Prompt) if self.settings.no_input => return Err(error::no_input(flag)),
            Err(SourceError::Prompt) => ask::secret(flag, self.lang)?,
            found => {
                let Found { secret, remarks } = found.map_err(|e| error::of_source(flag, &e))?;
                for remark in &remarks {
                    self.stage.note(&remark::told(flag, remark));
                }
                secret
            }
        };
        if on_argv && !reference.is_elsewhere() {
            self.stage.note(&LITERAL.with([flag, flag]));
        }
        self.hide(&secret);
        Ok(secret)
    }

    fn hide(&self, secret: &Secret) {
        if !self.settings.reveal {
            self.stage.hide(secret);
        }
    }

    /// The app id.
    pub fn app_id(&self) -> Result<String, Error> {
        self.settings.app_id.clone().ok_or_else(|| error::missing(Name::AppId))
    }

    /// The app secret.
    pub fn app_secret(&self) -> Result<Secret, Error> {
        self.secret(self.settings.app_secret.as_ref())?.ok_or_else(|| error::missing(Name::AppSecret))
    }

    /// The merchant id.
    pub fn mch_id(&self) -> Result<String, Error> {
        self.settings.mch_id.clone().ok_or_else(|| error::missing(Name::MchId))
    }

    /// The pay key.
    pub fn pay_key(&self) -> Result<Secret, Error> {
        self.secret(self.settings.pay_key.as_ref())?.ok_or_else(|| error::missing(Name::PayKey))
    }

    /// The configured ticket, or the shared one.
    pub fn jsapi_ticket(&self) -> Result<Secret, Error> {
        if let Some(ticket) = self.secret(self.settings.jsapi_ticket.as_ref())? {
            return Ok(ticket);
        }
        if self.settings.app_id.is_none() {
            return Err(error::missing(Name::JsapiTicket));
        }
        let ticket = self.lease(LeaseKind::Ticket(TicketType::Jsapi), false)?.lease.value;
        self.hide(&ticket);
        Ok(ticket)
    }
}

const TYPED: Word = Word::new(
    "提示：{} 的值会出现在进程列表里；可写 {}=env:变量名、file:路径、- 或 prompt",
    "note: the value of {} shows in the list of processes; write {}=env:NAME, file:PATH, - or prompt",
);
const LITERAL: Word = Word::new(
    "提示：--{} 的值会出现在进程列表里；可写 --{} env:变量名、file:路径、- 或 prompt",
    "note: the value of --{} shows in the list of processes; write --{} env:NAME, file:PATH, - or prompt",
);
