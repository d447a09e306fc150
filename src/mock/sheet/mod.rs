//! What every page stands on: the shell with its headers, the reader's language, money,
//! and the page that says what is wrong. Comes in: a body; goes out: a whole reply.

pub(super) mod html;

use super::caller::is_cross_site;
use crate::api::Lang;
use crate::wire::{Fields, Reply, Request, query};
use html::{Html, Slot, fill};

const SHELL: &str = include_str!("shell.html");

/// Text that belongs to a page.
pub(super) fn asset(content_type: &str, text: &str) -> Reply {
    Reply::ok(content_type, text)
        .with_header("cache-control", "no-cache")
        .with_header("x-content-type-options", "nosniff")
}

/// Who may show a page in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Nobody.
    Never,
    /// Any page: it is a window of WeChat over a shop's page.
    Anywhere,
}

/// A page runs and loads what comes from here. Forms are left free: the consent
/// page leads on to the page that asked.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; frame-src 'self'; base-uri 'none'";

/// A whole page with its headers.
pub(super) fn page(title: &str, body: Html, lang: Lang, frame: Frame) -> Reply {
    let slots: [(&str, Slot<'_>); 3] =
        [("title", title.into()), ("body", body.into()), ("lang", tag(lang).into())];
    let ancestors = if frame == Frame::Never { "; frame-ancestors 'none'" } else { "" };
    asset("text/html; charset=utf-8", &fill(SHELL, lang, &slots).into_text())
        .with_header("content-security-policy", format!("{POLICY}{ancestors}"))
        .with_header("referrer-policy", "same-origin")
        .with_header("vary", "accept-language")
}

const PROBLEM: &str = include_str!("problem.html");

/// A page that says what is wrong: WeChat's words first, then ours.
pub(super) fn problem(said: &str, meaning: &str, link: Option<String>, lang: Lang) -> Reply {
    let link = link.map_or_else(Html::none, |url| fill(AGAIN, lang, &[("url", url.into())]));
    let body =
        fill(PROBLEM, lang, &[("said", said.into()), ("meaning", meaning.into()), ("link", link.into())]);
    page(said, body, lang, Frame::Anywhere)
}

const AGAIN: &str = "<a class=\"button\" href=\"{{url}}\">[[仍然继续|Continue all the same]]</a>";

/// What a page was asked: the query, or the form it posted.
pub(super) fn asked(request: &Request) -> Fields {
    let mut fields = request.query().unwrap_or_default();
    if let Some(form) = std::str::from_utf8(&request.body).ok().and_then(|text| query::read(text).ok()) {
        fields.extend(form.iter());
    }
    fields
}

/// Whether a person with a browser asks.
pub(super) fn wants_page(request: &Request) -> bool {
    let takes = |accept: &str| accept.contains("text/html");
    request.method == "GET" && request.header("accept").is_some_and(takes)
}

/// The reader's language: what the link says, else what the browser prefers.
pub(super) fn lang_of(request: &Request) -> Lang {
    let asked = asked(request);
    let preferred = || request.header("accept-language").unwrap_or_default().trim_start();
    let said = asked.get("lang").unwrap_or_else(preferred);
    if said.starts_with("zh") { Lang::Zh } else { Lang::En }
}

/// The value of `lang`.
pub(super) const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// Fen as yuan: `880` is `8.80`.
pub(super) fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// A form that another site posted, or a method that a page does not have.
pub(super) fn is_foreign_post(request: &Request) -> bool {
    request.method == "POST" && is_cross_site(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(url: &str, header: Option<&str>) -> Request {
        let mut request = Request::new("GET", url);
        request.headers.extend(header.map(|value| ("accept-language".to_owned(), value.to_owned())));
        request
    }

    #[test]
    fn both_languages_are_there() {
        html::check_languages(&[("shell", SHELL), ("problem", PROBLEM), ("mod.rs", include_str!("mod.rs"))]);
    }

    #[test]
    fn the_link_decides_the_language_then_the_browser() {
        assert_eq!(lang_of(&asking("/a", Some("zh-CN,zh;q=0.9,en;q=0.8"))), Lang::Zh);
        assert_eq!(lang_of(&asking("/a", Some("en-US,en;q=0.9,zh;q=0.8"))), Lang::En);
        assert_eq!(lang_of(&asking("/a?lang=en", Some("zh-CN"))), Lang::En);
        assert_eq!(lang_of(&asking("/a?lang=zh", None)), Lang::Zh);
        assert_eq!(lang_of(&asking("/a", None)), Lang::En);
    }

    #[test]
    fn money_is_whole_fen() {
        assert_eq!([yuan(0), yuan(5), yuan(880), yuan(100_000)], ["0.00", "0.05", "8.80", "1000.00"]);
    }

    #[test]
    fn a_page_runs_nothing_that_it_does_not_bring() {
        let reply = page("<t>", Html::none(), Lang::En, Frame::Never);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
        let text = String::from_utf8(reply.body).unwrap();
        assert!(text.contains("<title>&lt;t&gt;</title>") && !text.contains("<script>"));
    }
}
