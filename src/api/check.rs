//! Holds fields against the rows: what is missing, too long or of the wrong
//! kind. Comes in: field specifications and fields; goes out: a list of
//! [`Problem`]s, each with its sentence. Used before sending, by the gateway on
//! receiving, and by explain as a lint.

use std::net::IpAddr;

use super::field::{Field, Kind, Need, Unit, field_in, place_in};
use super::near::nearest;
use super::word::{Message, Word};
use crate::wire::Fields;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field.
    pub field: String,
    /// What is wrong with it.
    pub fault: FieldFault,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldFault {
    /// It has to be there always.
    Missing,
    /// It has to be there because another field has this value.
    MissingBecause {
        /// The deciding field.
        field: &'static str,
        /// Its value.
        is: &'static str,
    },
    /// One of these has to be there.
    MissingOneOf(&'static [&'static str]),
    /// Longer than WeChat takes.
    TooLong {
        /// Longest.
        max: usize,
        /// As given.
        len: usize,
        /// What both count.
        unit: Unit,
    },
    /// Not of its kind.
    NotA {
        /// The kind.
        kind: Kind,
        /// The value, cut to 40 characters.
        value: String,
    },
    /// A number that cannot be.
    OutOfRange {
        /// Least.
        least: u64,
        /// Most.
        most: u64,
        /// The value, cut to 40 characters.
        value: String,
    },
    /// A secret with white space, control characters or letters of no alphabet of
    /// WeChat's in it; not shown.
    Unprintable,
}

impl Problem {
    /// The sentence for a person.
    #[must_use]
    pub fn message(&self) -> Message {
        let field = self.field.clone();
        match &self.fault {
            FieldFault::Missing => Word::new("缺少 {}", "{} is missing").with([field]),
            FieldFault::MissingBecause { field: other, is } => {
                Word::new("缺少 {}：{}={} 时必填", "{} is missing: it is needed when {}={}").with([
                    field,
                    (*other).into(),
                    (*is).into(),
                ])
            }
            FieldFault::MissingOneOf(names) => {
                Word::new("以下字段至少填一个：{}", "one of these is needed: {}").with([names.join(", ")])
            }
            FieldFault::TooLong { max, len, unit } => {
                too_long(*unit).with([field, len.to_string(), max.to_string()])
            }
            FieldFault::OutOfRange { least, most, value } => {
                Word::new("{} 应在 {} 到 {} 之间，不是 “{}”", "{} is between {} and {}, not \"{}\"").with([
                    field,
                    least.to_string(),
                    most.to_string(),
                    value.clone(),
                ])
            }
            FieldFault::Unprintable => Word::new(
                "{} 里有空白、控制字符或非 ASCII 字符",
                "{} has white space, control characters or other than ASCII in it",
            )
            .with([field]),
            FieldFault::NotA { kind, value } => not_a(*kind).with([field, value.clone(), choices(*kind)]),
        }
    }
}

const fn too_long(unit: Unit) -> Word {
    match unit {
        Unit::Bytes => Word::new("{} 有 {} 字节，最多 {} 字节", "{} has {} bytes, at most {} are allowed"),
        Unit::Characters => {
            Word::new("{} 有 {} 个字符，最多 {} 个", "{} has {} characters, at most {} are allowed")
        }
    }
}

fn choices(kind: Kind) -> String {
    if let Kind::Choice(words) = kind { words.join(", ") } else { String::new() }
}

