//! Reads one fault: an object (`{"endpoint": "refund", "code": "SYSTEMERROR"}`)
//! or the same as a short text (`refund:SYSTEMERROR,count=2,rate=10%`). Strict:
//! what is not understood is named, with the nearest name that is.

use serde_json::{Map, Value};

use super::bad::BadFault;
use super::effect::{EFFECTS, Row};
use super::fault::{Fault, Often, SURE, Target};
use super::kind::Kind;
use crate::api::endpoint::Method;
use crate::api::near::nearest;
use crate::api::{self, Word};

/// Who is meant.
const ENDPOINT: &str = "endpoint";
/// Names that say how often.
const CONDITIONS: [&str; 4] = ["count", "rate", "after", "per_minute"];
/// Groups of calls and notices.
const GROUPS: [(&str, Target); 6] = [
    ("*", Target::Everything),
    ("all", Target::Everything),
    ("pay", Target::All("pay", &[Kind::Pay, Kind::PayV3])),
    ("oa", Target::All("oa", &[Kind::Oa])),
    ("notify", Target::All("notify", &[Kind::Notice, Kind::NoticeV3])),
    ("v3", Target::All("v3", &[Kind::PayV3, Kind::NoticeV3])),
];

const WHOLE: Word = Word::new("不小于 0 的整数", "a whole number");
const SHARE: Word = Word::new("0 到 1 之间的小数，或百分比", "between 0 and 1, or a percentage");
const NAME: Word = Word::new("接口名、通知名或 *", "the name of a call or notice, or *");

/// Reads a fault.
pub(super) fn fault(given: &Value) -> Result<Fault, BadFault> {
    let members = match given {
        Value::Object(members) => members.clone(),
        Value::String(text) => spelled(text),
        _ => return Err(BadFault::NoFault),
    };
    let named = members.get(ENDPOINT).map(|name| name.as_str().ok_or_else(|| bad(ENDPOINT, NAME)));
    let target = target(named.transpose()?.unwrap_or("*"))?;
    let (mut often, mut effects) = (Often::default(), Vec::new());
    for (name, value) in members.iter().filter(|(name, _)| *name != ENDPOINT) {
        if CONDITIONS.contains(&name.as_str()) {
            condition(&mut often, name, value)?;
            continue;
        }
        let row = EFFECTS.iter().find(|row| row.name == name).ok_or_else(|| unknown(name))?;
        fits(row, target)?;
        effects.push(((row.read)(value).ok_or_else(|| bad(name, row.wants))?, row.fits));
    }
    if effects.is_empty() {
        return Err(BadFault::NoEffect);
    }
    Ok(Fault { id: 0, target, often, effects, given: members, seen: 0, happened: 0, minute: (0, 0) })
}

fn bad(name: &str, wants: Word) -> BadFault {
    BadFault::BadValue { name: name.into(), wants }
}

fn unknown(name: &str) -> BadFault {
    let names = EFFECTS.iter().map(|row| row.name).chain(CONDITIONS).chain([ENDPOINT]);
    BadFault::UnknownName { name: name.into(), near: nearest(name, names).map(str::to_owned) }
}

fn fits(row: &Row, target: Target) -> Result<(), BadFault> {
    if target.takes(row.fits) {
        return Ok(());
    }
    Err(BadFault::Unfit { name: row.name.into(), target: target.name() })
}

/// A group, a row's name, or its path with or without the first slash.
fn target(name: &str) -> Result<Target, BadFault> {
    if let Some((_, group)) = GROUPS.iter().find(|(group, _)| *group == name) {
        return Ok(*group);
    }
    let path = format!("/{}", name.trim_start_matches('/'));
    let by_path = || api::find(Method::Post, &path).or_else(|| api::find(Method::Get, &path));
    let row = api::by_name(name).or_else(by_path);
    row.map(|row| Target::One(row.name, Kind::of(Some(row)))).ok_or_else(|| {
        let names = api::rows().map(|row| row.name).chain(GROUPS.map(|(group, _)| group));
        BadFault::UnknownTarget { name: name.into(), near: nearest(name, names).map(str::to_owned) }
    })
}

fn condition(often: &mut Often, name: &str, value: &Value) -> Result<(), BadFault> {
    let whole = || value.as_u64().ok_or_else(|| bad(name, WHOLE));
    match name {
        "count" => often.count = Some(whole()?),
        "after" => often.after = whole()?,
        "per_minute" => often.per_minute = Some(whole()?),
        _ => often.chance = share(value).ok_or_else(|| bad(name, SHARE))?,
    }
    Ok(())
}

