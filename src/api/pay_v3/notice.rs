//! The notices of WeChat Pay v3, as rows: `fields` is the envelope, what happened is
//! inside, encrypted. The merchant answers with a status. [`of`] tells which one came,
//! [`make_up`] helps those who play WeChat.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012071382>

use super::combine::COMBINED;
use super::fields::{
    APPID, MCHID, OUT_TRADE_NO, PROMOTION, REFUSAL, SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID, SUCCESS_TIME,
    TRADE, TRANSACTION_ID, fields, may, must,
};
use super::order::{PAID_BY, PARTNER_PAID_BY};
use super::refund::{OUT_REFUND_NO, REFUND_ID};
use super::split::{ACCOUNTS, ORDER_ID, OUT_ORDER_NO};
use super::transfer::{AMOUNT, BILL_NO, FAIL_REASON, OPENID, OUT_BILL_NO, STATE};
use super::{CALL, split, transfer};
use crate::api::calendar::rfc3339;
use crate::api::endpoint::{Endpoint, Field, Fill, Format, Host, Kind, Need, Success};
use crate::api::error::WriteError;
use crate::api::keys::{Keys, Stamp};
use crate::api::scheme::{Envelope, Event, NoticeV3, Scheme};
use crate::api::word::Word;
use crate::wire::{Fields, Request};

/// All rows of this file; of two with one event, the later is the more special.
pub static ROWS: &[&Endpoint] = &[
    &PAYMENT,
    &PARTNER_PAYMENT,
    &COMBINED_PAYMENT,
    &REFUND,
    &PARTNER_REFUND,
    &PROFIT_SHARING,
    &TRANSFER,
    &TRANSFER_BATCH,
    &COMPLAINT,
    &PAYSCORE,
    &PAYSCORE_USER,
    &OTHER,
];

/// Which notice this is, by its event and, where several share that, by what it says.
#[must_use]
pub fn of(event_type: &str, said: &Fields) -> &'static Endpoint {
    let has = |row: &&&Endpoint| row.told_by.iter().all(|name| said.get(name).is_some());
    let of_event = |row: &&&Endpoint| events(row).iter().any(|event| event.name == event_type);
    ROWS.iter().rev().filter(of_event).find(has).copied().unwrap_or(&OTHER)
}

/// The same notice at another moment, as WeChat repeats it: the bytes stay, the proof
/// around them is new.
///
/// # Errors
/// No key that stands in for WeChat Pay.
pub fn signed_again(mut request: Request, keys: &Keys, stamp: &Stamp) -> Result<Request, WriteError> {
    let seal = OTHER.scheme.proof().seal(Envelope::Request(&request), keys, stamp)?;
    request.headers.retain(|(name, _)| !seal.iter().any(|(new, _)| new == name));
    request.headers.extend(seal);
    Ok(request)
}

fn events(row: &Endpoint) -> &'static [Event] {
    match &row.scheme {
        Scheme::NoticeV3(notice) => notice.events,
        _ => &[],
    }
}

/// Puts in what a caller need not say: what the event says, numbers of WeChat, the
/// payer, the time, and the amounts that follow from others.
pub fn make_up(row: &Endpoint, fields: &mut Fields, stamp: &Stamp) {
    if let Scheme::NoticeV3(notice) = &row.scheme {
        notice.make_up(fields);
    }
    let known = made_up(fields, stamp);
    for (name, value) in known {
        put(row, fields, name, &value);
    }
    let is_there = |item: &String| fields.iter().any(|(name, _)| name.starts_with(item));
    let items: Vec<String> =
        (0..MOST_ORDERS).map(|n| format!("sub_orders.{n}.")).take_while(is_there).collect();
    for item in items {
        for (name, value) in made_up_of_item(fields, &item, stamp) {
            put(row, fields, &format!("{item}{name}"), &value);
        }
    }
}

fn put(row: &Endpoint, fields: &mut Fields, name: &str, value: &str) {
    let wanted = row.inside().iter().any(|field| field.matches(name));
    if wanted && fields.get(name).is_none() && !value.is_empty() {
        fields.set(name, value);
    }
}

/// Most orders in a combined one, of partners.
const MOST_ORDERS: usize = 50;

const OPENID_OF_MOCK: &str = "oMockUser0000000000000000001";

