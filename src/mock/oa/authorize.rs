//! The two links a user opens: `/connect/oauth2/authorize` and
//! `/connect/qrconnect`. Comes in: the link, and what the person decided; goes
//! out: the way back with a code, or what is wrong. Shows nothing.

use super::super::accounts::Grant;
use super::super::identity::SNAPSHOT;
use super::super::refusal::text_of;
use super::super::world::World;
use crate::api;
use crate::api::Word;
use crate::api::check::{FieldFault, Problem, check};
use crate::api::endpoint::{Endpoint, Method, Success};
use crate::api::oa::AUTHORIZE;
use crate::wire::{Fields, Request, query};

/// What is wrong with a link: WeChat's text, and what it means.
#[derive(Debug)]
pub(in crate::mock) struct Wrong {
    pub(in crate::mock) code: &'static str,
    pub(in crate::mock) text: String,
    pub(in crate::mock) note: Option<Word>,
}

/// Where a person is led back to.
pub(in crate::mock) type Way = Result<String, Wrong>;

/// The way back of a link that was checked, with a code for this user.
pub(in crate::mock) fn granted(world: &mut World, fields: &Fields, openid: String, now: u64) -> String {
    let said = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let grant = Grant { app_id: said("appid"), openid, scope: said("scope") };
    let code = world.accounts.code(grant, now, &mut world.dice);
    back(&said("redirect_uri"), Some(&code), fields.get("state"))
}

/// The way back after a person allowed it. The link is checked again: a form is only
/// a form.
pub(in crate::mock) fn allowed(world: &mut World, link: &Request, openid: &str, now: u64) -> Way {
    let fields = checked(world, row(link), link)?;
    let app_id = fields.get("appid").unwrap_or_default();
    let openid = match world.identity.user(openid) {
        _ if openid == SNAPSHOT => openid.to_owned(),
        Some(user) => user.openid_of(app_id).to_owned(),
        None => world.identity.default_openid(app_id),
    };
    Ok(granted(world, &fields, openid, now))
}

/// The way back after a person refused: there is no code.
pub(in crate::mock) fn refused(world: &World, link: &Request) -> Way {
    let fields = checked(world, row(link), link)?;
    Ok(back(fields.get("redirect_uri").unwrap_or_default(), None, fields.get("state")))
}

fn row(link: &Request) -> &'static Endpoint {
    let row = api::find(Method::Get, link.path()).filter(|row| row.success == Success::Redirect);
    row.unwrap_or(&AUTHORIZE)
}

/// The fields of a link that WeChat would open.
pub(in crate::mock) fn checked(world: &World, row: &Endpoint, request: &Request) -> Result<Fields, Wrong> {
    let fields = request.query().map_err(|_| wrong("40035", "参数错误"))?;
    if let Some(problem) = check(row.fields, &fields).first() {
        return Err(of_problem(problem));
    }
    in_order(row, &fields)?;
    let app_id = fields.get("appid").unwrap_or_default();
    world.identity.app(app_id).map(|_| ()).ok_or_else(|| wrong("40013", "AppID 参数错误"))?;
    Ok(fields)
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
    Wrong { code, text: text.into(), note: note(code) }
}

/// What WeChat does not say, where it says too little.
fn note(code: &str) -> Option<Word> {
    Some(match code {
        "10003" => Word::new(
            "redirect_uri 必须是 http(s) 地址，并整个做一次 URL 编码；在微信里还要与公众号后台的网页授权域名一致",
            "redirect_uri has to be an http(s) address, URL-encoded once as a whole; in WeChat its host has to be the authorization domain set for the account",
        ),
        "10005" => Word::new(
            "公众号网页授权的 scope 只有 snsapi_base 和 snsapi_userinfo；网站扫码登录只有 snsapi_login",
            "the scopes of an official account are snsapi_base and snsapi_userinfo; a website's QR sign-in has snsapi_login",
        ),
        "10010" => Word::new("链接里没有 scope", "the link has no scope"),
        "10011" => Word::new("链接里没有 redirect_uri", "the link has no redirect_uri"),
        "10012" => Word::new("链接里没有 appid", "the link has no appid"),
        "40013" => Word::new(
            "网关不认识这个 appid；用 --app-id 启动网关，或用 wxkit mock --print-env 给出的那个",
            "the gateway does not know this appid: start it with --app-id, or use the one of wxkit mock --print-env",
        ),
        "PARAM_ORDER" => Word::new(
            "微信按固定顺序匹配授权链接的参数；wxkit oauth url 会按正确的顺序写",
            "WeChat matches the parameters of the link in a fixed order; wxkit oauth url writes them in it",
        ),
        _ => return None,
    })
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
