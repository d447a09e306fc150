//! What one field of a message is, as data: its name, when it has to be there,
//! what its value looks like, where it travels and what puts it there. Nothing
//! here acts; `check.rs` holds messages against it.

use super::word::Word;

/// One field of a request or a reply.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// WeChat's name. `$n` and `$m` stand for a number (`coupon_fee_$n`).
    pub name: &'static str,
    /// When it has to be there.
    pub need: Need,
    /// What its value looks like.
    pub kind: Kind,
    /// Longest value; 0 where no page gives a limit.
    pub max: usize,
    /// What `max` counts.
    pub unit: Unit,
    /// Where it travels.
    pub spot: Spot,
    /// What puts it there when the caller did not.
    pub fill: Fill,
    /// One line for help and reference.
    pub about: Word,
}

/// Where a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// In the body.
    Body,
    /// In the query of the URL.
    Query,
    /// In the path of the URL, where the row says `{name}`.
    Path,
    /// In a header of this name.
    Header,
}

/// What the length of a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8, as pay v2 and official accounts count.
    Bytes,
    /// Characters, as pay v3 counts.
    Characters,
}

impl Unit {
    /// The length of a text in this unit.
    #[must_use]
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Characters => text.chars().count(),
        }
    }
}

/// When a field has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Always,
    /// May be left out.
    Optional,
    /// Needed when `field` has the value `is`, unless one of `unless` is there.
    When {
        /// The deciding field.
        field: &'static str,
        /// The value that makes this one necessary.
        is: &'static str,
        /// Fields that may stand in for it.
        unless: &'static [&'static str],
    },
    /// One of these names (this one among them) has to be there.
    OneOf(&'static [&'static str]),
    /// Needed when anything else of the object is there that it stands in: each
    /// item of `goods_detail` has a price, but there need be no item.
    Within,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Money: an integer in fen, at least 1.
    Fen,
    /// Money that may be 0 (replies: coupons, settlement).
    FenOrZero,
    /// A whole number.
    Int,
    /// Unix time in seconds, 10 digits.
    Unix,
    /// `yyyyMMddHHmmss`, Beijing time.
    Time14,
    /// `yyyyMMdd`.
    Date8,
    /// `yyyy-MM-dd HH:mm:ss`, Beijing time.
    DateTime,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false` (JSON).
    Bool,
    /// An http(s) URL.
    Url,
    /// A public notify URL: no query allowed.
    NotifyUrl,
    /// IPv4 or IPv6 address.
    Ip,
    /// A JSON object or array as text.
    Json,
    /// An order number: `[0-9A-Za-z_\-|*]`, 6 to 32 characters for payments.
    OrderNo,
    /// A number of the merchant's own: `[0-9A-Za-z_\-|*@]`, as long as the field allows.
    OwnNo,
    /// Letters and digits only.
    Alphanumeric,
    /// `yyyy-MM-dd`.
    Date10,
    /// RFC 3339 with its zone: `2026-11-26T10:00:00+08:00`.
    Rfc3339,
    /// Text that only the other side may read: encrypted with its key on the way.
    Encrypted,
    /// Lower-case or upper-case hex signature, or none of our business.
    Sign,
    /// 18 digits from the customer's payment code, starting 10 to 15.
    AuthCode,
}

/// What puts a field there when the caller did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Nothing: only the caller can know.
    Caller,
    /// The configured app id.
    AppId,
    /// The configured app secret.
    AppSecret,
    /// The configured merchant id.
    MchId,
    /// A fresh access token.
    AccessToken,
    /// The configured notify URL.
    NotifyUrl,
    /// A random string.
    Nonce,
    /// The present second, written as the field's kind wants it.
    Now,
    /// A new order number, from the time and the random string.
    OrderNo,
    /// The proof of the row's scheme: `sign`, `req_info`.
    Proof,
    /// The name of the digest, when it is not MD5.
    SignType,
    /// This text.
    Literal(&'static str),
}

impl Field {
    /// A field that only the caller can give.
    #[must_use]
    pub const fn new(
        name: &'static str,
        need: Need,
        kind: Kind,
        max: usize,
        zh: &'static str,
        en: &'static str,
    ) -> Self {
        let about = Word::new(zh, en);
        Self { name, need, kind, max, unit: Unit::Bytes, spot: Spot::Body, fill: Fill::Caller, about }
    }

    /// A field that always has to be there; [`Field::means`] says what it is.
    #[must_use]
    pub const fn must(name: &'static str, kind: Kind, max: usize) -> Self {
        Self::new(name, Need::Always, kind, max, "", "")
    }

    /// A field that may be left out; [`Field::means`] says what it is.
    #[must_use]
    pub const fn may(name: &'static str, kind: Kind, max: usize) -> Self {
        Self::new(name, Need::Optional, kind, max, "", "")
    }

    /// The same field with its meaning, Chinese first.
    #[must_use]
    pub const fn means(mut self, zh: &'static str, en: &'static str) -> Self {
        self.about = Word::new(zh, en);
        self
    }

    /// The same field, its length counted in characters.
    #[must_use]
    pub const fn in_characters(mut self) -> Self {
        self.unit = Unit::Characters;
        self
    }

    /// The same field under another condition.
    #[must_use]
    pub const fn needed(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    /// The same field, filled when the caller leaves it out.
    #[must_use]
    pub const fn filled(mut self, fill: Fill) -> Self {
        self.fill = fill;
        self
    }

    /// The same field, travelling elsewhere than in the body.
    #[must_use]
    pub const fn at(mut self, spot: Spot) -> Self {
        self.spot = spot;
        self
    }

    /// Whether `name` is this field; `$n` and `$m` match any number.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.is_called(name) || matches_numbered(self.name, name)
    }

    /// Most names differ in length or first letter, and that is seen at once.
    fn is_called(&self, name: &str) -> bool {
        let (own, given) = (self.name.as_bytes(), name.as_bytes());
        own.len() == given.len() && own.first() == given.first() && own == given
    }

    /// Whether the value stands bare in JSON: a number, `true`, an array.
    #[must_use]
    pub const fn is_bare(&self) -> bool {
        matches!(self.kind, Kind::Int | Kind::Bool | Kind::Json | Kind::Fen | Kind::FenOrZero | Kind::Unix)
    }
}

fn matches_numbered(mut pattern: &str, mut name: &str) -> bool {
    if !pattern.contains('$') {
        return false;
    }
    while let Some((before, after)) = pattern.split_once('$') {
        let Some(rest) = name.strip_prefix(before) else { return false };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return false;
        }
        name = &rest[digits..];
        // Behind the dollar stands one letter: `$n`, `$m`.
        pattern = after.get(1..).unwrap_or_default();
    }
    pattern == name
}

/// Whether a leaf of a JSON tree stands bare. What no field knows does if it can be
/// nothing but an object or a list.
#[must_use]
pub fn is_bare_in(list: &[&Field], name: &str, value: &str) -> bool {
    field_in(list, name).map_or_else(|| value.starts_with(['{', '[']), Field::is_bare)
}

/// The field of this name in a list.
#[must_use]
pub fn field_in<'a>(list: &[&'a Field], name: &str) -> Option<&'a Field> {
    place_in(list, name).map(|at| list[at])
}

/// Where it stands.
pub(super) fn place_in(list: &[&Field], name: &str) -> Option<usize> {
    // This is asked about every name of every message: the usual answer first.
    let numbered = || list.iter().position(|field| matches_numbered(field.name, name));
    let called = list.iter().position(|field| field.is_called(name));
    let may_be_numbered = || name.ends_with(|c: char| c.is_ascii_digit()) || name.contains('.');
    called.or_else(|| if may_be_numbered() { numbered() } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_names_match_numbers_only() {
        let field = Field::new("coupon_fee_$n", Need::Optional, Kind::FenOrZero, 0, "", "");
        assert!(field.matches("coupon_fee_0"));
        assert!(field.matches("coupon_fee_12"));
        assert!(!field.matches("coupon_fee_"));
        assert!(!field.matches("coupon_fee"));
        assert!(!field.matches("coupon_fee_x"));
        assert!(!field.matches("coupon_fee_1_2"));
        let two = Field::new("coupon_refund_id_$n_$m", Need::Optional, Kind::Text, 0, "", "");
        assert!(two.matches("coupon_refund_id_0_1"));
        let deep =
            Field::new("promotion_detail.$n.goods_detail.$m.goods_id", Need::Within, Kind::Text, 0, "", "");
        assert!(deep.matches("promotion_detail.0.goods_detail.12.goods_id"));
        for other in [
            "promotion_detail.0.goods_detail.x.goods_id",
            "promotion_detail.0.goods_detail.1",
            "promotion_detail..goods_detail.1.goods_id",
        ] {
            assert!(!deep.matches(other), "{other}");
        }
        assert!(field_in(&[&deep], "promotion_detail.0.goods_detail.1.goods_id").is_some());
    }

    #[test]
    fn lengths_are_bytes_or_characters() {
        assert_eq!((Unit::Bytes.length("茶a"), Unit::Characters.length("茶a")), (4, 2));
    }
}
