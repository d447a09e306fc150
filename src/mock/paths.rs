//! The paths of the control plane as a table: what each of them does. Feeds the index
//! at `/_mock/` and its description for tools (`openapi.json`); decides nothing.

use serde_json::{Map, Value, json};

use crate::api::Word;

/// One path.
struct Row {
    method: &'static str,
    path: &'static str,
    about: Word,
}

const fn path(method: &'static str, path: &'static str, zh: &'static str, en: &'static str) -> Row {
    Row { method, path, about: Word::new(zh, en) }
}

#[rustfmt::skip]
const PATHS: &[Row] = &[
    path("GET", "/_mock/healthz", "网关是否就绪", "whether the gateway is ready"),
    path("GET", "/_mock/identity", "网关扮演的公众号、商户与用户", "the accounts, merchants and users that it plays"),
    path("GET", "/_mock/requests", "调用及结果；可按字段筛选（path、verdict、endpoint……），wait=10s 等待，count=N 等满 N 条", "calls and what came of them; narrowed by field (path, verdict, endpoint …), wait=10s waits, count=N for N of them"),
    path("GET", "/_mock/orders", "订单；筛选与等待同上", "orders; narrowed and waited for likewise"),
    path("GET", "/_mock/orders/{out_trade_no}", "一个订单；until=paid|refunded|closed|notified 加 wait=10s 等它发生", "an order; until=paid|refunded|closed|notified with wait=10s waits for it"),
    path("POST", "/_mock/orders/{out_trade_no}/pay", "顾客付款；返回订单和发出的通知 {openid, bank_type, coupon_fee}", "the customer pays; gives the order and the very notice {openid, bank_type, coupon_fee}"),
    path("POST", "/_mock/orders/{out_trade_no}/refund", "在商户平台退款 {refund_fee, out_refund_no, refund_desc, notify_url}", "a refund on the merchant's pages {refund_fee, out_refund_no, refund_desc, notify_url}"),
    path("POST", "/_mock/orders/{out_trade_no}/close", "关闭未支付的订单", "closes an order that nobody has paid"),
    path("GET", "/_mock/notices", "通知及每次发送；筛选与等待同上", "notices with every attempt; narrowed and waited for likewise"),
    path("POST", "/_mock/notices/{id}/resend", "立即再发一次", "sends it once more, at once"),
    path("GET", "/_mock/transfers", "转账", "transfers"),
    path("POST", "/_mock/transfers/{out_bill_no}/confirm", "用户收款", "the user takes a transfer"),
    path("POST", "/_mock/transfers/{out_bill_no}/refuse", "用户不收", "the user does not take it"),
    path("GET", "/_mock/native", "扫过的商品码", "product codes that were scanned"),
    path("POST", "/_mock/native/scan", "顾客扫商品码 {url, callback, openid, pay}", "a customer scans a product code {url, callback, openid, pay}"),
    path("GET", "/_mock/faults", "生效的故障", "faults in force"),
    path("GET", "/_mock/faults/known", "能制造的故障", "every fault there is"),
    path("POST", "/_mock/faults", "加故障：JSON，或每行一条 refund:SYSTEMERROR,count=1", "adds faults: JSON, or short texts, one a line: refund:SYSTEMERROR,count=1"),
    path("DELETE", "/_mock/faults", "取消全部故障", "no more faults"),
    path("DELETE", "/_mock/faults/{id}", "取消一个故障", "takes one away"),
    path("GET", "/_mock/state", "各种东西的数量，以及保存过的状态", "how much there is of everything, and the states that are kept"),
    path("PUT", "/_mock/state/{name}", "把订单、令牌与通知按名字保存", "keeps orders, tokens and notices under a name"),
    path("POST", "/_mock/state/{name}", "回到保存过的状态", "goes back to what is kept under a name"),
    path("POST", "/_mock/reset", "忘掉一切", "forgets everything"),
];

/// The list, for people and scripts.
pub(super) fn index() -> Value {
    let row =
        |row: &Row| json!({ "method": row.method, "path": row.path, "zh": row.about.zh, "en": row.about.en });
    json!({ "paths": PATHS.iter().map(row).collect::<Vec<_>>(), "openapi": "/_mock/openapi.json" })
}

/// The same as OpenAPI. <https://spec.openapis.org/oas/v3.1.0>
pub(super) fn openapi() -> Value {
    let mut paths = Map::new();
    for row in PATHS {
        let place = paths.entry(row.path).or_insert_with(|| json!({}));
        place[row.method.to_lowercase()] = operation(row);
    }
    let info = json!({ "title": "wxkit mock", "version": env!("CARGO_PKG_VERSION") });
    json!({ "openapi": "3.1.0", "info": info, "paths": paths })
}

fn operation(row: &Row) -> Value {
    let names = row.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let parameters: Vec<Value> = names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    json!({
        "summary": row.about.en,
        "parameters": parameters,
        "responses": { "200": { "description": "OK", "content": { "application/json": {} } } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_described_with_its_parameters() {
        let described = openapi();
        for row in PATHS {
            let operation = &described["paths"][row.path][row.method.to_lowercase()];
            let named = operation["parameters"].as_array().unwrap().len();
            assert_eq!(named, row.path.matches('{').count(), "{} {}", row.method, row.path);
        }
    }
}
