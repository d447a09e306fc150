//! The vocabulary of pay v2: the fields, conditions and choices that its calls
//! (`pay_v2.rs`) and its notices (`notice.rs`) share. Data only.

use super::field::{Field, Fill, Kind, Need};

// Conditions and choices that several rows share.

pub(super) const ORDER_IDS: &[&str] = &["transaction_id", "out_trade_no"];

/// In the order in which WeChat prefers them.
pub(super) const REFUND_IDS: &[&str] = &["refund_id", "out_refund_no", "transaction_id", "out_trade_no"];

pub(super) const WHEN_PAID: Need = Need::When { field: "trade_state", is: "SUCCESS", unless: &[] };

pub(super) const TRADE_TYPES: &[&str] = &["JSAPI", "NATIVE", "APP", "MWEB"];

pub(super) const REFUND_ACCOUNTS: &[&str] =
    &["REFUND_SOURCE_UNSETTLED_FUNDS", "REFUND_SOURCE_RECHARGE_FUNDS"];

pub(super) const COUPON_TYPES: &[&str] = &["CASH", "NO_CASH"];

pub(super) const OUTCOMES: &[&str] = &["SUCCESS", "FAIL"];

pub(super) const Y_N: &[&str] = &["Y", "N"];

// Who speaks, and the signature.

pub(super) const APPID: &Field = &Field::must("appid", Kind::Text, 32)
    .means("公众号、小程序或应用的 AppID，须与商户号绑定", "App id, bound to the merchant id")
    .filled(Fill::AppId);

pub(super) const MCH_ID: &Field =
    &Field::must("mch_id", Kind::Text, 32).means("微信支付商户号", "Merchant id").filled(Fill::MchId);

pub(super) const SUB_APPID: &Field = &Field::may("sub_appid", Kind::Text, 32)
    .means("子商户的 AppID（服务商模式）", "App id of the sub-merchant (partners)");

pub(super) const SUB_MCH_ID: &Field = &Field::may("sub_mch_id", Kind::Text, 32)
    .means("子商户号（服务商模式必填）", "Id of the sub-merchant (partners must give it)");

pub(super) const DEVICE_INFO: &Field = &Field::may("device_info", Kind::Text, 32)
    .means("设备号，门店或终端编号，网页可填 WEB", "Device or shop number; WEB for web pages");

pub(super) const NONCE_STR: &Field =
    &Field::must("nonce_str", Kind::Text, 32).means("随机字符串", "Random text").filled(Fill::Nonce);

pub(super) const SIGN: &Field =
    &Field::must("sign", Kind::Sign, 64).means("签名", "The signature").filled(Fill::Proof);

pub(super) const SIGN_TYPE: &Field = &Field::may("sign_type", Kind::Choice(&["MD5", "HMAC-SHA256"]), 32)
    .means("签名类型：MD5（默认）或 HMAC-SHA256", "Digest: MD5 (default) or HMAC-SHA256")
    .filled(Fill::SignType);

pub(super) const VERSION: &Field = &Field::may("version", Kind::Text, 32)
    .means("接口版本号，单品优惠时填 1.0", "Version of the call; 1.0 for item discounts");

// The order.

pub(super) const BODY: &Field = &Field::must("body", Kind::Text, 127)
    .means("商品描述，用户在账单里看到", "What is bought; the customer sees it on the bill");

pub(super) const DETAIL: &Field = &Field::may("detail", Kind::Json, 6000)
    .means("商品详情，JSON 文本，单品优惠时必填", "Items as JSON text; needed for item discounts");

pub(super) const ATTACH: &Field = &Field::may("attach", Kind::Text, 127)
    .means("附加数据，查单和通知时原样带回", "Your own data, given back in queries and notices");

pub(super) const OUT_TRADE_NO: &Field = &Field::must("out_trade_no", Kind::OrderNo, 32).means(
    "商户订单号，6 至 32 位，同一商户号下唯一",
    "Your order number, 6 to 32 characters, unique in your merchant id",
);

pub(super) const TRANSACTION_ID: &Field =
    &Field::must("transaction_id", Kind::Text, 32).means("微信支付订单号", "WeChat's order number");

pub(super) const TOTAL_FEE: &Field =
    &Field::must("total_fee", Kind::Fen, 0).means("订单总金额，单位分", "Total amount in fen");

