//! The calls of WeChat Pay v2: order, query, close, refund, bills, payment
//! codes. Rows only; `codec.rs` reads them. All are POST XML, signed over
//! every non-empty field; money is integer fen.

use super::endpoint::{
    Certificate, Endpoint, Field, Fill, Format, Host, Kind, Layout, Leaves, Method, Money, Need, Rule,
    Scheme, SignTypeRule, Success,
};
use super::pay_fields::{
    APPID, ATTACH, AUTH_CODE, BANK_TYPE, BILL_DATE, BODY, CASH_FEE, CASH_FEE_TYPE, CASH_REFUND_FEE,
    COUPON_COUNT, COUPON_FEE, COUPON_FEE_N, COUPON_ID_N, COUPON_TYPE_N, COUPON_TYPES, DETAIL, DEVICE_INFO,
    ERR_CODE, ERR_CODE_DES, FEE_TYPE, GOODS_TAG, IS_SUBSCRIBE, LIMIT_PAY, MCH_ID, NONCE_STR, OPENID,
    ORDER_IDS, OUT_REFUND_NO, OUT_TRADE_NO, PROFIT_SHARING, PROMOTION_DETAIL, RECEIPT, REFUND_ACCOUNTS,
    REFUND_FEE, REFUND_ID, REFUND_IDS, RESULT_CODE, RETURN_CODE, RETURN_MSG, SETTLEMENT_REFUND_FEE,
    SETTLEMENT_TOTAL_FEE, SIGN, SIGN_TYPE, SPBILL_CREATE_IP, SUB_APPID, SUB_IS_SUBSCRIBE, SUB_MCH_ID,
    SUB_OPENID, TAR_TYPE, TIME_END, TIME_EXPIRE, TIME_START, TOTAL_FEE, TRADE_TYPE_PAID, TRADE_TYPES,
    TRANSACTION_ID, VERSION, WHEN_PAID, Y_N,
};
use super::word::Word;

/// All rows of this file.
pub static ROWS: &[&Endpoint] = &[
    &UNIFIEDORDER,
    &ORDERQUERY,
    &CLOSEORDER,
    &REFUND,
    &REFUNDQUERY,
    &DOWNLOADBILL,
    &DOWNLOADFUNDFLOW,
    &MICROPAY,
    &REVERSE,
    &AUTHCODETOOPENID,
    &SHORTURL,
    &REPORT,
];

/// What these calls have in common.
const CALL: Endpoint = Endpoint {
    name: "",
    method: Method::Post,
    host: Host::Mch,
    path: "",
    scheme: Scheme::PayV2(Rule::USUAL),
    sends: Format::Xml,
    answers: Format::Xml,
    success: Success::Fields,
    layout: Layout::OneLine,
    fields: &[],
    reply: &[],
    told_by: &[],
    errors: &[],
    certificate: Certificate::NotNeeded,
    money: Money::Still,
    leaves: Leaves::Nothing,
    about: Word::new("", ""),
    page: "",
};

/// The call at a path that has no row of its own: what all calls have in
/// common is filled and signed, the rest is the caller's. Taken to move money,
/// because nobody knows that it does not.
#[must_use]
pub fn other_call(path: &str) -> &'static Endpoint {
    const WITH_CERTIFICATE: [&str; 2] = ["/secapi/", "/mmpaymkttransfers/"];
    if WITH_CERTIFICATE.iter().any(|start| path.starts_with(start)) {
        &OTHER_WITH_CERTIFICATE
    } else {
        &OTHER
    }
}

static OTHER: Endpoint = Endpoint {
    name: "call",
    fields: &[APPID, MCH_ID, NONCE_STR, SIGN, SIGN_TYPE],
    reply: &[RETURN_CODE, RETURN_MSG, RESULT_CODE, ERR_CODE, ERR_CODE_DES, SIGN],
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new("调用任意 v2 接口", "Call any v2 path"),
    page: "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3",
    ..CALL
};

static OTHER_WITH_CERTIFICATE: Endpoint = Endpoint { certificate: Certificate::Needed, ..OTHER };

