//! The tables of mistakes: each [`Edit`] is one change to a draft with its
//! cause, and each signature has a file that lists those that can befall it.
//! Comes in: what was given and the right draft; goes out: every edit that can
//! apply. Which of them happened is found by `search`, never here.
//!
//! ```text
//! jssdk  card  token  pay (pay_fields)  pay_page  xpay  raw_data     a file for each signature
//! v3 (v3_url  v3_body)                                               those of v3 have one
//! charsets  url  names  others                                       what befalls a text, a URL, a name; what a candidate may be
//! list                                                               the words in which tables are written
//! edit                                                               one change
//! ```

pub(super) mod card;
mod charsets;
mod edit;
pub(super) mod jssdk;
mod list;
mod names;
mod others;
pub(super) mod pay;
mod pay_fields;
pub(super) mod pay_page;
pub(super) mod raw_data;
mod samples;
pub(super) mod token;
mod url;
pub(super) mod v3;
mod v3_body;
mod v3_url;
pub(super) mod xpay;

pub(super) use edit::{Class, Edit, LAST_ENTRY, Sweep, Tier, bit};
pub(super) use list::{Given, List, Table, table};
pub(super) use others::is_secret_label;
pub(super) use samples::is_sample;