const fn not_a(kind: Kind) -> Word {
    match kind {
        Kind::Fen => Word::new(
            "{} 的单位是分，必须是不小于 1 的整数，“{}” 不是（1.00 元写作 100）",
            "{} is money in fen, a whole number of at least 1; \"{}\" is not (1.00 yuan is 100)",
        ),
        Kind::FenOrZero => Word::new(
            "{} 的单位是分，必须是整数，“{}” 不是（1.00 元写作 100）",
            "{} is money in fen, a whole number; \"{}\" is not (1.00 yuan is 100)",
        ),
        Kind::Int => Word::new("{} 必须是整数，“{}” 不是", "{} is a whole number; \"{}\" is not"),
        Kind::Unix => Word::new(
            "{} 是以秒为单位的 10 位时间戳，“{}” 不是（毫秒要去掉后三位）",
            "{} is Unix time in seconds, 10 digits; \"{}\" is not (milliseconds have three too many)",
        ),
        Kind::Time14 => Word::new(
            "{} 的格式是 yyyyMMddHHmmss（北京时间），“{}” 不是",
            "{} is a time yyyyMMddHHmmss (Beijing); \"{}\" is not",
        ),
        Kind::Date8 => Word::new("{} 的格式是 yyyyMMdd，“{}” 不是", "{} is a day yyyyMMdd; \"{}\" is not"),
        Kind::DateTime => Word::new(
            "{} 的格式是 yyyy-MM-dd HH:mm:ss，“{}” 不是",
            "{} is a time yyyy-MM-dd HH:mm:ss; \"{}\" is not",
        ),
        Kind::Choice(_) => Word::new("{} 不能是 “{}”，可选：{}", "{} cannot be \"{}\"; it is one of: {}"),
        Kind::Bool => Word::new("{} 只能是 true 或 false，不是 “{}”", "{} is true or false, not \"{}\""),
        Kind::Url => Word::new(
            "{} 必须是以 http:// 或 https:// 开头的网址，“{}” 不是",
            "{} is a URL that starts with http:// or https://; \"{}\" is not",
        ),
        Kind::NotifyUrl => Word::new(
            "{} 必须是以 http(s):// 开头、不带参数的网址，“{}” 不是",
            "{} is an http(s) URL without a query; \"{}\" is not",
        ),
        Kind::Ip => Word::new(
            "{} 必须是 IPv4 或 IPv6 地址，“{}” 不是",
            "{} is an IPv4 or IPv6 address; \"{}\" is not",
        ),
        Kind::Json => Word::new("{} 必须是 JSON，“{}” 不是", "{} is JSON text; \"{}\" is not"),
        Kind::OrderNo => Word::new(
            "{} 只能用数字、字母和 _-|*，长度 6 到 32，“{}” 不行",
            "{} has 6 to 32 of 0-9 A-Z a-z _ - | *; \"{}\" does not",
        ),
        Kind::OwnNo => Word::new(
            "{} 只能用数字、字母和 _-|*@，“{}” 不行",
            "{} is made of 0-9 A-Z a-z _ - | * @; \"{}\" is not",
        ),
        Kind::Alphanumeric => {
            Word::new("{} 只能用数字和字母，“{}” 不行", "{} is made of digits and letters; \"{}\" is not")
        }
        Kind::Date10 => {
            Word::new("{} 的格式是 yyyy-MM-dd，“{}” 不是", "{} is a day yyyy-MM-dd; \"{}\" is not")
        }
        Kind::Rfc3339 => Word::new(
            "{} 的格式是带时区的 2026-11-26T10:00:00+08:00，“{}” 不是",
            "{} is a time with its zone like 2026-11-26T10:00:00+08:00; \"{}\" is not",
        ),
        Kind::AuthCode => Word::new(
            "{} 是付款码：18 位数字，以 10 到 15 开头，“{}” 不是",
            "{} is a payment code: 18 digits that start with 10 to 15; \"{}\" is not",
        ),
        Kind::Sign => Word::new(
            "{} 应是 32 或 64 位十六进制签名，“{}” 不是",
            "{} is a signature of 32 or 64 hex digits; \"{}\" is not",
        ),
        Kind::Text | Kind::Encrypted => Word::new("{} 的值 “{}” 不对", "{} has an unusable value \"{}\""),
    }
}

