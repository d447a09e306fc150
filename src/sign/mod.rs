//! The signing core. Comes in: a [`Recipe`], pairs, a [`Secret`] or a key of RSA; goes
//! out: the string to sign, the signature, a verdict. Pure: no clock, no dice, no
//! environment, and no other room of this crate.
//!
//! ```
//! use wxkit::sign::{self, JSSDK, Secret};
//! let ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";
//! let page = [
//!     ("noncestr", "Wm3WZYTPz0wzccnW"), ("timestamp", "1414587457"), ("url", "http://mp.weixin.qq.com?params=value"),
//! ];
//! let signature = sign::sign(&JSSDK, page, &Secret::new(ticket));
//! assert_eq!(signature, "0f9de62fce790f9a083d5c99e95740ceb90c27ed");
//! ```

mod batch;
mod block;
mod bytes;
mod canonical;
mod certificate;
mod cipher;
mod digest;
mod gcm;
pub mod key;
mod lanes;
mod line;
mod pem;
mod recipe;
mod rsa;
mod secret;

pub use self::rsa::{PrivateKey, PublicKey, RsaError, Unproven};
pub use batch::{Batch, Prefix, Seat};
pub use block::{Block, Pss};
pub use canonical::{Canonical, Mismatch, canonical, message, sign, verify};
pub use certificate::{Certificate, Owner, valid_until};
pub use cipher::{CipherError, Letter, open_letter, open_req_info, seal_letter, seal_req_info};
pub use digest::{Case, Digest, Hash, Hasher, base64_text, from_base64, from_hex, from_strict_base64, same};
pub use gcm::{Aead, AeadError, open_file, open_gcm, open_resource, peeked, seal_resource};
pub use key::KeyError;
pub use lanes::use_at_most;
pub use line::Line;
pub use pem::Mend;
pub use recipe::{
    ADDRESS, AGENT_CONFIG, APP_SIGN, CARD, Cut, Empty, JSSDK, MSG_CRYPT, Names, Order, PAY_SIGN, PAY_V2,
    Place, RAW_DATA, Recipe, SERVER_TOKEN, Show, SignType, V3, V3_APP_SIGN, V3_PAY_SIGN, V3_VERIFY, XPAY,
    XPAY_USER,
};
pub use secret::Secret;