/// Prepares a payment; the customer pays with what comes back.
pub static UNIFIEDORDER: Endpoint = Endpoint {
    name: "unifiedorder",
    path: "/pay/unifiedorder",
    told_by: &["trade_type", "notify_url"],
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        DEVICE_INFO,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        BODY,
        DETAIL,
        ATTACH,
        &OUT_TRADE_NO.filled(Fill::OrderNo),
        FEE_TYPE,
        TOTAL_FEE,
        SPBILL_CREATE_IP,
        TIME_START,
        TIME_EXPIRE,
        GOODS_TAG,
        &Field::must("notify_url", Kind::NotifyUrl, 256)
            .means(
                "接收支付通知的地址，公网可访问，不能带参数",
                "Where the payment notice goes; public, without a query",
            )
            .filled(Fill::NotifyUrl),
        &Field::must("trade_type", Kind::Choice(TRADE_TYPES), 16)
            .means(
                "交易类型：JSAPI 公众号和小程序，NATIVE 扫码，APP，MWEB 手机网页",
                "JSAPI (account, mini program), NATIVE (QR code), APP or MWEB (mobile web)",
            )
            .filled(Fill::Literal("JSAPI")),
        &Field::may("product_id", Kind::Text, 32)
            .means("商品 ID，NATIVE 必填，由商户自定", "Your product id; needed for NATIVE")
            .needed(Need::When { field: "trade_type", is: "NATIVE", unless: &[] }),
        LIMIT_PAY,
        &OPENID
            .means(
                "付款用户在 appid 下的标识，JSAPI 必填（服务商可改传 sub_openid）",
                "The payer's id under appid; needed for JSAPI (partners may give sub_openid)",
            )
            .needed(Need::When { field: "trade_type", is: "JSAPI", unless: &["sub_openid"] }),
        SUB_OPENID,
        RECEIPT,
        &Field::may("scene_info", Kind::Json, 256)
            .means("场景信息，JSON 文本，MWEB 必填 h5_info", "Scene as JSON text; MWEB needs h5_info in it")
            .needed(Need::When { field: "trade_type", is: "MWEB", unless: &[] }),
        PROFIT_SHARING,
        VERSION,
        &Field::may(
            "user_type",
            Kind::Choice(&[
                "IDCARD",
                "HONGKONG_MACAO",
                "HONGKONG_MACAO_RESIDENT",
                "TAIWAN_RESIDENT",
                "FOREIGN_RESIDENT",
                "OVERSEA_PASSPORT",
            ]),
            32,
        )
        .means("指定身份支付：证件类型", "Pay only as this person: kind of document"),
        &Field::may("user_creid", Kind::Text, 32)
            .means("指定身份支付：证件号", "Pay only as this person: document number"),
        &Field::may("user_truename", Kind::Text, 64)
            .means("指定身份支付：姓名", "Pay only as this person: real name"),
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        DEVICE_INFO,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        ERR_CODE,
        ERR_CODE_DES,
        &Field::must("trade_type", Kind::Choice(TRADE_TYPES), 16)
            .means("交易类型，与请求相同", "Trade type, as in the request"),
        &Field::must("prepay_id", Kind::Text, 64)
            .means("预支付会话标识，2 小时内有效", "Id of the prepared payment, good for 2 hours"),
        &Field::may("code_url", Kind::Text, 64)
            .means(
                "做成二维码的链接，NATIVE 返回，2 小时内有效",
                "Link to show as a QR code (NATIVE), good for 2 hours",
            )
            .needed(Need::When { field: "trade_type", is: "NATIVE", unless: &[] }),
        // The page says 64, its own sample is longer.
        &Field::may("mweb_url", Kind::Text, 0)
            .means(
                "拉起微信支付的中间页，MWEB 返回，5 分钟内有效",
                "Page that opens WeChat Pay (MWEB), good for 5 minutes",
            )
            .needed(Need::When { field: "trade_type", is: "MWEB", unless: &[] }),
    ],
    errors: &[
        "INVALID_REQUEST",
        "NOAUTH",
        "NOTENOUGH",
        "ORDERPAID",
        "ORDERCLOSED",
        "SYSTEMERROR",
        "APPID_NOT_EXIST",
        "MCHID_NOT_EXIST",
        "APPID_MCHID_NOT_MATCH",
        "LACK_PARAMS",
        "OUT_TRADE_NO_USED",
        "SIGNERROR",
        "XML_FORMAT_ERROR",
        "REQUIRE_POST_METHOD",
        "POST_DATA_EMPTY",
        "NOT_UTF8",
        "PARAM_ERROR",
    ],
    leaves: Leaves::Trade,
    about: Word::new("统一下单：生成预支付订单", "Place an order that the customer then pays"),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011936530",
    ..CALL
};

