//! How each kind of call proves who sent it: seal puts the proof on, open takes
//! it off and checks it. The same pair serves both sides of the wire.

pub mod pay_v2;
pub mod req_info;
