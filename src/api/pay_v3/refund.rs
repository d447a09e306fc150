//! Refunds of pay v3, of merchants and partners. Rows only.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012791862>

use super::fields::{
    CURRENCY, MAY_SUB_MCHID, OUT_TRADE_NO, REFUSAL, SERIAL, TRANSACTION_ID, asked, fields, in_path, may,
    must, within,
};
use super::{CALL, QUERIED};
use crate::api::endpoint::{Endpoint, Kind, Leaves, Money, Need};
use crate::api::field::Field;
use crate::api::word::Word;

const ORDER_IDS: &[&str] = &["transaction_id", "out_trade_no"];

pub(super) const OUT_REFUND_NO: &Field = &must("out_refund_no", Kind::OwnNo, 64).means(
    "商户退款单号，同一单号多次请求只退一笔",
    "Your refund number; the same number is refunded only once",
);

pub(super) const REFUND_ID: &Field =
    &must("refund_id", Kind::Text, 32).means("微信支付退款单号", "WeChat's refund number");

const FROM: &[&Field] = &[
    &within("amount.from.$n.account", Kind::Choice(&["AVAILABLE", "UNAVAILABLE"]), 32).means(
        "出资账户：AVAILABLE 可用，UNAVAILABLE 不可用余额",
        "Account that pays: AVAILABLE or UNAVAILABLE",
    ),
    &within("amount.from.$n.amount", Kind::Fen, 0).means("这个账户出资多少，单位分", "What it pays, in fen"),
];

const GOODS: &[&Field] = &[
    &within("goods_detail.$n.merchant_goods_id", Kind::Text, 32)
        .means("商户侧商品编码", "Your number of the goods"),
    &may("goods_detail.$n.wechatpay_goods_id", Kind::Text, 32)
        .means("微信支付商品编码", "WeChat's number of the goods"),
    &may("goods_detail.$n.goods_name", Kind::Text, 256).means("商品名称", "Name of the goods"),
    &within("goods_detail.$n.unit_price", Kind::FenOrZero, 0)
        .means("商品单价，单位分", "Price of one, in fen"),
    &within("goods_detail.$n.refund_amount", Kind::FenOrZero, 0)
        .means("商品退款金额，单位分", "Refund of the goods, in fen"),
    &within("goods_detail.$n.refund_quantity", Kind::Int, 0).means("退货数量", "How many come back"),
];

const COUPONS: &[&Field] = &[
    &within("promotion_detail.$n.promotion_id", Kind::Text, 32).means("券 ID", "Id of the coupon"),
    &within("promotion_detail.$n.scope", Kind::Choice(&["GLOBAL", "SINGLE"]), 32)
        .means("优惠范围：GLOBAL 全场，SINGLE 单品", "GLOBAL (everything) or SINGLE (some goods)"),
    &within("promotion_detail.$n.type", Kind::Choice(&["COUPON", "DISCOUNT", "CASH", "NOCASH"]), 32)
        .means("优惠类型：COUPON 充值型，DISCOUNT 免充值型", "COUPON, or DISCOUNT (free)"),
    &within("promotion_detail.$n.amount", Kind::FenOrZero, 0)
        .means("优惠券面额，单位分", "Worth of the coupon in fen"),
    &within("promotion_detail.$n.refund_amount", Kind::FenOrZero, 0)
        .means("优惠退款金额，单位分", "Coupon given back, in fen"),
    &within("promotion_detail.$n.goods_detail.$m.merchant_goods_id", Kind::Text, 32)
        .means("商户侧商品编码", "Your number of the goods"),
    &may("promotion_detail.$n.goods_detail.$m.wechatpay_goods_id", Kind::Text, 32)
        .means("微信支付商品编码", "WeChat's number of the goods"),
    &may("promotion_detail.$n.goods_detail.$m.goods_name", Kind::Text, 256)
        .means("商品名称", "Name of the goods"),
    &within("promotion_detail.$n.goods_detail.$m.unit_price", Kind::FenOrZero, 0)
        .means("商品单价，单位分", "Price of one, in fen"),
    &within("promotion_detail.$n.goods_detail.$m.refund_amount", Kind::FenOrZero, 0)
        .means("商品退款金额，单位分", "Refund of the goods, in fen"),
    &within("promotion_detail.$n.goods_detail.$m.refund_quantity", Kind::Int, 0)
        .means("退货数量", "How many came back"),
];

