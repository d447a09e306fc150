//! Fields that several calls of pay v3 share, each with the words and the length of
//! its official page; a list of fields is joined from such parts. Data only.
//! Lengths are characters, money is whole fen, times are RFC 3339.

use crate::api::field::{Field, Fill, Kind, Need, Spot};

// How rows of this room are written.

pub(super) const fn must(name: &'static str, kind: Kind, max: usize) -> Field {
    Field::must(name, kind, max).in_characters()
}

pub(super) const fn may(name: &'static str, kind: Kind, max: usize) -> Field {
    Field::may(name, kind, max).in_characters()
}

/// A member of an object that need not be there itself.
pub(super) const fn within(name: &'static str, kind: Kind, max: usize) -> Field {
    must(name, kind, max).needed(Need::Within)
}

/// In the path of the URL.
pub(super) const fn in_path(field: &Field) -> Field {
    field.needed(Need::Always).at(Spot::Path)
}

/// In the query of the URL.
pub(super) const fn asked(field: &Field) -> Field {
    field.at(Spot::Query)
}

/// Fields of several parts as one list.
macro_rules! fields {
    ($($part:expr),+ $(,)?) => {{
        const PARTS: &[&[&$crate::api::field::Field]] = &[$($part),+];
        const LEN: usize = $crate::api::pay_v3::fields::count(PARTS);
        const ALL: [&$crate::api::field::Field; LEN] = $crate::api::pay_v3::fields::joined(PARTS);
        &ALL
    }};
}
pub(super) use fields;

pub(super) const fn count(parts: &[&[&Field]]) -> usize {
    let (mut n, mut sum) = (0, 0);
    while n < parts.len() {
        sum += parts[n].len();
        n += 1;
    }
    sum
}

