//! `token get|status|forget`: the shared access_token.

use serde_json::json;
use wxkit::api::Word;
use wxkit::api::keys::Secret;
use wxkit::client::{LeaseKind, Leased, Source};

use super::super::args::{Args, Flag};
use super::super::context::Context;
use super::super::error::Error;
use super::super::outcome::{Outcome, View, pairs};
use super::super::verb::{Verb, Words};

pub(super) static FORCE: Flag = Flag::switch(
    "force",
    "不用缓存，重新获取（旧的会失效）",
    "Fetch a new one even if the stored one is good; the old one dies",
);
static STABLE: Flag = Flag::switch("stable", "使用 stable_token 接口", "Use the stable_token interface");

/// `token`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "token",
        name: "get",
        about: Word::new(
            "取得有效的 access_token，必要时才请求微信",
            "Get a fresh access_token; WeChat is asked only when needed",
        ),
        example: "token get -q",
        flags: &[&FORCE, &STABLE],
        words: Words::None,
        row: None,
        run: get,
    },
    &Verb {
        noun: "token",
        name: "status",
        about: Word::new("查看已保存的 token 与 ticket", "Show what the store holds"),
        example: "token status",
        flags: &[],
        words: Words::None,
        row: None,
        run: status,
    },
    &Verb {
        noun: "token",
        name: "forget",
        about: Word::new("删除已保存的 token 与 ticket", "Drop what the store holds for this app"),
        example: "token forget",
        flags: &[],
        words: Words::None,
        row: None,
        run: forget,
    },
];

fn get(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let kind = if args.has(&STABLE) { LeaseKind::StableToken } else { LeaseKind::Token };
    let lease = ctx.lease(kind, args.has(&FORCE))?;
    Ok(leased("access_token", &lease))
}

/// A lease as an answer: asked for, so shown.
pub(super) fn leased(name: &str, leased: &Leased) -> Outcome {
    let value = leased.lease.value.expose();
    let source = match leased.source {
        Source::Store => "store",
        Source::Fetched => "wechat",
    };
    let expires_at = leased.lease.expires_at.to_string();
    let data = json!({ name: value, "expires_at": expires_at, "source": source });
    Outcome::new(data, value).show(pairs([(name, value), ("expires_at", &expires_at), ("source", source)]))
}

fn status(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let now = ctx.clock().now();
    let mut list = Vec::new();
    let mut view = Vec::new();
    for (key, lease) in ctx.store()?.list()? {
        let left = lease.expires_at.saturating_sub(now);
        list.push(json!({
            "app_id": key.app_id, "origin": key.origin, "kind": key.kind.as_str(), "expires_at": lease.expires_at.to_string(),
            "expires_in": left, "value": if ctx.is_on("reveal") { lease.value.expose() } else { Secret::MASK },
        }));
        let line = Word::new("{} {} {}：还剩 {} 秒", "{} {} {}: {} seconds left");
        let said = line.with([key.app_id, key.kind.as_str().to_owned(), key.origin, left.to_string()]);
        view.push(if left > 0 { View::Good(said) } else { View::Bad(said) });
    }
    if list.is_empty() {
        view.push(View::Say(Word::new("还没有保存任何 token", "nothing is stored yet").into()));
    }
    let answer = list.len().to_string();
    Ok(Outcome { view, ..Outcome::new(json!({ "leases": list }), answer) })
}

fn forget(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let dropped = ctx.forget_leases()?;
    let said = Word::new("删除了 {} 条", "{} dropped").with([dropped.to_string()]);
    Ok(Outcome::new(json!({ "forgotten": dropped }), dropped.to_string()).show(View::Good(said)))
}
