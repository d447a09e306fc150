//! Why a fault is not understood, as data, and the words for it: which part, what
//! it should be, and the name that was probably meant.

use super::effect::EFFECTS;
use crate::api::word::Part;
use crate::api::{Message, Word};

/// Why a fault is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadFault {
    /// Neither an object nor a text.
    NoFault,
    /// No call, notice or group has this name.
    UnknownTarget {
        /// The name.
        name: String,
        /// The one that was probably meant.
        near: Option<String>,
    },
    /// No effect and no condition has this name.
    UnknownName {
        /// The name.
        name: String,
        /// The one that was probably meant.
        near: Option<String>,
    },
    /// A value that its name cannot have.
    BadValue {
        /// The name.
        name: String,
        /// What it has to be.
        wants: Word,
    },
    /// It says when, but not what.
    NoEffect,
    /// This cannot happen there.
    Unfit {
        /// The effect.
        name: String,
        /// Where it should happen.
        target: &'static str,
    },
    /// More than are kept.
    TooMany {
        /// Most faults at one time.
        most: usize,
    },
}

impl BadFault {
    /// Every fault by its name.
    #[must_use]
    pub fn known() -> Vec<&'static str> {
        EFFECTS.iter().map(|row| row.name).collect()
    }

    /// The part of the fault that is meant.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::UnknownName { name, .. } | Self::BadValue { name, .. } | Self::Unfit { name, .. } => name,
            Self::UnknownTarget { .. } => "endpoint",
            Self::NoFault | Self::NoEffect | Self::TooMany { .. } => "",
        }
    }

    /// The name that was probably meant.
    #[must_use]
    pub fn near(&self) -> Option<&str> {
        match self {
            Self::UnknownName { near, .. } | Self::UnknownTarget { near, .. } => near.as_deref(),
            _ => None,
        }
    }

    /// What happened, for a person.
    #[must_use]
    pub fn message(&self) -> Message {
        let meant = match self.near() {
            Some(near) => Part::from(Word::new("，是不是 {}？", "; did you mean {}?").with([near])),
            None => Part::from(""),
        };
        match self {
            Self::NoFault => Word::new(
                "故障要写成对象，或 refund:SYSTEMERROR,count=2 这样的文本",
                "a fault is an object, or a text such as refund:SYSTEMERROR,count=2",
            )
            .into(),
            Self::UnknownTarget { name, .. } => {
                Word::new("没有叫 {} 的接口或通知{}", "no call or notice is named {}{}")
                    .with([Part::from(name.as_str()), meant])
            }
            Self::UnknownName { name, .. } => Word::new("没有叫 {} 的故障{}", "no fault is named {}{}")
                .with([Part::from(name.as_str()), meant]),
            Self::BadValue { name, wants } => Word::new("{} 的值应为：{}", "{} should be {}")
                .with([Part::from(name.as_str()), (*wants).into()]),
            Self::NoEffect => Word::new("没有说出什么故障", "it does not say what goes wrong").into(),
            Self::Unfit { name, target } => {
                Word::new("{} 不适用于 {}", "{} cannot happen to {}").with([name.as_str(), target])
            }
            Self::TooMany { most } => {
                Word::new("最多同时 {} 个故障", "there can be {} faults at one time").with([most.to_string()])
            }
        }
    }
}