/// What became of a payment: the only word to trust besides a signed notice.
pub static ORDERQUERY: Endpoint = Endpoint {
    name: "orderquery",
    path: "/pay/orderquery",
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        &TRANSACTION_ID.needed(Need::OneOf(ORDER_IDS)),
        &OUT_TRADE_NO.needed(Need::OneOf(ORDER_IDS)),
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        VERSION,
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        ERR_CODE,
        ERR_CODE_DES,
        DEVICE_INFO,
        &OPENID.needed(WHEN_PAID),
        &IS_SUBSCRIBE.needed(WHEN_PAID),
        SUB_OPENID,
        SUB_IS_SUBSCRIBE,
        &TRADE_TYPE_PAID.needed(WHEN_PAID),
        &Field::must(
            "trade_state",
            Kind::Choice(&[
                "SUCCESS",
                "REFUND",
                "NOTPAY",
                "CLOSED",
                "REVOKED",
                "USERPAYING",
                "PAYERROR",
                "ACCEPT",
            ]),
            32,
        )
        .means(
            "交易状态：SUCCESS 已支付，REFUND 已转入退款，NOTPAY 未支付，CLOSED 已关闭，\
             REVOKED 已撤销，USERPAYING 支付中，PAYERROR 支付失败，ACCEPT 已接收待扣款",
            "State: SUCCESS, REFUND, NOTPAY, CLOSED, REVOKED, USERPAYING, PAYERROR or ACCEPT",
        ),
        &BANK_TYPE.needed(WHEN_PAID),
        &TOTAL_FEE.needed(WHEN_PAID),
        SETTLEMENT_TOTAL_FEE,
        FEE_TYPE,
        &CASH_FEE.needed(WHEN_PAID),
        CASH_FEE_TYPE,
        COUPON_FEE,
        COUPON_COUNT,
        COUPON_TYPE_N,
        COUPON_ID_N,
        COUPON_FEE_N,
        &TRANSACTION_ID.needed(WHEN_PAID),
        OUT_TRADE_NO,
        ATTACH,
        &TIME_END.needed(WHEN_PAID),
        &Field::must("trade_state_desc", Kind::Text, 256)
            .means("当前状态的说明和下一步建议", "The state in words, with what to do next"),
        PROMOTION_DETAIL,
        &Field::may("consume_fee", Kind::FenOrZero, 0)
            .means("押金已消费金额，单位分", "Used part of a deposit, in fen"),
    ],
    errors: &["ORDERNOTEXIST", "SYSTEMERROR"],
    about: Word::new("查询订单", "Query an order"),
    page: "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2",
    ..CALL
};

/// Closes an unpaid order, so that nobody can pay it later.
pub static CLOSEORDER: Endpoint = Endpoint {
    name: "closeorder",
    path: "/pay/closeorder",
    fields: &[APPID, MCH_ID, SUB_APPID, SUB_MCH_ID, OUT_TRADE_NO, NONCE_STR, SIGN, SIGN_TYPE],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        &Field::may("result_msg", Kind::Text, 32).means("业务结果描述", "The result in words"),
        ERR_CODE,
        ERR_CODE_DES,
    ],
    errors: &[
        "ORDERPAID",
        "SYSTEMERROR",
        "ORDERNOTEXIST",
        "ORDERCLOSED",
        "SIGNERROR",
        "REQUIRE_POST_METHOD",
        "XML_FORMAT_ERROR",
        "TRADE_STATE_ERROR",
    ],
    leaves: Leaves::Trade,
    about: Word::new(
        "关闭未支付的订单（下单 5 分钟后才能调用）",
        "Close an unpaid order, at least 5 minutes old",
    ),
    page: "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_3",
    ..CALL
};

