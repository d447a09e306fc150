//! What pay v3 says about a field that is missing or wrong, in the words of its rule
//! checker: which input, which field by its Chinese name, which rule. Comes in: a row and
//! a problem that `api` found, or a JSON body; goes out: a PARAM_ERROR with location and value.

use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::api::check::{FieldFault, Problem};
use crate::api::endpoint::{Endpoint, Field, Kind, Spot};
use crate::wire::WireError;

/// Names that WeChat's messages give to fields; another one is called as its row tells.
const NAMES: [(&str, &str); 9] = [
    ("appid", "公众号ID"),
    ("mchid", "直连商户号"),
    ("payer.openid", "用户标识"),
    ("out_trade_no", "商户订单号"),
    ("time_expire", "交易结束时间"),
    ("notify_url", "通知地址"),
    ("amount.total", "总金额"),
    ("amount.refund", "退款金额"),
    ("amount", "金额信息"),
];

/// The official name of a field: the first words of what it is.
fn name_of(row: &Endpoint, field: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == field) {
        return (*name).to_owned();
    }
    let about = row.field(field).map_or(field, |known| known.about.zh);
    about.split(['，', '；', '：', '（', '。', ' ']).next().unwrap_or(about).to_owned()
}

/// Where a field stands: in the words of `detail`, and of the message.
fn place(row: &Endpoint, field: &str) -> (&'static str, String) {
    let location = match row.spot(field) {
        Spot::Body => "body",
        Spot::Query => "query",
        Spot::Path => "uri_template",
        Spot::Header => "header",
    };
    (location, format!("/{location}/{}", field.replace('.', "/")))
}

/// What WeChat says about a problem.
pub(super) fn of_problem(row: &Endpoint, problem: &Problem) -> Refusal {
    let field = problem.field.as_str();
    match &problem.fault {
        FieldFault::Missing | FieldFault::MissingBecause { .. } => missing(row, field),
        FieldFault::MissingOneOf(names) => missing(row, names.first().copied().unwrap_or(field)),
        FieldFault::TooLong { max, len, .. } => too_long(row, field, *len, *max),
        FieldFault::NotA { kind, value } => not_a(row, field, *kind, value),
        FieldFault::OutOfRange { value, .. } => text_rule(row, field, "数值超出范围", value),
        FieldFault::Unprintable => text_rule(row, field, "字符串含有不允许的字符", ""),
    }
}

fn missing(row: &Endpoint, field: &str) -> Refusal {
    let ((location, place), name) = (place(row, field), name_of(row, field));
    let message = format!("输入源“{place}”映射到字段“{name}”必填性规则校验失败，此字段为必填项");
    Refusal::because("PARAM_ERROR", message).at(location, json!(""))
}

fn too_long(row: &Endpoint, field: &str, len: usize, max: usize) -> Refusal {
    Refusal { detail: None, ..text_rule(row, field, &format!("字节数 {len}，大于最大值 {max}"), "") }
        .at(place(row, field).0, json!(len))
}

fn text_rule(row: &Endpoint, field: &str, rule: &str, value: &str) -> Refusal {
    let ((location, place), name) = (place(row, field), name_of(row, field));
    let message = format!("输入源“{place}”映射到值字段“{name}”字符串规则校验失败，{rule}");
    Refusal::because("PARAM_ERROR", message).at(location, json!(value))
}

