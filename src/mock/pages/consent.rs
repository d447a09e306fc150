//! The consent page behind `/connect/oauth2/authorize`: which user, allow or
//! refuse. Comes in: a link that was checked, or the form of the page; goes
//! out: the page, or the way back. Scripts never see it: it is shown to
//! browsers only, and only where it was asked for.

use super::super::authorize::{self, SNAPSHOT};
use super::super::caller::is_cross_site;
use super::super::identity::Consent;
use super::super::{Answered, Mock, User, control};
use super::html::{Html, fill};
use super::{Frame, asked, lang_of, page, tag};
use crate::api::{Endpoint, Lang, Word};
use crate::wire::{Fields, Reply, Request};

pub(super) const PAGE: &str = include_str!("consent.html");
pub(super) const USER: &str = include_str!("consent_user.html");

/// Whether a person is to be asked. `snsapi_base` is silent, as in WeChat; for
/// the rest a browser is asked if the link forces it or the gateway says so.
pub(in crate::mock) fn is_asked(mock: &Mock, fields: &Fields, request: &Request) -> bool {
    let is_browser = request.header("accept").is_some_and(|accept| accept.contains("text/html"));
    let is_forced = fields.get("forcePopup") == Some("true");
    is_browser
        && fields.get("scope") != Some("snsapi_base")
        && (is_forced || mock.options.consent == Consent::Asked)
}

const PROFILE: Word =
    Word::new("获得你的公开信息（昵称、头像等）", "See your public profile: nickname and picture");
const SIGN_IN: Word = Word::new("用微信登录这个网站", "Sign in to this website with WeChat");
const TITLE: Word = Word::new("微信授权", "WeChat authorization");
const SNAPSHOT_NAME: Word = Word::new("快照页的虚拟用户", "Snapshot user (not a real openid)");

/// The page for a link that was found right.
pub(in crate::mock) fn ask(mock: &Mock, row: &Endpoint, fields: &Fields, request: &Request) -> Reply {
    let lang = lang_of(request);
    let said = |name: &str| fields.get(name).unwrap_or_default();
    let what = if said("scope") == "snsapi_login" { SIGN_IN } else { PROFILE };
    let mut users: Vec<Html> =
        mock.identity.users.iter().enumerate().map(|(n, u)| user(&u.openid, &u.nickname, n, lang)).collect();
    users.push(user(SNAPSHOT, SNAPSHOT_NAME.text(lang), users.len(), lang));
    let body = fill(
        PAGE,
        lang,
        &[
            ("app_id", said("appid").into()),
            ("what", what.text(lang).into()),
            ("path", row.path.into()),
            ("link", request.query_text().into()),
            ("lang", tag(lang).into()),
            ("users", users.into_iter().collect::<Html>().into()),
            ("host", host(said("redirect_uri")).into()),
        ],
    );
    page(TITLE.text(lang), body, lang, Frame::Never)
}

fn user(openid: &str, name: &str, place: usize, lang: Lang) -> Html {
    let face: String = name.chars().take(1).collect();
    let checked = fill(if place == 0 { " checked" } else { "" }, lang, &[]);
    let slots = [
        ("openid", openid.into()),
        ("name", name.into()),
        ("face", face.into()),
        ("checked", checked.into()),
    ];
    fill(USER, lang, &slots)
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// What the person decided. The link is checked again: a form is only a form.
pub(super) fn decide(mock: &mut Mock, request: &Request, now: u64) -> Answered {
    if request.method != "POST" || is_cross_site(request) {
        return plain(control::foreign_page(), "403");
    }
    let form = asked(request);
    let said = |name: &str| form.get(name).unwrap_or_default();
    let link = Request::new("GET", format!("{}?{}", said("path"), said("link")));
    let (reply, verdict) = match said("decision") {
        "allow" => authorize::allowed(mock, &link, said("openid"), now),
        _ => authorize::refused(mock, &link),
    };
    mock.log.add(request, "authorize", &verdict, reply.status, None, now);
    let known = mock.identity.user(said("openid")).map(|User { openid, .. }| openid.clone());
    let reply = match known {
        Some(openid) if reply.status == 302 => reply.with_header("set-cookie", remember(&openid)),
        _ => reply,
    };
    plain(reply, &verdict)
}

/// The user who was chosen stays the one who holds this phone.
const COOKIE: &str = "wxkit_user";

fn remember(openid: &str) -> String {
    format!("{COOKIE}={openid}; Path=/connect; HttpOnly; SameSite=Lax")
}

/// The user who holds this phone, if one was chosen before.
pub(in crate::mock) fn remembered<'a>(mock: &'a Mock, request: &Request) -> Option<&'a User> {
    let cookies = request.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
    let openid = cookies.into_iter().find(|(name, _)| *name == COOKIE)?.1;
    mock.identity.user(openid)
}

fn plain(reply: Reply, verdict: &str) -> Answered {
    Answered { verdict: Some(verdict.to_owned()), ..reply.into() }
}