pub(super) const fn joined<const N: usize>(parts: &[&[&'static Field]]) -> [&'static Field; N] {
    let mut all = [SERIAL; N];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut n = 0;
        while n < parts[part].len() {
            all[at] = parts[part][n];
            at += 1;
            n += 1;
        }
        part += 1;
    }
    all
}

// Who speaks.

/// Which of WeChat's keys was used for encrypted fields, and is to sign the reply.
pub(super) const SERIAL: &Field = &may("Wechatpay-Serial", Kind::Text, 64)
    .means(
        "微信支付公钥 ID 或平台证书序列号：加密敏感字段所用的，也决定应答用哪把密钥签名",
        "Id of WeChat Pay's key: the one that fields are encrypted with, and that is to sign the reply",
    )
    .at(Spot::Header)
    .filled(Fill::Proof);

pub(super) const APPID: &Field = &must("appid", Kind::Text, 32)
    .means("公众号、小程序或应用的 AppID，须与商户号绑定", "App id, bound to the merchant id")
    .filled(Fill::AppId);

pub(super) const MCHID: &Field =
    &must("mchid", Kind::Text, 32).means("商户号", "Merchant id").filled(Fill::MchId);

pub(super) const SP_APPID: &Field =
    &must("sp_appid", Kind::Text, 32).means("服务商的 AppID", "App id of the partner").filled(Fill::AppId);

pub(super) const SP_MCHID: &Field = &must("sp_mchid", Kind::Text, 32)
    .means("服务商的商户号", "Merchant id of the partner")
    .filled(Fill::MchId);

pub(super) const SUB_APPID: &Field = &may("sub_appid", Kind::Text, 32)
    .means("子商户的 AppID，用 sub_openid 时必填", "App id of the sub-merchant; needed with sub_openid");

pub(super) const SUB_MCHID: &Field =
    &must("sub_mchid", Kind::Text, 32).means("子商户号", "Merchant id of the sub-merchant");

pub(super) const MAY_SUB_MCHID: &Field = &may("sub_mchid", Kind::Text, 32)
    .means("子商户号，服务商模式必填", "Merchant id of the sub-merchant; partners must give it");

/// A merchant who orders.
pub(super) const MERCHANT: &[&Field] = &[SERIAL, APPID, MCHID];

/// A partner who orders for a sub-merchant.
pub(super) const PARTNER: &[&Field] = &[SERIAL, SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID];

// The order.

pub(super) const DESCRIPTION: &Field = &must("description", Kind::Text, 127)
    .means("商品描述，用户在账单里看到", "What is bought; the customer sees it on the bill");

pub(super) const OUT_TRADE_NO: &Field = &must("out_trade_no", Kind::OrderNo, 32).means(
    "商户订单号，6 至 32 位，同一商户号下唯一",
    "Your order number, 6 to 32 characters, unique in your merchant id",
);

pub(super) const TRANSACTION_ID: &Field =
    &must("transaction_id", Kind::Text, 32).means("微信支付订单号", "WeChat's order number");

pub(super) const ATTACH: &Field = &may("attach", Kind::Text, 128).means(
    "商户数据包，查单、通知和账单里原样带回",
    "Your own data, given back in queries, notices and bills",
);

pub(super) const TIME_EXPIRE: &Field = &may("time_expire", Kind::Rfc3339, 64).means(
    "支付截止时间，如 2026-11-26T10:00:00+08:00，至少 1 分钟以后",
    "When it can no longer be paid, like 2026-11-26T10:00:00+08:00, at least a minute ahead",
);

pub(super) const NOTIFY_URL: &Field = &must("notify_url", Kind::NotifyUrl, 255)
    .means(
        "接收支付通知的地址，https，公网可访问，不能带参数",
        "Where the payment notice goes: https, public, without a query",
    )
    .filled(Fill::NotifyUrl);

pub(super) const GOODS_TAG: &Field =
    &may("goods_tag", Kind::Text, 32).means("订单优惠标记", "Discount tag, for coupons");

pub(super) const SUPPORT_FAPIAO: &Field =
    &may("support_fapiao", Kind::Bool, 0).means("true 显示电子发票入口", "true: offer an electronic invoice");

pub(super) const LIMIT_PAY: &Field = &may("limit_pay.$n", Kind::Text, 32).means(
    "指定支付方式，如 no_credit 不能用信用卡",
    "Ways to pay that are allowed or not, such as no_credit",
);

pub(super) const TOTAL: &Field =
    &must("amount.total", Kind::Fen, 0).means("订单总金额，单位分", "Total amount in fen");

pub(super) const CURRENCY: &Field =
    &may("amount.currency", Kind::Text, 16).means("货币，默认 CNY", "Currency; CNY by default");

/// Goods of an order, for discounts of single items.
pub(super) const DETAIL: &[&Field] = &[
    &may("detail.cost_price", Kind::FenOrZero, 0).means("订单原价，单位分", "Price before discounts, in fen"),
    &may("detail.invoice_id", Kind::Text, 32).means("商品小票 ID", "Number of the receipt"),
    &within("detail.goods_detail.$n.merchant_goods_id", Kind::Text, 32)
        .means("商户侧商品编码", "Your number of the goods"),
    &may("detail.goods_detail.$n.wechatpay_goods_id", Kind::Text, 32)
        .means("微信支付商品编码", "WeChat's number of the goods"),
    &may("detail.goods_detail.$n.goods_name", Kind::Text, 256).means("商品名称", "Name of the goods"),
    &within("detail.goods_detail.$n.quantity", Kind::Int, 0).means("商品数量", "How many"),
    &within("detail.goods_detail.$n.unit_price", Kind::FenOrZero, 0)
        .means("商品单价，单位分", "Price of one, in fen"),
];

pub(super) const DEVICE_ID: &Field =
    &may("scene_info.device_id", Kind::Text, 32).means("商户端设备号", "Number of the till or shop");

/// The shop, where an order names one.
pub(super) const STORE: &[&Field] = &[
    &within("scene_info.store_info.id", Kind::Text, 32).means("门店编号", "Number of the shop"),
    &may("scene_info.store_info.name", Kind::Text, 256).means("门店名称", "Name of the shop"),
    &may("scene_info.store_info.area_code", Kind::Text, 32).means("门店地区编码", "Area code of the shop"),
    &may("scene_info.store_info.address", Kind::Text, 512).means("门店详细地址", "Address of the shop"),
];

pub(super) const CLIENT_IP: &Field = &within("scene_info.payer_client_ip", Kind::Ip, 45)
    .means("用户终端 IP，支持 IPv4 和 IPv6", "IP address of the customer, v4 or v6");

/// The page that an H5 payment begins on.
pub(super) const H5_INFO: &[&Field] = &[
    &must("scene_info.h5_info.type", Kind::Text, 32)
        .means("场景类型：iOS、Android 或 Wap", "Kind of page: iOS, Android or Wap"),
    &may("scene_info.h5_info.app_name", Kind::Text, 64).means("应用名称", "Name of the app"),
    &may("scene_info.h5_info.app_url", Kind::Url, 128).means("网站 URL", "URL of the site"),
    &may("scene_info.h5_info.bundle_id", Kind::Text, 128).means("iOS 平台 BundleID", "Bundle id (iOS)"),
    &may("scene_info.h5_info.package_name", Kind::Text, 128)
        .means("Android 平台 PackageName", "Package name (Android)"),
];

pub(super) const PROFIT_SHARING: &Field = &may("settle_info.profit_sharing", Kind::Bool, 0)
    .means("true 表示这笔要分账，先冻结", "true: the money is to be shared, and frozen until then");

pub(super) const SUBSIDY: &Field = &may("settle_info.subsidy_amount", Kind::FenOrZero, 0)
    .means("补差金额，单位分（服务商）", "Subsidy in fen (partners)");

/// Only this person may pay; by permission.
pub(super) const IDENTITY: &[&Field] = &[
    &within("payer.identity.type", Kind::Text, 32)
        .means("实名支付：证件类型，如 IDCARD", "Pay only as this person: kind of document, such as IDCARD"),
    &within("payer.identity.number", Kind::Encrypted, 1024)
        .means("实名支付：证件号（加密传送）", "Pay only as this person: document number, sent encrypted"),
    &within("payer.identity.name", Kind::Encrypted, 1024)
        .means("实名支付：姓名（加密传送）", "Pay only as this person: name, sent encrypted"),
];

// The result of an order.

pub(super) const PREPAY_ID: &Field = &must("prepay_id", Kind::Text, 64)
    .means("预支付会话标识，2 小时内有效", "Id of the prepared payment, good for 2 hours");

pub(super) const H5_URL: &Field = &must("h5_url", Kind::Url, 512)
    .means("拉起微信支付的中间页，5 分钟内有效", "Page that opens WeChat Pay, good for 5 minutes");

pub(super) const CODE_URL: &Field = &must("code_url", Kind::Text, 512)
    .means("做成二维码的链接，2 小时内有效", "Link to show as a QR code, good for 2 hours");

pub(super) const TRADE_TYPE: &Field =
    &may("trade_type", Kind::Choice(&["JSAPI", "NATIVE", "APP", "MICROPAY", "MWEB", "FACEPAY"]), 16)
        .means("交易类型", "Trade type");

pub(super) const TRADE_STATE: &Field = &must(
    "trade_state",
    Kind::Choice(&["SUCCESS", "REFUND", "NOTPAY", "CLOSED", "REVOKED", "USERPAYING", "PAYERROR"]),
    32,
)
.means(
    "交易状态：SUCCESS 支付成功，REFUND 转入退款，NOTPAY 未支付，CLOSED 已关闭，REVOKED 已撤销，\
     USERPAYING 支付中，PAYERROR 支付失败",
    "State: SUCCESS, REFUND (also after a part of it), NOTPAY, CLOSED, REVOKED, USERPAYING or PAYERROR",
);

pub(super) const BANK_TYPE: &Field = &may("bank_type", Kind::Text, 32).means(
    "付款银行，如 CMB_DEBIT，零钱等为 OTHERS",
    "Bank of the payer, such as CMB_DEBIT; OTHERS for the wallet",
);

pub(super) const SUCCESS_TIME: &Field =
    &may("success_time", Kind::Rfc3339, 64).means("支付完成时间", "When it was paid");

/// What an order came to.
pub(super) const TRADE: &[&Field] = &[
    OUT_TRADE_NO,
    &TRANSACTION_ID.needed(Need::Optional),
    TRADE_TYPE,
    TRADE_STATE,
    &must("trade_state_desc", Kind::Text, 256).means("交易状态的说明", "The state in words"),
    BANK_TYPE,
    ATTACH,
    SUCCESS_TIME,
    &may("amount.total", Kind::FenOrZero, 0).means("订单总金额，单位分", "Total amount in fen"),
    &may("amount.payer_total", Kind::FenOrZero, 0)
        .means("用户支付金额，单位分，已减去优惠", "Paid by the customer after coupons, in fen"),
    CURRENCY,
    &may("amount.payer_currency", Kind::Text, 16).means("用户支付币种", "Currency of the customer"),
    DEVICE_ID,
];

/// The coupons of a trade.
pub(super) const PROMOTION: &[&Field] = &[
    &within("promotion_detail.$n.coupon_id", Kind::Text, 32).means("券 ID", "Id of the coupon"),
    &may("promotion_detail.$n.name", Kind::Text, 64).means("优惠名称", "Name of the coupon"),
    &may("promotion_detail.$n.scope", Kind::Choice(&["GLOBAL", "SINGLE"]), 32)
        .means("优惠范围：GLOBAL 全场，SINGLE 单品", "GLOBAL (everything) or SINGLE (some goods)"),
    &may("promotion_detail.$n.type", Kind::Choice(&["CASH", "NOCASH"]), 32)
        .means("优惠类型：CASH 充值型，NOCASH 免充值型", "CASH or NOCASH (free) coupon"),
    &within("promotion_detail.$n.amount", Kind::FenOrZero, 0)
        .means("优惠券面额，单位分", "Worth of the coupon in fen"),
    &may("promotion_detail.$n.stock_id", Kind::Text, 32).means("活动 ID", "Id of the campaign"),
    &may("promotion_detail.$n.wechatpay_contribute", Kind::FenOrZero, 0)
        .means("微信出资，单位分", "Paid by WeChat, in fen"),
    &may("promotion_detail.$n.merchant_contribute", Kind::FenOrZero, 0)
        .means("商户出资，单位分", "Paid by the merchant, in fen"),
    &may("promotion_detail.$n.other_contribute", Kind::FenOrZero, 0)
        .means("其他出资，单位分", "Paid by others, in fen"),
    &may("promotion_detail.$n.currency", Kind::Text, 16).means("优惠币种", "Currency of the coupon"),
    &within("promotion_detail.$n.goods_detail.$m.goods_id", Kind::Text, 32)
        .means("商品编码", "Number of the goods"),
    &within("promotion_detail.$n.goods_detail.$m.quantity", Kind::Int, 0).means("商品数量", "How many"),
    &within("promotion_detail.$n.goods_detail.$m.unit_price", Kind::FenOrZero, 0)
        .means("商品单价，单位分", "Price of one, in fen"),
    &within("promotion_detail.$n.goods_detail.$m.discount_amount", Kind::FenOrZero, 0)
        .means("商品优惠金额，单位分", "Discount on the goods, in fen"),
    &may("promotion_detail.$n.goods_detail.$m.goods_remark", Kind::Text, 128)
        .means("商品备注", "Note on the goods"),
];

// Bills.

pub(super) const BILL_DATE: &Field = &must("bill_date", Kind::Date10, 10)
    .means(
        "账单日期 yyyy-MM-dd，三个月以内，不能是今天",
        "Day of the bill, yyyy-MM-dd, within three months, not today",
    )
    .at(Spot::Query);

pub(super) const TAR_TYPE: &Field = &may("tar_type", Kind::Choice(&["GZIP"]), 32)
    .means("压缩账单：GZIP；不传返回文本", "GZIP for a compressed bill; text otherwise")
    .at(Spot::Query);

pub(super) const HASH_TYPE: &Field =
    &must("hash_type", Kind::Text, 32).means("摘要类型：SHA1", "Digest: SHA1");

pub(super) const HASH_VALUE: &Field = &must("hash_value", Kind::Text, 1024)
    .means("原始账单（解压后）的摘要", "Digest of the bill itself, unzipped");

pub(super) const DOWNLOAD_URL: &Field = &must("download_url", Kind::Url, 2048)
    .means("账单下载地址，约 5 分钟内有效", "Where the bill is, for about 5 minutes");

// How WeChat says no.

/// Of every refusal.
pub(super) const REFUSAL: &[&Field] = &[
    &may("code", Kind::Text, 64).means("错误码", "Error code"),
    &may("message", Kind::Text, 256).means("错误描述", "The error in words"),
    &may("detail.field", Kind::Text, 256).means("出错的字段", "The field that is wrong"),
    &may("detail.value", Kind::Text, 0).means("它的值", "Its value"),
    &may("detail.issue", Kind::Text, 0).means("出错的原因", "What is wrong with it"),
    &may("detail.location", Kind::Text, 32)
        .means("它在哪里：body、url、query", "Where it stands: body, url or query"),
];
