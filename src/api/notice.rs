//! The calls that WeChat makes to the merchant: payment and refund notices,
//! and the question after a native mode 1 scan, as rows. `fields` is what
//! WeChat sends, `reply` what the merchant answers; the path is the merchant's.
//! And [`make_up`], for those who play WeChat.

use super::endpoint::{
    Certificate, Endpoint, Field, Fill, Format, Host, Kind, Layout, Leaves, Method, Money, Need, Rule,
    Scheme, Success,
};
use super::keys::Stamp;
use super::pay_fields::{
    APPID, ATTACH, BANK_TYPE, CASH_FEE, CASH_FEE_TYPE, CASH_REFUND_FEE, COUPON_COUNT, COUPON_FEE,
    COUPON_FEE_N, COUPON_ID_N, COUPON_TYPE_N, DEVICE_INFO, ERR_CODE, ERR_CODE_DES, FEE_TYPE, IS_SUBSCRIBE,
    MCH_ID, NONCE_STR, OPENID, OUT_REFUND_NO, OUT_TRADE_NO, PROMOTION_DETAIL, REFUND_ACCOUNT, REFUND_FEE,
    REFUND_ID, RESULT_CODE, RETURN_CODE, RETURN_MSG, SETTLEMENT_REFUND_FEE, SETTLEMENT_TOTAL_FEE, SIGN,
    SIGN_TYPE, SUB_APPID, SUB_IS_SUBSCRIBE, SUB_MCH_ID, SUB_OPENID, TIME_END, TOTAL_FEE, TRADE_TYPE_PAID,
    TRANSACTION_ID,
};
use super::word::Word;
use crate::wire::Fields;

/// All rows of this file.
pub static ROWS: &[&Endpoint] = &[&PAYMENT, &REFUND, &NATIVE_CALLBACK];

/// What the notices have in common.
const NOTICE: Endpoint = Endpoint {
    name: "",
    method: Method::Post,
    host: Host::Merchant,
    path: "",
    scheme: Scheme::PayV2(Rule::UNSIGNED_REPLY),
    sends: Format::Xml,
    answers: Format::Xml,
    success: Success::Fields,
    layout: Layout::Sorted(&["total_fee", "coupon_fee"]),
    fields: &[],
    reply: RECEIPT,
    told_by: &[],
    errors: &[],
    certificate: Certificate::NotNeeded,
    money: Money::Still,
    leaves: Leaves::Nothing,
    about: Word::new("", ""),
    page: "",
};

/// A payment succeeded. Comes again and again for a day until it is answered
/// with SUCCESS, so the receiver must stand repetition.
pub static PAYMENT: Endpoint = Endpoint {
    name: "pay_notify",
    told_by: &["return_code", "transaction_id", "bank_type"],
    fields: &[
        SUCCESS_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        DEVICE_INFO,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        &RESULT_CODE.filled(Fill::Literal("SUCCESS")),
        ERR_CODE,
        ERR_CODE_DES,
        OPENID,
        &IS_SUBSCRIBE.filled(Fill::Literal("N")),
        SUB_OPENID,
        SUB_IS_SUBSCRIBE,
        &TRADE_TYPE_PAID.filled(Fill::Literal("JSAPI")),
        &BANK_TYPE.filled(Fill::Literal("OTHERS")),
        TOTAL_FEE,
        SETTLEMENT_TOTAL_FEE,
        FEE_TYPE,
        CASH_FEE,
        CASH_FEE_TYPE,
        COUPON_FEE,
        COUPON_COUNT,
        COUPON_TYPE_N,
        COUPON_ID_N,
        COUPON_FEE_N,
        TRANSACTION_ID,
        OUT_TRADE_NO,
        ATTACH,
        &TIME_END.filled(Fill::Now),
        PROMOTION_DETAIL,
        &Field::may("rate_value", Kind::Text, 0)
            .means("汇率，境外商户才有", "Exchange rate, for merchants abroad"),
    ],
    about: Word::new(
        "支付结果通知（先验签，再核对金额）",
        "Payment notice; check the signature, then the amount",
    ),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011937248",
    ..NOTICE
};

