//! The names that WeChat signs, in all the ways in which languages and pages
//! spell them: what the rows of `family` and of the endpoints say, and what
//! prints of beans and objects make of it. Knows no values.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::api;
use crate::api::endpoint::Format;
use crate::explain::family::Scheme;
use crate::sign::Names;

/// Names of signatures, in the spelling of [`plain`], the most telling first.
pub(super) const SIGNATURES: &[&str] =
    &["paysign", "cardsign", "msgsignature", "paysig", "signature", "sign"];

/// Fewer names of WeChat's may be prose.
const FEWEST: usize = 3;

/// A name without its case and its joints: `nonceStr`, `nonce_str`, `NonceStr`.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Other words for a name, in the spelling of [`plain`].
const ALIASES: &[(&str, &str)] = &[
    ("packagevalue", "package"),
    ("packagestr", "package"),
    ("packages", "package"),
    ("packageinfo", "package"),
    ("packageval", "package"),
    ("pkg", "package"),
];

/// Names that only one scheme reads as another, and no page does.
const SCHEME_ALIASES: &[(Scheme, &str, &str)] = &[
    (Scheme::AppSign, "openid", "appid"),
    (Scheme::V3AppSign, "openid", "appid"),
    (Scheme::PaySign, "prepayid", "package"),
    (Scheme::V3PaySign, "prepayid", "package"),
    (Scheme::MsgCrypt, "echostr", "encrypt"),
    (Scheme::MsgCrypt, "msgencrypt", "encrypt"),
];

/// The names that a scheme signs; none where every name of a message counts.
pub(super) fn signed(scheme: Scheme) -> &'static [&'static str] {
    match scheme.family().recipe.names {
        Names::Only(names) => names,
        Names::AllBut(_) => &[],
    }
}

/// The name that a scheme signs for this one; none if it signs none.
pub(super) fn as_signed(scheme: Scheme, name: &str) -> Option<&'static str> {
    let key = key(name);
    let alias =
        || SCHEME_ALIASES.iter().find(|(s, from, _)| *s == scheme && *from == key).map(|(_, _, to)| *to);
    let own = || signed(scheme).iter().copied().find(|to| plain(to) == key);
    scheme.family().name_of(name).or_else(own).or_else(alias)
}

/// A name in the one spelling by which they are compared.
pub(super) fn key(name: &str) -> String {
    let plain = plain(name);
    match ALIASES.iter().find(|(from, _)| *from == plain) {
        Some((_, to)) => (*to).to_owned(),
        None => plain,
    }
}

/// The name as pay messages have it, for one in the spelling of a bean.
pub(super) fn as_snake(name: &str) -> Option<String> {
    let (stem, number) = stem(name);
    let snake = SNAKE.get(plain(stem).as_str())?;
    Some(if number.is_empty() { (*snake).to_owned() } else { format!("{snake}_{number}") })
}

/// Whether WeChat has this name, however it is spelled.
pub(super) fn is_known(name: &str) -> bool {
    let plain = key(stem(name).0);
    SNAKE.contains_key(plain.as_str()) || OTHERS.contains(&plain.as_str())
}

/// Whether it is the name of a signature, however it is spelled.
pub(super) fn is_signature(name: &str) -> bool {
    SIGNATURES.contains(&plain(name).as_str())
}

/// Whether these are the names of a message and no words of prose: several of WeChat's,
/// a signature among them.
pub(super) fn are_signed<'n>(names: impl Iterator<Item = &'n str> + Clone) -> bool {
    names.clone().any(is_signature) && names.filter(|name| is_known(name)).count() >= FEWEST
}

/// Whether its values are words of people, with blanks and any script.
pub(super) fn is_prose(name: &str) -> bool {
    const PROSE: &[&str] = &[
        "body",
        "attach",
        "detail",
        "goodstag",
        "tradestatedesc",
        "errcodedes",
        "returnmsg",
        "resultmsg",
        "sendname",
        "wishing",
        "actname",
        "remark",
        "desc",
        "refunddesc",
        "productbody",
        "sceneinfo",
        "nickname",
        "errmsg",
        "message",
    ];
    PROSE.contains(&plain(name).as_str())
}

/// `coupon_fee_0` is `coupon_fee` and 0.
fn stem(name: &str) -> (&str, &str) {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.trim_end_matches('_'), &name[stem.len()..])
}

/// Names of pay messages without case and joints, and as they are.
static SNAKE: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let fields = api::names_in(Format::Xml);
    let mut map = HashMap::new();
    for name in fields.chain(MORE.iter().copied()) {
        let name = name.split("_$").next().unwrap_or(name);
        map.entry(plain(name)).or_insert(name);
    }
    map
});

/// Names of pay messages that no row has (calls that are not served here).
const MORE: &[&str] = &[
    "appid",
    "mch_id",
    "nonce_str",
    "sign",
    "sign_type",
    "wxappid",
    "mch_billno",
    "send_name",
    "re_openid",
    "total_amount",
    "total_num",
    "wishing",
    "client_ip",
    "act_name",
    "remark",
    "scene_id",
    "mch_appid",
    "mchid",
    "partner_trade_no",
    "check_name",
    "amount",
    "desc",
    "amt_type",
    "msgappid",
    "sub_appid",
    "sub_mch_id",
    "prepay_id",
    "code_url",
    "mweb_url",
    "product_id",
    "time_stamp",
    "return_code",
    "return_msg",
    "result_code",
    "err_code",
    "err_code_des",
    "coupon_id",
    "coupon_fee",
    "coupon_type",
    "coupon_count",
    "settlement_total_fee",
    "device_info",
    "risk_info",
    "contract_code",
    "plan_id",
    "request_serial",
    "contract_display_account",
    "contract_id",
    "transaction_id",
    "receivers",
    "receiver",
    "out_order_no",
    "long_url",
    "auth_code",
    "trade_state",
    "cash_fee_type",
];

/// Names of everything else, in the spelling of [`plain`].
const OTHERS: &[&str] = &[
    "paysign",
    "cardsign",
    "msgsignature",
    "signature",
    "sign",
    "noncestr",
    "timestamp",
    "nonce",
    "url",
    "package",
    "partnerid",
    "prepayid",
    "appid",
    "echostr",
    "encrypt",
    "jsapiticket",
    "ticket",
    "apiticket",
    "key",
    "token",
    "cardid",
    "cardtype",
    "locationid",
    "shopid",
    "signtype",
    "openid",
    "encrypttype",
    "rawdata",
    "sessionkey",
];