/// Asks for a refund. Success means accepted, not yet paid back; a repetition
/// must carry the same `out_refund_no`.
pub static REFUND: Endpoint = Endpoint {
    name: "refund",
    path: "/secapi/pay/refund",
    told_by: &["out_refund_no", "refund_fee"],
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        &TRANSACTION_ID.needed(Need::OneOf(ORDER_IDS)),
        &OUT_TRADE_NO.needed(Need::OneOf(ORDER_IDS)),
        OUT_REFUND_NO,
        TOTAL_FEE,
        REFUND_FEE,
        &Field::may("refund_fee_type", Kind::Text, 8)
            .means("退款币种，须与支付一致，默认 CNY", "Currency, same as the payment; CNY by default"),
        &Field::may("refund_desc", Kind::Text, 80)
            .means("退款原因，会显示给用户", "Reason, shown to the customer"),
        &Field::may("refund_account", Kind::Choice(REFUND_ACCOUNTS), 30).means(
            "退款资金来源：未结算资金（默认）或可用余额",
            "Pay back from unsettled funds (default) or from the balance",
        ),
        &Field::may("notify_url", Kind::NotifyUrl, 256).means(
            "接收退款结果通知的地址，不传则用商户平台上的设置",
            "Where the refund notice goes; otherwise the address set on the platform",
        ),
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        RESULT_CODE,
        ERR_CODE,
        ERR_CODE_DES,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        TRANSACTION_ID,
        OUT_TRADE_NO,
        OUT_REFUND_NO,
        REFUND_ID,
        REFUND_FEE,
        SETTLEMENT_REFUND_FEE,
        TOTAL_FEE,
        SETTLEMENT_TOTAL_FEE,
        FEE_TYPE,
        CASH_FEE,
        CASH_FEE_TYPE,
        CASH_REFUND_FEE,
        COUPON_TYPE_N,
        &Field::may("coupon_refund_fee", Kind::FenOrZero, 0)
            .means("代金券退款总金额，单位分", "Coupons given back in total, in fen"),
        &Field::may("coupon_refund_fee_$n", Kind::FenOrZero, 0).means(
            "单个代金券退款金额，单位分，$n 从 0 开始",
            "One coupon given back, in fen; $n counts from 0",
        ),
        &Field::may("coupon_refund_count", Kind::Int, 0)
            .means("退回的代金券张数", "Number of coupons given back"),
        &Field::may("coupon_refund_id_$n", Kind::Text, 20)
            .means("退回的代金券 ID，$n 从 0 开始", "Id of a coupon given back; $n counts from 0"),
    ],
    errors: &[
        "SYSTEMERROR",
        "BIZERR_NEED_RETRY",
        "TRADE_OVERDUE",
        "ERROR",
        "USER_ACCOUNT_ABNORMAL",
        "INVALID_REQ_TOO_MUCH",
        "NOTENOUGH",
        "INVALID_TRANSACTIONID",
        "PARAM_ERROR",
        "APPID_NOT_EXIST",
        "MCHID_NOT_EXIST",
        "ORDERNOTEXIST",
        "REQUIRE_POST_METHOD",
        "SIGNERROR",
        "XML_FORMAT_ERROR",
        "FREQUENCY_LIMITED",
        "REFUND_FEE_MISMATCH",
        "INVALID_REQUEST",
    ],
    certificate: Certificate::Needed,
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new(
        "申请退款（需要商户证书；失败重试必须用原退款单号）",
        "Refund a payment; needs the client certificate, repeat with the same refund number",
    ),
    page: "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_4",
    ..CALL
};

