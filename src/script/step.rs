//! The values of a scenario: who is under test, and one step after the other. Only data;
//! what a step means is the runner's to know.

use std::time::Duration;

use serde_json::Value;

use super::text::Text;
use super::want::Want;

/// A scenario, without the settings of its gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// What it shows.
    pub name: Option<String>,
    /// Unix time at which the clock stands still, if it does.
    pub at: Option<u64>,
    /// Who is under test, if anybody is.
    pub program: Option<Program>,
    /// What happens, in this order.
    pub steps: Vec<Step>,
}

/// A program under test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its line in the file, from 1.
    pub line: usize,
    /// A line for the shell.
    pub run: Text,
    /// Where it answers, if not at the port that it is given.
    pub url: Option<Text>,
    /// A path that answers, or words that it prints, once it is ready.
    pub ready: Option<Text>,
    /// More variables for it.
    pub env: Vec<(String, Text)>,
    /// How long it may take until it is ready.
    pub within: Option<Duration>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its line in the file, from 1.
    pub line: usize,
    /// What it shows, if it says so.
    pub name: Option<Text>,
    /// What is done.
    pub action: Action,
    /// What has to come out.
    pub expect: Vec<Want>,
    /// What is kept: a name, and where it stands in what came out.
    pub capture: Vec<(String, String)>,
    /// It is done again until all that is expected is there, for so long.
    pub within: Option<Duration>,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A command, as it is typed behind `wxkit`, and fields for it.
    Call {
        /// Its words.
        words: Vec<Text>,
        /// An object of fields.
        with: Value,
    },
    /// A request to the program under test.
    Http {
        /// `POST`.
        method: String,
        /// A path of the program, or an address.
        to: Text,
        /// More headers.
        headers: Vec<(String, Text)>,
        /// What is sent.
        body: Body,
    },
    /// Somebody does something to an order at the gateway.
    Order {
        /// What.
        deed: Deed,
        /// The merchant's number of the order.
        number: Text,
        /// Details, as an object.
        with: Value,
    },
    /// The notices of an order go out once more.
    Notify {
        /// The merchant's number of the order.
        number: Text,
        /// How often.
        times: usize,
        /// In which order.
        sequence: Sequence,
    },
    /// A notice of this order has to come to the receiver of the runner.
    Notice(Text),
    /// From now on something goes wrong: faults, as the gateway takes them. None takes
    /// all of them away.
    Fault(Vec<Value>),
    /// A look at what the gateway knows: a path below `/_mock/`.
    Look(Text),
    /// A line for the shell.
    Run(Text),
    /// Nothing, for so long.
    Wait(Duration),
}

/// What is sent to a program.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(Value),
    /// A form, of an object.
    Form(Value),
    /// Text as it is.
    Text(Text),
}

/// What somebody does to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The customer pays.
    Pay,
    /// It is closed unpaid.
    Cancel,
    /// The merchant gives the money back, on WeChat's pages.
    Refund,
}

/// How notices follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// Each after the answer to the one before, oldest first.
    Sent,
    /// Likewise, newest first: a refund before its payment.
    Reversed,
    /// All of them in the same moment.
    AtOnce,
}
