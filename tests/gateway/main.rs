//! The client against the gateway: every row once as it should go, and each refusal
//! in WeChat's own words; one file an API.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod control;
mod edges;
mod faults;
mod native;
mod oa;
mod pay_v2_bills;
mod pay_v2_orders;
mod pay_v2_refunds;
mod pay_v2_sandbox;
mod pay_v3_checks;
mod pay_v3_notices;
mod pay_v3_orders;
mod pay_v3_others;
mod state;
mod web_pages;
mod world;
