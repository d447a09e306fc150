//! WeChat as tables, and the four functions that read and write every row.
//! Pure: no socket, no store, no clock, no dice.

pub mod authorization;
pub mod bill;
pub mod calendar;
pub mod check;
pub mod codec;
pub mod endpoint;
pub mod error;
pub mod error_codes;
pub mod field;
mod fill;
pub mod invoke;
pub mod keys;
pub mod near;
pub mod notice;
pub mod oa;
mod path;
mod pay_fields;
pub mod pay_v2;
pub mod pay_v3;
pub mod scheme;
mod shape;
pub mod word;

pub use codec::{Answer, Heard, Written};
pub use endpoint::{Endpoint, Field};
pub use error::{ReadError, Refusal, ReqInfoError, SealBroken, V3Part, V3Unproved, WriteError};
pub use keys::{Keyring, Keys, Stamp, StandIn, Trust, V2, V3, WechatKey, Who};
pub use word::{Lang, Message, Word};

use endpoint::{Format, Host, Method};

/// Every row, in the order of the help: official accounts, payments, notices.
pub fn rows() -> impl Iterator<Item = &'static Endpoint> + Clone {
    oa::ROWS
        .iter()
        .chain(pay_v2::ROWS)
        .chain(pay_v3::ROWS)
        .chain(notice::ROWS)
        .chain(pay_v3::notice::ROWS)
        .copied()
}

/// The call that WeChat answers at this path (`/pay/unifiedorder`). Notices
/// are never found: they go to a path that the merchant chose.
#[must_use]
pub fn find(method: Method, path: &str) -> Option<&'static Endpoint> {
    meant(rows().filter(|row| row.method == method), path)
}

/// The call at this path, whatever its method.
#[must_use]
pub fn find_path(path: &str) -> Option<&'static Endpoint> {
    meant(rows(), path)
}

/// Where several templates fit, the one that leaves less open. The gateway asks for
/// every request, so the path that is written out, as most are, comes first.
fn meant<'a>(rows: impl Iterator<Item = &'a Endpoint> + Clone, path: &str) -> Option<&'a Endpoint> {
    let calls = rows.filter(|row| row.host != Host::Merchant);
    calls.clone().find(|row| row.path == path).or_else(|| {
        calls.filter(|row| row.at_path(path).is_some()).min_by_key(|row| path::parameters(row.path))
    })
}

/// The row of this name (`unifiedorder`, `pay_notify`).
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Endpoint> {
    rows().find(|row| row.name == name)
}