fn made_up(fields: &Fields, stamp: &Stamp) -> Vec<(&'static str, String)> {
    let (now, number) = (rfc3339(stamp.now), stamp.number());
    let other = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let is_paid = fields.get("trade_state").is_none_or(|state| state == "SUCCESS");
    let is_back = fields.get("refund_status").is_none_or(|status| status == "SUCCESS");
    vec![
        ("transaction_id", format!("42000{}{number:0>13}", stamp.now)),
        ("combine_transaction_id", format!("42000{}{number:0>13}", stamp.now)),
        ("refund_id", format!("50300{}{number:0>13}", stamp.now)),
        ("transfer_bill_no", format!("13300{}{number:0>13}", stamp.now)),
        ("order_id", format!("30000{}{number:0>13}", stamp.now)),
        ("payer.openid", OPENID_OF_MOCK.to_owned()),
        ("payer.sp_openid", OPENID_OF_MOCK.to_owned()),
        ("combine_payer_info.openid", OPENID_OF_MOCK.to_owned()),
        ("openid", OPENID_OF_MOCK.to_owned()),
        ("trade_type", "JSAPI".to_owned()),
        ("trade_state_desc", if is_paid { "支付成功" } else { "支付失败" }.to_owned()),
        ("bank_type", "OTHERS".to_owned()),
        ("user_received_account", "支付用户零钱".to_owned()),
        ("success_time", if is_paid && is_back { now.clone() } else { String::new() }),
        ("create_time", now.clone()),
        ("update_time", now),
        ("amount.payer_total", other("amount.total")),
        ("amount.payer_refund", other("amount.refund")),
        ("amount.currency", "CNY".to_owned()),
        ("amount.payer_currency", "CNY".to_owned()),
    ]
}

fn made_up_of_item(fields: &Fields, item: &str, stamp: &Stamp) -> Vec<(&'static str, String)> {
    let number = Stamp { nonce: format!("{}{item}", stamp.nonce), ..*stamp }.number();
    let total = fields.get(&format!("{item}amount.total_amount")).unwrap_or_default();
    vec![
        ("transaction_id", format!("42000{}{number:0>13}", stamp.now)),
        ("trade_type", "JSAPI".to_owned()),
        ("trade_state", "SUCCESS".to_owned()),
        ("bank_type", "OTHERS".to_owned()),
        ("success_time", rfc3339(stamp.now)),
        ("amount.payer_amount", total.to_owned()),
        ("amount.currency", "CNY".to_owned()),
        ("amount.payer_currency", "CNY".to_owned()),
    ]
}

const fn envelope(name: &'static str, max: usize, zh: &'static str, en: &'static str) -> Field {
    must(name, Kind::Text, max).means(zh, en).filled(Fill::Proof)
}

const EVENT_TYPE: &Field = &must("event_type", Kind::Text, 32)
    .means("通知类型，如 TRANSACTION.SUCCESS", "What happened, such as TRANSACTION.SUCCESS");

const ORIGINAL_TYPE: &Field =
    &must("resource.original_type", Kind::Text, 16).means("加密前的对象类型", "Kind of object inside");

/// Around every resource, whatever happened.
const AROUND: &[&Field] = &[
    &envelope("id", 36, "通知的唯一编号，重发时不变", "Id of the notice, the same when it comes again"),
    &envelope("create_time", 32, "通知创建时间", "When the notice was made"),
    &envelope("resource_type", 32, "固定为 encrypt-resource", "Always encrypt-resource"),
    &envelope("summary", 64, "通知摘要", "The same in a few words"),
    &envelope("resource.algorithm", 32, "加密算法：AEAD_AES_256_GCM", "Cipher: AEAD_AES_256_GCM"),
    &envelope("resource.ciphertext", 1_048_576, "加密的数据", "What happened, encrypted"),
    &envelope(
        "resource.associated_data",
        16,
        "附加数据，可以为空",
        "What is authenticated beside it; may be empty",
    ),
    &envelope("resource.nonce", 16, "加密随机串", "Nonce of the cipher"),
];

/// The same where the row knows what happened.
const ENVELOPE: &[&Field] =
    fields![AROUND, &[&EVENT_TYPE.filled(Fill::Proof), &ORIGINAL_TYPE.filled(Fill::Proof)]];

/// What the notices have in common.
const NOTICE: Endpoint = Endpoint {
    host: Host::Merchant,
    scheme: Scheme::NoticeV3(NoticeV3 { original_type: "", events: &[], inside: &[] }),
    answers: Format::Tree,
    success: Success::Status,
    fields: ENVELOPE,
    reply: REFUSAL,
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012071382",
    ..CALL
};

const fn event(name: &'static str, summary: &'static str) -> Event {
    Event { name, summary, says: None }
}

/// An event that a field of the resource tells as well.
const fn told(name: &'static str, summary: &'static str, field: &'static str, value: &'static str) -> Event {
    Event { name, summary, says: Some((field, value)) }
}

