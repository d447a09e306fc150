//! A call of pay v3 that is let in. Comes in: the fields of a believed message, opened;
//! goes out: what the functions of the rows ask for.

use crate::api::endpoint::Endpoint;
use crate::api::keys::Keys;
use crate::wire::Fields;

/// The name of this API in the orders that came by it.
pub(super) const API: &str = "PayV3";

/// A call that is let in.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) row: &'static Endpoint,
    pub(super) fields: Fields,
    /// Who signed it: the merchant, in partner mode the provider.
    pub(super) mch_id: String,
    /// What the reply is signed with.
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

    /// A value of the request, if it is there.
    pub(super) fn filled(&self, name: &str) -> Option<String> {
        self.fields.filled(name).map(str::to_owned)
    }

    /// The first of these names that the request fills.
    pub(super) fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.fields.filled(name))
    }

    /// Money that `check` has seen already, in fen.
    pub(super) fn fen(&self, name: &str) -> u64 {
        self.said(name).parse().unwrap_or_default()
    }

    /// What the row knows of the request: the same terms, if it is asked again. The
    /// order of JSON members says nothing.
    pub(super) fn terms(&self) -> Fields {
        let known = |name: &str| name != SERIAL && self.row.field(name).is_some();
        let mut pairs: Vec<_> = self.fields.iter().filter(|(name, _)| known(name)).collect();
        pairs.sort_unstable();
        pairs.into_iter().collect()
    }

    /// The key by which WeChat Pay answers this merchant.
    pub(super) fn key_id(&self) -> &str {
        let stand_in = self.keys.v3.as_ref().and_then(|v3| v3.stand_in.as_ref());
        stand_in.map_or("", |stand_in| &stand_in.id)
    }
}

pub(super) use crate::api::scheme::pay_v3::SERIAL;
