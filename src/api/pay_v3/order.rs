//! Orders of pay v3: prepay for pages, apps, H5 and QR codes, payment codes; query,
//! close and reverse; of a merchant and of a partner. Rows only.

use super::fields::{
    APPID, ATTACH, CLIENT_IP, CODE_URL, CURRENCY, DESCRIPTION, DETAIL, DEVICE_ID, GOODS_TAG, H5_INFO, H5_URL,
    IDENTITY, LIMIT_PAY, MCHID, MERCHANT, NOTIFY_URL, OUT_TRADE_NO, PARTNER, PREPAY_ID, PROFIT_SHARING,
    PROMOTION, REFUSAL, SERIAL, SP_APPID, SP_MCHID, STORE, SUB_APPID, SUB_MCHID, SUBSIDY, SUPPORT_FAPIAO,
    TIME_EXPIRE, TOTAL, TRADE, TRANSACTION_ID, asked, fields, in_path, may, must,
};
use super::{CALL, CLOSED, QUERIED};
use crate::api::endpoint::{Endpoint, Fill, Kind, Leaves, Money, Need, Success};
use crate::api::field::Field;
use crate::api::word::Word;

const NUMBER: &Field = &OUT_TRADE_NO.filled(Fill::OrderNo);

/// What every order may say.
const ORDER: &[&Field] = &[
    DESCRIPTION,
    NUMBER,
    TIME_EXPIRE,
    ATTACH,
    NOTIFY_URL,
    GOODS_TAG,
    SUPPORT_FAPIAO,
    LIMIT_PAY,
    TOTAL,
    CURRENCY,
];

const SCENE: &[&Field] = &[CLIENT_IP, DEVICE_ID];

const H5_SCENE: &[&Field] = &[&CLIENT_IP.needed(Need::Always), DEVICE_ID];

const SETTLE: &[&Field] = &[PROFIT_SHARING];

const SETTLE_PARTNER: &[&Field] = &[PROFIT_SHARING, SUBSIDY];

const PAYER: &[&Field] =
    &[&must("payer.openid", Kind::Text, 128).means("用户在 appid 下的标识", "The customer's id under appid")];

const PAYERS: &[&str] = &["payer.sp_openid", "payer.sub_openid"];

const PARTNER_PAYER: &[&Field] = &[
    &must("payer.sp_openid", Kind::Text, 128)
        .means("用户在 sp_appid 下的标识", "The customer's id under sp_appid")
        .needed(Need::OneOf(PAYERS)),
    &must("payer.sub_openid", Kind::Text, 128)
        .means("用户在 sub_appid 下的标识", "The customer's id under sub_appid")
        .needed(Need::OneOf(PAYERS)),
];

const ORDER_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "APPID_MCHID_NOT_MATCH",
    "MCH_NOT_EXISTS",
    "SIGN_ERROR",
    "NO_AUTH",
    "OUT_TRADE_NO_USED",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

const NATIVE_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "APPID_MCHID_NOT_MATCH",
    "MCH_NOT_EXISTS",
    "ORDER_CLOSED",
    "SIGN_ERROR",
    "NO_AUTH",
    "OUT_TRADE_NO_USED",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

const H5_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "APPID_MCHID_NOT_MATCH",
    "MCH_NOT_EXISTS",
    "SIGN_ERROR",
    "NO_AUTH",
    "OUT_TRADE_NO_USED",
    "RULE_LIMIT",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

/// Of the other kinds of orders nothing but the OpenAPI description is published.
const PREPAY: Endpoint = Endpoint {
    leaves: Leaves::Trade,
    errors: ORDER_ERRORS,
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012791897",
    ..CALL
};

