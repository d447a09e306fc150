//! Transfers of pay v3: money from the merchant to a user. Rows only.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012716434>

use super::fields::{REFUSAL, SERIAL, fields, in_path, may, must};
use super::{CALL, QUERIED};
use crate::api::endpoint::{Endpoint, Fill, Format, Kind, Leaves, Money, Need};
use crate::api::field::Field;
use crate::api::word::Word;

pub(super) const PAGE: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012716434";

const APPID: &Field = &must("appid", Kind::Text, 32)
    .means("AppID，须与商户号绑定", "App id, bound to the merchant id")
    .filled(Fill::AppId);

pub(super) const OUT_BILL_NO: &Field = &must("out_bill_no", Kind::Alphanumeric, 32).means(
    "商户单号，字母和数字；查到 FAIL 以前不要换号",
    "Your number, letters and digits; keep it until a query says FAIL",
);

pub(super) const BILL_NO: &Field =
    &must("transfer_bill_no", Kind::Text, 64).means("微信转账单号", "WeChat's number of the transfer");

pub(super) const OPENID: &Field =
    &must("openid", Kind::Text, 64).means("收款用户在 appid 下的标识", "The receiver's id under appid");

pub(super) const AMOUNT: &Field =
    &must("transfer_amount", Kind::Fen, 0).means("转账金额，单位分", "Amount in fen");

const REMARK: &Field =
    &must("transfer_remark", Kind::Text, 32).means("转账备注，用户可见", "Note that the receiver sees");

pub(super) const STATE: &Field = &must(
    "state",
    Kind::Choice(&[
        "ACCEPTED",
        "PROCESSING",
        "WAIT_USER_CONFIRM",
        "TRANSFERING",
        "SUCCESS",
        "FAIL",
        "CANCELING",
        "CANCELLED",
    ]),
    32,
)
.means(
    "单据状态：ACCEPTED 已受理，PROCESSING 处理中，WAIT_USER_CONFIRM 待用户确认，TRANSFERING 转账中，\
     SUCCESS 成功，FAIL 失败，CANCELING 撤销中，CANCELLED 已撤销",
    "State: ACCEPTED, PROCESSING, WAIT_USER_CONFIRM, TRANSFERING, SUCCESS, FAIL, CANCELING or CANCELLED",
);

pub(super) const FAIL_REASON: &Field = &may("fail_reason", Kind::Text, 64).means("失败原因", "Why it failed");

/// Sends money to a user.
pub static TRANSFER: Endpoint = Endpoint {
    name: "v3_transfer",
    path: "/v3/fund-app/mch-transfer/transfer-bills",
    fields: &[
        SERIAL,
        APPID,
        OUT_BILL_NO,
        &must("transfer_scene_id", Kind::Text, 36).means(
            "转账场景 ID，如 1000 现金营销，1005 佣金报酬",
            "Scene, such as 1000 (marketing) or 1005 (commission)",
        ),
        OPENID,
        &may("user_name", Kind::Encrypted, 1024).means(
            "收款用户姓名（加密传送），2000 元起必填",
            "Name of the receiver, sent encrypted; needed from 2000 yuan on",
        ),
        AMOUNT,
        REMARK,
        &may("notify_url", Kind::NotifyUrl, 256).means("接收转账通知的地址", "Where the notice goes"),
        &may("user_recv_perception", Kind::Text, 64).means(
            "用户收款时看到的原因，按场景可选",
            "What the receiver is told it is for; depends on the scene",
        ),
        &must("transfer_scene_report_infos.$n.info_type", Kind::Text, 64)
            .means("场景报备信息类型，如 活动名称", "Kind of report that the scene wants"),
        &must("transfer_scene_report_infos.$n.info_content", Kind::Text, 64)
            .means("场景报备信息内容", "What is reported"),
        &may("user_recv_style.type", Kind::Choice(&["CONFIRM_PAGE", "RED_PACKET"]), 32).means(
            "收款样式：CONFIRM_PAGE 确认页，RED_PACKET 红包（200 元以内）",
            "CONFIRM_PAGE, or RED_PACKET (up to 200 yuan)",
        ),
    ],
    reply: fields![
        &[
            OUT_BILL_NO,
            BILL_NO,
            &must("create_time", Kind::Rfc3339, 64).means("单据创建时间", "When it was asked for"),
            STATE,
            &may("package_info", Kind::Text, 0).means(
                "拉起用户确认收款页的参数（WAIT_USER_CONFIRM 时）",
                "What opens the page where the user confirms (WAIT_USER_CONFIRM)"
            ),
            FAIL_REASON,
        ],
        REFUSAL
    ],
    errors: &[
        "PARAM_ERROR",
        "INVALID_REQUEST",
        "SIGN_ERROR",
        "NO_AUTH",
        "NOT_ENOUGH",
        "ALREADY_EXISTS",
        "FREQUENCY_LIMITED",
        "SYSTEM_ERROR",
    ],
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new(
        "转账给用户（结果未知时先查询，不要换单号）",
        "Send money to a user; query before taking a new number",
    ),
    page: PAGE,
    ..CALL
};

