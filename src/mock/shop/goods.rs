//! What the shop sells, who visits it, what they ordered, and what can go wrong. Owns
//! the things; decides nothing.

use crate::api::{Lang, Word};

/// Somebody with a cookie of ours.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    pub(super) id: String,
    pub(super) lang: Option<Lang>,
    pub(super) openid: Option<String>,
    pub(super) nickname: String,
    pub(super) mistake: Mistake,
    pub(super) api: Api,
}

/// Which API of WeChat Pay an order goes by, and everything about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Api {
    #[default]
    V2,
    V3,
}

/// What is signed wrongly on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mistake {
    #[default]
    None,
    /// `wx.config`: the URL without its query.
    Config,
    /// `paySign`: the package without `prepay_id=`.
    PaySign,
}

#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) number: String,
    pub(super) tea: &'static Tea,
    pub(super) openid: String,
    pub(super) prepay_id: String,
    pub(super) api: Api,
    pub(super) state: State,
}

/// What the shop knows from verified notices, and from nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Paid,
    Refunding,
    Refunded,
}

impl State {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
        }
    }
}

/// Something to buy.
#[derive(Debug)]
pub(super) struct Tea {
    pub(super) id: &'static str,
    pub(super) name: Word,
    /// Fen.
    pub(super) fee: u64,
}

pub(super) const TEAS: [Tea; 3] = [
    Tea { id: "longjing", name: Word::new("明前龙井", "Longjing, first picking"), fee: 880 },
    Tea { id: "puer", name: Word::new("陈年普洱", "Pu'er, ten years old"), fee: 12_800 },
    Tea { id: "jasmine", name: Word::new("茉莉花茶", "Jasmine"), fee: 1 },
];

/// What was called, and WeChat's words.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) call: &'static str,
    pub(super) text: String,
}

/// Why a page cannot be shown.
pub(super) enum Trouble {
    /// WeChat said no.
    Refused(Refused),
    /// The user did not allow it.
    NotAllowed,
    /// The visitor is not the one who left, or the order is not there.
    Lost,
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}