fn not_a(row: &Endpoint, field: &str, kind: Kind, value: &str) -> Refusal {
    let rule = match kind {
        Kind::Fen | Kind::FenOrZero | Kind::Int => return too_small(row, field, kind, value),
        Kind::OrderNo if value.len() > 32 => return too_long(row, field, value.len(), 32),
        Kind::OrderNo if value.len() < 6 => format!("字节数 {}，小于最小值 6", value.len()),
        Kind::OrderNo => pattern(r"^[0-9a-zA-Z_\-|\*]{6,32}$"),
        Kind::OwnNo => pattern(r"^[0-9a-zA-Z_\-|\*@]{1,64}$"),
        Kind::Alphanumeric => pattern("^[0-9a-zA-Z]{1,32}$"),
        Kind::Date10 => pattern(r"^\d{4}-\d{2}-\d{2}$"),
        Kind::AuthCode => pattern(r"^1[0-5]\d{16}$"),
        Kind::Rfc3339 => "字符串必须是符合 RFC3339 日期时间格式".to_owned(),
        Kind::Choice(words) => format!("字符串必须是以下值之一：{}", words.join("、")),
        Kind::Url | Kind::NotifyUrl => "字符串必须是合法的 URL".to_owned(),
        Kind::Ip => "字符串必须是合法的 IP 地址".to_owned(),
        _ => "字符串格式不正确".to_owned(),
    };
    let refusal = text_rule(row, field, &rule, value);
    // Of a length that is wrong the value is the length.
    if rule.starts_with("字节数") { refusal.at(place(row, field).0, json!(value.len())) } else { refusal }
}

fn pattern(pattern: &str) -> String {
    format!("字符串必须匹配正则表达式“{pattern}”")
}

fn too_small(row: &Endpoint, field: &str, kind: Kind, value: &str) -> Refusal {
    let ((location, place), name) = (place(row, field), name_of(row, field));
    let least = u8::from(kind == Kind::Fen);
    let message = format!("输入源“{place}”映射到数值字段“{name}”规则校验失败，值低于最小值 {least}");
    let number = value.parse::<i64>().map_or_else(|_| json!(value), Value::from);
    Refusal::because("PARAM_ERROR", message).at(location, number)
}

/// The first value of a body that is of another JSON type than its field.
pub(super) fn mistyped(row: &Endpoint, body: &Value) -> Option<Refusal> {
    typed(row, "", body).err()
}

fn typed(row: &Endpoint, path: &str, value: &Value) -> Result<(), Refusal> {
    let leaf = Some(path).filter(|path| !path.is_empty()).and_then(|path| row.field(path));
    match (leaf, value) {
        (Some(field), value) => leaf_typed(row, path, field, value),
        (None, Value::Object(members)) => members.iter().try_for_each(|(name, value)| {
            typed(row, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value)
        }),
        (None, Value::Array(items)) if !is_object(row, path) => {
            items.iter().enumerate().try_for_each(|(n, value)| typed(row, &format!("{path}.{n}"), value))
        }
        _ if is_object(row, path) => Err(no_type(row, path, "Json 对象", value)),
        _ => Ok(()),
    }
}

/// Whether the row knows an object at this path, and no list.
fn is_object(row: &Endpoint, path: &str) -> bool {
    let inside = |field: &&Field| field.name.strip_prefix(path).and_then(|rest| rest.strip_prefix('.'));
    row.fields.iter().filter_map(inside).any(|rest| !rest.starts_with('$'))
}

fn leaf_typed(row: &Endpoint, path: &str, field: &Field, value: &Value) -> Result<(), Refusal> {
    let wanted = match field.kind {
        Kind::Fen | Kind::FenOrZero | Kind::Int | Kind::Unix => {
            (value.is_i64() || value.is_u64(), "64 位有符号整数")
        }
        Kind::Bool => (value.is_boolean(), "布尔值"),
        Kind::Json => (value.is_array() || value.is_object(), "Json 对象"),
        _ => (value.is_string(), "字符串"),
    };
    if wanted.0 { Ok(()) } else { Err(no_type(row, path, wanted.1, value)) }
}

fn no_type(row: &Endpoint, path: &str, wanted: &str, value: &Value) -> Refusal {
    let name = name_of(row, path);
    let place = format!("/body/{}", path.replace('.', "/"));
    let message =
        format!("无法将 JSON 输入源“{place}”映射到目标字段“{name}”中，此字段需要一个合法的 {wanted}");
    Refusal::because("PARAM_ERROR", message).at("body", value.clone())
}