const QUERY_ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "SIGN_ERROR",
    "RESOURCE_NOT_EXISTS",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

/// What became of a transfer, by the merchant's number.
pub static TRANSFER_QUERY: Endpoint = Endpoint {
    name: "v3_transfer_query",
    path: "/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}",
    fields: &[SERIAL, &in_path(OUT_BILL_NO)],
    reply: fields![
        &[
            &must("mch_id", Kind::Text, 32).means("商户号", "Merchant id"),
            OUT_BILL_NO,
            BILL_NO,
            &must("appid", Kind::Text, 32).means("公众号、小程序或应用的 AppID", "App id"),
            STATE,
            AMOUNT,
            REMARK,
            FAIL_REASON,
            &OPENID.needed(Need::Optional),
            &may("user_name", Kind::Encrypted, 1024)
                .means("收款用户姓名（加密）", "Name of the receiver, encrypted"),
            &must("create_time", Kind::Rfc3339, 64).means("单据创建时间", "When it was asked for"),
            &must("update_time", Kind::Rfc3339, 64)
                .means("最后一次状态变更的时间", "When its state last changed"),
        ],
        REFUSAL
    ],
    errors: QUERY_ERRORS,
    about: Word::new("按商户单号查询转账", "Query a transfer by your own number"),
    page: PAGE,
    ..QUERIED
};

/// What became of a transfer, by WeChat's number.
pub static TRANSFER_QUERY_ID: Endpoint = Endpoint {
    name: "v3_transfer_query_id",
    path: "/v3/fund-app/mch-transfer/transfer-bills/transfer-bill-no/{transfer_bill_no}",
    fields: &[SERIAL, &in_path(BILL_NO)],
    about: Word::new("按微信转账单号查询转账", "Query a transfer by WeChat's number"),
    ..TRANSFER_QUERY
};

/// Ends a transfer that the user has not confirmed.
pub static TRANSFER_CANCEL: Endpoint = Endpoint {
    name: "v3_transfer_cancel",
    path: "/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}/cancel",
    sends: Format::Empty,
    fields: &[SERIAL, &in_path(OUT_BILL_NO)],
    reply: fields![
        &[
            OUT_BILL_NO,
            BILL_NO,
            STATE,
            &must("update_time", Kind::Rfc3339, 64)
                .means("最后一次状态变更的时间", "When its state last changed"),
        ],
        REFUSAL
    ],
    errors: QUERY_ERRORS,
    leaves: Leaves::Trade,
    about: Word::new("撤销用户还没有确认的转账", "Cancel a transfer that the user has not confirmed"),
    page: PAGE,
    ..CALL
};
