//! The signing core. Comes in: a [`Recipe`], pairs, a [`Secret`]; goes out: the
//! string to sign, the signature, a verdict. Pure: no clock, no dice, no
//! environment, and no other room of this crate.
//!
//! ```
//! use wxkit::sign::{self, PAY_V2, Secret};
//! let key = Secret::new("192006250b4c09247ec02edce69f6a2d");
//! let order = [
//!     ("appid", "wxd930ea5d5a258f4f"), ("mch_id", "10000100"), ("device_info", "1000"),
//!     ("body", "test"), ("nonce_str", "ibuaiVcKdpRxkhJA"),
//! ];
//! assert_eq!(sign::sign(&PAY_V2, order, &key), "9A0A8659F005D6984697E2CA0A9CF3B7");
//! ```

mod batch;
mod canonical;
mod cipher;
mod digest;
mod recipe;
mod secret;

pub use batch::{Batch, Prefix};
pub use canonical::{Canonical, Mismatch, canonical, sign, verify};
pub use cipher::{CipherError, Letter, open_letter, open_req_info, seal_letter, seal_req_info};
pub use digest::{Case, Digest, Hash, Hasher, base64_text, from_base64, from_hex, same};
pub use recipe::{
    ADDRESS, AGENT_CONFIG, APP_SIGN, CARD, Cut, Empty, JSSDK, MSG_CRYPT, Names, Order, PAY_SIGN, PAY_V2,
    Place, RAW_DATA, Recipe, SERVER_TOKEN, Show, SignType, XPAY, XPAY_USER,
};
pub use secret::Secret;