/// What became of a refund.
pub static REFUNDQUERY: Endpoint = Endpoint {
    name: "refundquery",
    path: "/pay/refundquery",
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        &TRANSACTION_ID.needed(Need::OneOf(REFUND_IDS)),
        &OUT_TRADE_NO.needed(Need::OneOf(REFUND_IDS)),
        &OUT_REFUND_NO.needed(Need::OneOf(REFUND_IDS)),
        &REFUND_ID.needed(Need::OneOf(REFUND_IDS)),
        &Field::may("offset", Kind::Int, 0).means(
            "偏移量；部分退款超过 20 笔时，从第几笔开始返回",
            "First refund to return, where an order has more than 20",
        ),
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        RESULT_CODE,
        ERR_CODE,
        ERR_CODE_DES,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        &Field::may("total_refund_count", Kind::Int, 0)
            .means("订单总退款次数，传了 offset 才返回", "All refunds of the order; only with offset"),
        TRANSACTION_ID,
        OUT_TRADE_NO,
        TOTAL_FEE,
        SETTLEMENT_TOTAL_FEE,
        FEE_TYPE,
        CASH_FEE,
        &Field::must("refund_count", Kind::Int, 0)
            .means("本次返回的退款笔数", "Number of refunds in this reply"),
        &Field::must("out_refund_no_$n", Kind::Text, 64)
            .means("商户退款单号，$n 从 0 开始", "Your refund number; $n counts from 0"),
        &Field::must("refund_id_$n", Kind::Text, 32).means("微信退款单号", "WeChat's refund number"),
        &Field::may(
            "refund_channel_$n",
            Kind::Choice(&["ORIGINAL", "BALANCE", "OTHER_BALANCE", "OTHER_BANKCARD"]),
            16,
        )
        .means(
            "退款渠道：ORIGINAL 原路，BALANCE 退回余额，其余为原账户异常时的去向",
            "Way back: ORIGINAL, BALANCE, or another account where the first was unusable",
        ),
        &Field::must("refund_fee_$n", Kind::Fen, 0).means("申请退款金额，单位分", "Refund asked for, in fen"),
        &Field::may("settlement_refund_fee_$n", Kind::FenOrZero, 0)
            .means("应结退款金额，单位分，去掉了免充值代金券", "Refund without free coupons, in fen"),
        &Field::may("coupon_type_$n_$m", Kind::Choice(COUPON_TYPES), 8)
            .means("第 $n 笔退款中第 $m 张代金券的类型", "Kind of coupon $m in refund $n"),
        &Field::may("coupon_refund_fee_$n", Kind::FenOrZero, 0)
            .means("第 $n 笔退款的代金券退款总额，单位分", "Coupons given back in refund $n, in fen"),
        &Field::may("coupon_refund_count_$n", Kind::Int, 0)
            .means("第 $n 笔退款退回的代金券张数", "Number of coupons given back in refund $n"),
        &Field::may("coupon_refund_id_$n_$m", Kind::Text, 20)
            .means("第 $n 笔退款中第 $m 张代金券的 ID", "Id of coupon $m in refund $n"),
        &Field::may("coupon_refund_fee_$n_$m", Kind::FenOrZero, 0).means(
            "第 $n 笔退款中第 $m 张代金券的退款金额，单位分",
            "Coupon $m given back in refund $n, in fen",
        ),
        &Field::must(
            "refund_status_$n",
            Kind::Choice(&["SUCCESS", "REFUNDCLOSE", "PROCESSING", "CHANGE"]),
            16,
        )
        .means(
            "退款状态：SUCCESS 成功，REFUNDCLOSE 关闭，PROCESSING 处理中，CHANGE 异常需人工处理",
            "State: SUCCESS, REFUNDCLOSE, PROCESSING, or CHANGE (needs you on the platform)",
        ),
        &Field::may("refund_account_$n", Kind::Choice(REFUND_ACCOUNTS), 30)
            .means("退款资金来源", "Where the money came from"),
        // WeChat's own spelling: accout.
        &Field::must("refund_recv_accout_$n", Kind::Text, 64)
            .means("退款入账账户，如“招商银行信用卡0403”", "Account that got the money"),
        &Field::may("refund_success_time_$n", Kind::DateTime, 20)
            .means("退款成功时间，北京时间", "When it was paid back, Beijing time"),
    ],
    errors: &[
        "SYSTEMERROR",
        "REFUNDNOTEXIST",
        "INVALID_TRANSACTIONID",
        "PARAM_ERROR",
        "APPID_NOT_EXIST",
        "MCHID_NOT_EXIST",
        "REQUIRE_POST_METHOD",
        "SIGNERROR",
        "XML_FORMAT_ERROR",
    ],
    about: Word::new("查询退款", "Query refunds"),
    page: "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_5",
    ..CALL
};