/// A refund ended. Not signed: whoever decrypts `req_info` with the pay key
/// knows that it is WeChat's.
pub static REFUND: Endpoint = Endpoint {
    name: "refund_notify",
    layout: Layout::InOrder(&["return_code"]),
    scheme: Scheme::ReqInfo(&[
        TRANSACTION_ID,
        OUT_TRADE_NO,
        REFUND_ID,
        OUT_REFUND_NO,
        TOTAL_FEE,
        SETTLEMENT_TOTAL_FEE,
        REFUND_FEE,
        &SETTLEMENT_REFUND_FEE.needed(Need::Always),
        CASH_REFUND_FEE,
        &Field::must("refund_status", Kind::Choice(&["SUCCESS", "CHANGE", "REFUNDCLOSE"]), 16)
            .means(
                "退款状态：SUCCESS 成功，CHANGE 异常，REFUNDCLOSE 关闭",
                "State: SUCCESS, CHANGE (abnormal) or REFUNDCLOSE",
            )
            .filled(Fill::Literal("SUCCESS")),
        &Field::may("success_time", Kind::DateTime, 20)
            .means("退款到账时间，北京时间，成功才有", "When it was paid back, Beijing time; only on success")
            .needed(Need::When { field: "refund_status", is: "SUCCESS", unless: &[] })
            .filled(Fill::Now),
        // WeChat's own spelling: accout.
        &Field::must("refund_recv_accout", Kind::Text, 64)
            .means("退款入账账户", "Account that gets the money")
            .filled(Fill::Literal("支付用户零钱")),
        &REFUND_ACCOUNT.filled(Fill::Literal("REFUND_SOURCE_UNSETTLED_FUNDS")),
        &Field::must("refund_request_source", Kind::Choice(&["API", "VENDOR_PLATFORM"]), 30)
            .means(
                "退款发起来源：API 接口，VENDOR_PLATFORM 商户平台",
                "Who asked: API, or VENDOR_PLATFORM (by hand)",
            )
            .filled(Fill::Literal("API")),
    ]),
    fields: &[
        SUCCESS_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        &Field::must("req_info", Kind::Text, 1024)
            .means(
                "加密的退款信息，用支付密钥的 MD5 解密",
                "The refund, encrypted with the MD5 of the pay key",
            )
            .filled(Fill::Proof),
    ],
    about: Word::new(
        "退款结果通知（没有签名，解密 req_info）",
        "Refund notice; not signed, decrypt req_info",
    ),
    page: "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16",
    ..NOTICE
};

/// Native mode 1: a customer scanned a product code, and WeChat asks for an
/// order. The answer is signed and carries the `prepay_id`.
pub static NATIVE_CALLBACK: Endpoint = Endpoint {
    name: "native_callback",
    fields: &[
        APPID,
        OPENID,
        MCH_ID,
        &IS_SUBSCRIBE.filled(Fill::Literal("N")),
        NONCE_STR,
        &Field::must("product_id", Kind::Text, 32)
            .means("二维码里的商品 ID 或订单号", "Product or order number from the QR code"),
        SIGN,
    ],
    reply: &[
        SUCCESS_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        NONCE_STR,
        &Field::must("prepay_id", Kind::Text, 64)
            .means("统一下单返回的预支付会话标识", "Id of the prepared payment, from unifiedorder")
            .needed(Need::When { field: "result_code", is: "SUCCESS", unless: &[] }),
        &RESULT_CODE.filled(Fill::Literal("SUCCESS")),
        &ERR_CODE_DES.means("业务失败时显示给用户的提示", "What the customer reads when it failed"),
        SIGN,
    ],
    scheme: Scheme::PayV2(Rule::USUAL),
    about: Word::new(
        "扫码支付模式一回调（返回 prepay_id）",
        "Native mode 1 callback; answer with a prepay_id",
    ),
    page: "https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4",
    ..NOTICE
};

/// Puts in what a caller need not say about a notice: numbers of WeChat, the
/// payer, and the amounts that follow from others.
pub fn make_up(row: &Endpoint, fields: &mut Fields, stamp: &Stamp) {
    let number = stamp.number();
    let other = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let made_up = [
        ("openid", "oMockUser0000000000000000001".to_owned()),
        ("transaction_id", format!("42000{}{number:0>13}", stamp.now)),
        ("refund_id", format!("50300{}{number:0>13}", stamp.now)),
        ("cash_fee", other("total_fee")),
        ("settlement_refund_fee", other("refund_fee")),
    ];
    for (name, value) in made_up {
        let wanted = row.field(name).is_some() || row.inside().iter().any(|field| field.name == name);
        if wanted && fields.get(name).is_none() && !value.is_empty() {
            fields.set(name, value);
        }
    }
}

const SUCCESS_CODE: &Field = &RETURN_CODE.filled(Fill::Literal("SUCCESS"));

/// What the merchant answers so that WeChat stops sending.
const RECEIPT: &[&Field] = &[
    &RETURN_CODE
        .means(
            "SUCCESS 表示已收到，其他值会让微信重发",
            "SUCCESS: received; anything else makes WeChat send again",
        )
        .filled(Fill::Literal("SUCCESS")),
    &RETURN_MSG.means("失败原因，成功填 OK", "Why not; OK on success").filled(Fill::Literal("OK")),
];
