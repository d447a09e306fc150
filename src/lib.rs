//! Signs, calls and simulates WeChat Official Accounts and WeChat Pay.

pub mod api;