/// One day's trades as CSV, amounts in yuan. A refusal comes as XML.
pub static DOWNLOADBILL: Endpoint = Endpoint {
    name: "downloadbill",
    path: "/pay/downloadbill",
    success: Success::File,
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        BILL_DATE,
        &Field::may(
            "bill_type",
            Kind::Choice(&["ALL", "SUCCESS", "REFUND", "RECHARGE_REFUND"]),
            // The page says 8; its own RECHARGE_REFUND is longer.
            0,
        )
        .means(
            "账单类型：ALL 全部（默认），SUCCESS 支付成功，REFUND 退款，RECHARGE_REFUND 充值退款",
            "ALL (default), SUCCESS, REFUND or RECHARGE_REFUND",
        ),
        TAR_TYPE,
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        &Field::may("error_code", Kind::Text, 16).means("错误码，失败才有", "Error code, only on refusal"),
    ],
    errors: &[
        "No Bill Exist",
        "Bill Creating",
        "invalid bill_type",
        "data format error",
        "missing parameter",
        "SIGN ERROR",
        "CompressGZip Error",
        "UnCompressGZip Error",
        "SYSTEMERROR",
    ],
    scheme: Scheme::PayV2(Rule::UNSIGNED_REPLY),
    about: Word::new(
        "下载交易账单（次日 10 点后，三个月内）",
        "Download one day's trades; after 10:00 the next day, within three months",
    ),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011985040",
    ..CALL
};

/// One day's money movements as CSV; its digest comes in a header.
pub static DOWNLOADFUNDFLOW: Endpoint = Endpoint {
    name: "downloadfundflow",
    path: "/pay/downloadfundflow",
    success: Success::File,
    fields: &[
        APPID,
        MCH_ID,
        NONCE_STR,
        SIGN,
        &Field::must("sign_type", Kind::Choice(&["HMAC-SHA256"]), 32)
            .means("签名类型，只能是 HMAC-SHA256", "Digest; only HMAC-SHA256 works here")
            .filled(Fill::Literal("HMAC-SHA256")),
        BILL_DATE,
        &Field::must(
            "account_type",
            Kind::Choice(&["Basic", "Operation", "Fees"]),
            // The page says 8; its own Operation is longer.
            0,
        )
        .means(
            "资金账户：Basic 基本账户，Operation 运营账户，Fees 手续费账户",
            "Account: Basic, Operation or Fees",
        ),
        TAR_TYPE,
    ],
    reply: &[RETURN_CODE, RETURN_MSG, RESULT_CODE, ERR_CODE, ERR_CODE_DES],
    errors: &["SYSTEMERROR", "PARAM_ERROR", "NO_BILL_EXIST", "BILL_CREATING"],
    scheme: Scheme::PayV2(Rule { sign_type: SignTypeRule::HmacOnly, ..Rule::UNSIGNED_REPLY }),
    certificate: Certificate::Needed,
    about: Word::new(
        "下载资金账单（需要商户证书，只支持 HMAC-SHA256）",
        "Download one day's money movements; client certificate and HMAC-SHA256 only",
    ),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011939779",
    ..CALL
};