const PAID: &[Event] = &[
    told("TRANSACTION.SUCCESS", "支付成功", "trade_state", "SUCCESS"),
    told("TRANSACTION.FAIL", "支付失败", "trade_state", "PAYERROR"),
];

/// An order was paid; comes until it is answered with 200 or 204.
pub static PAYMENT: Endpoint = Endpoint {
    name: "v3_pay_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "transaction",
        events: PAID,
        inside: fields![&[APPID, MCHID], TRADE, PAID_BY, PROMOTION],
    }),
    about: Word::new(
        "支付成功通知（先验签，再解密，再核对金额）",
        "Payment notice; prove it, open it, then check the amount",
    ),
    page: "https://pay.weixin.qq.com/doc/v3/partner/4012231898",
    ..NOTICE
};

/// A partner's order was paid.
pub static PARTNER_PAYMENT: Endpoint = Endpoint {
    name: "v3_partner_pay_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "transaction",
        events: PAID,
        inside: fields![&[SP_APPID, SP_MCHID, SUB_APPID, SUB_MCHID], TRADE, PARTNER_PAID_BY, PROMOTION],
    }),
    told_by: &["sp_mchid", "trade_state"],
    about: Word::new("服务商的支付成功通知", "Payment notice of a partner"),
    page: "https://pay.weixin.qq.com/doc/v3/partner/4012231898",
    ..NOTICE
};

/// A combined order was paid: one notice for the whole.
pub static COMBINED_PAYMENT: Endpoint = Endpoint {
    name: "v3_combine_pay_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "transaction",
        events: &[event("TRANSACTION.SUCCESS", "支付成功")],
        inside: COMBINED,
    }),
    told_by: &["combine_out_trade_no"],
    about: Word::new("合单支付成功通知", "Payment notice of a combined order"),
    ..NOTICE
};

const REFUNDED: &[Event] = &[
    told("REFUND.SUCCESS", "退款成功", "refund_status", "SUCCESS"),
    told("REFUND.ABNORMAL", "退款异常", "refund_status", "ABNORMAL"),
    told("REFUND.CLOSED", "退款关闭", "refund_status", "CLOSED"),
];

/// What a refund came to. The state is called `refund_status` here and `status` in the
/// replies of calls.
const REFUND_FIELDS: &[&Field] = &[
    OUT_TRADE_NO,
    TRANSACTION_ID,
    OUT_REFUND_NO,
    REFUND_ID,
    &must("refund_status", Kind::Choice(&["SUCCESS", "CLOSED", "ABNORMAL"]), 16).means(
        "退款状态：SUCCESS 成功，CLOSED 关闭，ABNORMAL 异常需处理",
        "State: SUCCESS, CLOSED, or ABNORMAL (needs you)",
    ),
    &SUCCESS_TIME.means("退款成功时间", "When it was paid back"),
    &must("user_received_account", Kind::Text, 64)
        .means("退款入账账户，如“招商银行信用卡0403”", "Account that gets the money"),
    &must("amount.total", Kind::FenOrZero, 0).means("订单金额，单位分", "Total of the order in fen"),
    &must("amount.refund", Kind::FenOrZero, 0).means("退款金额，单位分", "Refund in fen"),
    &must("amount.payer_total", Kind::FenOrZero, 0)
        .means("用户支付金额，单位分", "Paid by the customer, in fen"),
    &must("amount.payer_refund", Kind::FenOrZero, 0)
        .means("退给用户的金额，单位分，不含优惠券", "Paid back to the customer without coupons, in fen"),
];

/// A refund ended, also one that was asked for on the platform.
pub static REFUND: Endpoint = Endpoint {
    name: "v3_refund_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "refund",
        events: REFUNDED,
        inside: fields![&[MCHID], REFUND_FIELDS],
    }),
    about: Word::new("退款结果通知", "Refund notice"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012071382",
    ..NOTICE
};

/// A partner's refund ended.
pub static PARTNER_REFUND: Endpoint = Endpoint {
    name: "v3_partner_refund_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "refund",
        events: REFUNDED,
        inside: fields![&[SP_MCHID, SUB_MCHID], REFUND_FIELDS],
    }),
    told_by: &["sp_mchid", "refund_status"],
    about: Word::new("服务商的退款结果通知", "Refund notice of a partner"),
    ..NOTICE
};

