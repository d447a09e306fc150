//! `token status|forget`: what is held of tokens and tickets, and dropping it. Where
//! a token central server is in force it is asked, and the store here is neither
//! shown nor touched. Shows no token unless `--reveal` says so.

use serde_json::{Value, json};
use wxkit::api::Word;
use wxkit::api::keys::Secret;
use wxkit::client::{Forgetting, Kept, LeaseKind};

use super::super::args::Args;
use super::super::error::Error;
use super::super::outcome::{Outcome, View};
use super::super::wiring::Context;

/// `token status`
pub(super) fn status(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let now = ctx.clock().now();
    let (place, lines) = match ctx.held_by_hub()? {
        Some(kept) => ("hub", kept.into_iter().map(|kept| there(kept, now)).collect()),
        None => ("store", here(ctx, now)?),
    };
    let answer = lines.len().to_string();
    let (list, mut view): (Vec<Value>, Vec<View>) = lines.into_iter().unzip();
    if list.is_empty() {
        view.push(View::Say(Word::new("还没有保存任何 token", "nothing is stored yet").into()));
    }
    Ok(Outcome { view, ..Outcome::new(json!({ "leases": list, "source": place }), answer) })
}

fn here(ctx: &Context, now: u64) -> Result<Vec<(Value, View)>, Error> {
    let shown = |value: &Secret| if ctx.settings.reveal { value.expose() } else { Secret::MASK }.to_owned();
    let mut lines = Vec::new();
    for (key, lease) in ctx.store()?.list()? {
        let left = lease.expires_at.saturating_sub(now);
        let data = json!({
            "app_id": key.app_id, "origin": key.origin, "kind": key.kind.as_str(),
            "expires_at": lease.expires_at.to_string(), "expires_in": left, "value": shown(&lease.value),
        });
        let words = Word::new("{} {} {}：还剩 {} 秒", "{} {} {}: {} seconds left");
        let said = words.with([key.app_id, key.kind.as_str().to_owned(), key.origin, left.to_string()]);
        lines.push((data, if left > 0 { View::Good(said) } else { View::Bad(said) }));
    }
    Ok(lines)
}

fn there(kept: Kept, now: u64) -> (Value, View) {
    let Kept { app_id, kind, left, trouble } = kept;
    let mut data = json!({
        "app_id": app_id, "kind": kind, "expires_in": left,
        "expires_at": left.map(|left| now.saturating_add(left).to_string()),
    });
    let mut said = vec![app_id, kind];
    if let Some((code, text)) = trouble {
        (data["errcode"], data["errmsg"]) = (code.as_str().into(), text.as_str().into());
        said.push(format!("{code} {text}").trim().to_owned());
        let words = Word::new("{} {}：没能换新：{}", "{} {}: not renewed: {}");
        return (data, View::Bad(words.with(said)));
    }
    let view = match left {
        Some(left) => {
            said.push(left.to_string());
            View::Good(Word::new("{} {}：还剩 {} 秒", "{} {}: {} seconds left").with(said))
        }
        None => View::Bad(Word::new("{} {}：还没有", "{} {}: none yet").with(said)),
    };
    (data, view)
}

/// `token forget`
pub(super) fn forget(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    if let Some(done) = ctx.forget_at_hub()? {
        return Ok(replaced(&done));
    }
    let dropped = ctx.forget_leases()?;
    let said = Word::new("删除了 {} 条", "{} dropped").with([dropped.to_string()]);
    let data = json!({ "forgotten": dropped, "source": "store" });
    Ok(Outcome::new(data, dropped.to_string()).show(View::Good(said)))
}

fn replaced(done: &[Forgetting]) -> Outcome {
    let names = |pick: fn(&Forgetting) -> Option<LeaseKind>| -> Vec<&str> {
        done.iter().filter_map(pick).map(LeaseKind::as_str).collect()
    };
    let new = names(|one| if let Forgetting::Replaced(kind) = one { Some(*kind) } else { None });
    let old = names(|one| if let Forgetting::TooSoon(kind) = one { Some(*kind) } else { None });
    let count = new.len().to_string();
    let data = json!({ "forgotten": new.len(), "source": "hub", "replaced": new, "too_soon": old });
    let words = Word::new("中控服务换新了 {} 条", "the hub replaced {}");
    let outcome = Outcome::new(data, count.as_str()).show(View::Good(words.with([count.as_str()])));
    if old.is_empty() {
        return outcome;
    }
    let words = Word::new("刚刚换过，没有再换：{}", "replaced a moment ago and left as it is: {}");
    outcome.show(View::Say(words.with([old.join(", ")])))
}
