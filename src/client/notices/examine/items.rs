//! The exam for receivers of v2, as a table: what is sent, what the reply has to be, why it matters
//! and how to fix it. To add an item, add a row here and its notice in `make`.

use super::item::{Item, Need};
use super::judge::Expects;
use super::make;
use crate::api::Word;

/// Every item, in the order in which they are sent: the wrong amount stands before
/// the order is paid, the bad ones before the good ones that need them.
#[rustfmt::skip]
pub static ITEMS: &[Item] = &[
    Item {
        id: "amount", need: Need::Advised, after: None, expects: Expects::Refused, copies: 1, make: make::other_amount,
        title: Word::new("金额与订单不符的通知被拒绝", "a rightly signed notice with another amount is refused"),
        why: Word::new("通知里的金额必须与你自己的订单核对，否则付 1 分钱也能发货", "the amount must be compared with your own order, or one fen buys everything"),
        fix: Word::new("验签之后，比较 total_fee 与订单金额，不等则应答 FAIL 并告警", "after the signature, compare total_fee with the order's amount; if they differ, answer FAIL and raise an alarm"),
        unseen: Some(Word::new("订单不存在时也会拒绝：请用 out_trade_no= total_fee= 指定一个真实的未付订单", "an unknown order is refused too: name a real unpaid order with out_trade_no= total_fee=")),
    },
    Item {
        id: "valid", need: Need::Required, after: None, expects: Expects::Accepted, copies: 1, make: make::good,
        title: Word::new("有效通知被接受", "a valid notice is accepted"),
        why: Word::new("拒绝有效通知，顾客付了钱而订单仍是未支付", "who refuses it has customers who paid and orders that are not"),
        fix: Word::new("核对密钥、mch_id 与 appid；若接收方要求订单存在，用 out_trade_no= total_fee= 指定一个", "check key, mch_id and appid; if the receiver wants the order to exist, name one with out_trade_no= total_fee="),
        unseen: Some(Word::new("看不到订单是否真的改成了已支付", "whether the order is really marked as paid cannot be seen")),
    },
    Item {
        id: "reply_form", need: Need::Required, after: Some("valid"), expects: Expects::WellFormed, copies: 1, make: make::good,
        title: Word::new("应答正是微信认识的 XML", "the reply is exactly the XML that WeChat reads"),
        why: Word::new("应答 success、JSON 或 HTTP 201，微信都当作失败，会重发 24 小时", "a plain success, JSON or HTTP 201 counts as failure, and WeChat repeats it for 24 hours"),
        fix: Word::new("HTTP 200，正文 <xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>", "HTTP 200 with the body <xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"),
        unseen: None,
    },
    Item {
        id: "in_time", need: Need::Required, after: Some("valid"), expects: Expects::AcceptedInTime, copies: 1, make: make::good,
        title: Word::new("5 秒内应答", "the reply comes within 5 seconds"),
        why: Word::new("超过 5 秒微信就算失败并重发，越忙越重复", "after 5 seconds WeChat counts it as failed and sends again, most when you are busiest"),
        fix: Word::new("先把通知存下并应答 SUCCESS，发货等慢活放到后台队列", "store the notice and answer SUCCESS first; do slow work in a queue behind it"),
        unseen: None,
    },
    Item {
        id: "again", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::good,
        title: Word::new("同一通知再来一次仍应答 SUCCESS", "the same notice again is answered SUCCESS again"),
        why: Word::new("微信会重发；重复的通知若应答失败，会一直重发下去", "WeChat repeats notices; one that fails the second time is repeated on and on"),
        fix: Word::new("已处理过的订单直接应答 SUCCESS，不再做任何事", "answer SUCCESS for an order that is done, and do nothing else"),
        unseen: Some(Word::new("看不到是否重复发货：请查这个订单只入账一次", "whether goods went out twice cannot be seen: check that this order was entered once")),
    },
    Item {
        id: "at_once", need: Need::Required, after: Some("valid"), expects: Expects::AcceptedInTime, copies: 8, make: make::good,
        title: Word::new("同一通知 8 份同时到达，全部应答 SUCCESS", "eight copies at once are all answered SUCCESS in time"),
        why: Word::new("重发与并发会让两个进程同时处理一个订单", "repeats and several servers make two processes work on one order at the same moment"),
        fix: Word::new("用数据库行锁或 UPDATE … WHERE state='未支付'，只让一个成功，其余照样应答 SUCCESS", "let one win with a row lock or UPDATE … WHERE state = 'unpaid', and answer SUCCESS to the others too"),
        unseen: Some(Word::new("看不到是否重复发货：请查这个订单只入账一次", "whether goods went out twice cannot be seen: check that this order was entered once")),
    },
    Item {
        id: "tampered", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::tampered,
        title: Word::new("金额被改过的通知被拒绝", "a notice whose amount was changed is refused"),
        why: Word::new("回调地址是公开的，谁都能 POST", "the address is public: everybody can post to it"),
        fix: Word::new("先验签，再看任何字段；用 wxkit notify verify 对照", "check the signature before any field; compare with wxkit notify verify"),
        unseen: None,
    },
    Item {
        id: "wrong_sign", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::wrong_sign,
        title: Word::new("用别的密钥签名的通知被拒绝", "a notice signed with another key is refused"),
        why: Word::new("不验签等于谁都能宣布自己付过款", "without this everybody can say that they have paid"),
        fix: Word::new("用自己的商户密钥重算签名并比较", "compute the signature with your own key and compare"),
        unseen: None,
    },
    Item {
        id: "no_sign", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::no_sign,
        title: Word::new("没有签名的通知被拒绝", "a notice without a signature is refused"),
        why: Word::new("许多库在 sign 缺失时跳过验签", "many libraries skip the check when sign is missing"),
        fix: Word::new("没有 sign 或 sign 为空，一律应答 FAIL", "answer FAIL whenever sign is missing or empty"),
        unseen: None,
    },
    Item {
        id: "foreign", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::foreign,
        title: Word::new("别的商户号的通知被拒绝", "a notice for another mch_id is refused"),
        why: Word::new("多商户共用密钥或代码时，别家的付款会记到你头上", "where merchants share a key or the code, another one's payment is booked as yours"),
        fix: Word::new("验签后核对 mch_id 与 appid 是自己的", "after the signature, check that mch_id and appid are yours"),
        unseen: None,
    },
    Item {
        id: "empty_body", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::empty,
        title: Word::new("空正文被拒绝，且服务不崩溃", "an empty body is refused, and nothing crashes"),
        why: Word::new("探测与扫描会发空请求", "probes and scanners post nothing"),
        fix: Word::new("先判断正文为空，再解析", "check for an empty body before parsing"),
        unseen: None,
    },
    Item {
        id: "doctype", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::doctype,
        title: Word::new("带 DOCTYPE 的 XML 被拒绝", "XML with a DOCTYPE is refused"),
        why: Word::new("DOCTYPE 可用于 XXE，读走服务器文件；微信从不发送", "a DOCTYPE can be used for XXE, which reads files of the server; WeChat never sends one"),
        fix: Word::new("在 XML 解析器里禁止 DTD 与外部实体（defusedxml、disallow-doctype-decl 等）", "forbid DTDs and external entities in the XML parser (defusedxml, disallow-doctype-decl …)"),
        unseen: None,
    },
    Item {
        id: "new_fields", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::new_fields,
        title: Word::new("带新字段的通知被接受", "a notice with unknown fields is accepted"),
        why: Word::new("微信会加字段，且新字段参与签名", "WeChat adds fields, and they are signed too"),
        fix: Word::new("用收到的全部字段验签，不要只用认识的；空值不参与", "check the signature over all fields that came, not over those you know; empty ones are left out"),
        unseen: None,
    },
    Item {
        id: "characters", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::characters,
        title: Word::new("值里有中文与 & < > 的通知被接受", "a notice with Chinese and with & < > in a value is accepted"),
        why: Word::new("attach 等字段原样回传，验签用的是解码后的原值", "attach comes back as it was, and the plain value is what is signed"),
        fix: Word::new("用 XML 解析器取值，以 UTF-8 原值验签，不要用正则", "read values with an XML parser and hash them as UTF-8, not with regular expressions"),
        unseen: None,
    },
    Item {
        id: "coupons", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::coupons,
        title: Word::new("用了代金券的通知被接受", "a notice with coupons is accepted"),
        why: Word::new("cash_fee 会小于 total_fee，coupon_type_0 等字段也参与签名", "cash_fee is then less than total_fee, and coupon_type_0 and its kin are signed too"),
        fix: Word::new("核对 total_fee 而不是 cash_fee，带序号的字段一并验签", "compare total_fee and not cash_fee; sign the numbered fields too"),
        unseen: None,
    },
    Item {
        id: "md5_named", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::md5_named,
        title: Word::new("写明 sign_type=MD5 的通知被接受", "a notice that names sign_type=MD5 is accepted"),
        why: Word::new("下单时写了 sign_type，通知就带着它，它也参与签名；去掉 sign_type 再验签的接收端会拒绝真实的付款", "an order that names sign_type is notified with it, and it is signed like every field; who removes it before checking refuses real payments"),
        fix: Word::new("验签前只去掉 sign，其余字段（包括 sign_type）全部参与", "remove nothing but sign before checking: sign_type is signed too"),
        unseen: None,
    },
    Item {
        id: "hmac", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::hmac,
        title: Word::new("HMAC-SHA256 签名（有 sign_type）被接受", "HMAC-SHA256 with sign_type is accepted"),
        why: Word::new("下单用 HMAC-SHA256，通知就用 HMAC-SHA256", "an order signed with HMAC-SHA256 is notified with HMAC-SHA256"),
        fix: Word::new("按 sign_type 选算法；确实只用 MD5 可以 --skip hmac,hmac_unnamed", "choose the digest by sign_type; if you use MD5 only, --skip hmac,hmac_unnamed"),
        unseen: None,
    },
    Item {
        id: "hmac_unnamed", need: Need::Required, after: Some("hmac"), expects: Expects::Accepted, copies: 1, make: make::hmac_unnamed,
        title: Word::new("HMAC-SHA256 签名（没有 sign_type）被接受", "HMAC-SHA256 without sign_type is accepted"),
        why: Word::new("微信的通知常常不带 sign_type", "WeChat's notices often leave sign_type out"),
        fix: Word::new("没有 sign_type 时按签名长度判断：64 位是 HMAC-SHA256，32 位是 MD5", "without it go by the length: 64 digits are HMAC-SHA256, 32 are MD5"),
        unseen: None,
    },
    Item {
        id: "refund", need: Need::Required, after: None, expects: Expects::Accepted, copies: 1, make: make::refund,
        title: Word::new("退款通知（req_info）被接受", "a refund notice with req_info is accepted"),
        why: Word::new("退款结果只在通知里主动告知，且没有 sign，要解密", "how a refund ended is told here, without a sign, encrypted"),
        fix: Word::new("用支付密钥的 MD5（小写 32 位）作 AES-256-ECB 密钥解密 req_info；地址不同用 --refund-to；不处理退款可 --skip refund,foreign_refund", "decrypt req_info with AES-256-ECB, the key being the MD5 of the pay key in lower-case hex; --refund-to names another address; --skip refund,foreign_refund leaves it out"),
        unseen: None,
    },
    Item {
        id: "foreign_refund", need: Need::Required, after: Some("refund"), expects: Expects::Refused, copies: 1, make: make::foreign_refund,
        title: Word::new("用别的密钥加密的退款通知被拒绝", "a refund notice encrypted with another key is refused"),
        why: Word::new("退款通知没有签名，能否解密就是唯一的凭证", "refund notices are not signed: that they decrypt is the only proof"),
        fix: Word::new("解密失败或解出的不是 XML，一律应答 FAIL", "answer FAIL when it does not decrypt, or decrypts to something that is not XML"),
        unseen: None,
    },
    Item {
        id: "alive", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::good,
        title: Word::new("以上之后，有效通知仍被接受", "after all this, a valid notice is still accepted"),
        why: Word::new("坏请求不应拖垮服务", "bad requests must not bring the service down"),
        fix: Word::new("查看服务日志里的崩溃与卡死", "look for crashes and hangs in the service's log"),
        unseen: None,
    },
];