/// A share of a payment arrived, or went back; told to who receives.
pub static PROFIT_SHARING: Endpoint = Endpoint {
    name: "v3_profitsharing_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "profitsharing",
        events: &[event("PROFITSHARING", "分账"), event("PROFITSHARING_RETURN", "分账回退")],
        inside: &[
            &MCHID.needed(Need::OneOf(SHARERS)),
            &may("sp_mchid", Kind::Text, 32)
                .means("服务商的商户号", "Merchant id of the partner")
                .needed(Need::OneOf(SHARERS)),
            &SUB_MCHID.needed(Need::Optional),
            TRANSACTION_ID,
            ORDER_ID,
            OUT_ORDER_NO,
            &must("receiver.type", Kind::Choice(ACCOUNTS), 32).means("接收方类型", "Kind of receiver"),
            &must("receiver.account", Kind::Text, 64).means("接收方账号", "The receiver"),
            &must("receiver.amount", Kind::FenOrZero, 0).means("分账动账金额，单位分", "Share in fen"),
            &must("receiver.description", Kind::Text, 80).means("分账描述", "What it is for"),
            &SUCCESS_TIME.means("成功时间", "When it was done"),
        ],
    }),
    about: Word::new("分账动账通知（发给分账接收方）", "Profit-sharing notice, to who receives"),
    page: split::PAGE,
    ..NOTICE
};

const SHARERS: &[&str] = &["mchid", "sp_mchid"];

/// A transfer ended.
pub static TRANSFER: Endpoint = Endpoint {
    name: "v3_transfer_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "mch_payment",
        events: &[event("MCHTRANSFER.BILL.FINISHED", "商家转账单据终态通知")],
        inside: &[
            &must("mch_id", Kind::Text, 32).means("商户号", "Merchant id").filled(Fill::MchId),
            OUT_BILL_NO,
            BILL_NO,
            &STATE.filled(Fill::Literal("SUCCESS")),
            AMOUNT,
            OPENID,
            FAIL_REASON,
            &must("create_time", Kind::Rfc3339, 64).means("单据创建时间", "When it was asked for"),
            &must("update_time", Kind::Rfc3339, 64)
                .means("最后一次状态变更的时间", "When its state last changed"),
        ],
    }),
    about: Word::new(
        "商家转账通知（SUCCESS、FAIL 或 CANCELLED）",
        "Transfer notice: SUCCESS, FAIL or CANCELLED",
    ),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012712115",
    ..NOTICE
};

const fn counted(name: &'static str, zh: &'static str, en: &'static str) -> Field {
    may(name, Kind::Int, 0).means(zh, en)
}

/// An old batch of transfers ended.
pub static TRANSFER_BATCH: Endpoint = Endpoint {
    name: "v3_transfer_batch_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "mch_payment",
        events: &[
            told("MCHTRANSFER.BATCH.FINISHED", "商家转账批次完成", "batch_status", "FINISHED"),
            told("MCHTRANSFER.BATCH.CLOSED", "商家转账批次关闭", "batch_status", "CLOSED"),
        ],
        inside: &[
            MCHID,
            &must("out_batch_no", Kind::Alphanumeric, 32).means("商家批次单号", "Your number of the batch"),
            &must("batch_id", Kind::Text, 64).means("微信批次单号", "WeChat's number of the batch"),
            &must("batch_status", Kind::Choice(&["FINISHED", "CLOSED"]), 32)
                .means("批次状态：FINISHED 完成，CLOSED 关闭", "State: FINISHED or CLOSED"),
            &counted("total_num", "总笔数", "How many transfers"),
            &counted("total_amount", "总金额，单位分", "What they come to, in fen"),
            &counted("success_num", "成功笔数", "How many arrived"),
            &counted("success_amount", "成功金额，单位分", "What arrived, in fen"),
            &counted("fail_num", "失败笔数", "How many failed"),
            &counted("fail_amount", "失败金额，单位分", "What failed, in fen"),
            &may("close_reason", Kind::Text, 64).means("批次关闭原因", "Why it was closed"),
            &may("update_time", Kind::Rfc3339, 64).means("批次更新时间", "When its state last changed"),
        ],
    }),
    about: Word::new("商家转账批次通知（旧接口）", "Notice of a batch of transfers (old calls)"),
    page: transfer::PAGE,
    ..NOTICE
};

/// A customer complained, or a complaint went on.
pub static COMPLAINT: Endpoint = Endpoint {
    name: "v3_complaint_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "complaint",
        events: &[event("COMPLAINT.CREATE", "产生新投诉"), event("COMPLAINT.STATE_CHANGE", "投诉单状态变化")],
        inside: &[
            &must("complaint_id", Kind::Text, 64).means("投诉单号", "Number of the complaint"),
            &must("action_type", Kind::Text, 64)
                .means("动作类型，如 CREATE_COMPLAINT", "What was done, such as CREATE_COMPLAINT"),
        ],
    }),
    about: Word::new("消费者投诉通知", "Notice of a customer's complaint"),
    ..NOTICE
};

