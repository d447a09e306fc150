//! Profit sharing of pay v3: who gets which part of a payment. Rows only.
//! <https://pay.weixin.qq.com/doc/v3/partner/4012690683>

use super::fields::{
    APPID, MAY_SUB_MCHID, REFUSAL, SERIAL, SUB_APPID, SUB_MCHID, TRANSACTION_ID, asked, fields, in_path, may,
    must, within,
};
use super::{CALL, QUERIED};
use crate::api::endpoint::{Endpoint, Kind, Leaves, Money, Need};
use crate::api::field::Field;
use crate::api::word::Word;

pub(super) const PAGE: &str = "https://pay.weixin.qq.com/doc/v3/partner/4012690683";

pub(super) const OUT_ORDER_NO: &Field = &must("out_order_no", Kind::OwnNo, 64).means(
    "商户分账单号，同一单号多次请求只分一次",
    "Your number of the split; the same number is split only once",
);

pub(super) const ORDER_ID: &Field =
    &must("order_id", Kind::Text, 64).means("微信分账单号", "WeChat's number of the split");

const OUT_RETURN_NO: &Field =
    &must("out_return_no", Kind::OwnNo, 64).means("商户回退单号", "Your number of the return");

const DESCRIPTION: &Field = &must("description", Kind::Text, 80).means("原因描述", "What it is for");

pub(super) const ACCOUNTS: &[&str] = &["MERCHANT_ID", "PERSONAL_OPENID", "PERSONAL_SUB_OPENID"];

const TYPE: &Field = &must("type", Kind::Choice(ACCOUNTS), 32).means(
    "接收方类型：MERCHANT_ID 商户，PERSONAL_OPENID 个人，PERSONAL_SUB_OPENID 子商户下的个人",
    "Who receives: MERCHANT_ID, PERSONAL_OPENID or PERSONAL_SUB_OPENID",
);

const ACCOUNT: &Field = &must("account", Kind::Text, 64)
    .means("接收方账号：商户号或 openid", "The receiver: a merchant id or an openid");

const RELATIONS: &[&str] = &[
    "SERVICE_PROVIDER",
    "STORE",
    "STAFF",
    "STORE_OWNER",
    "PARTNER",
    "HEADQUARTER",
    "BRAND",
    "DISTRIBUTOR",
    "USER",
    "SUPPLIER",
    "CUSTOM",
];

const ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "SIGN_ERROR",
    "NO_AUTH",
    "RULE_LIMIT",
    "NOT_ENOUGH",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

const QUERY_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "SIGN_ERROR",
    "RESOURCE_NOT_EXISTS",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

const LIGHT_ERRORS: &[&str] =
    &["PARAM_ERROR", "INVALID_REQUEST", "SIGN_ERROR", "NO_AUTH", "FREQUENCY_LIMITED", "SYSTEM_ERROR"];

/// What became of a split.
const SPLIT_REPLY: &[&Field] = fields![
    &[
        MAY_SUB_MCHID,
        TRANSACTION_ID,
        OUT_ORDER_NO,
        ORDER_ID,
        &must("state", Kind::Choice(&["PROCESSING", "FINISHED"]), 32).means(
            "分账单状态：PROCESSING 处理中，FINISHED 完成（各接收方的结果看 result）",
            "State: PROCESSING or FINISHED, which is not success: see each result",
        ),
        &within("receivers.$n.amount", Kind::FenOrZero, 0).means("分账金额，单位分", "Share in fen"),
        &may("receivers.$n.description", Kind::Text, 80).means("分账描述", "What it is for"),
        &within("receivers.$n.type", Kind::Choice(ACCOUNTS), 32).means("接收方类型", "Kind of receiver"),
        &within("receivers.$n.account", Kind::Text, 64).means("接收方账号", "The receiver"),
        &within("receivers.$n.result", Kind::Choice(&["PENDING", "SUCCESS", "CLOSED"]), 32).means(
            "分账结果：PENDING 待分，SUCCESS 成功，CLOSED 已关闭",
            "Result: PENDING, SUCCESS or CLOSED"
        ),
        &may("receivers.$n.fail_reason", Kind::Text, 64).means("失败原因", "Why it failed"),
        &may("receivers.$n.detail_id", Kind::Text, 64).means("分账明细单号", "Number of the single share"),
        &may("receivers.$n.create_time", Kind::Rfc3339, 64).means("分账创建时间", "When it was asked for"),
        &may("receivers.$n.finish_time", Kind::Rfc3339, 64).means("分账完成时间", "When it was done"),
    ],
    REFUSAL
];

