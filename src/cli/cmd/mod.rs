//! One file for each subcommand: its rows of the command table and what they
//! do. A command takes [`Args`](super::args::Args) and a
//! [`Context`](super::wiring::Context) and gives an outcome; it never prints,
//! never signs by itself, never reads the environment.

pub mod completions;
pub mod demo;
mod demo_story;
mod demo_v3;
pub mod errcode;
pub mod explain;
mod held;
pub mod help;
pub mod init;
pub mod jssdk;
pub mod key;
pub mod man;
pub mod mock;
mod mock_access;
mod mock_beside;
pub mod mock_ca;
pub mod mock_control;
mod mock_env;
mod mock_front;
pub mod mock_keys;
mod mock_until;
pub mod notify;
pub mod notify_check;
pub mod notify_listen;
mod notify_make;
mod notify_replay;
mod notify_witness;
pub mod oauth;
pub mod pay;
mod pay_batch;
pub mod profile;
pub mod test;
pub mod ticket;
pub mod token;
pub mod v3;
pub mod v3_any;
mod v3_batch;
pub mod v3_calls;
