//! wxkit: WeChat Official Accounts and WeChat Pay as a library and a command.
//!
//! A signature is data (a [`sign::Recipe`]) applied by one function; an endpoint
//! is data (an [`api::Endpoint`] row) served by four functions; everything else
//! carries, keeps, asks, answers, explains or shows.
//!
//! The rooms, from the ground up; a room uses only rooms below it, and a test
//! over the sources keeps it so:
//!
//! | room | what it owns | uses |
//! |---|---|---|
//! | [`sign`] | recipes, strings to sign, hashes, ciphers, secrets; pure | – |
//! | [`wire`] | fields, XML, JSON, queries, requests and replies as values; pure | – |
//! | [`api`] | every call and notice as a row, the two-by-two that reads and writes them, error codes; pure | sign, wire |
//! | [`net`] | HTTP client and server, the async runtime | sign, wire |
//! | [`store`] | tokens and tickets at rest: memory, files, Redis | sign, wire |
//! | [`config`] | settings from flags, environment and profiles | api, sign, store |
//! | [`explain`] | which mistakes give a wrong signature, and what people paste; pure | api, sign, wire |
//! | [`mock`] | WeChat as a state machine, its pages and faults; pure | api, wire |
//! | [`client`] | one call, fresh tokens, the token server, replays; clock and dice | api, net, sign, store, wire |
//!
//! The binary adds `cli/`: `args` (flags as data), `grammar` (the command table
//! and its parser), `world` (the environment, read once), `wiring` (every setting
//! resolved once, the rooms wired), `policy` (what needs a yes), `cmd/` (one file
//! for each command, which neither prints nor signs), `host` (the gateway on a
//! socket), `render/` (the only room that prints).

pub mod api;
pub mod client;
pub mod config;
pub mod explain;
pub mod mock;
pub mod net;
pub mod sign;
pub mod store;
pub mod wire;