/// What became of a refund.
const REFUNDED: &[&Field] = &[
    REFUND_ID,
    OUT_REFUND_NO,
    TRANSACTION_ID,
    OUT_TRADE_NO,
    &must("channel", Kind::Choice(&["ORIGINAL", "BALANCE", "OTHER_BALANCE", "OTHER_BANKCARD"]), 32).means(
        "退款渠道：ORIGINAL 原路，BALANCE 退回余额，其余为原账户异常时的去向",
        "Way back: ORIGINAL, BALANCE, or another account where the first was unusable",
    ),
    &must("user_received_account", Kind::Text, 64)
        .means("退款入账账户，如“招商银行信用卡0403”", "Account that gets the money"),
    &may("success_time", Kind::Rfc3339, 64).means("退款成功时间", "When it was paid back"),
    &must("create_time", Kind::Rfc3339, 64).means("退款创建时间", "When it was asked for"),
    &must("status", Kind::Choice(&["SUCCESS", "CLOSED", "PROCESSING", "ABNORMAL"]), 32).means(
        "退款状态：SUCCESS 成功，CLOSED 关闭，PROCESSING 处理中，ABNORMAL 异常需处理",
        "State: SUCCESS, CLOSED, PROCESSING, or ABNORMAL (needs you)",
    ),
    &may(
        "funds_account",
        Kind::Choice(&["UNSETTLED", "AVAILABLE", "UNAVAILABLE", "OPERATION", "BASIC", "ECNY_BASIC"]),
        32,
    )
    .means("退款资金来源账户", "Account that pays"),
    &must("amount.total", Kind::FenOrZero, 0).means("订单金额，单位分", "Total of the order in fen"),
    &must("amount.refund", Kind::FenOrZero, 0).means("退款金额，单位分", "Refund in fen"),
    &must("amount.payer_total", Kind::FenOrZero, 0)
        .means("用户支付金额，单位分", "Paid by the customer, in fen"),
    &must("amount.payer_refund", Kind::FenOrZero, 0)
        .means("退给用户的金额，单位分，不含优惠券", "Paid back to the customer without coupons, in fen"),
    &must("amount.settlement_refund", Kind::FenOrZero, 0)
        .means("应结退款金额，单位分，去掉了免充值券", "Refund without free coupons, in fen"),
    &must("amount.settlement_total", Kind::FenOrZero, 0)
        .means("应结订单金额，单位分，去掉了免充值券", "Amount without free coupons, in fen"),
    &must("amount.discount_refund", Kind::FenOrZero, 0)
        .means("优惠退款金额，单位分", "Coupons given back, in fen"),
    &must("amount.currency", Kind::Text, 16).means("退款币种，CNY", "Currency; CNY"),
    &may("amount.refund_fee", Kind::FenOrZero, 0).means("手续费退款金额，单位分", "Fee given back, in fen"),
];