/// Shares a payment out.
pub static SPLIT: Endpoint = Endpoint {
    name: "v3_profitsharing_orders",
    path: "/v3/profitsharing/orders",
    fields: &[
        SERIAL,
        MAY_SUB_MCHID,
        &may("appid", Kind::Text, 32).means(
            "AppID，接收方有 PERSONAL_OPENID 时必填",
            "App id; needed when a receiver is a PERSONAL_OPENID",
        ),
        SUB_APPID,
        TRANSACTION_ID,
        OUT_ORDER_NO,
        &must("receivers.$n.type", Kind::Choice(ACCOUNTS), 32).means(
            "接收方类型：MERCHANT_ID、PERSONAL_OPENID 或 PERSONAL_SUB_OPENID",
            "Kind of receiver: MERCHANT_ID, PERSONAL_OPENID or PERSONAL_SUB_OPENID",
        ),
        &must("receivers.$n.account", Kind::Text, 64)
            .means("接收方账号：商户号或 openid", "The receiver: a merchant id or an openid"),
        &may("receivers.$n.name", Kind::Encrypted, 1024)
            .means("接收方姓名（加密传送）", "Name of the receiver, sent encrypted"),
        &must("receivers.$n.amount", Kind::Fen, 0).means("分账金额，单位分", "Share in fen"),
        &must("receivers.$n.description", Kind::Text, 80).means("分账描述", "What it is for"),
        &must("unfreeze_unsplit", Kind::Bool, 0)
            .means("true 同时解冻剩余资金，不再分账", "true: thaw the rest as well, nothing more is shared"),
        &may("notify_url", Kind::NotifyUrl, 256).means("接收分账通知的地址", "Where the notice goes"),
    ],
    reply: SPLIT_REPLY,
    errors: ERRORS,
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new("请求分账", "Share a payment out"),
    page: PAGE,
    ..CALL
};

/// What became of a split.
pub static SPLIT_QUERY: Endpoint = Endpoint {
    name: "v3_profitsharing_query",
    path: "/v3/profitsharing/orders/{out_order_no}",
    fields: &[SERIAL, &in_path(OUT_ORDER_NO), &asked(TRANSACTION_ID), &asked(MAY_SUB_MCHID)],
    reply: SPLIT_REPLY,
    errors: QUERY_ERRORS,
    about: Word::new("查询分账结果", "Query a split"),
    page: PAGE,
    ..QUERIED
};

/// Gives what was not shared to the merchant.
pub static UNFREEZE: Endpoint = Endpoint {
    name: "v3_profitsharing_unfreeze",
    path: "/v3/profitsharing/orders/unfreeze",
    fields: &[SERIAL, MAY_SUB_MCHID, TRANSACTION_ID, OUT_ORDER_NO, DESCRIPTION],
    errors: ERRORS,
    about: Word::new("解冻剩余资金（用新的分账单号）", "Thaw the rest of a payment; takes a new number"),
    ..SPLIT
};

const SPLITS: &[&str] = &["order_id", "out_order_no"];

const RETURNED: &[&Field] = fields![
    &[
        MAY_SUB_MCHID,
        ORDER_ID,
        OUT_ORDER_NO,
        OUT_RETURN_NO,
        &must("return_id", Kind::Text, 64).means("微信回退单号", "WeChat's number of the return"),
        &must("return_mchid", Kind::Text, 32).means("回退商户号", "Merchant that gives it back"),
        &must("amount", Kind::FenOrZero, 0).means("回退金额，单位分", "Given back, in fen"),
        DESCRIPTION,
        &must("result", Kind::Choice(&["PROCESSING", "SUCCESS", "FAILED"]), 32)
            .means("回退结果：PROCESSING、SUCCESS 或 FAILED", "Result: PROCESSING, SUCCESS or FAILED"),
        &may("fail_reason", Kind::Text, 64).means("失败原因", "Why it failed"),
        &must("create_time", Kind::Rfc3339, 64).means("创建时间", "When it was asked for"),
        &must("finish_time", Kind::Rfc3339, 64).means("完成时间", "When it was done"),
    ],
    REFUSAL
];

/// Takes a share back.
pub static SPLIT_RETURN: Endpoint = Endpoint {
    name: "v3_profitsharing_return",
    path: "/v3/profitsharing/return-orders",
    fields: &[
        SERIAL,
        MAY_SUB_MCHID,
        &ORDER_ID.needed(Need::OneOf(SPLITS)),
        &OUT_ORDER_NO.needed(Need::OneOf(SPLITS)),
        OUT_RETURN_NO,
        &must("return_mchid", Kind::Text, 32).means("回退商户号", "Merchant that gives it back"),
        &must("amount", Kind::Fen, 0).means("回退金额，单位分", "Given back, in fen"),
        DESCRIPTION,
    ],
    reply: RETURNED,
    errors: LIGHT_ERRORS,
    about: Word::new("请求分账回退", "Take a share back"),
    ..SPLIT
};

