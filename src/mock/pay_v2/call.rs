//! A call of pay v2 that is let in, and how every reply to one begins. Comes in: the
//! fields of a believed message; goes out: what the functions of the rows ask for.

use super::super::dice::Dice;
use super::super::ledger::Funds;
use super::place::Place;
use crate::api::endpoint::Endpoint;
use crate::api::keys::{Keys, SignType};
use crate::wire::{Fields, Reply, xml};

/// The name of this API in the orders that came by it.
pub(super) const API: &str = "PayV2";

/// A call that is let in.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) row: &'static Endpoint,
    pub(super) place: Place,
    pub(super) fields: Fields,
    pub(super) app_id: String,
    pub(super) mch_id: String,
    /// What it was signed with; the reply is too.
    pub(super) keys: Keys,
    pub(super) now: u64,
    /// Where the caller reached us: `http://host`.
    pub(super) origin: String,
}

impl Call {
    /// A value of the request, empty if it is not there.
    pub(super) fn said(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    /// How it was proved, for its order to keep.
    pub(super) fn proof(&self) -> String {
        self.place.proof(self.keys.v2.as_ref().map_or(SignType::Md5, |v2| v2.sign_type))
    }

    /// Money that `check` has seen already, in fen.
    pub(super) fn fen(&self, name: &str) -> u64 {
        self.said(name).parse().unwrap_or_default()
    }

    /// How every reply begins.
    pub(super) fn reply(&self, dice: &mut Dice) -> Fields {
        let mut fields: Fields = [("return_code", "SUCCESS"), ("return_msg", "OK")].into_iter().collect();
        fields.extend([("appid", self.app_id.as_str()), ("mch_id", self.mch_id.as_str())]);
        for name in ["sub_appid", "sub_mch_id", "device_info"] {
            if let Some(value) = self.fields.filled(name) {
                fields.set(name, value);
            }
        }
        fields.set("nonce_str", dice.text(16));
        fields.set("result_code", "SUCCESS");
        fields
    }
}

/// The two funds of a refund by the names of this API, the usual one first.
const FUNDS: [(&str, Funds); 2] =
    [("REFUND_SOURCE_UNSETTLED_FUNDS", Funds::Unsettled), ("REFUND_SOURCE_RECHARGE_FUNDS", Funds::Available)];

/// The funds of this name; `check` has seen it already.
pub(super) fn funds(name: &str) -> Funds {
    FUNDS.iter().find(|(known, _)| *known == name).map_or(Funds::Unsettled, |(_, funds)| *funds)
}

/// The name of these funds.
pub(super) fn funds_named(funds: Funds) -> &'static str {
    FUNDS.iter().find(|(_, known)| *known == funds).map_or("", |(name, _)| name)
}

/// An XML reply as it is.
pub(super) fn plain(fields: &Fields) -> Reply {
    Reply::ok("text/xml; charset=utf-8", xml::write_lines("xml", fields, |_| false).unwrap_or_default())
}
