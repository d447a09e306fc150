//! The two links a user opens: `/connect/oauth2/authorize` and
//! `/connect/qrconnect`. Comes in: the link; goes out: a redirect with a code,
//! or WeChat's error page. The default user consents at once.

use super::accounts::Grant;
use super::refusal::text_of;
use super::{Mock, Said};
use crate::api::check::{FieldFault, Problem, check};
use crate::api::endpoint::Endpoint;
use crate::wire::{Fields, Reply, Request, query};

/// What is wrong with a link: WeChat's text, and what it means.
struct Wrong {
    code: &'static str,
    text: String,
}

/// Answers an authorize link; with `forced`, shows the page of that code.
pub(super) fn answer(
    mock: &mut Mock,
    row: &'static Endpoint,
    request: &Request,
    forced: Option<&str>,
    now: u64,
) -> Said {
    if let Some(code) = forced {
        return page(code, text_of(code));
    }
    match consent(mock, row, request, now) {
        Ok(location) => Said { reply: Reply::redirect(location), verdict: "ok".into(), refused: None },
        Err(wrong) => page(wrong.code, &wrong.text),
    }
}

fn consent(mock: &mut Mock, row: &Endpoint, request: &Request, now: u64) -> Result<String, Wrong> {
    let fields = request.query().map_err(|_| wrong("40035", "参数错误"))?;
    if let Some(problem) = check(row.fields, &fields).first() {
        return Err(of_problem(problem));
    }
    in_order(row, &fields)?;
    let said = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let app = mock.identity.app(&said("appid")).ok_or_else(|| wrong("40013", "AppID 参数错误"))?;
    let grant = Grant {
        app_id: app.app_id.clone(),
        openid: mock.identity.default_user().openid,
        scope: said("scope"),
    };
    let code = mock.accounts.code(grant, now, &mut mock.dice);
    Ok(back(&said("redirect_uri"), &code, fields.get("state")))
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

fn page(code: &str, text: &str) -> Said {
    // Ours and WeChat's own texts, but a fault can name any code.
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let html = format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>抱歉，出错了</title></head>\
         <body><h4>{}</h4><p>错误码:{}</p></body></html>",
        safe(text),
        safe(code)
    );
    Said { reply: Reply::ok("text/html; charset=utf-8", html), verdict: code.into(), refused: None }
}

/// The page to come back to, with the code in front of any `#…`.
fn back(redirect_uri: &str, code: &str, state: Option<&str>) -> String {
    let (page, fragment) = redirect_uri.split_once('#').map_or((redirect_uri, None), |(p, f)| (p, Some(f)));
    let mut fields: Fields = [("code", code)].into_iter().collect();
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
        assert_eq!(back("http://a/", "C", Some("s t")), "http://a/?code=C&state=s%20t");
        assert_eq!(back("http://a/?x=1#/r", "C", None), "http://a/?x=1&code=C&state=#/r");
        assert_eq!(back("http://a/茶\u{1}", "C", Some("")), "http://a/%E8%8C%B6%01?code=C&state=");
    }
}
