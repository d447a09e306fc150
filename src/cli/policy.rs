//! What may happen without being asked for twice: decides which calls move
//! money, and where that is free. Comes in: a row and the settings; goes out: a
//! go-ahead or a refusal. Sends nothing that moves anything.

use std::time::Duration;

use serde_json::Value;
use wxkit::api::endpoint::{Endpoint, Money, is_wechats};
use wxkit::net::{self, Reach};
use wxkit::wire::Request;

use super::error::{self, Error};
use super::wiring::Context;

/// A call that may move money wants a `--yes`, unless the host that will be called
/// is this machine, on a private network, or says that it is a gateway of ours.
/// What an unknown path does nobody knows: it is treated as the worst.
pub fn allow(ctx: &Context, row: &Endpoint) -> Result<(), Error> {
    if row.money == Money::Still || ctx.settings.yes {
        return Ok(());
    }
    let origin = ctx.origin(row.host);
    match net::reach(&format!("{origin}/")) {
        // Where nothing can be sent, no money moves, and sending tells why.
        None | Some(Reach::Near) => Ok(()),
        Some(Reach::Far { host }) if is_gateway(ctx, &origin, &host)? => Ok(()),
        Some(Reach::Far { host }) => Err(error::money(&host)),
    }
}

/// A gateway answers at once, or it is none.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether a gateway of ours answers there. A name is not believed for where it
/// leads, only for who speaks; and at WeChat's own nobody asks for a gateway.
fn is_gateway(ctx: &Context, origin: &str, host: &str) -> Result<bool, Error> {
    if ctx.settings.base.is_none() || is_wechats(host) {
        return Ok(false);
    }
    let transport = ctx.transport()?;
    let request = Request::new("GET", format!("{origin}/_mock/healthz"));
    let reply = ctx.wait(async { net::timeout(PATIENCE, transport.send(&request)).await })?;
    let Ok(Ok(reply)) = reply else { return Ok(false) };
    let said: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    Ok(reply.status == 200 && said["gateway"] == "wxkit")
}
