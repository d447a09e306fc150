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
//! | [`sign`] | recipes, strings to sign, hashes, RSA, ciphers, keys and certificates, secrets; pure | – |
//! | [`wire`] | fields, XML, JSON flat and nested, queries, requests and replies as values; pure | – |
//! | [`api`] | every call and notice as a row, the two-by-two that reads and writes them, error codes; pure | sign, wire |
//! | [`net`] | HTTP client and server (TLS and proxy at its front), a program beside a server, the async runtime | sign, wire |
//! | [`store`] | tokens and tickets at rest: memory, files, Redis | sign, wire |
//! | [`script`] | a scenario as values: steps, what is expected of them, what is kept; pure | – |
//! | [`config`] | settings from flags, environment and profiles; scenario files | api, script, sign, store |
//! | [`explain`] | which mistakes give a wrong signature, and what people paste; pure | api, sign, wire |
//! | [`mock`] | WeChat as a state machine, its pages and faults; pure | api, wire |
//! | [`client`] | one call, fresh tokens, the token server, replays; clock and dice | api, net, sign, store, wire |
//!
//! The binary adds `cli/`: `args` (flags as data), `grammar` (the command table
//! and its parser), `world` (the environment, read once), `wiring` (every setting
//! resolved once, the rooms wired), `policy` (what needs a yes), `cmd/` (one file
//! for each command, which neither prints nor signs), `host` (the gateway on a
//! socket), `merchant` and `wechat_pay` (the keys of pay v3, of either side), `render/`
//! (the only room that prints).
//!
//! Inside a room too arrows only go down. Its floors from the ground up, each a file or a
//! folder; those on one floor do not know each other, and the door of the room (`mod.rs`)
//! stands above them all:
//!
//! - `sign`: bytes digest secret · block cipher lanes line pem recipe · batch · canonical gcm rsa · certificate · key
//! - `wire`: bounds markup plain · batch fields gzip · json query xml · http tree · message
//! - `api`: bill calendar keys near path word · authorization error_codes field invoke · check
//!   endpoint pay_fields · error · fill scheme shape · codec notice oa pay_v2 pay_v3
//! - `net`: address body interrupt patience pem reach route runtime service stop thread · child error pace
//!   proxy socket_file · ca carry group p12 socket · connection identity secure trust · front send · lane listen · load
//! - `store`: lease reading · error private · contract · file memory redis
//! - `script`: place text · want · step
//! - `config`: reference setting tree · layer · settings · load source · draft seeds slip · scenario · script
//! - `explain`: cause draft endpoint · edits said unsealed · family · case · diff lint_v3 reader received target ·
//!   lint opened search · report
//! - `mock`: caller dice faults gzip paths published saved scans shelf · access no sheet splits transfers ·
//!   identity ledger looking shop · accounts bill notices refusal · checked log · answer show world · cashier
//!   letter opening state · desk paycode · oa pay_v2 pay_v3 · desks · pages · control
//! - `client`: clock ended lease notices · caller · remote · tokens · calls · hub
//! - `cli`: candidate confidential outcome place world · error lacking · args aside ask captured
//!   explained input receipt remark render · door files look reference tally · wiring · given host
//!   in_force merchant paste policy report secrets seeds trust unsealing verb wechat_pay · calls inbox · cmd ·
//!   grammar · complete hidden

pub mod api;
pub mod client;
pub mod config;
pub mod explain;
pub mod mock;
pub mod net;
pub mod script;
pub mod sign;
pub mod store;
pub mod wire;