/// Order for a page inside WeChat or a mini program.
pub static JSAPI: Endpoint = Endpoint {
    name: "v3_jsapi",
    path: "/v3/pay/transactions/jsapi",
    fields: fields![MERCHANT, ORDER, PAYER, IDENTITY, DETAIL, SCENE, STORE, SETTLE],
    reply: fields![&[PREPAY_ID], REFUSAL],
    about: Word::new("JSAPI 与小程序下单", "Place an order for a page in WeChat or a mini program"),
    ..PREPAY
};

/// Order for an app.
pub static APP: Endpoint = Endpoint {
    name: "v3_app",
    path: "/v3/pay/transactions/app",
    fields: fields![MERCHANT, ORDER, IDENTITY, DETAIL, SCENE, STORE, SETTLE],
    reply: fields![&[PREPAY_ID], REFUSAL],
    about: Word::new("APP 下单", "Place an order for an app"),
    ..PREPAY
};

/// Order for a page in a mobile browser.
pub static H5: Endpoint = Endpoint {
    name: "v3_h5",
    path: "/v3/pay/transactions/h5",
    fields: fields![MERCHANT, ORDER, IDENTITY, DETAIL, H5_SCENE, H5_INFO, STORE, SETTLE],
    reply: fields![&[H5_URL], REFUSAL],
    errors: H5_ERRORS,
    about: Word::new("H5 下单（手机浏览器）", "Place an order for a page in a mobile browser"),
    ..PREPAY
};

/// Order for a QR code.
pub static NATIVE: Endpoint = Endpoint {
    name: "v3_native",
    path: "/v3/pay/transactions/native",
    fields: fields![MERCHANT, ORDER, IDENTITY, DETAIL, SCENE, STORE, SETTLE],
    reply: fields![&[CODE_URL], REFUSAL],
    errors: NATIVE_ERRORS,
    about: Word::new("Native 下单（扫码）", "Place an order for a QR code"),
    ..PREPAY
};

/// A partner's order for a page inside WeChat or a mini program.
pub static PARTNER_JSAPI: Endpoint = Endpoint {
    name: "v3_partner_jsapi",
    path: "/v3/pay/partner/transactions/jsapi",
    fields: fields![PARTNER, ORDER, PARTNER_PAYER, IDENTITY, DETAIL, SCENE, STORE, SETTLE_PARTNER],
    about: Word::new("服务商 JSAPI 与小程序下单", "Place an order for a page in WeChat, as a partner"),
    ..JSAPI
};

/// A partner's order for an app.
pub static PARTNER_APP: Endpoint = Endpoint {
    name: "v3_partner_app",
    path: "/v3/pay/partner/transactions/app",
    fields: fields![PARTNER, ORDER, IDENTITY, DETAIL, SCENE, STORE, SETTLE_PARTNER],
    about: Word::new("服务商 APP 下单", "Place an order for an app, as a partner"),
    ..APP
};

/// A partner's order for a page in a mobile browser.
pub static PARTNER_H5: Endpoint = Endpoint {
    name: "v3_partner_h5",
    path: "/v3/pay/partner/transactions/h5",
    fields: fields![PARTNER, ORDER, IDENTITY, DETAIL, H5_SCENE, H5_INFO, STORE, SETTLE_PARTNER],
    about: Word::new("服务商 H5 下单", "Place an order for a mobile browser, as a partner"),
    ..H5
};

/// A partner's order for a QR code.
pub static PARTNER_NATIVE: Endpoint = Endpoint {
    name: "v3_partner_native",
    path: "/v3/pay/partner/transactions/native",
    fields: fields![PARTNER, ORDER, IDENTITY, DETAIL, SCENE, STORE, SETTLE_PARTNER],
    about: Word::new("服务商 Native 下单", "Place an order for a QR code, as a partner"),
    ..NATIVE
};

// What became of it.

const QUERY_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "MCH_NOT_EXISTS",
    "SIGN_ERROR",
    "RULE_LIMIT",
    "TRADE_ERROR",
    "ORDER_NOT_EXIST",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