pub(super) const FEE_TYPE: &Field =
    &Field::may("fee_type", Kind::Text, 16).means("标价币种，默认 CNY", "Currency; CNY by default");

pub(super) const SPBILL_CREATE_IP: &Field = &Field::must("spbill_create_ip", Kind::Ip, 64)
    .means(
        "用户终端 IP，支持 IPv4 和 IPv6；H5 支付必须是真实 IP",
        "IP address of the customer, v4 or v6; MWEB needs the real one",
    )
    .filled(Fill::Literal("127.0.0.1"));

pub(super) const TIME_START: &Field = &Field::may("time_start", Kind::Time14, 14)
    .means("订单生成时间，北京时间 yyyyMMddHHmmss", "When the order was made, Beijing time yyyyMMddHHmmss");

pub(super) const TIME_EXPIRE: &Field = &Field::may("time_expire", Kind::Time14, 14).means(
    "订单失效时间，北京时间 yyyyMMddHHmmss，至少 1 分钟以后",
    "When it can no longer be paid, Beijing time, at least a minute ahead",
);

pub(super) const GOODS_TAG: &Field = &Field::may("goods_tag", Kind::Text, 32)
    .means("订单优惠标记，用于代金券或立减", "Discount tag, for coupons");

pub(super) const LIMIT_PAY: &Field = &Field::may("limit_pay", Kind::Choice(&["no_credit"]), 32)
    .means("限制支付方式：no_credit 不能用信用卡", "no_credit: credit cards not accepted");

pub(super) const RECEIPT: &Field = &Field::may("receipt", Kind::Choice(Y_N), 8)
    .means("电子发票入口：Y 显示", "Y: offer an electronic invoice");

pub(super) const PROFIT_SHARING: &Field = &Field::may("profit_sharing", Kind::Choice(Y_N), 1)
    .means("是否分账：Y 是，N 否（默认）", "Whether the money will be shared: Y or N (default)");

pub(super) const AUTH_CODE: &Field = &Field::must("auth_code", Kind::AuthCode, 128).means(
    "用户付款码，18 位数字，以 10 至 15 开头，约 1 分钟更新",
    "The customer's payment code: 18 digits, first 10 to 15, new every minute",
);

// The result.

pub(super) const RETURN_CODE: &Field = &Field::must("return_code", Kind::Choice(OUTCOMES), 16).means(
    "通信结果 SUCCESS 或 FAIL，不代表交易结果",
    "Whether the call was understood; says nothing about the payment",
);

pub(super) const RETURN_MSG: &Field = &Field::may("return_msg", Kind::Text, 128)
    .means("通信失败的原因，成功时为 OK", "Why the call was not understood; OK otherwise");

pub(super) const RESULT_CODE: &Field = &Field::must("result_code", Kind::Choice(OUTCOMES), 16)
    .means("业务结果 SUCCESS 或 FAIL", "Result: SUCCESS or FAIL");

pub(super) const ERR_CODE: &Field = &Field::may("err_code", Kind::Text, 32).means("错误代码", "Error code");

pub(super) const ERR_CODE_DES: &Field =
    &Field::may("err_code_des", Kind::Text, 128).means("错误代码描述", "The error in words");

// Who paid and how.

pub(super) const OPENID: &Field =
    &Field::must("openid", Kind::Text, 128).means("用户在 appid 下的标识", "The customer's id under appid");

pub(super) const SUB_OPENID: &Field = &Field::may("sub_openid", Kind::Text, 128)
    .means("用户在 sub_appid 下的标识（服务商模式）", "The customer's id under sub_appid (partners)");

pub(super) const IS_SUBSCRIBE: &Field = &Field::must("is_subscribe", Kind::Choice(Y_N), 1)
    .means("用户是否关注公众号：Y 或 N", "Whether the customer follows the account: Y or N");

pub(super) const SUB_IS_SUBSCRIBE: &Field = &Field::may("sub_is_subscribe", Kind::Choice(Y_N), 1).means(
    "用户是否关注子商户公众号：Y 或 N",
    "Whether the customer follows the sub-merchant's account: Y or N",
);

/// How it was paid; also knows payment codes and faces.
pub(super) const TRADE_TYPE_PAID: &Field =
    &Field::must("trade_type", Kind::Choice(&["JSAPI", "NATIVE", "APP", "MWEB", "MICROPAY", "FACEPAY"]), 16)
        .means("交易类型", "Trade type");

