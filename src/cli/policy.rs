//! What may happen without being asked for twice: decides which calls move
//! money, and where that is free. Comes in: a row and the settings; goes out: a
//! go-ahead or a refusal. Sends nothing that moves anything.

use std::time::Duration;

use serde_json::Value;
use wxkit::api::endpoint::{Endpoint, Money, Scheme, is_wechats};
use wxkit::mock;
use wxkit::net::{self, Reach};
use wxkit::wire::Request;

use super::error::{self, Error};
use super::wiring::Context;

/// A call that may move money wants a `--yes`, unless the host that will be called
/// is this machine, on a private network, or says that it is a gateway of ours.
/// What an unknown path does nobody knows: it is treated as the worst. With a key that
/// everybody has, a yes does not help.
pub fn allow(ctx: &Context, row: &Endpoint) -> Result<(), Error> {
    if row.money == Money::Still {
        return Ok(());
    }
    let is_published = is_published(ctx, row)?;
    if ctx.settings.yes && !is_published {
        return Ok(());
    }
    let origin = ctx.origin(row.host);
    match net::reach(&format!("{origin}/")) {
        // Where nothing can be sent, no money moves, and sending tells why.
        None | Some(Reach::Near) => Ok(()),
        Some(Reach::Far { host }) if is_gateway(ctx, &origin, &host)? => Ok(()),
        Some(Reach::Far { host }) if is_published => Err(error::published_key(&host)),
        Some(Reach::Far { host }) => Err(error::money(&host)),
    }
}

/// Whether a call would be signed with the gateway's key, which everybody has.
fn is_published(ctx: &Context, row: &Endpoint) -> Result<bool, Error> {
    if !matches!(row.scheme, Scheme::PayV3(_)) {
        return Ok(false);
    }
    Ok(ctx.private_key()?.is_some_and(|key| mock::is_published(&key)))
}

/// A gateway answers at once, or it is none.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether a gateway of ours answers there. A name is not believed for where it
/// leads, only for who speaks; and at WeChat's own nobody asks for a gateway.
fn is_gateway(ctx: &Context, origin: &str, host: &str) -> Result<bool, Error> {
    if ctx.settings.base.is_none() || is_wechats(host) {
        return Ok(false);
    }
    let transport = ctx.watched_transport()?;
    let request = Request::new("GET", format!("{origin}/_mock/healthz"));
    let reply = ctx.wait(async { net::timeout(PATIENCE, transport.send(&request)).await })?;
    let Ok(Ok(reply)) = reply else { return Ok(false) };
    let said: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    Ok(reply.status == 200 && said["gateway"] == "wxkit")
}
