//! What may happen without being asked for twice: decides which calls move
//! money, and where that is free. Comes in: a row and the settings; goes out: a
//! go-ahead or a refusal. Sends nothing that moves anything.

use wxkit::api::endpoint::{Endpoint, Money};

use super::error::{self, Error};
use super::wiring::Context;

/// Live hosts want a `--yes` before money moves. What an unknown path does nobody
/// knows: it is treated as the worst.
pub fn allow(ctx: &Context, row: Option<&Endpoint>) -> Result<(), Error> {
    let moves = row.is_none_or(|row| row.money == Money::Moves);
    if !moves || ctx.settings.base.is_some() || ctx.settings.yes {
        return Ok(());
    }
    Err(error::money())
}