/// Charges the customer's payment code. There is no notice: the reply or
/// [`ORDERQUERY`] tells.
pub static MICROPAY: Endpoint = Endpoint {
    name: "micropay",
    path: "/pay/micropay",
    told_by: &["auth_code", "out_trade_no"],
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        DEVICE_INFO,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        BODY,
        DETAIL,
        ATTACH,
        &OUT_TRADE_NO.filled(Fill::OrderNo),
        TOTAL_FEE,
        FEE_TYPE,
        SPBILL_CREATE_IP,
        GOODS_TAG,
        LIMIT_PAY,
        TIME_START,
        TIME_EXPIRE,
        RECEIPT,
        AUTH_CODE,
        &Field::may("scene_info", Kind::Json, 256).means("门店信息，JSON 文本", "The shop, as JSON text"),
        PROFIT_SHARING,
        VERSION,
        &Field::may("deposit", Kind::Choice(Y_N), 1)
            .means("是否押金支付：Y 是，N 否", "Whether this is a deposit: Y or N"),
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        DEVICE_INFO,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        ERR_CODE,
        ERR_CODE_DES,
        OPENID,
        IS_SUBSCRIBE,
        SUB_OPENID,
        SUB_IS_SUBSCRIBE,
        TRADE_TYPE_PAID,
        BANK_TYPE,
        FEE_TYPE,
        TOTAL_FEE,
        SETTLEMENT_TOTAL_FEE,
        COUPON_FEE,
        CASH_FEE_TYPE,
        CASH_FEE,
        TRANSACTION_ID,
        OUT_TRADE_NO,
        ATTACH,
        TIME_END,
        PROMOTION_DETAIL,
    ],
    errors: &[
        "SYSTEMERROR",
        "PARAM_ERROR",
        "ORDERPAID",
        "NOAUTH",
        "AUTHCODEEXPIRE",
        "NOTENOUGH",
        "NOTSUPORTCARD",
        "ORDERCLOSED",
        "ORDERREVERSED",
        "BANKERROR",
        "USERPAYING",
        "AUTH_CODE_ERROR",
        "AUTH_CODE_INVALID",
        "XML_FORMAT_ERROR",
        "REQUIRE_POST_METHOD",
        "SIGNERROR",
        "LACK_PARAMS",
        "NOT_UTF8",
        "BUYER_MISMATCH",
        "APPID_NOT_EXIST",
        "MCHID_NOT_EXIST",
        "OUT_TRADE_NO_USED",
        "APPID_MCHID_NOT_MATCH",
        "INVALID_REQUEST",
        "TRADE_ERROR",
    ],
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new(
        "付款码支付（没有支付通知，结果不明就查单）",
        "Charge a payment code; no notice comes, query when in doubt",
    ),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011937125",
    ..CALL
};

/// Takes a payment back, or closes it when it was not paid.
pub static REVERSE: Endpoint = Endpoint {
    name: "reverse",
    path: "/secapi/pay/reverse",
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        &TRANSACTION_ID.needed(Need::OneOf(ORDER_IDS)),
        &OUT_TRADE_NO.needed(Need::OneOf(ORDER_IDS)),
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        ERR_CODE,
        ERR_CODE_DES,
        &Field::must("recall", Kind::Choice(Y_N), 1)
            .means("是否需要再次调用撤销：Y 需要，N 不需要", "Y: call reverse again; N: done"),
    ],
    errors: &[
        "SYSTEMERROR",
        "INVALID_TRANSACTIONID",
        "PARAM_ERROR",
        "REQUIRE_POST_METHOD",
        "SIGNERROR",
        "INVALID_REQUEST",
        "TRADE_ERROR",
        "ORDER_NOT_EXIST",
        "REVERSE_EXPIRE",
    ],
    certificate: Certificate::Needed,
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new(
        "撤销付款码支付的订单（需要商户证书；支付 15 秒后，7 天内）",
        "Take back a code payment; client certificate, 15 s to 7 days after it",
    ),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011937361",
    ..CALL
};

/// Payment code → openid. Refuses `sign_type` and a 64-character `sign`.
pub static AUTHCODETOOPENID: Endpoint = Endpoint {
    name: "authcodetoopenid",
    path: "/tools/authcodetoopenid",
    fields: &[APPID, MCH_ID, SUB_APPID, SUB_MCH_ID, AUTH_CODE, NONCE_STR, SIGN],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        ERR_CODE,
        OPENID,
        SUB_OPENID,
    ],
    errors: &["SYSTEMERROR", "AUTHCODEEXPIRE", "AUTH_CODE_ERROR", "AUTH_CODE_INVALID"],
    scheme: Scheme::PayV2(Rule { sign_type: SignTypeRule::Md5LeftOut, ..Rule::USUAL }),
    about: Word::new(
        "用付款码查询用户 openid（查询后该码只能由本商户扣款）",
        "Find the openid behind a payment code; afterwards only you can charge it",
    ),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011940944",
    ..CALL
};

