//! What WeChat's app checks when a page calls `wx.config`: the account, the ticket, the
//! signature. Comes in: what the page passed; goes out: WeChat's own message and, for a
//! wrong signature, the refused case.

use serde_json::json;

use super::super::accounts::Family;
use super::super::checked::{Checked, UNKNOWN_APP, both, refused};
use super::super::refusal::{RefusedSign, Right, Signed};
use super::super::world::World;
use crate::api::Word;
use crate::api::invoke;
use crate::api::keys::Secret;
use crate::wire::Fields;

const NO_TICKET: Word = Word::new(
    "这个 AppID 没有有效的 jsapi_ticket：先取 access_token，再取 jsapi_ticket",
    "no jsapi_ticket of this app id is alive: get an access_token first, then a jsapi_ticket",
);
/// `wx.config`: the signature against every ticket that is alive.
pub(in crate::mock) fn config(world: &World, asked: &Fields, now: u64) -> Checked {
    let said = |name: &str| asked.get(name).unwrap_or_default();
    let app_id = said("appId");
    if world.identity.app(app_id).is_none() {
        return no_config("config:invalid appid", Some(UNKNOWN_APP), None);
    }
    let params: Fields =
        [("noncestr", said("nonceStr")), ("timestamp", said("timestamp")), ("url", said("url"))]
            .into_iter()
            .collect();
    let tickets = tickets(world, app_id, now);
    let signed = |ticket: &Secret| invoke::jssdk_of(ticket, params.clone());
    let given = said("signature");
    if tickets.iter().any(|ticket| signed(ticket).signature == given) {
        let told = json!({ "errMsg": "config:ok" });
        return Checked { function: "wx.config", verdict: "ok".into(), told, refused: None };
    }
    let note = tickets.is_empty().then_some(NO_TICKET);
    let ticket = tickets.into_iter().next().unwrap_or_else(|| Secret::new(""));
    // A ticket is always one of ours.
    let right = signed(&ticket);
    let right = Right { canonical: right.canonical.masked(), signature: right.signature };
    let mut case = refused("wx.config", Signed::Config, params.clone(), Some(right), given);
    case.key = ticket;
    case.others = candidates(world, app_id, now);
    no_config("config:invalid signature", note, Some(case))
}

fn no_config(message: &str, note: Option<Word>, refused: Option<RefusedSign>) -> Checked {
    let told = json!({ "errMsg": message, "note": note.map(both) });
    Checked { function: "wx.config", verdict: message.into(), told, refused }
}

/// The tickets that are alive, newest first.
fn tickets(world: &World, app_id: &str, now: u64) -> Vec<Secret> {
    let given = world.accounts.given_to(app_id, now);
    let alive = given.filter(|(family, _, standing)| *family == Family::Jsapi && standing.is_ok());
    alive.map(|(_, text, _)| Secret::new(text)).collect()
}

/// Most tokens and tickets that are tried as what was signed with instead.
const CANDIDATES: usize = 12;

fn candidates(world: &World, app_id: &str, now: u64) -> Vec<(String, Secret)> {
    let label = |family, standing: &Result<(), _>| match (family, standing) {
        (Family::Jsapi, Ok(())) => "ticket",
        (Family::Jsapi, Err(_)) => "old_ticket",
        (Family::Card, _) => "card_ticket",
        (Family::Classic | Family::Stable, _) => "access_token",
    };
    let given = world.accounts.given_to(app_id, now).take(CANDIDATES);
    let mut others: Vec<_> = given
        .map(|(family, text, standing)| (label(family, &standing).to_owned(), Secret::new(text)))
        .collect();
    others.extend(world.identity.app(app_id).map(|app| ("app_secret".to_owned(), app.secret.clone())));
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Stamp;
    use crate::mock::identity::{Identity, Options};

    const APP: &str = "wx00c0ffee00c0ffee";

    fn world() -> World {
        World::new(Identity::default(), Options::default())
    }

    fn asked(signature: &str, url: &str) -> Fields {
        [
            ("appId", APP),
            ("nonceStr", "Wm3WZYTPz0wzccnW"),
            ("timestamp", "1414587457"),
            ("url", url),
            ("signature", signature),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn any_living_ticket_of_the_account_will_do() {
        let mut world = world();
        let none = config(&world, &asked("x", "http://a/"), 0);
        assert_eq!(none.told["errMsg"], "config:invalid signature");
        assert!(none.told["note"]["en"].as_str().unwrap().contains("no jsapi_ticket"));
        let old = world.accounts.ticket(APP, Family::Jsapi, 0, &mut world.dice).text;
        let new = world.accounts.ticket(APP, Family::Jsapi, 7000, &mut world.dice).text;
        let stamp = Stamp { now: 1_414_587_457, nonce: "Wm3WZYTPz0wzccnW".into() };
        let signature = |ticket: &str| invoke::jssdk(&Secret::new(ticket), "http://a/?b=1", &stamp).signature;
        let verdict =
            |ticket: &str, url: &str, now| config(&world, &asked(&signature(ticket), url), now).verdict;
        assert_eq!(verdict(&old, "http://a/?b=1", 7100), "ok");
        assert_eq!(verdict(&new, "http://a/?b=1", 7100), "ok");
        assert_eq!(verdict(&old, "http://a/?b=1", 7200), "config:invalid signature");
        assert_eq!(verdict(&new, "http://a/", 7100), "config:invalid signature");
    }

    #[test]
    fn a_refused_config_carries_what_explain_needs() {
        let mut world = world();
        world.accounts.ticket(APP, Family::Jsapi, 0, &mut world.dice);
        let case = config(&world, &asked("0", "http://a/"), 1).refused.unwrap();
        assert_eq!((case.endpoint, case.what, &*case.given), ("wx.config", Signed::Config, "0"));
        assert_eq!(case.others.len(), 2);
        assert!(case.right.unwrap().canonical.starts_with("jsapi_ticket=***&noncestr=Wm3"));
        let mut foreign = asked("0", "http://a/");
        foreign.set("appId", "wx1");
        assert_eq!(config(&world, &foreign, 1).verdict, "config:invalid appid");
    }
}