/// Asks for a refund. Success means accepted, not yet paid back; a repetition must
/// carry the same `out_refund_no`.
pub static REFUND: Endpoint = Endpoint {
    name: "v3_refund",
    path: "/v3/refund/domestic/refunds",
    fields: fields![
        &[
            SERIAL,
            MAY_SUB_MCHID,
            &TRANSACTION_ID.needed(Need::OneOf(ORDER_IDS)),
            &OUT_TRADE_NO.needed(Need::OneOf(ORDER_IDS)),
            OUT_REFUND_NO,
            &may("reason", Kind::Text, 80).means("退款原因，会显示给用户", "Reason, shown to the customer"),
            &may("notify_url", Kind::NotifyUrl, 256).means(
                "接收退款结果通知的地址，不传则用商户平台上的设置",
                "Where the refund notice goes; otherwise the address set on the platform",
            ),
            &may("funds_account", Kind::Choice(&["AVAILABLE", "UNSETTLED"]), 32).means(
                "退款资金来源：AVAILABLE 可用余额，UNSETTLED 未结算资金",
                "Pay back from the balance (AVAILABLE) or from unsettled funds (UNSETTLED)",
            ),
            &must("amount.refund", Kind::Fen, 0).means("退款金额，单位分", "Refund in fen"),
            &must("amount.total", Kind::Fen, 0).means("原订单金额，单位分", "Total of the order in fen"),
            &CURRENCY.needed(Need::Always).filled(crate::api::field::Fill::Literal("CNY")),
        ],
        FROM,
        GOODS,
    ],
    reply: fields![REFUNDED, FROM, COUPONS, REFUSAL],
    errors: &[
        "PARAM_ERROR",
        "INVALID_REQUEST",
        "SIGN_ERROR",
        "NO_AUTH",
        "NOT_ENOUGH",
        "USER_ACCOUNT_ABNORMAL",
        "MCH_NOT_EXISTS",
        "RESOURCE_NOT_EXISTS",
        "FREQUENCY_LIMITED",
        "SYSTEM_ERROR",
    ],
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new(
        "申请退款（失败重试必须用原退款单号）",
        "Refund a payment; repeat with the same refund number",
    ),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012791862",
    ..CALL
};

/// What became of a refund.
pub static REFUND_QUERY: Endpoint = Endpoint {
    name: "v3_refund_query",
    path: "/v3/refund/domestic/refunds/{out_refund_no}",
    fields: &[SERIAL, &in_path(OUT_REFUND_NO), &asked(MAY_SUB_MCHID)],
    reply: fields![REFUNDED, FROM, COUPONS, REFUSAL],
    errors: &[
        "PARAM_ERROR",
        "INVALID_REQUEST",
        "SIGN_ERROR",
        "MCH_NOT_EXISTS",
        "RESOURCE_NOT_EXISTS",
        "FREQUENCY_LIMITED",
        "SYSTEM_ERROR",
    ],
    about: Word::new("查询退款", "Query a refund"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013071036",
    ..QUERIED
};

const TO_A_CARD: Need = Need::When { field: "type", is: "USER_BANK_CARD", unless: &[] };

/// Sends a refund that WeChat could not pay back to a bank card.
pub static ABNORMAL_REFUND: Endpoint = Endpoint {
    name: "v3_refund_abnormal",
    path: "/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund",
    fields: &[
        SERIAL,
        &in_path(REFUND_ID),
        MAY_SUB_MCHID,
        OUT_REFUND_NO,
        &must("type", Kind::Choice(&["USER_BANK_CARD", "MERCHANT_BANK_CARD"]), 32).means(
            "退到哪里：USER_BANK_CARD 用户银行卡，MERCHANT_BANK_CARD 商户账户",
            "Where it goes: USER_BANK_CARD, or MERCHANT_BANK_CARD (your own account)",
        ),
        &may("bank_type", Kind::Text, 32)
            .means("开户银行，如 ICBC_DEBIT", "Bank, such as ICBC_DEBIT")
            .needed(TO_A_CARD),
        &may("bank_account", Kind::Encrypted, 1024)
            .means("收款银行卡号（加密传送）", "Number of the card, sent encrypted")
            .needed(TO_A_CARD),
        &may("real_name", Kind::Encrypted, 1024)
            .means("收款用户姓名（加密传送）", "Name of its owner, sent encrypted")
            .needed(TO_A_CARD),
    ],
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new("处理异常退款：退到银行卡", "Send a refund that failed to a bank card"),
    method: CALL.method,
    sends: CALL.sends,
    ..REFUND_QUERY
};