/// Millionths.
fn share(value: &Value) -> Option<u32> {
    let share = match value {
        Value::String(text) => text.strip_suffix('%')?.parse::<f64>().ok()? / 100.0,
        other => other.as_f64()?,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a million")]
    (0.0..=1.0).contains(&share).then(|| (share * f64::from(SURE)).round() as u32)
}

/// `TARGET:ITEM,ITEM…`; an item is `name=value`, a name alone, or a code alone.
fn spelled(text: &str) -> Map<String, Value> {
    let (target, items) = text.split_once(':').unwrap_or(("*", text));
    let mut members = Map::new();
    members.insert(ENDPOINT.into(), target.trim().into());
    for item in items.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (name, value) = match item.split_once('=') {
            Some((name, value)) => (name.trim(), typed(value.trim())),
            None if is_code(item) => ("code", item.into()),
            None => (item, Value::Bool(true)),
        };
        members.insert(name.into(), value);
    }
    members
}

/// `SYSTEMERROR`, `40164`, `-1`
fn is_code(item: &str) -> bool {
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    item.bytes().all(plain)
}

fn typed(text: &str) -> Value {
    let number = || serde_json::from_str::<Value>(text).ok().filter(|v| v.is_number() || v.is_boolean());
    number().unwrap_or_else(|| text.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::effect::{Effect, End, Moment};
    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "json!(…) is a value")]
    fn read(given: Value) -> Result<(Target, Vec<Effect>), BadFault> {
        let bare = |fault: Fault| fault.effects.into_iter().map(|(effect, _)| effect).collect();
        fault(&given).map(|fault| (fault.target, bare(fault)))
    }

    #[test]
    fn a_text_says_the_same_as_an_object() {
        const OA: Target = Target::All("oa", &[Kind::Oa]);
        let refund = Target::One("refund", Kind::Pay);
        let same = [
            (json!("refund:SYSTEMERROR"), refund, Effect::Code("SYSTEMERROR".into())),
            (json!("/secapi/pay/refund:drop=before"), refund, Effect::Drop(Moment::Before)),
            (json!("secapi/pay/refund: delay = 3s"), refund, Effect::Delay(3000)),
            (
                json!({"endpoint": "refund", "code_after": "SYSTEMERROR"}),
                refund,
                Effect::CodeAfter("SYSTEMERROR".into()),
            ),
            (json!("token:40164"), Target::One("token", Kind::Oa), Effect::Code("40164".into())),
            (json!("oa:killed_token"), OA, Effect::Token(End::Killed)),
            (json!("oa:-1"), OA, Effect::Code("-1".into())),
            (json!("html"), Target::Everything, Effect::Html),
            (json!("pay_notify:duplicate=3"), Target::One("pay_notify", Kind::Notice), Effect::Copies(3)),
            (json!("notify:wrong_amount=1"), GROUPS[4].1, Effect::Amount(Some(1))),
        ];
        for (given, target, effect) in same {
            assert_eq!(read(given.clone()), Ok((target, vec![effect])), "{given}");
        }
        let often = fault(&json!("refund:reset,count=2,rate=10%,after=1")).unwrap().often;
        assert_eq!(often, Often { count: Some(2), after: 1, chance: 100_000, per_minute: None });
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let unknown =
            |name: &str, near: &str| BadFault::UnknownName { name: name.into(), near: Some(near.into()) };
        let wrong = [
            (
                json!({"endpoint": "refunds", "html": true}),
                BadFault::UnknownTarget { name: "refunds".into(), near: Some("refund".into()) },
            ),
            (json!("refund:wrongsign"), unknown("wrongsign", "wrong_sign")),
            (json!("refund:drop,cuont=1"), unknown("cuont", "count")),
            (json!("refund:elephant"), BadFault::UnknownName { name: "elephant".into(), near: None }),
            (json!({"status": 99}), bad("status", Word::new("200 到 599", "200 to 599"))),
            (json!({"endpoint": 5}), bad("endpoint", NAME)),
            (json!("refund:drop,rate=2"), bad("rate", SHARE)),
            (json!({"count": -1, "html": true}), bad("count", WHOLE)),
            (json!("refund:count=1"), BadFault::NoEffect),
            (json!("refund:duplicate"), BadFault::Unfit { name: "duplicate".into(), target: "refund" }),
            (
                json!("v3_pay_notify:hmac_unnamed"),
                BadFault::Unfit { name: "hmac_unnamed".into(), target: "v3_pay_notify" },
            ),
            (json!("refund:stale_time"), BadFault::Unfit { name: "stale_time".into(), target: "refund" }),
            (json!("pay_notify:SYSTEMERROR"), BadFault::Unfit { name: "code".into(), target: "pay_notify" }),
            (json!(5), BadFault::NoFault),
        ];
        for (given, why) in wrong {
            assert_eq!(read(given.clone()), Err(why), "{given}");
        }
    }
}
