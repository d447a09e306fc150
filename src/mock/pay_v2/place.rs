//! The sandbox that many SDKs still have behind a switch: the same calls under a prefix,
//! signed with a second key that `getsignkey` hands out. Comes in: a path or what an
//! order kept; goes out: which row is meant, and which key signs.
//! <https://pay.weixin.qq.com/doc/v2/partner/4011984820>

use super::super::identity::{Merchant, SANDBOX_KEY};
use super::super::ledger::Order;
use crate::api;
use crate::api::endpoint::{Endpoint, Scheme};
use crate::api::keys::{Keys, Secret, SignType, V2};
use crate::api::pay_v2::GETSIGNKEY;

/// How paths of the sandbox begin: the retired one, which most SDKs have, and the new one.
const PREFIXES: [&str; 2] = ["/sandboxnew", "/xdc/apiv2sandbox"];
/// Where the retired one hands out its key.
const OLD_GETSIGNKEY: &str = "/sandboxnew/pay/getsignkey";

/// Where a message belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Live,
    Sandbox,
}

/// The row that a path of the sandbox, or of its key, stands for.
pub(super) fn row_at(path: &str) -> Option<&'static Endpoint> {
    if path == GETSIGNKEY.path || path == OLD_GETSIGNKEY {
        return Some(&GETSIGNKEY);
    }
    let row = api::find_path(inner(path)?)?;
    matches!(row.scheme, Scheme::PayV2(_)).then_some(row)
}

/// The path without the prefix of the sandbox.
fn inner(path: &str) -> Option<&str> {
    let rest = PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix))?;
    rest.starts_with('/').then_some(rest)
}

/// What stands before the digest in the proof of an order of the sandbox.
const MARK: &str = "sandbox ";

impl Place {
    /// Whose key signs at this path. That of the sandbox itself is asked for with the
    /// real one.
    pub(super) fn of(path: &str) -> Self {
        let is_inside = inner(path).is_some() && path != OLD_GETSIGNKEY;
        if is_inside { Self::Sandbox } else { Self::Live }
    }

    /// The key that signs here.
    pub(super) fn key_of(self, merchant: &Merchant) -> Secret {
        match self {
            Self::Live => merchant.pay_key.clone(),
            Self::Sandbox => Secret::new(SANDBOX_KEY),
        }
    }

    /// The one that signs in the other place.
    pub(super) fn other_key_of(self, merchant: &Merchant) -> Other {
        match self {
            Self::Live => ("sandbox key", Self::Sandbox.key_of(merchant)),
            Self::Sandbox => ("production key", Self::Live.key_of(merchant)),
        }
    }

    /// What a merchant signs with here, for messages about this account.
    pub(super) fn keys(self, merchant: &Merchant, app_id: &str, sign_type: SignType) -> Keys {
        let v2 = Some(V2 { key: self.key_of(merchant), sign_type });
        Keys { app_id: Some(app_id.into()), mch_id: Some(merchant.mch_id.clone()), v2, ..Keys::default() }
    }

    /// How a request that came here was proved, for its order to keep.
    pub(super) fn proof(self, sign_type: SignType) -> String {
        let mark = if self == Self::Sandbox { MARK } else { "" };
        format!("{mark}{}", sign_type.as_str())
    }
}

/// A label that says what a key is, and the key.
type Other = (&'static str, Secret);

/// Where an order belongs, and the digest it was signed with: everything about it is
/// signed so.
pub(super) fn proof_of(order: &Order) -> (Place, SignType) {
    let proof = order.ask.proof.as_str();
    let (place, digest) = match proof.strip_prefix(MARK) {
        Some(digest) => (Place::Sandbox, digest),
        None => (Place::Live, proof),
    };
    (place, SignType::named(digest).unwrap_or(SignType::Md5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_off_and_nothing_else_is() {
        let name = |path| row_at(path).map(|row| row.name);
        assert_eq!(name("/sandboxnew/pay/unifiedorder"), Some("unifiedorder"));
        assert_eq!(name("/sandboxnew/secapi/pay/refund"), Some("refund"));
        assert_eq!(name("/xdc/apiv2sandbox/pay/micropay"), Some("micropay"));
        assert_eq!(name("/sandboxnew/pay/getsignkey"), Some("getsignkey"));
        assert_eq!(name("/xdc/apiv2getsignkey/sign/getsignkey"), Some("getsignkey"));
        for none in
            ["/sandboxnew", "/sandboxnew/", "/sandboxnewpay/unifiedorder", "/sandboxnew/v3/certificates"]
        {
            assert_eq!(name(none), None, "{none}");
        }
        assert_eq!(name("/sandboxnew/sandboxnew/pay/unifiedorder"), None);
        assert_eq!(name("/sandboxnew/cgi-bin/token"), None);
    }

    #[test]
    fn the_key_of_the_sandbox_is_asked_for_with_the_real_one() {
        for live in ["/pay/unifiedorder", "/sandboxnew/pay/getsignkey", GETSIGNKEY.path] {
            assert_eq!(Place::of(live), Place::Live, "{live}");
        }
        for sandbox in ["/sandboxnew/pay/unifiedorder", "/xdc/apiv2sandbox/pay/orderquery"] {
            assert_eq!(Place::of(sandbox), Place::Sandbox, "{sandbox}");
        }
    }
}
