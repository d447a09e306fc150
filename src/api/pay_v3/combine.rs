//! Combined orders of pay v3: one payment for several merchants. Rows only.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012556926>

use super::fields::{
    CLIENT_IP, CODE_URL, H5_INFO, H5_URL, NOTIFY_URL, PREPAY_ID, REFUSAL, SERIAL, TIME_EXPIRE, fields,
    in_path, may, must, within,
};
use super::{CALL, CLOSED, QUERIED};
use crate::api::endpoint::{Endpoint, Fill, Kind, Leaves, Need};
use crate::api::field::Field;
use crate::api::word::Word;

const APPID: &Field = &must("combine_appid", Kind::Text, 32)
    .means("合单发起方的 AppID", "App id of who combines")
    .filled(Fill::AppId);

const MCHID: &Field = &must("combine_mchid", Kind::Text, 32)
    .means("合单发起方的商户号", "Merchant id of who combines")
    .filled(Fill::MchId);

const NUMBER: &Field = &must("combine_out_trade_no", Kind::OwnNo, 32)
    .means("合单商户订单号，2 至 32 位", "Your number of the combined order, 2 to 32 characters");

const DEVICE: &Field =
    &may("scene_info.device_id", Kind::Text, 16).means("商户端设备号", "Number of the till or shop");

const ORDER: &[&Field] = &[
    SERIAL,
    APPID,
    MCHID,
    &NUMBER.filled(Fill::OrderNo),
    NOTIFY_URL,
    &may("time_start", Kind::Rfc3339, 64).means("交易起始时间", "When it can be paid from"),
    TIME_EXPIRE,
    &may("limit_pay.$n", Kind::Text, 32).means("指定支付方式", "Ways to pay that are allowed or not"),
    DEVICE,
];

/// The orders inside; from 2 to 50 of them.
const ORDERS: &[&Field] = &[
    &must("sub_orders.$n.mchid", Kind::Text, 32).means("子单的商户号", "Merchant id of the single order"),
    &must("sub_orders.$n.out_trade_no", Kind::OrderNo, 32)
        .means("子单商户订单号，6 至 32 位", "Number of the single order, 6 to 32 characters"),
    &must("sub_orders.$n.description", Kind::Text, 127).means("子单商品描述", "What is bought"),
    &must("sub_orders.$n.attach", Kind::Text, 128)
        .means("子单附加数据，原样带回", "Your own data, given back in queries and notices"),
    &must("sub_orders.$n.amount.total_amount", Kind::Fen, 0)
        .means("子单金额，单位分", "Amount of the single order in fen"),
    &must("sub_orders.$n.amount.currency", Kind::Text, 16).means("货币，CNY", "Currency; CNY"),
    &may("sub_orders.$n.sub_mchid", Kind::Text, 32)
        .means("二级商户号（服务商模式必填）", "Merchant id of the sub-merchant; partners must give it"),
    &may("sub_orders.$n.sub_appid", Kind::Text, 32).means("子商户的 AppID", "App id of the sub-merchant"),
    &may("sub_orders.$n.goods_tag", Kind::Text, 32).means("订单优惠标记", "Discount tag, for coupons"),
    &may("sub_orders.$n.detail", Kind::Text, 6000).means("商品详细描述", "Goods in detail"),
    &may("sub_orders.$n.settle_info.profit_sharing", Kind::Bool, 0)
        .means("true 表示这笔要分账，先冻结", "true: the money is to be shared, and frozen until then"),
    &may("sub_orders.$n.settle_info.subsidy_amount", Kind::FenOrZero, 0)
        .means("补差金额，单位分", "Subsidy in fen"),
];

const ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "SIGN_ERROR",
    "APPID_MCHID_NOT_MATCH",
    "MCH_NOT_EXISTS",
    "ORDER_CLOSED",
    "NOAUTH",
    "OUT_TRADE_NO_USED",
    "RULE_LIMIT",
    "FREQUENCY_LIMITED",
    "OPENID_MISMATCH",
    "SYSTEM_ERROR",
];

/// The same, of a query or an end.
const LATER_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "SIGN_ERROR",
    "APPID_MCHID_NOT_MATCH",
    "MCH_NOT_EXISTS",
    "ORDER_CLOSED",
    "NOAUTH",
    "OUT_TRADE_NO_USED",
    "RULE_LIMIT",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