/// Shortens a native mode 1 link, for a smaller QR code.
pub static SHORTURL: Endpoint = Endpoint {
    name: "shorturl",
    path: "/tools/shorturl",
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        &Field::must("long_url", Kind::Text, 512).means(
            "要转换的 weixin:// 链接，用原串签名",
            "The weixin:// link to shorten; sign it as it stands",
        ),
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
    ],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        NONCE_STR,
        SIGN,
        RESULT_CODE,
        ERR_CODE,
        &Field::must("short_url", Kind::Text, 64)
            .means("短链接，形如 weixin://wxpay/s/XXXXXX", "The short link, weixin://wxpay/s/…"),
    ],
    errors: &[
        "SIGNERROR",
        "REQUIRE_POST_METHOD",
        "APPID_NOT_EXIST",
        "MCHID_NOT_EXIST",
        "APPID_MCHID_NOT_MATCH",
        "LACK_PARAMS",
        "XML_FORMAT_ERROR",
        "POST_DATA_EMPTY",
    ],
    about: Word::new("转换短链接（Native 模式一的二维码）", "Shorten the link of a native mode 1 QR code"),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011937195",
    ..CALL
};

/// Tells WeChat how long a call took and how it ended. Points of sale send
/// `trades` in place of the single result.
pub static REPORT: Endpoint = Endpoint {
    name: "report",
    path: "/payitil/report",
    fields: &[
        APPID,
        MCH_ID,
        SUB_APPID,
        SUB_MCH_ID,
        DEVICE_INFO,
        NONCE_STR,
        SIGN,
        SIGN_TYPE,
        &Field::must("interface_url", Kind::Url, 127)
            .means("被上报接口的完整地址", "Full URL of the call you report on"),
        // The last underscore is WeChat's.
        &Field::may("execute_time_", Kind::Int, 0)
            .means(
                "接口耗时，单位毫秒（参数名末尾带下划线）",
                "How long it took, in milliseconds; the name ends with an underscore",
            )
            .needed(Need::OneOf(&["execute_time_", "trades"])),
        &RETURN_CODE.needed(Need::OneOf(&["return_code", "trades"])),
        RETURN_MSG,
        &RESULT_CODE.needed(Need::OneOf(&["result_code", "trades"])),
        ERR_CODE,
        ERR_CODE_DES,
        &OUT_TRADE_NO.needed(Need::Optional),
        &Field::must("user_ip", Kind::Ip, 16)
            .means("调用接口的机器 IP", "IP address of the calling machine")
            .filled(Fill::Literal("127.0.0.1")),
        &Field::may("time", Kind::Time14, 14)
            .means("上报时的系统时间，格式 yyyyMMddHHmmss", "Time of the report, yyyyMMddHHmmss"),
        &Field::may("trades", Kind::Json, 1024)
            .means("POS 机的交易列表，JSON 数组文本", "Trades of a point of sale, as a JSON array"),
    ],
    reply: &[RETURN_CODE, RETURN_MSG, RESULT_CODE],
    errors: &[],
    scheme: Scheme::PayV2(Rule::UNSIGNED_REPLY),
    about: Word::new("交易保障：上报接口耗时和结果", "Report how long a call took and how it ended"),
    page: "https://pay.weixin.qq.com/doc/v2/merchant/4011937189",
    ..CALL
};

/// Asks for the key of the sandbox, signed with the real one. Played by the gateway for
/// SDKs that still have the switch; no command calls it, so it stands in no list.
/// <https://pay.weixin.qq.com/doc/v2/partner/4011984820>
pub static GETSIGNKEY: Endpoint = Endpoint {
    name: "getsignkey",
    path: "/xdc/apiv2getsignkey/sign/getsignkey",
    fields: &[MCH_ID, NONCE_STR, SIGN],
    reply: &[
        RETURN_CODE,
        RETURN_MSG,
        MCH_ID,
        &Field::may("sandbox_signkey", Kind::Text, 32)
            .means("沙箱密钥，有效期约 3 天", "Key of the sandbox, good for about 3 days"),
    ],
    scheme: Scheme::PayV2(Rule::UNSIGNED_REPLY),
    about: Word::new("取得沙箱密钥", "Get the key of the sandbox"),
    page: "https://pay.weixin.qq.com/doc/v2/partner/4011984820",
    ..CALL
};