const fn score(name: &'static str, zh: &'static str, en: &'static str) -> Field {
    must(name, Kind::Text, 64).means(zh, en)
}

const SERVICE: &Field = &score("service_id", "支付分服务 ID", "Id of the service");

/// An order of payscore was confirmed or paid.
pub static PAYSCORE: Endpoint = Endpoint {
    name: "v3_payscore_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "payscore",
        events: &[
            told("PAYSCORE.USER_CONFIRM", "微信支付分服务订单用户已确认", "state", "DOING"),
            told("PAYSCORE.USER_PAID", "微信支付分服务订单支付成功", "state", "DONE"),
        ],
        inside: &[
            APPID,
            MCHID,
            &must("out_order_no", Kind::OwnNo, 32).means("商户服务订单号", "Your number of the order"),
            SERVICE,
            &OPENID.means("用户在 appid 下的标识", "The customer's id under appid"),
            &must("state", Kind::Choice(&["CREATED", "DOING", "DONE", "REVOKED", "EXPIRED"]), 32).means(
                "订单状态：CREATED 已创建，DOING 进行中，DONE 完成，REVOKED 取消，EXPIRED 失效",
                "State: CREATED, DOING, DONE, REVOKED or EXPIRED",
            ),
            &may("state_description", Kind::Text, 32).means("订单状态说明", "The state, more exactly"),
            &may("order_id", Kind::Text, 64).means("微信支付服务订单号", "WeChat's number of the order"),
            &may("total_amount", Kind::FenOrZero, 0).means("总金额，单位分", "Total in fen"),
            &may("need_collection", Kind::Bool, 0).means("是否需要收款", "Whether money is collected"),
            &may("collection.state", Kind::Choice(&["USER_PAYING", "USER_PAID"]), 32)
                .means("收款状态", "State of the collection"),
            &may("collection.total_amount", Kind::FenOrZero, 0)
                .means("总收款金额，单位分", "To collect, in fen"),
            &may("collection.paying_amount", Kind::FenOrZero, 0)
                .means("待收金额，单位分", "Not yet paid, in fen"),
            &may("collection.paid_amount", Kind::FenOrZero, 0).means("已收金额，单位分", "Paid, in fen"),
            &may("collection.details.$n.seq", Kind::Int, 0).means("收款序号", "Number of the payment"),
            &may("collection.details.$n.amount", Kind::FenOrZero, 0)
                .means("单笔金额，单位分", "Its amount in fen"),
            &may("collection.details.$n.paid_type", Kind::Text, 32).means("收款成功渠道", "How it was paid"),
            &may("collection.details.$n.paid_time", Kind::Text, 32).means("收款成功时间", "When it was paid"),
            &may("collection.details.$n.transaction_id", Kind::Text, 32)
                .means("微信支付交易单号", "WeChat's order number"),
        ],
    }),
    about: Word::new("支付分订单通知：用户确认、支付成功", "Payscore notice: an order was confirmed or paid"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012587960",
    ..NOTICE
};

/// A user began or ended the use of a payscore service.
pub static PAYSCORE_USER: Endpoint = Endpoint {
    name: "v3_payscore_user_notify",
    scheme: Scheme::NoticeV3(NoticeV3 {
        original_type: "payscore",
        events: &[
            told("PAYSCORE.USER_OPEN_SERVICE", "用户授权", "user_service_status", "USER_OPEN_SERVICE"),
            told("PAYSCORE.USER_CLOSE_SERVICE", "用户解除授权", "user_service_status", "USER_CLOSE_SERVICE"),
        ],
        inside: &[
            APPID,
            MCHID,
            SERVICE,
            &OPENID.means("用户在 appid 下的标识", "The customer's id under appid"),
            &score("user_service_status", "授权状态", "Whether the service is in use"),
            &may("openorclose_time", Kind::Text, 64).means("授权或解除的时间", "When it changed"),
            &may("authorization_code", Kind::Text, 64).means("授权协议号", "Number of the agreement"),
            &may("out_request_no", Kind::Text, 64).means("商户请求单号", "Your number of the request"),
        ],
    }),
    about: Word::new("支付分授权通知：开启、解除", "Payscore notice: a user began or ended the service"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012587953",
    ..NOTICE
};

/// Whatever else WeChat tells: proved and opened like all, the rest is the caller's.
pub static OTHER: Endpoint = Endpoint {
    name: "v3_notify",
    fields: fields![AROUND, &[EVENT_TYPE, ORIGINAL_TYPE]],
    about: Word::new("其他 v3 通知", "Any other notice of v3"),
    ..NOTICE
};