/// What became of a return.
pub static SPLIT_RETURN_QUERY: Endpoint = Endpoint {
    name: "v3_profitsharing_return_query",
    path: "/v3/profitsharing/return-orders/{out_return_no}",
    fields: &[SERIAL, &in_path(OUT_RETURN_NO), &asked(OUT_ORDER_NO), &asked(MAY_SUB_MCHID)],
    reply: RETURNED,
    about: Word::new("查询分账回退结果", "Query the return of a share"),
    ..SPLIT_QUERY
};

/// What is left to share.
pub static SPLIT_AMOUNTS: Endpoint = Endpoint {
    name: "v3_profitsharing_amounts",
    path: "/v3/profitsharing/transactions/{transaction_id}/amounts",
    fields: &[SERIAL, &in_path(TRANSACTION_ID)],
    reply: fields![
        &[
            TRANSACTION_ID,
            &must("unsplit_amount", Kind::FenOrZero, 0)
                .means("剩余待分金额，单位分", "Left to share, in fen")
        ],
        REFUSAL
    ],
    about: Word::new("查询剩余待分金额", "Ask what is left to share"),
    ..SPLIT_QUERY
};

/// Makes somebody a receiver.
pub static RECEIVER_ADD: Endpoint = Endpoint {
    name: "v3_profitsharing_receiver_add",
    path: "/v3/profitsharing/receivers/add",
    fields: &[
        SERIAL,
        MAY_SUB_MCHID,
        APPID,
        SUB_APPID,
        TYPE,
        ACCOUNT,
        &may("name", Kind::Encrypted, 1024)
            .means(
                "接收方姓名或商户全称（加密传送），商户必填",
                "Name of the receiver, sent encrypted; a merchant's full name is needed",
            )
            .needed(Need::When { field: "type", is: "MERCHANT_ID", unless: &[] }),
        &must("relation_type", Kind::Choice(RELATIONS), 32).means(
            "与接收方的关系，如 SUPPLIER、STAFF、CUSTOM",
            "Relation, such as SUPPLIER, STAFF or CUSTOM",
        ),
        &may("custom_relation", Kind::Text, 10)
            .means(
                "自定义的关系，relation_type=CUSTOM 时必填",
                "Relation in your own words; needed with CUSTOM",
            )
            .needed(Need::When { field: "relation_type", is: "CUSTOM", unless: &[] }),
    ],
    reply: fields![
        &[
            MAY_SUB_MCHID,
            TYPE,
            ACCOUNT,
            &may("name", Kind::Encrypted, 1024)
                .means("接收方姓名（加密）", "Name of the receiver, encrypted"),
            &may("relation_type", Kind::Text, 32).means("与接收方的关系", "Relation to the receiver"),
            &may("custom_relation", Kind::Text, 10).means("自定义的关系", "Relation in your own words"),
        ],
        REFUSAL
    ],
    errors: LIGHT_ERRORS,
    about: Word::new("添加分账接收方", "Make somebody a receiver of shares"),
    page: PAGE,
    ..CALL
};

/// Makes somebody no receiver any more.
pub static RECEIVER_DELETE: Endpoint = Endpoint {
    name: "v3_profitsharing_receiver_delete",
    path: "/v3/profitsharing/receivers/delete",
    fields: &[SERIAL, MAY_SUB_MCHID, APPID, SUB_APPID, TYPE, ACCOUNT],
    reply: fields![&[MAY_SUB_MCHID, TYPE, ACCOUNT], REFUSAL],
    about: Word::new("删除分账接收方", "Remove a receiver of shares"),
    ..RECEIVER_ADD
};

/// How much a sub-merchant may share.
pub static SPLIT_CONFIG: Endpoint = Endpoint {
    name: "v3_profitsharing_config",
    path: "/v3/profitsharing/merchant-configs/{sub_mchid}",
    fields: &[SERIAL, &in_path(SUB_MCHID)],
    reply: fields![
        &[
            SUB_MCHID,
            &must("max_ratio", Kind::Int, 0).means(
                "最大分账比例，万分之几，2000 即 20%",
                "Largest share in ten-thousandths: 2000 is 20 %"
            ),
        ],
        REFUSAL
    ],
    about: Word::new("查询最大分账比例", "Ask how much a sub-merchant may share"),
    ..SPLIT_QUERY
};