/// Every problem of these fields: what is missing, in the order of the
/// specification, then what is wrong, in the order of the fields.
#[must_use]
pub fn check(spec: &[&Field], fields: &Fields) -> Vec<Problem> {
    let mut there = vec![false; spec.len()];
    let mut wrongs = Vec::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let Some(at) = place_in(spec, name) else { continue };
        there[at] |= spec[at].name == name;
        wrongs.extend(wrong(spec[at], value).map(|fault| Problem { field: name.to_owned(), fault }));
    }
    let absent =
        spec.iter().zip(there).filter(|(field, there)| !there && !matches!(field.need, Need::Optional));
    let mut problems: Vec<Problem> = absent.flat_map(|(field, _)| missing(field, fields)).collect();
    problems.dedup_by(|a, b| a.fault == b.fault && matches!(a.fault, FieldFault::MissingOneOf(_)));
    problems.extend(wrongs);
    problems
}

/// Names that no row knows, each with the known name it was probably meant to be.
#[must_use]
pub fn unknown<'a>(spec: &'a [&Field], fields: &'a Fields) -> Vec<(&'a str, Option<&'a str>)> {
    let stranger = |name: &&str| field_in(spec, name).is_none();
    let names = fields.iter().map(|(name, _)| name).filter(stranger);
    names.map(|name| (name, nearest(name, spec.iter().map(|f| f.name)))).collect()
}

fn missing(field: &Field, fields: &Fields) -> Vec<Problem> {
    let there = |name: &str| fields.filled(name).is_some();
    let alone = |fault| vec![Problem { field: field.name.to_owned(), fault }];
    let is_numbered = field.name.contains('$');
    match field.need {
        _ if is_numbered && field.name.contains(".$") => missing_in_items(field, fields),
        Need::Within => missing_within(field.name, fields),
        // How many numbered fields there are, a count says.
        _ if is_numbered => Vec::new(),
        Need::Always => alone(FieldFault::Missing),
        Need::When { field: other, is, unless }
            if fields.get(other) == Some(is) && !unless.iter().any(|n| there(n)) =>
        {
            alone(FieldFault::MissingBecause { field: other, is })
        }
        Need::OneOf(names) if !names.iter().any(|n| there(n)) => alone(FieldFault::MissingOneOf(names)),
        Need::Optional | Need::When { .. } | Need::OneOf(_) => Vec::new(),
    }
}

/// A field of the items of a list: of each that is there, and of the first if there
/// has to be one.
fn missing_in_items(field: &Field, fields: &Fields) -> Vec<Problem> {
    let first = field.name.replace("$n", "0").replace("$m", "0");
    if field.need == Need::Always && !fields.iter().any(|(name, _)| shares_list(field.name, name)) {
        return vec![Problem { field: first, fault: FieldFault::Missing }];
    }
    missing_within(field.name, fields)
}

/// Whether a name lies in the list that this field's items make up.
fn shares_list(pattern: &str, name: &str) -> bool {
    pattern.split_once('$').is_some_and(|(list, _)| name.starts_with(list))
}

/// Where an object is there and this member of it is not.
fn missing_within(pattern: &str, fields: &Fields) -> Vec<Problem> {
    let Some((parent, own)) = pattern.rsplit_once('.') else { return Vec::new() };
    let depth = parent.split('.').count();
    let mut wanted: Vec<String> = Vec::new();
    for (name, _) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let object: Vec<&str> = name.split('.').take(depth).collect();
        let below = name.split('.').count() > depth;
        let member = format!("{}.{own}", object.join("."));
        if below && is_object(parent, &object) && !wanted.contains(&member) {
            wanted.push(member);
        }
    }
    wanted.retain(|member| {
        fields.filled(member).is_none() && !fields.iter().any(|(name, _)| is_under(member, name))
    });
    let problem = |field| Problem { field, fault: FieldFault::Missing };
    wanted.into_iter().map(problem).collect()
}