pub(super) const BANK_TYPE: &Field = &Field::must("bank_type", Kind::Text, 32).means(
    "付款银行，如 CMB_DEBIT，零钱等为 OTHERS",
    "Bank of the payer, such as CMB_DEBIT; OTHERS for the wallet",
);

pub(super) const SETTLEMENT_TOTAL_FEE: &Field = &Field::may("settlement_total_fee", Kind::FenOrZero, 0)
    .means("应结订单金额，单位分，去掉了免充值代金券", "Amount without free coupons, in fen");

pub(super) const CASH_FEE: &Field =
    &Field::must("cash_fee", Kind::FenOrZero, 0).means("现金支付金额，单位分", "Paid in cash, in fen");

pub(super) const CASH_FEE_TYPE: &Field = &Field::may("cash_fee_type", Kind::Text, 16)
    .means("现金支付币种，默认 CNY", "Currency of the cash; CNY by default");

pub(super) const COUPON_FEE: &Field =
    &Field::may("coupon_fee", Kind::FenOrZero, 0).means("代金券总金额，单位分", "Paid with coupons, in fen");

pub(super) const COUPON_COUNT: &Field =
    &Field::may("coupon_count", Kind::Int, 0).means("代金券使用张数", "Number of coupons used");

pub(super) const COUPON_TYPE_N: &Field = &Field::may("coupon_type_$n", Kind::Choice(COUPON_TYPES), 8).means(
    "代金券类型：CASH 充值，NO_CASH 免充值，$n 从 0 开始",
    "Kind of coupon: CASH or NO_CASH; $n counts from 0",
);

pub(super) const COUPON_ID_N: &Field = &Field::may("coupon_id_$n", Kind::Text, 20)
    .means("代金券 ID，$n 从 0 开始", "Coupon id; $n counts from 0");

pub(super) const COUPON_FEE_N: &Field = &Field::may("coupon_fee_$n", Kind::FenOrZero, 0)
    .means("单个代金券金额，单位分，$n 从 0 开始", "Amount of one coupon in fen; $n counts from 0");

pub(super) const TIME_END: &Field = &Field::must("time_end", Kind::Time14, 14)
    .means("支付完成时间，北京时间 yyyyMMddHHmmss", "When it was paid, Beijing time yyyyMMddHHmmss");

pub(super) const PROMOTION_DETAIL: &Field = &Field::may("promotion_detail", Kind::Json, 6000)
    .means("营销详情，JSON 文本", "Discounts in detail, as JSON text");

// Refunds.

pub(super) const OUT_REFUND_NO: &Field = &Field::must("out_refund_no", Kind::Text, 64).means(
    "商户退款单号，同一单号多次请求只退一笔",
    "Your refund number; the same number is refunded only once",
);

pub(super) const REFUND_ID: &Field =
    &Field::must("refund_id", Kind::Text, 32).means("微信退款单号", "WeChat's refund number");

pub(super) const REFUND_FEE: &Field =
    &Field::must("refund_fee", Kind::Fen, 0).means("退款金额，单位分", "Refund in fen");

pub(super) const SETTLEMENT_REFUND_FEE: &Field = &Field::may("settlement_refund_fee", Kind::FenOrZero, 0)
    .means("应结退款金额，单位分，去掉了免充值代金券", "Refund without free coupons, in fen");

pub(super) const CASH_REFUND_FEE: &Field = &Field::may("cash_refund_fee", Kind::FenOrZero, 0)
    .means("现金退款金额，单位分", "Refund in cash, in fen");

pub(super) const REFUND_ACCOUNT: &Field = &Field::must("refund_account", Kind::Choice(REFUND_ACCOUNTS), 30)
    .means("退款资金来源", "Where the refund money comes from");

// Bills.

pub(super) const BILL_DATE: &Field = &Field::must("bill_date", Kind::Date8, 8)
    .means("账单日期，格式 yyyyMMdd，三个月以内", "Day of the bill, yyyyMMdd, within three months");

pub(super) const TAR_TYPE: &Field = &Field::may("tar_type", Kind::Choice(&["GZIP"]), 8)
    .means("压缩账单：GZIP；不传返回文本", "GZIP for a compressed bill; text otherwise");