pub(super) const PAID_BY: &[&Field] =
    &[&may("payer.openid", Kind::Text, 128).means("用户在 appid 下的标识", "The customer's id under appid")];

pub(super) const PARTNER_PAID_BY: &[&Field] = &[
    &may("payer.sp_openid", Kind::Text, 128)
        .means("用户在 sp_appid 下的标识", "The customer's id under sp_appid"),
    &may("payer.sub_openid", Kind::Text, 128)
        .means("用户在 sub_appid 下的标识", "The customer's id under sub_appid"),
];

/// What became of an order, by the merchant's number.
pub static QUERY: Endpoint = Endpoint {
    name: "v3_query",
    path: "/v3/pay/transactions/out-trade-no/{out_trade_no}",
    fields: &[SERIAL, &in_path(OUT_TRADE_NO), &asked(MCHID)],
    reply: fields![&[APPID, MCHID], TRADE, PAID_BY, PROMOTION, REFUSAL],
    errors: QUERY_ERRORS,
    about: Word::new("按商户订单号查询订单", "Query an order by your own number"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013070354",
    ..QUERIED
};

/// What became of an order, by WeChat's number.
pub static QUERY_ID: Endpoint = Endpoint {
    name: "v3_query_id",
    path: "/v3/pay/transactions/id/{transaction_id}",
    fields: &[SERIAL, &in_path(TRANSACTION_ID), &asked(MCHID)],
    about: Word::new("按微信支付订单号查询订单", "Query an order by WeChat's number"),
    ..QUERY
};

/// What became of a partner's order, by the partner's number.
pub static PARTNER_QUERY: Endpoint = Endpoint {
    name: "v3_partner_query",
    path: "/v3/pay/partner/transactions/out-trade-no/{out_trade_no}",
    fields: &[SERIAL, &in_path(OUT_TRADE_NO), &asked(SP_MCHID), &asked(SUB_MCHID)],
    reply: fields![&[SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID], TRADE, PARTNER_PAID_BY, PROMOTION, REFUSAL],
    about: Word::new("服务商按商户订单号查询订单", "Query an order by your own number, as a partner"),
    ..QUERY
};

/// What became of a partner's order, by WeChat's number.
pub static PARTNER_QUERY_ID: Endpoint = Endpoint {
    name: "v3_partner_query_id",
    path: "/v3/pay/partner/transactions/id/{transaction_id}",
    fields: &[SERIAL, &in_path(TRANSACTION_ID), &asked(SP_MCHID), &asked(SUB_MCHID)],
    about: Word::new("服务商按微信支付订单号查询订单", "Query an order by WeChat's number, as a partner"),
    ..PARTNER_QUERY
};

const CLOSE_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "MCH_NOT_EXISTS",
    "SIGN_ERROR",
    "RULE_LIMIT",
    "TRADE_ERROR",
    "ORDER_PAID",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

/// Closes an unpaid order, so that nobody can pay it later.
pub static CLOSE: Endpoint = Endpoint {
    name: "v3_close",
    path: "/v3/pay/transactions/out-trade-no/{out_trade_no}/close",
    fields: &[SERIAL, &in_path(OUT_TRADE_NO), MCHID],
    reply: REFUSAL,
    errors: CLOSE_ERRORS,
    about: Word::new("关闭未支付的订单", "Close an unpaid order"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013070356",
    ..CLOSED
};

/// Closes an unpaid order of a partner.
pub static PARTNER_CLOSE: Endpoint = Endpoint {
    name: "v3_partner_close",
    path: "/v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close",
    fields: &[SERIAL, &in_path(OUT_TRADE_NO), SP_MCHID, SUB_MCHID],
    about: Word::new("服务商关闭未支付的订单", "Close an unpaid order, as a partner"),
    ..CLOSE
};

// Payment codes.

const CODEPAY_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "APPID_MCHID_NOT_MATCH",
    "MCH_NOT_EXISTS",
    "SIGN_ERROR",
    "NO_AUTH",
    "OUT_TRADE_NO_USED",
    "USER_PAYING",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

/// What an order by a payment code may say.
const CODE_ORDER: &[&Field] = &[
    DESCRIPTION,
    NUMBER,
    ATTACH,
    GOODS_TAG,
    SUPPORT_FAPIAO,
    &must("payer.auth_code", Kind::AuthCode, 128).means(
        "用户付款码，18 位数字，以 10 至 15 开头，约 1 分钟更新",
        "The customer's payment code: 18 digits, first 10 to 15, new every minute",
    ),
    TOTAL,
    CURRENCY,
    DEVICE_ID,
    &may("scene_info.device_ip", Kind::Ip, 45).means("商户端设备的 IP", "IP address of the till"),
];

const TILLS: &[&str] = &["scene_info.store_info.id", "scene_info.store_info.out_id"];

/// The shop, which an order by a payment code has to name.
const TILL: &[&Field] = &[
    &must("scene_info.store_info.id", Kind::Text, 32)
        .means("门店编号（微信支付的）", "Number of the shop, WeChat's")
        .needed(Need::OneOf(TILLS)),
    &must("scene_info.store_info.out_id", Kind::Text, 256)
        .means("门店编号（商户自己的）", "Number of the shop, your own")
        .needed(Need::OneOf(TILLS)),
];

/// Charges the customer whose payment code was scanned.
pub static CODEPAY: Endpoint = Endpoint {
    name: "v3_codepay",
    path: "/v3/pay/transactions/codepay",
    fields: fields![MERCHANT, CODE_ORDER, TILL, DETAIL, SETTLE],
    reply: fields![&[APPID, MCHID], TRADE, PAID_BY, PROMOTION, REFUSAL],
    errors: CODEPAY_ERRORS,
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new(
        "付款码支付（没有支付通知，结果要查单）",
        "Charge a payment code; no notice follows, query the order",
    ),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012382150",
    ..CALL
};

/// Charges the customer whose payment code was scanned, for a sub-merchant.
pub static PARTNER_CODEPAY: Endpoint = Endpoint {
    name: "v3_partner_codepay",
    path: "/v3/pay/partner/transactions/codepay",
    fields: fields![PARTNER, CODE_ORDER, TILL, DETAIL, SETTLE_PARTNER],
    reply: fields![&[SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID], TRADE, PARTNER_PAID_BY, PROMOTION, REFUSAL],
    about: Word::new("服务商付款码支付", "Charge a payment code, as a partner"),
    ..CODEPAY
};

/// Ends an order by a payment code; what was paid goes back.
pub static REVERSE: Endpoint = Endpoint {
    name: "v3_reverse",
    path: "/v3/pay/transactions/out-trade-no/{out_trade_no}/reverse",
    fields: &[SERIAL, &in_path(OUT_TRADE_NO), APPID, MCHID],
    reply: fields![&[APPID, MCHID, &OUT_TRADE_NO.needed(Need::Optional)], REFUSAL],
    errors: CLOSE_ERRORS,
    success: Success::Fields,
    money: Money::Moves,
    about: Word::new(
        "撤销付款码订单（已支付的会退款）",
        "Reverse a payment-code order; what was paid goes back",
    ),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012382150",
    ..CLOSED
};

/// Ends a partner's order by a payment code.
pub static PARTNER_REVERSE: Endpoint = Endpoint {
    name: "v3_partner_reverse",
    path: "/v3/pay/partner/transactions/out-trade-no/{out_trade_no}/reverse",
    fields: &[SERIAL, &in_path(OUT_TRADE_NO), SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID],
    reply: fields![
        &[SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID, &OUT_TRADE_NO.needed(Need::Optional)],
        REFUSAL
    ],
    about: Word::new("服务商撤销付款码订单", "Reverse a payment-code order, as a partner"),
    ..REVERSE
};
