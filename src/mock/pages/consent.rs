//! What a browser meets behind `/connect/oauth2/authorize`: the way back at once, the
//! consent page, or the page that says what is wrong with the link. Comes in: the link,
//! or the form of the page; goes out: one of these. Scripts are never asked.

use super::super::answer::{Answered, Draft};
use super::super::caller::is_cross_site;
use super::super::identity::{Consent, SNAPSHOT, User};
use super::super::no::{CROSS_SITE, refusal};
use super::super::oa::{self, Way, Wrong};
use super::super::refusal::text_of;
use super::super::sheet::html::{Html, fill};
use super::super::sheet::{Frame, asked, lang_of, page, problem, tag, wants_page};
use super::super::world::World;
use crate::api::word::Part;
use crate::api::{Endpoint, Lang, Word};
use crate::wire::{Fields, Reply, Request};

pub(super) const PAGE: &str = include_str!("consent.html");
pub(super) const USER: &str = include_str!("consent_user.html");

/// Answers an authorize link; with `forced`, shows the page of that code.
pub(in crate::mock) fn answer(
    world: &mut World,
    row: &'static Endpoint,
    request: &Request,
    forced: Option<&str>,
    now: u64,
) -> Answered<Draft> {
    if let Some(code) = forced {
        return Answered::of(sorry(text_of(code), code, None, lang_of(request)), code);
    }
    let fields = match oa::checked(world, row, request) {
        Ok(fields) => fields,
        Err(wrong) => return Answered::of(wrong_link(&wrong, lang_of(request)), wrong.code),
    };
    if is_asked(world, &fields, request) {
        return Answered::of(ask(world, row, &fields, request), "consent");
    }
    let openid = silently(world, &fields, request);
    Answered::of(Reply::redirect(oa::granted(world, &fields, openid, now)), "ok")
}

fn wrong_link(wrong: &Wrong, lang: Lang) -> Reply {
    sorry(&wrong.text, wrong.code, wrong.note, lang)
}

/// WeChat's words and code, and what it means.
fn sorry(said: &str, code: &str, note: Option<Word>, lang: Lang) -> Reply {
    let meaning = match note {
        Some(note) => WITH_NOTE.with([Part::from(note), code.into()]),
        None => BARE.with([code]),
    };
    problem(said, &meaning.text(lang), None, lang)
}

const WITH_NOTE: Word = Word::new("{}（错误码 {}）", "{} (error code {})");
const BARE: Word = Word::new("错误码 {}", "Error code {}");

/// Who consents when nobody is asked.
fn silently(world: &World, fields: &Fields, request: &Request) -> String {
    if fields.get("forceSnapShot") == Some("true") {
        return SNAPSHOT.into();
    }
    let app_id = fields.get("appid").unwrap_or_default();
    let user = remembered(world, request).map(|user| user.openid_of(app_id).to_owned());
    user.unwrap_or_else(|| world.identity.default_openid(app_id))
}

/// Whether a person is to be asked. `snsapi_base` is silent, as in WeChat; for
/// the rest a browser is asked if the link forces it or the gateway says so.
fn is_asked(world: &World, fields: &Fields, request: &Request) -> bool {
    let is_forced = fields.get("forcePopup") == Some("true");
    wants_page(request)
        && fields.get("scope") != Some("snsapi_base")
        && (is_forced || world.options.consent == Consent::Asked)
}

const PROFILE: Word =
    Word::new("获得你的公开信息（昵称、头像等）", "See your public profile: nickname and picture");
const SIGN_IN: Word = Word::new("用微信登录这个网站", "Sign in to this website with WeChat");
const TITLE: Word = Word::new("微信授权", "WeChat authorization");
const SNAPSHOT_NAME: Word = Word::new("快照页的虚拟用户", "Snapshot user (not a real openid)");

/// The page for a link that was found right.
fn ask(world: &World, row: &Endpoint, fields: &Fields, request: &Request) -> Reply {
    let lang = lang_of(request);
    let said = |name: &str| fields.get(name).unwrap_or_default();
    let app_id = said("appid");
    let app = world.identity.app(app_id).and_then(|app| app.name.as_deref()).unwrap_or(app_id);
    let what = if said("scope") == "snsapi_login" { SIGN_IN } else { PROFILE };
    let mut users: Vec<Html> = world
        .identity
        .users
        .iter()
        .enumerate()
        .map(|(n, u)| user(&u.openid, u.name(lang), n, lang))
        .collect();
    users.push(user(SNAPSHOT, SNAPSHOT_NAME.text(lang), users.len(), lang));
    let body = fill(
        PAGE,
        lang,
        &[
            ("app_id", app.into()),
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

/// What the person decided.
pub(super) fn decide(world: &mut World, request: &Request, now: u64) -> Answered<Draft> {
    if request.method != "POST" || is_cross_site(request) {
        return Answered::of(refusal(&CROSS_SITE), "403");
    }
    let form = asked(request);
    let said = |name: &str| form.get(name).unwrap_or_default();
    let link = Request::new("GET", format!("{}?{}", said("path"), said("link")));
    let (way, verdict): (Way, _) = match said("decision") {
        "allow" => (oa::allowed(world, &link, said("openid"), now), "ok"),
        _ => (oa::refused(world, &link), "refused by the user"),
    };
    let known = world.identity.user(said("openid")).map(|user| user.openid.as_str());
    let (reply, verdict) = match (way, known) {
        (Ok(url), Some(openid)) => {
            (Reply::redirect(url).with_header("set-cookie", remember(openid)), verdict)
        }
        (Ok(url), None) => (Reply::redirect(url), verdict),
        (Err(wrong), _) => (wrong_link(&wrong, lang_of(request)), wrong.code),
    };
    world.log.add(request, "authorize", verdict, reply.status, None, now);
    Answered::of(reply, verdict)
}

/// The user who was chosen stays the one who holds this phone.
const COOKIE: &str = "wxkit_user";

fn remember(openid: &str) -> String {
    format!("{COOKIE}={openid}; Path=/connect; HttpOnly; SameSite=Lax")
}

/// The user who holds this phone, if one was chosen before.
fn remembered<'a>(world: &'a World, request: &Request) -> Option<&'a User> {
    let cookies = request.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
    let openid = cookies.into_iter().find(|(name, _)| *name == COOKIE)?.1;
    world.identity.user(openid)
}