/// Whether these steps lead to the object of a pattern; `$n` is any number.
fn is_object(pattern: &str, steps: &[&str]) -> bool {
    let fits = |(wanted, step): (&str, &&str)| {
        wanted == *step || wanted.starts_with('$') && step.bytes().all(|b| b.is_ascii_digit())
    };
    pattern.split('.').count() == steps.len() && pattern.split('.').zip(steps).all(fits)
}

fn is_under(object: &str, name: &str) -> bool {
    name.strip_prefix(object).is_some_and(|rest| rest.starts_with('.'))
}

fn wrong(field: &Field, value: &str) -> Option<FieldFault> {
    if !fits(field.kind, value) {
        let value = value.chars().take(40).collect();
        return Some(FieldFault::NotA { kind: field.kind, value });
    }
    let (max, unit) = (field.max, field.unit);
    let len = unit.length(value);
    (max > 0 && len > max).then_some(FieldFault::TooLong { max, len, unit })
}

/// Whether a value is of its kind.
#[must_use]
pub fn fits(kind: Kind, value: &str) -> bool {
    let digits = |n: usize| value.len() == n && value.bytes().all(|b| b.is_ascii_digit());
    match kind {
        Kind::Text | Kind::Encrypted => true,
        Kind::Sign => matches!(value.len(), 32 | 64) && value.bytes().all(|b| b.is_ascii_hexdigit()),
        Kind::Fen => is_fen(value) && value != "0",
        Kind::FenOrZero => is_fen(value),
        Kind::Int => value.strip_prefix('-').unwrap_or(value).parse::<u64>().is_ok(),
        Kind::Unix => digits(10),
        Kind::Time14 => digits(14) && is_date(&value[..8]) && is_time(&value[8..]),
        Kind::Date8 => digits(8) && is_date(value),
        Kind::DateTime => {
            let bare: String = value.chars().filter(|c| !"- :".contains(*c)).collect();
            value.len() == 19 && fits(Kind::Time14, &bare)
        }
        Kind::Choice(words) => words.contains(&value),
        Kind::Bool => matches!(value, "true" | "false"),
        Kind::Url => is_url(value),
        Kind::NotifyUrl => is_url(value) && !value.contains('?'),
        Kind::Ip => value.parse::<IpAddr>().is_ok(),
        Kind::Json => serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok(),
        Kind::OrderNo => {
            (6..=32).contains(&value.len())
                && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-|*".contains(&b))
        }
        Kind::OwnNo => value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-|*@".contains(&b)),
        Kind::Alphanumeric => value.bytes().all(|b| b.is_ascii_alphanumeric()),
        Kind::Date10 => is_date10(value),
        Kind::Rfc3339 => is_rfc3339(value),
        Kind::AuthCode => digits(18) && ("10".."16").contains(&&value[..2]),
    }
}

