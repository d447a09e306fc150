//! The two links a user opens: `/connect/oauth2/authorize` and
//! `/connect/qrconnect`. Comes in: the link; goes out: a redirect with a code,
//! the consent page, or WeChat's error page. Unless a browser is to be asked,
//! the user consents at once.

use super::accounts::Grant;
use super::pages::consent;
use super::pages::html::escape;
use super::refusal::text_of;
use super::{Mock, Said};
use crate::api;
use crate::api::check::{FieldFault, Problem, check};
use crate::api::endpoint::{Endpoint, Method, Success};
use crate::api::oa::AUTHORIZE;
use crate::wire::{Fields, Reply, Request, query};

/// What is wrong with a link: WeChat's text, and what it means.
struct Wrong {
    code: &'static str,
    text: String,
}

/// The openid of a snapshot page's user, which is no real one.
pub(super) const SNAPSHOT: &str = "oSnapshotUser000000000000001";

/// Answers an authorize link; with `forced`, shows the page of that code.
pub(super) fn answer(
    mock: &mut Mock,
    row: &'static Endpoint,
    request: &Request,
    forced: Option<&str>,
    now: u64,
) -> Said {
    if let Some(code) = forced {
        return said(page(code, text_of(code)), code);
    }
    match checked(mock, row, request) {
        Ok(fields) if consent::is_asked(mock, &fields, request) => {
            said(consent::ask(mock, row, &fields, request), "consent")
        }
        Ok(fields) => {
            let openid = silently(mock, &fields, request);
            said(Reply::redirect(grant(mock, &fields, openid, now)), "ok")
        }
        Err(wrong) => said(page(wrong.code, &wrong.text), wrong.code),
    }
}

fn said(reply: Reply, verdict: &str) -> Said {
    Said { reply: reply.into(), verdict: verdict.to_owned(), refused: None }
}

/// The way back after a person allowed it, and the word for the list of calls.
pub(super) fn allowed(mock: &mut Mock, link: &Request, openid: &str, now: u64) -> (Reply, String) {
    let known = openid == SNAPSHOT || mock.identity.user(openid).is_some();
    let openid = if known { openid.to_owned() } else { mock.identity.default_user().openid };
    decided(mock, link, |mock, fields| grant(mock, fields, openid, now))
}

/// The way back after a person refused: there is no code.
pub(super) fn refused(mock: &mut Mock, link: &Request) -> (Reply, String) {
    let (reply, verdict) = decided(mock, link, |_, fields| {
        back(fields.get("redirect_uri").unwrap_or_default(), None, fields.get("state"))
    });
    (reply, if verdict == "ok" { "refused by the user".into() } else { verdict })
}

fn decided(
    mock: &mut Mock,
    link: &Request,
    go: impl FnOnce(&mut Mock, &Fields) -> String,
) -> (Reply, String) {
    let row = api::find(Method::Get, link.path()).filter(|row| row.success == Success::Redirect);
    match checked(mock, row.unwrap_or(&AUTHORIZE), link) {
        Ok(fields) => (Reply::redirect(go(mock, &fields)), "ok".into()),
        Err(wrong) => (page(wrong.code, &wrong.text), wrong.code.into()),
    }
}

/// The fields of a link that WeChat would open.
fn checked(mock: &Mock, row: &Endpoint, request: &Request) -> Result<Fields, Wrong> {
    let fields = request.query().map_err(|_| wrong("40035", "参数错误"))?;
    if let Some(problem) = check(row.fields, &fields).first() {
        return Err(of_problem(problem));
    }
    in_order(row, &fields)?;
    let app_id = fields.get("appid").unwrap_or_default();
    mock.identity.app(app_id).map(|_| ()).ok_or_else(|| wrong("40013", "AppID 参数错误"))?;
    Ok(fields)
}

/// Who consents when nobody is asked.
fn silently(mock: &Mock, fields: &Fields, request: &Request) -> String {
    if fields.get("forceSnapShot") == Some("true") {
        return SNAPSHOT.into();
    }
    let user = consent::remembered(mock, request).cloned();
    user.unwrap_or_else(|| mock.identity.default_user()).openid
}

fn grant(mock: &mut Mock, fields: &Fields, openid: String, now: u64) -> String {
    let said = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let grant = Grant { app_id: said("appid"), openid, scope: said("scope") };
    let code = mock.accounts.code(grant, now, &mut mock.dice);
    back(&said("redirect_uri"), Some(&code), fields.get("state"))
}

/// WeChat matches the link with a pattern: known names must stand in the order
/// of the row. Names it does not know are let through behind them.
fn in_order(row: &Endpoint, fields: &Fields) -> Result<(), Wrong> {
    let place = |name: &str| row.fields.iter().position(|field| field.name == name);
    let places: Vec<usize> = fields.iter().map(|(name, _)| place(name).unwrap_or(usize::MAX)).collect();
    if places.is_sorted() {
        return Ok(());
    }
    let names: Vec<&str> = row.fields.iter().map(|field| field.name).collect();
    Err(wrong("PARAM_ORDER", &format!("参数顺序错误，应依次为 {}", names.join(", "))))
}

fn of_problem(problem: &Problem) -> Wrong {
    let missing = matches!(problem.fault, FieldFault::Missing);
    match (problem.field.as_str(), missing) {
        ("appid", true) => wrong("10012", text_of("10012")),
        ("redirect_uri", true) => wrong("10011", text_of("10011")),
        ("scope", true) => wrong("10010", text_of("10010")),
        ("redirect_uri", false) => wrong("10003", text_of("10003")),
        ("scope", false) => wrong("10005", text_of("10005")),
        (field, _) => wrong("40035", &format!("{field} 参数错误")),
    }
}

fn wrong(code: &'static str, text: &str) -> Wrong {
    Wrong { code, text: text.into() }
}

fn page(code: &str, text: &str) -> Reply {
    let html = format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>抱歉，出错了</title></head>\
         <body><h4>{}</h4><p>错误码:{}</p></body></html>",
        escape(text),
        escape(code)
    );
    Reply::ok("text/html; charset=utf-8", html)
}

/// The page to come back to, with the code in front of any `#…`; without a code
/// if the user refused.
fn back(redirect_uri: &str, code: Option<&str>, state: Option<&str>) -> String {
    let (page, fragment) = redirect_uri.split_once('#').map_or((redirect_uri, None), |(p, f)| (p, Some(f)));
    let mut fields: Fields = code.map(|code| ("code", code)).into_iter().collect();
    fields.set("state", state.unwrap_or_default());
    let joint = if page.contains('?') { '&' } else { '?' };
    let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
    ascii(&format!("{page}{joint}{}{fragment}", query::write(&fields)))
}

/// A header carries visible ASCII only.
fn ascii(url: &str) -> String {
    let visible = |c: char| c.is_ascii_graphic();
    url.chars().map(|c| if visible(c) { c.to_string() } else { query::escape(&c.to_string()) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_goes_before_the_fragment() {
        assert_eq!(back("http://a/", Some("C"), Some("s t")), "http://a/?code=C&state=s%20t");
        assert_eq!(back("http://a/#b", None, Some("s")), "http://a/?state=s#b");
        assert_eq!(back("http://a/?x=1#/r", Some("C"), None), "http://a/?x=1&code=C&state=#/r");
        assert_eq!(back("http://a/茶\u{1}", Some("C"), Some("")), "http://a/%E8%8C%B6%01?code=C&state=");
    }
}
