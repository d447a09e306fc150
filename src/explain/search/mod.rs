//! The search: which edits, made together, give exactly the given signature.
//!
//! ```text
//! levels                                         none, one, two, three edits; which step follows which
//! pairs   triples   ranges   leave_outs          the steps
//! swaps                                          other readings of what was found
//! phase                                          what they share
//! walk                                           every combination of a plan, each from the block in which it parts from the one before
//! plan    worker                                 edits as patches of one draft; hashing, counting, stopping
//! space                                          what is combined, and one combination
//! pen                                            what edits change in a draft: known, or shown by a trial
//! effects                                        what edits do, found once and carried over to other drafts
//! trial                                          edits made and taken back
//! written   trail                                a draft as bytes, with the hash of every beginning; which edits a string comes from
//! ```
//!
//! Arrows go down only. The plain way is `Space::is_hit`: make the edits, write the
//! draft, hash it. All else is there to be fast, and must give the same bytes:
//! `pen::tests` holds patches against whole drafts, and every hit is proven the plain way.

mod effects;
mod leave_outs;
mod levels;
mod pairs;
mod pen;
mod phase;
mod plan;
mod ranges;
mod space;
mod swaps;
mod trail;
mod trial;
mod triples;
mod walk;
mod worker;
mod written;

pub use levels::Limits;
pub(super) use levels::search;
pub use space::Stop;
pub(super) use space::{Found, Size, Space};
pub(super) use swaps::swaps;
