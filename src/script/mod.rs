//! A scenario as values: its steps, what is expected of each, what is kept for later
//! ones. Comes in: what a file says; goes out: texts with their holes filled, and whether
//! an expectation holds. Pure: it runs nothing and reads no file.

mod place;
mod step;
mod text;
mod want;

pub use place::{find, shown};
pub use step::{Action, Body, Deed, Program, Script, Sequence, Step};
pub use text::{Hole, NoValue, Text, Values, filled, holes_in};
pub use want::{BadPattern, Unmet, Want};