/// A combined order for a page inside WeChat or a mini program.
pub static COMBINE_JSAPI: Endpoint = Endpoint {
    name: "v3_combine_jsapi",
    path: "/v3/combine-transactions/jsapi",
    fields: fields![
        ORDER,
        &[
            CLIENT_IP,
            &must("combine_payer_info.openid", Kind::Text, 128)
                .means("用户在 combine_appid 下的标识", "The customer's id under combine_appid"),
        ],
        ORDERS
    ],
    reply: fields![&[PREPAY_ID], REFUSAL],
    errors: ERRORS,
    leaves: Leaves::Trade,
    about: Word::new("合单 JSAPI 下单", "Place a combined order for a page in WeChat"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012556926",
    ..CALL
};

/// A combined order for an app.
pub static COMBINE_APP: Endpoint = Endpoint {
    name: "v3_combine_app",
    path: "/v3/combine-transactions/app",
    fields: fields![ORDER, &[CLIENT_IP], ORDERS],
    about: Word::new("合单 APP 下单", "Place a combined order for an app"),
    ..COMBINE_JSAPI
};

/// A combined order for a page in a mobile browser.
pub static COMBINE_H5: Endpoint = Endpoint {
    name: "v3_combine_h5",
    path: "/v3/combine-transactions/h5",
    fields: fields![ORDER, &[&CLIENT_IP.needed(Need::Always)], H5_INFO, ORDERS],
    reply: fields![&[H5_URL], REFUSAL],
    about: Word::new("合单 H5 下单", "Place a combined order for a mobile browser"),
    page: "https://pay.weixin.qq.com/doc/v3/partner/4012760626",
    ..COMBINE_JSAPI
};

/// A combined order for a QR code.
pub static COMBINE_NATIVE: Endpoint = Endpoint {
    name: "v3_combine_native",
    path: "/v3/combine-transactions/native",
    fields: fields![ORDER, &[CLIENT_IP], ORDERS],
    reply: fields![&[CODE_URL], REFUSAL],
    about: Word::new("合单 Native 下单", "Place a combined order for a QR code"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012556982",
    ..COMBINE_JSAPI
};

/// What a combined order came to.
pub(super) const COMBINED: &[&Field] = &[
    APPID,
    MCHID,
    NUMBER,
    &may("combine_transaction_id", Kind::Text, 32)
        .means("合单微信支付订单号", "WeChat's number of the combined order"),
    DEVICE,
    &may("combine_payer_info.openid", Kind::Text, 128)
        .means("用户在 combine_appid 下的标识", "The customer's id under combine_appid"),
    &within("sub_orders.$n.mchid", Kind::Text, 32).means("子单的商户号", "Merchant id of the single order"),
    &may("sub_orders.$n.trade_type", Kind::Text, 16).means("交易类型", "Trade type"),
    &may("sub_orders.$n.trade_state", Kind::Text, 32).means("交易状态", "State of the payment"),
    &may("sub_orders.$n.bank_type", Kind::Text, 32).means("付款银行", "Bank of the payer"),
    &may("sub_orders.$n.attach", Kind::Text, 128).means("子单附加数据", "Your own data"),
    &may("sub_orders.$n.success_time", Kind::Rfc3339, 64).means("支付完成时间", "When it was paid"),
    &may("sub_orders.$n.transaction_id", Kind::Text, 32)
        .means("子单微信支付订单号", "WeChat's number of the single order"),
    &within("sub_orders.$n.out_trade_no", Kind::Text, 32)
        .means("子单商户订单号", "Your number of the single order"),
    &may("sub_orders.$n.sub_mchid", Kind::Text, 32).means("二级商户号", "Merchant id of the sub-merchant"),
    &may("sub_orders.$n.sub_appid", Kind::Text, 32).means("子商户的 AppID", "App id of the sub-merchant"),
    &may("sub_orders.$n.sub_openid", Kind::Text, 128)
        .means("用户在 sub_appid 下的标识", "The customer's id under sub_appid"),
    &may("sub_orders.$n.amount.total_amount", Kind::FenOrZero, 0)
        .means("子单金额，单位分", "Amount of the single order in fen"),
    &may("sub_orders.$n.amount.currency", Kind::Text, 16).means("货币", "Currency"),
    &may("sub_orders.$n.amount.payer_amount", Kind::FenOrZero, 0)
        .means("用户支付金额，单位分", "Paid by the customer, in fen"),
    &may("sub_orders.$n.amount.payer_currency", Kind::Text, 16)
        .means("用户支付币种", "Currency of the customer"),
];

/// What became of a combined order.
pub static COMBINE_QUERY: Endpoint = Endpoint {
    name: "v3_combine_query",
    path: "/v3/combine-transactions/out-trade-no/{combine_out_trade_no}",
    fields: &[SERIAL, &in_path(NUMBER)],
    reply: fields![COMBINED, REFUSAL],
    errors: LATER_ERRORS,
    about: Word::new("查询合单订单", "Query a combined order"),
    page: "https://pay.weixin.qq.com/doc/v3/partner/4012760633",
    ..QUERIED
};

/// Closes an unpaid combined order.
pub static COMBINE_CLOSE: Endpoint = Endpoint {
    name: "v3_combine_close",
    path: "/v3/combine-transactions/out-trade-no/{combine_out_trade_no}/close",
    fields: &[
        SERIAL,
        &in_path(NUMBER),
        APPID,
        &must("sub_orders.$n.mchid", Kind::Text, 32).means("子单的商户号", "Merchant id of the single order"),
        &must("sub_orders.$n.out_trade_no", Kind::OrderNo, 32)
            .means("子单商户订单号", "Your number of the single order"),
        &may("sub_orders.$n.sub_mchid", Kind::Text, 32)
            .means("二级商户号", "Merchant id of the sub-merchant"),
        &may("sub_orders.$n.sub_appid", Kind::Text, 32).means("子商户的 AppID", "App id of the sub-merchant"),
    ],
    reply: REFUSAL,
    errors: LATER_ERRORS,
    about: Word::new("关闭未支付的合单订单", "Close an unpaid combined order"),
    page: "https://pay.weixin.qq.com/doc/v3/partner/4012760633",
    ..CLOSED
};
