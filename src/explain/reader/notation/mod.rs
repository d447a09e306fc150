//! The table of notations. Each file knows one and finds it anywhere in a text;
//! all of them yield trees. Adding a notation is adding a file and a row.

mod calls;
mod columns;
mod grid;
mod lines;
mod literal;
mod markup;
mod multipart;
mod print_r;
mod printed;
mod query;
mod serialize;
mod table;
mod turns;
mod var_dump;
#[cfg(test)]
mod written;
pub(super) mod xml;

pub(super) use table::{Class, Escapes, Notation, TABLE};