fn is_fen(value: &str) -> bool {
    let canonical = value == "0" || !value.starts_with('0');
    canonical && value.len() <= 12 && !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_date(yyyymmdd: &str) -> bool {
    ("01"..="12").contains(&&yyyymmdd[4..6]) && ("01"..="31").contains(&&yyyymmdd[6..])
}

fn is_time(hhmmss: &str) -> bool {
    &hhmmss[..2] < "24" && &hhmmss[2..4] < "60" && &hhmmss[4..] <= "60"
}

fn is_date10(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    parts.iter().map(|part| part.len()).eq([4, 2, 2]) && fits(Kind::Date8, &parts.concat())
}

/// `T` and the zone have to be there: WeChat takes no other form of a time.
fn is_rfc3339(value: &str) -> bool {
    let Some((date, rest)) = value.split_once('T') else { return false };
    let end = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let time = time.split_once('.').map_or(time, |(whole, _)| whole);
    is_date10(date) && is_clock(time, 3) && (zone == "Z" || zone.len() == 6 && is_clock(&zone[1..], 2))
}

/// Hours, minutes and perhaps seconds with colons between them.
fn is_clock(value: &str, parts: usize) -> bool {
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    let all: Vec<&str> = value.split(':').collect();
    let padded = format!("{:0<6}", all.concat());
    all.len() == parts && all.into_iter().all(two) && is_time(&padded)
}

fn is_url(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !value.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::super::word::Lang;
    use super::*;

    const SPEC: &[&Field] = &[
        &Field::new(
            "openid",
            Need::When { field: "trade_type", is: "JSAPI", unless: &["sub_openid"] },
            Kind::Text,
            8,
            "甲",
            "a",
        ),
        &Field::new("total_fee", Need::Always, Kind::Fen, 0, "乙", "b"),
        &Field::new("a", Need::OneOf(&["a", "b"]), Kind::Text, 0, "丙", "c"),
        &Field::new("b", Need::OneOf(&["a", "b"]), Kind::Text, 0, "丁", "d"),
    ];

    fn said(pairs: &[(&str, &str)]) -> Vec<String> {
        let fields = pairs.iter().copied().collect();
        check(SPEC, &fields).iter().map(|p| p.message().text(Lang::En).into_owned()).collect()
    }

    #[test]
    fn needs_depend_on_other_fields() {
        assert_eq!(said(&[("total_fee", "1"), ("a", "0")]), [""; 0]);
        assert_eq!(
            said(&[("trade_type", "JSAPI")]),
            [
                "openid is missing: it is needed when trade_type=JSAPI",
                "total_fee is missing",
                "one of these is needed: a, b"
            ]
        );
        assert_eq!(
            said(&[("trade_type", "JSAPI"), ("sub_openid", "o"), ("total_fee", "1"), ("b", "1")]),
            [""; 0]
        );
    }

    #[test]
    fn money_is_whole_fen() {
        for bad in ["1.00", "0", "01", "-1", "1e3", "１", "9999999999999", " 1"] {
            assert!(!fits(Kind::Fen, bad), "{bad}");
        }
        assert!(fits(Kind::Fen, "1") && fits(Kind::FenOrZero, "0"));
        assert_eq!(
            said(&[("total_fee", "1.00"), ("a", "x"), ("openid", "123456789")]),
            [
                "total_fee is money in fen, a whole number of at least 1; \"1.00\" is not (1.00 yuan is 100)",
                "openid has 9 bytes, at most 8 are allowed"
            ]
        );
    }

    #[test]
    fn kinds_know_their_values() {
        let cases: &[(Kind, &[&str], &[&str])] = &[
            (Kind::Time14, &["20251231235959"], &["20251331235959", "2025123123595", "20251231245959"]),
            (Kind::DateTime, &["2017-07-27 00:33:09"], &["20170727003309", "2017-07-27"]),
            (
                Kind::NotifyUrl,
                &["http://127.0.0.1:8/n", "https://a.cn"],
                &["a.cn", "http://a.cn/?x=1", "http:///"],
            ),
            (Kind::Ip, &["::1", "1.2.3.4"], &["1.2.3", "localhost"]),
            (Kind::AuthCode, &["131234567890123456"], &["161234567890123456", "13123456789012345"]),
            (Kind::OrderNo, &["abc_-|*1"], &["short", "has space", "汉字汉字"]),
            (Kind::Unix, &["1414587457"], &["1414587457000"]),
            (Kind::Json, &["{}", "[1]"], &["{", "x"]),
            (
                Kind::Rfc3339,
                &["2026-11-26T10:00:00+08:00", "2026-11-26T10:00:00.5Z"],
                &[
                    "2026-11-26T1:00:00+08:00",
                    "2026-11-26T10:00:00+8:000",
                    "2026-11-26T10:00:00",
                    "2026-11-26 10:00:00Z",
                ],
            ),
        ];
        for (kind, good, bad) in cases {
            assert!(good.iter().all(|v| fits(*kind, v)), "{kind:?}");
            assert!(bad.iter().all(|v| !fits(*kind, v)), "{kind:?}");
        }
    }

    /// Just inside and just outside of every bound.
    #[test]
    fn bounds_are_where_the_pages_say() {
        let (long, longer) = ("9".repeat(12), "9".repeat(13));
        let (order, too_long) = ("a".repeat(32), "a".repeat(33));
        let (md5, hmac, odd) = ("aF".repeat(16), "0".repeat(64), "g".repeat(32));
        let cases: &[(Kind, &[&str], &[&str])] = &[
            (
                Kind::Date8,
                &["20260101", "20261231"],
                &["20260001", "20261301", "20260100", "20260132", "2026011a"],
            ),
            (
                Kind::Time14,
                &["20260101000000", "20260101235960"],
                &["20260101240000", "20260101006000", "20260101000061"],
            ),
            (Kind::DateTime, &["2026-01-01 00:00:00"], &["2026-01-01T00:00:00", "2026-13-01 00:00:00"]),
            (Kind::Fen, &["1", &long], &["", &longer, "00", "1 "]),
            (Kind::FenOrZero, &["0", "10"], &["00", "-0", ""]),
            (Kind::Int, &["0", "-5", "007"], &["", "-", "--1", "1.0", "x"]),
            (Kind::Unix, &["0000000000"], &["141458745", "14145874570", "141458745x"]),
            (Kind::OrderNo, &["abcdef", &order], &["abcde", &too_long, "abc/def"]),
            (
                Kind::AuthCode,
                &["100000000000000000", "159999999999999999"],
                &["099999999999999999", "160000000000000000"],
            ),
            (Kind::Sign, &[&md5, &hmac], &["", "aF", &odd]),
            (Kind::Choice(&["Y", "N"]), &["Y", "N"], &["", "y", "YN"]),
            (Kind::Bool, &["true", "false"], &["", "True", "1"]),
            (Kind::OwnNo, &["R1", "a_-|*@"], &["a b", "茶", "a/b"]),
            (Kind::Alphanumeric, &["B1", "0"], &["B-1", "茶"]),
            (Kind::Date10, &["2026-11-25"], &["20261125", "2026-13-01", "2026-1-1", "2026-11-25T"]),
            (
                Kind::Rfc3339,
                &["2026-11-26T10:00:00+08:00", "2026-11-26T02:00:00Z", "2015-05-20T13:29:35.120+08:00"],
                &[
                    "2026-11-26 10:00:00",
                    "2026-11-26T10:00:00",
                    "20261126100000",
                    "2026-11-26T25:00:00Z",
                    "2026-11-26T10:00+08:00",
                    "2026-11-26T10:00:00+0800",
                    "茶",
                ],
            ),
            (
                Kind::Url,
                &["http://a", "https://a/?b=c"],
                &["http://", "https:///a", "ftp://a", "http://a b", "a"],
            ),
            (Kind::NotifyUrl, &["https://a/b"], &["https://a/b?c", "http:///", "a/b"]),
            (Kind::Text, &["", "any thing"], &[]),
        ];
        for (kind, good, bad) in cases {
            assert_eq!(good.iter().find(|value| !fits(*kind, value)), None, "{kind:?}");
            assert_eq!(bad.iter().find(|value| fits(*kind, value)), None, "{kind:?}");
        }
    }

    /// Objects need not be there, but when they are they are whole.
    #[test]
    fn members_are_needed_within_their_object() {
        const TREE: &[&Field] = &[
            &Field::must("list.$n.id", Kind::Text, 0),
            &Field::must("list.$n.goods.$m.price", Kind::Fen, 0).needed(Need::Within),
            &Field::may("list.$n.goods.$m.name", Kind::Text, 4).in_characters(),
            &Field::must("shop.id", Kind::Text, 0).needed(Need::Within),
            &Field::may("shop.name", Kind::Text, 0),
        ];
        let missing = |names: &[&str]| {
            let fields = names.iter().map(|name| (*name, "1")).collect();
            check(TREE, &fields).into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(missing(&[]), ["list.0.id"], "a list that has to be there has one item");
        assert_eq!(missing(&["list.0.id", "list.1.x"]), ["list.1.id"]);
        assert_eq!(missing(&["list.0.id", "shop.name"]), ["shop.id"]);
        assert_eq!(missing(&["list.0.id", "list.0.goods.2.name"]), ["list.0.goods.2.price"]);
        assert_eq!(missing(&["shop.id"]), ["list.0.id"], "another object is no item of the list");
        for whole in
            [&["list.0.goods.0.price", "shop.id"], &["shop.id.part", "other.name"], &["shop", "other.0.x"]]
        {
            assert_eq!(missing(&[&["list.0.id"][..], whole].concat()), [""; 0], "{whole:?}");
        }
        let long = [("list.0.id", "1"), ("list.0.goods.0.price", "1"), ("list.0.goods.0.name", "茶茶茶茶茶")];
        let told = check(TREE, &long.into_iter().collect());
        assert_eq!(
            told[0].message().text(Lang::En),
            "list.0.goods.0.name has 5 characters, at most 4 are allowed"
        );
    }

    #[test]
    fn lengths_are_bytes_and_the_last_one_is_allowed() {
        let spec = [&Field::may("openid", Kind::Text, 8), &Field::may("any", Kind::Text, 0)];
        let told = |value: &str| check(&spec, &[("openid", value), ("any", value)].into_iter().collect());
        assert_eq!(told("12345678"), []);
        let long = FieldFault::TooLong { max: 8, len: 9, unit: Unit::Bytes };
        for value in ["123456789", "茶茶茶"] {
            assert_eq!(told(value), [Problem { field: "openid".into(), fault: long.clone() }]);
        }
    }

    #[test]
    fn what_is_empty_is_missing_and_not_wrong() {
        let spec = [
            &Field::must("total_fee", Kind::Fen, 0),
            &Field::must("coupon_fee_$n", Kind::Fen, 0),
            &Field::may("attach", Kind::Int, 0),
        ];
        let told = check(&spec, &[("total_fee", ""), ("attach", "")].into_iter().collect());
        assert_eq!(told, [Problem { field: "total_fee".into(), fault: FieldFault::Missing }]);
        let told = check(&spec, &[("total_fee", "1"), ("coupon_fee_3", "x")].into_iter().collect());
        let fault = FieldFault::NotA { kind: Kind::Fen, value: "x".into() };
        assert_eq!(told, [Problem { field: "coupon_fee_3".into(), fault }]);
    }

    #[test]
    fn one_problem_a_group_and_one_a_field() {
        let both = [
            &Field::must("a", Kind::Text, 0).needed(Need::OneOf(&["a", "b"])),
            &Field::must("b", Kind::Text, 0).needed(Need::OneOf(&["a", "b"])),
            &Field::must("c", Kind::Text, 0),
            &Field::must("d", Kind::Text, 0),
        ];
        let faults: Vec<_> = check(&both, &Fields::new()).into_iter().map(|p| (p.field, p.fault)).collect();
        let missing = |name: &str| (name.to_owned(), FieldFault::Missing);
        assert_eq!(faults, [("a".into(), FieldFault::MissingOneOf(&["a", "b"])), missing("c"), missing("d")]);
    }

    #[test]
    fn a_long_value_is_told_by_its_beginning() {
        let spec = [&Field::may("total_fee", Kind::Fen, 0)];
        let told = check(&spec, &[("total_fee", "茶".repeat(41))].into_iter().collect());
        let FieldFault::NotA { value, .. } = &told[0].fault else { panic!("{told:?}") };
        assert_eq!(*value, "茶".repeat(40));
    }

    #[test]
    fn slips_of_the_pen_are_recognised() {
        let fields =
            [("totalFee", "1"), ("opneid", "2"), ("quite_else", "3"), ("a", "4")].into_iter().collect();
        let found = unknown(SPEC, &fields);
        assert_eq!(
            found,
            [("totalFee", Some("total_fee")), ("opneid", Some("openid")), ("quite_else", None)]
        );
    }
}
