//! Other spellings of a field's name: camel case, no underscores, aliases that
//! programs use, and slips of the finger. Comes in: a name; goes out: names with
//! how unusual they are.

/// Usual other spellings, with their extra weight.
pub(super) fn spellings(name: &str) -> Vec<(String, u32)> {
    let mut list: Vec<(String, u32)> = vec![
        (camel(name), 0),
        (name.replace('_', ""), 1),
        (snake(name), 0),
        (name.to_lowercase(), 0),
        (pascal(name), 1),
        (name.to_uppercase(), 2),
        (name.replace('_', "-"), 2),
        (snake(name).replace('_', "").to_lowercase(), 1),
        (pascal(&snake(name)), 2),
    ];
    let plain = snake(name);
    list.extend(
        ALIASES
            .iter()
            .filter(|family| family.contains(&plain.as_str()) || family.contains(&name))
            .flat_map(|family| family.iter().map(|other| ((*other).to_owned(), 3))),
    );
    clean(list, name)
}

/// Slips of the finger: a letter lost, doubled, or two swapped.
pub(super) fn slips(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut list = Vec::new();
    for i in 0..chars.len() {
        let mut shorter = chars.clone();
        let c = shorter.remove(i);
        list.push(shorter.iter().collect::<String>());
        let mut doubled = chars.clone();
        doubled.insert(i, c);
        list.push(doubled.iter().collect());
        if i + 1 < chars.len() {
            let mut swapped = chars.clone();
            swapped.swap(i, i + 1);
            list.push(swapped.iter().collect());
        }
    }
    list.sort();
    list.dedup();
    list.retain(|other| other != name && !other.is_empty());
    list
}

/// Everything at edit distance one that [`slips`] leaves out.
pub(super) fn typos(name: &str) -> Vec<String> {
    let letters = "abcdefghijklmnopqrstuvwxyz_IDSNTU0123456789";
    let chars: Vec<char> = name.chars().collect();
    let mut list = Vec::new();
    for i in 0..=chars.len() {
        for letter in letters.chars() {
            let mut inserted = chars.clone();
            inserted.insert(i, letter);
            list.push(inserted.iter().collect::<String>());
            if i < chars.len() {
                let mut replaced = chars.clone();
                replaced[i] = letter;
                list.push(replaced.iter().collect());
            }
        }
    }
    list.sort();
    list.dedup();
    list.retain(|other| other != name);
    list
}

fn clean(list: Vec<(String, u32)>, name: &str) -> Vec<(String, u32)> {
    let mut seen: Vec<(String, u32)> = Vec::new();
    for (other, more) in list {
        if other != name && !other.is_empty() && !seen.iter().any(|(s, _)| *s == other) {
            seen.push((other, more));
        }
    }
    seen
}

/// `nonce_str` as `nonceStr`.
pub(super) fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut up = false;
    for c in name.chars() {
        if c == '_' {
            up = !out.is_empty();
        } else if up {
            out.extend(c.to_uppercase());
            up = false;
        } else {
            out.push(c);
        }
    }
    out
}

fn pascal(name: &str) -> String {
    let camel = camel(name);
    let mut chars = camel.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// `nonceStr` as `nonce_str`.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// Names that programs use for one another.
const ALIASES: &[&[&str]] = &[
    &[
        "mch_id",
        "mchid",
        "merchant_id",
        "partner",
        "partnerid",
        "partner_id",
        "partnerId",
        "mchId",
        "mch_appid",
        "merchantId",
    ],
    &["appid", "app_id", "appId", "AppId", "wxappid", "mch_appid", "AppID", "appID"],
    &[
        "nonce_str",
        "noncestr",
        "nonceStr",
        "nonce",
        "noceStr",
        "nonceString",
        "nonce_string",
        "noncstr",
        "noncestring",
        "random_str",
        "nostr",
    ],
    &[
        "time_stamp",
        "timestamp",
        "timeStamp",
        "timetamp",
        "timestmap",
        "timeStmap",
        "Timestamp",
        "TimeStamp",
        "time",
        "ts",
        "timstamp",
    ],
    &["total_fee", "totalFee", "total", "fee", "amount", "total_amount", "money", "totle_fee", "price"],
    &[
        "out_trade_no",
        "outTradeNo",
        "order_no",
        "trade_no",
        "orderno",
        "order_id",
        "orderNo",
        "out_order_no",
        "out_trade_on",
    ],
    &[
        "spbill_create_ip",
        "create_ip",
        "client_ip",
        "ip",
        "spbillCreateIp",
        "spbill_ip",
        "user_ip",
        "remote_ip",
        "spbill_create_IP",
    ],
    &[
        "notify_url",
        "notifyUrl",
        "notify",
        "callback_url",
        "return_url",
        "notifyurl",
        "call_back_url",
        "notify_uri",
    ],
    &["trade_type", "tradeType", "type", "pay_type"],
    &["openid", "open_id", "openId", "sub_openid", "user_id", "userid", "OpenId"],
    &["body", "subject", "title", "description", "desc", "name"],
    &["attach", "attachment", "extra", "attch", "passback_params"],
    &["detail", "details", "goods_detail", "goodsDetail"],
    &["sign_type", "signType", "signtype", "sign_method", "SignType"],
    &["device_info", "deviceInfo", "device"],
    &["product_id", "productId", "productid", "goods_id"],
    &["transaction_id", "transactionId", "transactionid", "trade_no"],
    &["out_refund_no", "outRefundNo", "refund_no"],
    &["refund_fee", "refundFee", "refund_amount"],
    &[
        "package",
        "packageStr",
        "packageValue",
        "package_value",
        "pkg",
        "prepay_id",
        "prepayid",
        "prepayId",
        "packages",
        "_package",
        "Package",
    ],
    &["prepayid", "prepay_id", "prepayId", "prePayId", "prepay"],
    &["partnerid", "partner_id", "partnerId", "mch_id", "mchid", "mchId", "partner"],
    &[
        "jsapi_ticket",
        "jsapiTicket",
        "jsapiticket",
        "jsticket",
        "ticket",
        "js_ticket",
        "api_ticket",
        "access_token",
        "jsapi_tiket",
        "jsapi_tickets",
        "jsApiTicket",
        "jsApi_ticket",
        "token",
    ],
    &["url", "URL", "Url", "uri", "link", "href", "page", "page_url", "pageUrl"],
];
