//! Notices as a merchant meets them: [`receive`] reads one, [`replay`] posts many
//! again, [`examine`] tries a receiver. Knows no token and no store.

pub mod examine;
pub mod receive;
pub mod replay;
mod version;

pub use version::Version;
