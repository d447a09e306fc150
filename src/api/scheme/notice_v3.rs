//! Notices of pay v3: WeChat Pay's proof around the message, and what happened inside of
//! it, encrypted with the APIv3 key. Comes in: what happened and the keys, or a message
//! that came; goes out: the envelope with its resource, or what was in it.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012071382>

use super::proof::{Believed, Columns, Envelope, Proof, Turn};
use super::{pay_v3, resource, wechatpay};
use crate::api::calendar::{rfc3339, time14};
use crate::api::error::{ReadError, V3Part, WriteError};
use crate::api::field::{Field, field_in, is_bare_in};
use crate::api::keys::{Keyring, Keys, Stamp, Trust};
use crate::sign::{Case, Digest};
use crate::wire::tree::{self, Nulls};
use crate::wire::{Fields, Reply};

/// What kind of resource a notice brings, and by which events.
#[derive(Debug, Clone, Copy)]
pub struct NoticeV3 {
    /// `resource.original_type`, which WeChat authenticates beside the text as well.
    pub original_type: &'static str,
    /// The events, the usual one first; none where the caller names it.
    pub events: &'static [Event],
    /// The fields of the resource.
    pub inside: &'static [&'static Field],
}

/// Why a notice comes.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// `event_type`: `REFUND.SUCCESS`.
    pub name: &'static str,
    /// WeChat's words for it.
    pub summary: &'static str,
    /// The field of the resource that says the same, and how.
    pub says: Option<(&'static str, &'static str)>,
}

impl Proof for NoticeV3 {
    fn inside(&self) -> &'static [&'static Field] {
        self.inside
    }

    /// Moves what happened into the resource, and writes the envelope around it.
    fn mark(
        &self,
        turn: Turn,
        columns: Columns,
        fields: &mut Fields,
        keys: &Keys,
        stamp: &Stamp,
    ) -> Result<(), WriteError> {
        if turn == Turn::Reply {
            return Ok(());
        }
        let v3 = keys.v3.as_ref().ok_or(WriteError::NoV3(V3Part::WechatKey))?;
        let key = v3.api_v3_key.as_ref().ok_or(WriteError::NoV3(V3Part::ApiV3Key))?;
        let is_outside = |name: &str| columns.field(name).is_some() && field_in(self.inside, name).is_none();
        let (given, happened) = (fields.only(is_outside), fields.only(|name| !is_outside(name)));
        let plain = tree::write(&happened, |name, value| is_bare_in(self.inside, name, value));
        let plain = plain.map_err(WriteError::Wire)?;
        let mut out = self.envelope(&given, &happened, stamp);
        let beside = given.get("resource.associated_data").or(out.get("resource.original_type"));
        let beside = beside.unwrap_or_default().to_owned();
        let chance = (given.filled("resource.nonce"), &*stamp.nonce);
        let (nonce, cipher) = resource::seal(key, chance, &beside, &plain).map_err(WriteError::Aead)?;
        let cipher = given.get("resource.ciphertext").unwrap_or(&cipher);
        out.set("resource.ciphertext", cipher);
        out.set("resource.associated_data", beside);
        out.set("resource.nonce", nonce);
        *fields = out;
        Ok(())
    }

    fn seal(
        &self,
        message: Envelope<'_>,
        keys: &Keys,
        stamp: &Stamp,
    ) -> Result<Vec<(String, String)>, WriteError> {
        match message {
            Envelope::Request(asked) => {
                let v3 = keys.v3.as_ref().ok_or(WriteError::NoV3(V3Part::WechatKey))?;
                wechatpay::sealed(&asked.body, v3, stamp)
            }
            Envelope::Reply(_) => Ok(Vec::new()),
        }
    }

    fn prove(&self, message: Envelope<'_>, ring: &dyn Keyring, now: u64) -> Believed {
        if matches!(message, Envelope::Request(_)) {
            let trust = ring.trust().ok_or(ReadError::NoV3)?;
            wechatpay::prove(message, &trust, now, |_| Ok(None))?;
        }
        Ok(None)
    }

    fn open(&self, turn: Turn, _: Columns, fields: &mut Fields, ring: &dyn Keyring) -> Believed {
        if turn == Turn::Request {
            open(fields, &ring.trust().ok_or(ReadError::NoV3)?)?;
        }
        Ok(None)
    }

    fn refusal(&self, reply: &Reply, fields: &Fields) -> Option<(String, String)> {
        pay_v3::refusal(reply, fields)
    }
}

impl NoticeV3 {
    /// The event that is named, else the one that what happened says.
    fn event(&self, named: Option<&str>, happened: &Fields) -> Option<&'static Event> {
        let said = |event: &&Event| event.says.is_some_and(|(name, value)| happened.get(name) == Some(value));
        match named {
            Some(named) => self.events.iter().find(|event| event.name == named),
            None => self.events.iter().find(said).or(self.events.first()),
        }
    }

    /// All around the resource, in WeChat's order: as given, else as WeChat would say it.
    fn envelope(&self, given: &Fields, happened: &Fields, stamp: &Stamp) -> Fields {
        let event = self.event(given.filled("event_type"), happened);
        let usual = [
            ("id", id(stamp)),
            ("create_time", rfc3339(stamp.now)),
            ("resource_type", "encrypt-resource".to_owned()),
            ("event_type", event.map_or("", |event| event.name).to_owned()),
            ("summary", event.map_or("", |event| event.summary).to_owned()),
            ("resource.original_type", self.original_type.to_owned()),
            ("resource.algorithm", resource::ALGORITHM.to_owned()),
        ];
        let said = usual.iter().map(|(name, usual)| (*name, given.filled(name).unwrap_or(usual)));
        said.collect()
    }

    /// Says in a resource what the named event says, and names the event that the
    /// resource says: for those who play WeChat.
    pub(in crate::api) fn make_up(&self, fields: &mut Fields) {
        let named = fields.filled("event_type").map(str::to_owned);
        let event = self.event(named.as_deref(), fields);
        if let Some((name, value)) = event.and_then(|event| event.says)
            && fields.get(name).is_none()
        {
            fields.set(name, value);
        }
    }
}

/// Puts what the resource says in its place; of two fields of one name, that one stays.
///
/// # Errors
/// [`ReadError`]: no resource, no key for it, or it does not open.
pub fn open(fields: &mut Fields, trust: &Trust) -> Result<(), ReadError> {
    let plain = resource::take(fields, "resource", trust)?;
    let happened = tree::read(plain.as_bytes(), Nulls::Empty).map_err(ReadError::Wire)?;
    fields.extend(happened.iter());
    Ok(())
}

/// `EV-2018022511223320873`: the moment, and five digits of chance.
fn id(stamp: &Stamp) -> String {
    let thrown = Digest::Sha256.of(&[], stamp.nonce.as_bytes()).hex(Case::Lower);
    let number = u32::from_str_radix(&thrown[..8], 16).unwrap_or_default() % 100_000;
    format!("EV-{}{number:05}", time14(stamp.now))
}