/// A body that is no JSON of v3, in the gateway's words where no page gives WeChat's.
pub(super) fn of_wire(row: &Endpoint, error: &WireError) -> Refusal {
    match error {
        WireError::Empty => {
            let first = row
                .fields
                .iter()
                .find(|field| field.spot == Spot::Body && field.need == crate::api::endpoint::Need::Always);
            first.map_or_else(not_json, |field| missing(row, field.name))
        }
        WireError::Null { name } => no_type(row, name, "值", &Value::Null),
        _ => not_json(),
    }
}

fn not_json() -> Refusal {
    Refusal::because("PARAM_ERROR", "请求体不是合法的 JSON").at("body", Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::pay_v3::{JSAPI, QUERY, REFUND};

    /// Expected texts: replies of WeChat in public reports (wechatpay-axios-plugin#38,
    /// wechatpayv3#57, wechatpay-php#114, payment-spring-boot#66, WxJava#2371).
    #[test]
    fn the_messages_are_those_that_people_report() {
        let typed = |row, body: Value| {
            let refusal = mistyped(row, &body).unwrap();
            (refusal.message, refusal.detail.unwrap())
        };
        assert_eq!(
            typed(&JSAPI, json!({ "amount": { "total": 0.01 } })),
            (
                "无法将 JSON 输入源“/body/amount/total”映射到目标字段“总金额”中，此字段需要一个合法的 64 位有符号整数".into(),
                json!({ "location": "body", "value": 0.01 })
            )
        );
        assert_eq!(
            typed(&REFUND, json!({ "amount": [{ "refund": 3600 }] })).0,
            "无法将 JSON 输入源“/body/amount”映射到目标字段“金额信息”中，此字段需要一个合法的 Json 对象"
        );
        assert_eq!(typed(&JSAPI, json!({ "mchid": 1_900_000_109 })).1["value"], 1_900_000_109);
        let said = |row, field: &str, fault| {
            let refusal = of_problem(row, &Problem { field: field.into(), fault });
            (refusal.message, refusal.detail.unwrap())
        };
        let kind = Kind::Fen;
        assert_eq!(
            said(&JSAPI, "amount.total", FieldFault::NotA { kind, value: "0".into() }),
            (
                "输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1".into(),
                json!({ "location": "body", "value": 0 })
            )
        );
        assert_eq!(
            said(&QUERY, "out_trade_no", FieldFault::NotA { kind: Kind::OrderNo, value: "x".repeat(33) }),
            (
                "输入源“/uri_template/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 33，大于最大值 32".into(),
                json!({ "location": "uri_template", "value": 33 })
            )
        );
        let kind = Kind::Rfc3339;
        assert_eq!(
            said(&JSAPI, "time_expire", FieldFault::NotA { kind, value: "20220421191948".into() }),
            (
                "输入源“/body/time_expire”映射到值字段“交易结束时间”字符串规则校验失败，字符串必须是符合 RFC3339 日期时间格式".into(),
                json!({ "location": "body", "value": "20220421191948" })
            )
        );
        assert_eq!(
            said(&JSAPI, "payer.openid", FieldFault::Missing),
            (
                "输入源“/body/payer/openid”映射到字段“用户标识”必填性规则校验失败，此字段为必填项".into(),
                json!({ "location": "body", "value": "" })
            )
        );
    }

    #[test]
    fn right_bodies_are_of_the_right_type() {
        let order = json!({ "amount": { "total": 1, "currency": "CNY" }, "limit_pay": ["no_credit"],
            "detail": { "goods_detail": [{ "merchant_goods_id": "1", "quantity": 1, "unit_price": 1 }] },
            "settle_info": { "profit_sharing": false }, "unknown": [1, { "a": null }] });
        assert!(mistyped(&JSAPI, &order).is_none());
        assert!(mistyped(&JSAPI, &json!({ "settle_info": { "profit_sharing": "true" } })).is_some());
        assert!(mistyped(&JSAPI, &json!({ "payer": "o1" })).is_some());
    }
}
