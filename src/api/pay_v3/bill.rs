//! Bills of pay v3: first where the file is, then the file. Rows only.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4013071227>

use super::QUERIED;
use super::fields::{
    BILL_DATE, DOWNLOAD_URL, HASH_TYPE, HASH_VALUE, MAY_SUB_MCHID, REFUSAL, SERIAL, SUB_MCHID, TAR_TYPE,
    asked, fields, may, must, within,
};
use crate::api::endpoint::{Endpoint, Kind, Spot, Success};
use crate::api::field::Field;
use crate::api::scheme::{RuleV3, Scheme};
use crate::api::word::Word;

const ERRORS: &[&str] = &[
    "PARAM_ERROR",
    "INVALID_REQUEST",
    "SIGN_ERROR",
    "NO_STATEMENT_EXIST",
    "STATEMENT_CREATING",
    "NO_AUTH",
    "FREQUENCY_LIMITED",
    "SYSTEM_ERROR",
];

const BILL: &[&Field] = &[HASH_TYPE, HASH_VALUE, DOWNLOAD_URL];

/// The trades of a day.
pub static TRADE_BILL: Endpoint = Endpoint {
    name: "v3_tradebill",
    path: "/v3/bill/tradebill",
    fields: &[
        SERIAL,
        BILL_DATE,
        &asked(MAY_SUB_MCHID),
        &may(
            "bill_type",
            Kind::Choice(&[
                "ALL",
                "SUCCESS",
                "REFUND",
                "RECHARGE_REFUND",
                "ALL_SPECIAL",
                "SUC_SPECIAL",
                "REF_SPECIAL",
            ]),
            32,
        )
        .means(
            "账单类型，默认 ALL；SUCCESS 支付，REFUND 退款",
            "Kind of bill: ALL (default), SUCCESS or REFUND",
        )
        .at(Spot::Query),
        TAR_TYPE,
    ],
    reply: fields![BILL, REFUSAL],
    errors: ERRORS,
    about: Word::new("下载交易账单", "Download the trades of a day"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013071227",
    ..QUERIED
};

/// The movements of an account in a day.
pub static FUNDFLOW: Endpoint = Endpoint {
    name: "v3_fundflowbill",
    path: "/v3/bill/fundflowbill",
    fields: &[
        SERIAL,
        BILL_DATE,
        &may("account_type", Kind::Choice(&["BASIC", "OPERATION", "FEES"]), 32)
            .means(
                "资金账户：BASIC 基本（默认），OPERATION 运营，FEES 手续费",
                "Account: BASIC (default), OPERATION or FEES",
            )
            .at(Spot::Query),
        TAR_TYPE,
    ],
    about: Word::new("下载资金账单", "Download the account movements of a day"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013071235",
    ..TRADE_BILL
};

/// The movements of a sub-merchant's account in a day: encrypted files.
pub static SUB_FUNDFLOW: Endpoint = Endpoint {
    name: "v3_sub_fundflowbill",
    path: "/v3/bill/sub-merchant-fundflowbill",
    fields: &[
        SERIAL,
        &asked(SUB_MCHID),
        BILL_DATE,
        &must("account_type", Kind::Choice(&["BASIC", "OPERATION", "FEES", "DEPOSIT"]), 32)
            .means(
                "资金账户：BASIC、OPERATION、FEES 或 DEPOSIT",
                "Account: BASIC, OPERATION, FEES or DEPOSIT",
            )
            .at(Spot::Query),
        &must("algorithm", Kind::Choice(&["AEAD_AES_256_GCM", "SM4_GCM"]), 32)
            .means("账单文件的加密算法", "What the files are encrypted with")
            .at(Spot::Query)
            .filled(crate::api::field::Fill::Literal("AEAD_AES_256_GCM")),
        TAR_TYPE,
    ],
    reply: fields![
        &[
            &must("download_bill_count", Kind::Int, 0).means("下载链接的个数", "Number of files"),
            &within("download_bill_list.$n.bill_sequence", Kind::Int, 0)
                .means("账单文件序号，从 1 开始", "Number of the file, from 1"),
            &within("download_bill_list.$n.download_url", Kind::Url, 2048)
                .means("账单下载地址", "Where the file is"),
            &within("download_bill_list.$n.encrypt_key", Kind::Encrypted, 2048).means(
                "解密账单的密钥（用商户证书公钥加密）",
                "Key of the file, encrypted for your certificate"
            ),
            &within("download_bill_list.$n.hash_type", Kind::Text, 32)
                .means("摘要类型：SHA1", "Digest: SHA1"),
            &within("download_bill_list.$n.hash_value", Kind::Text, 1024)
                .means("原始账单的摘要", "Digest of the bill itself"),
            &within("download_bill_list.$n.nonce", Kind::Text, 32)
                .means("解密账单的随机串", "Nonce of the file's encryption"),
        ],
        REFUSAL
    ],
    about: Word::new("下载二级商户资金账单", "Download the account movements of a sub-merchant"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013071238",
    ..TRADE_BILL
};

/// The profit sharing of a day.
pub static SPLIT_BILL: Endpoint = Endpoint {
    name: "v3_profitsharing_bills",
    path: "/v3/profitsharing/bills",
    fields: &[SERIAL, BILL_DATE, &asked(MAY_SUB_MCHID), TAR_TYPE],
    about: Word::new("下载分账账单", "Download the profit sharing of a day"),
    page: "https://pay.weixin.qq.com/doc/v3/partner/4012690683",
    ..TRADE_BILL
};

/// The same at an address that was told.
pub static BILL_AT: Endpoint = Endpoint { path: "", ..BILL_FILE };

/// The file of a bill. Its reply is not signed: the digest that was told before
/// proves it.
pub static BILL_FILE: Endpoint = Endpoint {
    name: "v3_bill_file",
    path: "/v3/billdownload/file",
    scheme: Scheme::PayV3(RuleV3::Unsigned),
    success: Success::File,
    fields: &[SERIAL],
    reply: REFUSAL,
    about: Word::new("账单文件", "The file of a bill"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013071238",
    ..TRADE_BILL
};