/// The names in all messages of this shape, asked and answered; many stand twice.
pub fn names_in(shape: Format) -> impl Iterator<Item = &'static str> {
    let fields = |row: &'static Endpoint| row.fields.iter().chain(row.reply);
    rows().filter(move |row| row.sends == shape).flat_map(fields).map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::endpoint::{Certificate, Fill, Money, Need, ReplySign, Rule, Scheme, SignTypeRule, Success};
    use super::*;

    /// Every list of fields: requests, replies, and what `req_info` hides.
    fn lists() -> impl Iterator<Item = (&'static Endpoint, &'static [&'static Field])> {
        rows().flat_map(|row| [(row, row.fields), (row, row.reply), (row, row.inside())])
    }

    fn has_cjk(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    fn speaks_both(word: Word) -> bool {
        has_cjk(word.zh) && !word.en.is_empty() && !has_cjk(word.en)
    }

    #[test]
    fn names_and_paths_are_unique() {
        let (mut names, mut paths) = (HashSet::new(), HashSet::new());
        for row in rows() {
            assert!(names.insert(row.name), "{} twice", row.name);
            assert_eq!(by_name(row.name).map(|found| found.path), Some(row.path));
            if row.host == Host::Merchant {
                assert_eq!(row.path, "", "{}", row.name);
                continue;
            }
            assert!(row.path.starts_with('/'), "{}", row.name);
            assert!(paths.insert((row.method.as_str(), row.path)), "{} twice", row.path);
            assert_eq!(find(row.method, row.path).map(|found| found.name), Some(row.name));
        }
        assert_eq!(names.len(), 83);
    }

    #[test]
    fn notices_have_no_path_to_find() {
        assert!(find(Method::Post, "").is_none());
        assert!(find(Method::Get, "/pay/unifiedorder").is_none());
        assert!(by_name("").is_none());
    }

    #[test]
    fn every_word_speaks_both_languages() {
        for row in rows() {
            assert!(speaks_both(row.about), "{}", row.name);
            assert!(row.page.starts_with("https://"), "{}", row.name);
        }
        for (row, fields) in lists() {
            for field in fields {
                assert!(speaks_both(field.about), "{}.{}", row.name, field.name);
            }
        }
    }

    #[test]
    fn no_field_stands_twice() {
        for (row, fields) in lists() {
            let mut seen = HashSet::new();
            for field in fields {
                assert!(seen.insert(field.name), "{}.{} twice", row.name, field.name);
            }
        }
    }

    #[test]
    fn conditions_name_fields_of_the_same_list() {
        for (row, fields) in lists() {
            let there = |name: &str| fields.iter().any(|f| f.name == name);
            for field in fields {
                let named: Vec<&str> = match field.need {
                    Need::Always | Need::Optional | Need::Within => vec![],
                    Need::When { field, unless, .. } => unless.iter().copied().chain([field]).collect(),
                    Need::OneOf(names) => {
                        assert!(names.contains(&field.name), "{}.{}", row.name, field.name);
                        names.to_vec()
                    }
                };
                assert!(named.iter().all(|name| there(name)), "{}.{}", row.name, field.name);
            }
        }
    }

    #[test]
    fn fillings_pass_their_own_check() {
        for (row, fields) in lists() {
            for field in fields {
                if let Fill::Literal(text) = field.fill {
                    assert!(check::fits(field.kind, text), "{}.{}", row.name, field.name);
                    assert!(field.max == 0 || text.len() <= field.max, "{}.{}", row.name, field.name);
                }
            }
        }
    }

    #[test]
    fn choices_are_not_longer_than_allowed() {
        for (row, fields) in lists() {
            for field in fields {
                if let endpoint::Kind::Choice(words) = field.kind {
                    let longest = words.iter().map(|w| w.len()).max().unwrap_or(0);
                    assert!(field.max == 0 || longest <= field.max, "{}.{}", row.name, field.name);
                }
            }
        }
    }

    #[test]
    fn every_refusal_is_explained() {
        for row in rows() {
            for code in row.errors {
                assert!(error_codes::codes().any(|known| known.code == *code), "{}: {code}", row.name);
            }
        }
    }

    #[test]
    fn lengths_are_those_of_the_official_pages() {
        let documented = [
            ("unifiedorder", "body", 127),
            ("unifiedorder", "detail", 6000),
            ("unifiedorder", "attach", 127),
            ("unifiedorder", "out_trade_no", 32),
            ("unifiedorder", "fee_type", 16),
            ("unifiedorder", "notify_url", 256),
            ("unifiedorder", "openid", 128),
            ("unifiedorder", "product_id", 32),
            ("unifiedorder", "scene_info", 256),
            ("unifiedorder", "spbill_create_ip", 64),
            ("refund", "out_refund_no", 64),
            ("refund", "refund_desc", 80),
            ("micropay", "auth_code", 128),
            ("shorturl", "long_url", 512),
            ("report", "interface_url", 127),
            ("authorize", "state", 128),
            ("refund_notify", "req_info", 1024),
            ("v3_jsapi", "description", 127),
            ("v3_jsapi", "attach", 128),
            ("v3_jsapi", "notify_url", 255),
            ("v3_jsapi", "detail.goods_detail.3.goods_name", 256),
            ("v3_h5", "scene_info.h5_info.package_name", 128),
            ("v3_partner_jsapi", "payer.sub_openid", 128),
            ("v3_refund", "out_refund_no", 64),
            ("v3_refund", "notify_url", 256),
            ("v3_refund_abnormal", "bank_account", 1024),
            ("v3_combine_jsapi", "scene_info.device_id", 16),
            ("v3_profitsharing_orders", "receivers.49.description", 80),
            ("v3_profitsharing_receiver_add", "custom_relation", 10),
            ("v3_transfer", "transfer_scene_id", 36),
            ("v3_transfer", "openid", 64),
        ];
        for (row, field, max) in documented {
            let found = by_name(row).and_then(|row| row.field(field));
            assert_eq!(found.map(|f| f.max), Some(max), "{row}.{field}");
        }
    }

    #[test]
    fn what_the_tool_knows_need_not_be_typed() {
        let by_hand = |name: &str| -> Vec<&str> {
            let row = by_name(name).expect("in the table");
            let open = |f: &&Field| f.need == Need::Always && f.fill == Fill::Caller;
            row.fields.iter().copied().filter(open).map(|f| f.name).collect()
        };
        assert_eq!(by_hand("token"), [""; 0]);
        assert_eq!(by_hand("stable_token"), [""; 0]);
        assert_eq!(by_hand("authorize"), ["redirect_uri"]);
        assert_eq!(by_hand("sns_access_token"), ["code"]);
        assert_eq!(by_hand("unifiedorder"), ["body", "total_fee"]);
        assert_eq!(by_hand("orderquery"), [""; 0]);
        assert_eq!(by_hand("closeorder"), ["out_trade_no"]);
        assert_eq!(by_hand("refund"), ["out_refund_no", "total_fee", "refund_fee"]);
        assert_eq!(by_hand("micropay"), ["body", "total_fee", "auth_code"]);
        assert_eq!(by_hand("downloadbill"), ["bill_date"]);
        assert_eq!(by_hand("v3_jsapi"), ["description", "amount.total", "payer.openid"]);
        assert_eq!(by_hand("v3_query"), ["out_trade_no"]);
        assert_eq!(by_hand("v3_partner_query_id"), ["transaction_id", "sub_mchid"]);
        assert_eq!(by_hand("v3_refund"), ["out_refund_no", "amount.refund", "amount.total"]);
        assert_eq!(by_hand("v3_tradebill"), ["bill_date"]);
        assert_eq!(by_hand("v3_certificates"), [""; 0]);
    }

    #[test]
    fn authorize_keeps_wechats_order() {
        let names: Vec<_> = oa::AUTHORIZE.fields.iter().map(|f| f.name).collect();
        assert_eq!(
            names,
            ["appid", "redirect_uri", "response_type", "scope", "state", "forcePopup", "forceSnapShot"]
        );
    }

    #[test]
    fn the_exceptions_are_those_of_the_official_pages() {
        fn which_of(is: impl Fn(&Endpoint) -> bool) -> Vec<&'static str> {
            rows().filter(|row| is(row)).map(|row| row.name).collect()
        }
        let which = |is: fn(&Endpoint) -> bool| which_of(is);
        assert_eq!(
            which(|r| r.certificate == Certificate::Needed),
            ["refund", "downloadfundflow", "reverse"]
        );
        assert_eq!(
            which(|r| r.money == Money::Moves),
            [
                "refund",
                "micropay",
                "reverse",
                "v3_codepay",
                "v3_partner_codepay",
                "v3_reverse",
                "v3_partner_reverse",
                "v3_refund",
                "v3_refund_abnormal",
                "v3_profitsharing_orders",
                "v3_profitsharing_unfreeze",
                "v3_profitsharing_return",
                "v3_transfer",
            ]
        );
        assert_eq!(
            which(|r| r.success == Success::File),
            ["downloadbill", "downloadfundflow", "v3_bill_file"]
        );
        assert_eq!(
            which(|r| r.success == Success::Nothing),
            ["v3_close", "v3_partner_close", "v3_combine_close"]
        );
        assert_eq!(
            which(|r| r.fields.iter().any(|field| field.kind == endpoint::Kind::Encrypted)),
            [
                "v3_jsapi",
                "v3_app",
                "v3_h5",
                "v3_native",
                "v3_partner_jsapi",
                "v3_partner_app",
                "v3_partner_h5",
                "v3_partner_native",
                "v3_refund_abnormal",
                "v3_profitsharing_orders",
                "v3_profitsharing_receiver_add",
                "v3_transfer",
                "v3_echo",
            ]
        );
        let ruled =
            |is: fn(Rule) -> bool| which_of(move |r| matches!(r.scheme, Scheme::PayV2(rule) if is(rule)));
        assert_eq!(ruled(|rule| rule.sign_type == SignTypeRule::HmacOnly), ["downloadfundflow"]);
        assert_eq!(ruled(|rule| rule.sign_type == SignTypeRule::Md5LeftOut), ["authcodetoopenid"]);
        assert_eq!(
            ruled(|rule| rule.reply == ReplySign::Unsigned),
            ["downloadbill", "downloadfundflow", "report", "pay_notify"]
        );
    }
}
