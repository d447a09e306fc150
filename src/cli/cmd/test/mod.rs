//! `test run` and `test new`: scenarios, each a whole story on a gateway of its own.

mod act;
mod done;
mod judge;
mod new;
mod notices;
mod program;
mod run;
mod scene;
mod told;

use super::super::verb::Verb;

/// `test`
pub const VERBS: &[&Verb] = &[&run::VERB, &new::VERB];
