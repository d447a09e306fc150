//! The exam for receivers of v3, as a table: what is sent, what the reply has to be, why
//! it matters and how to fix it. To add an item, add a row here and its notice in
//! `make_v3`.

use super::item::{Item, Need};
use super::judge::Expects;
use super::make_v3 as make;
use crate::api::Word;

/// Every item, in the order in which they are sent: the wrong amount stands before the
/// order is paid, the good notice before all that tells nothing without it.
#[rustfmt::skip]
pub static ITEMS: &[Item] = &[
    Item {
        id: "amount", need: Need::Advised, after: None, expects: Expects::Refused, copies: 1, make: make::other_amount,
        title: Word::new("金额与订单不符的通知被拒绝", "a rightly signed notice with another amount is refused"),
        why: Word::new("通知里的金额必须与你自己的订单核对，否则付 1 分钱也能发货", "the amount must be compared with your own order, or one fen buys everything"),
        fix: Word::new("验签、解密之后，比较 amount.total 与订单金额，不等则应答 4xx 并告警", "after proof and decryption, compare amount.total with the order's amount; if they differ, answer 4xx and raise an alarm"),
        unseen: Some(Word::new("订单不存在时也会拒绝：请用 out_trade_no= amount.total= 指定一个真实的未付订单", "an unknown order is refused too: name a real unpaid order with out_trade_no= amount.total=")),
    },
    Item {
        id: "valid", need: Need::Required, after: None, expects: Expects::Accepted, copies: 1, make: make::good,
        title: Word::new("有效通知（微信支付公钥签名）被接受", "a valid notice, signed with the public key, is accepted"),
        why: Word::new("拒绝有效通知，顾客付了钱而订单仍是未支付；只会解析 v2 的 XML 的程序就是这样", "who refuses it has customers who paid and orders that are not; so does a program that parses the XML of v2 only"),
        fix: Word::new("解析 JSON，用 wxkit mock keys DIR 写出的 pub_key.pem 验签、用 APIv3 密钥解密；若要求订单存在，用 out_trade_no= amount.total= 指定一个", "parse JSON, prove it with the pub_key.pem that wxkit mock keys DIR writes, open it with the APIv3 key; if the order has to exist, name one with out_trade_no= amount.total="),
        unseen: Some(Word::new("看不到订单是否真的改成了已支付", "whether the order is really marked as paid cannot be seen")),
    },
    Item {
        id: "reply_form", need: Need::Required, after: Some("valid"), expects: Expects::WellFormed, copies: 1, make: make::good,
        title: Word::new("应答的状态是 200 或 204", "the status of the reply is 200 or 204"),
        why: Word::new("微信只看状态码：其他 2xx 也算失败，会重发 24 小时", "WeChat looks at the status alone: any other 2xx counts as failure and is repeated for 24 hours"),
        fix: Word::new("HTTP 204，没有正文；或 200 加 {\"code\":\"SUCCESS\",\"message\":\"成功\"}", "HTTP 204 without a body; or 200 with {\"code\":\"SUCCESS\",\"message\":\"成功\"}"),
        unseen: None,
    },
    Item {
        id: "in_time", need: Need::Required, after: Some("valid"), expects: Expects::AcceptedInTime, copies: 1, make: make::good,
        title: Word::new("5 秒内应答", "the reply comes within 5 seconds"),
        why: Word::new("超过 5 秒微信就算失败并重发，越忙越重复", "after 5 seconds WeChat counts it as failed and sends again, most when you are busiest"),
        fix: Word::new("先把通知存下并应答，发货等慢活放到后台队列", "store the notice and answer first; do slow work in a queue behind it"),
        unseen: None,
    },
    Item {
        id: "again", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::good,
        title: Word::new("同一通知（id 相同，重新签名）再来一次仍被接受", "the same notice again, signed anew, is accepted again"),
        why: Word::new("微信会重发；重复的通知若应答失败，会一直重发下去", "WeChat repeats notices; one that fails the second time is repeated on and on"),
        fix: Word::new("已处理过的订单直接应答 204，不再做任何事", "answer 204 for an order that is done, and do nothing else"),
        unseen: Some(Word::new("看不到是否重复发货：请查这个订单只入账一次", "whether goods went out twice cannot be seen: check that this order was entered once")),
    },
    Item {
        id: "at_once", need: Need::Required, after: Some("valid"), expects: Expects::AcceptedInTime, copies: 8, make: make::good,
        title: Word::new("同一通知 8 份同时到达，全部按时接受", "eight copies at once are all accepted in time"),
        why: Word::new("微信的多台机器会同时投递同一通知", "several machines of WeChat deliver the same notice at the same time"),
        fix: Word::new("用数据库唯一键或行锁保证只处理一次，冲突的请求也应答 204", "make it once-only with a unique key or a row lock, and answer 204 to those that lost the race"),
        unseen: Some(Word::new("看不到是否重复发货", "whether goods went out eight times cannot be seen")),
    },
    Item {
        id: "both_keys", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::other_key,
        title: Word::new("平台证书签名的通知也被接受", "a notice signed with the platform certificate is accepted too"),
        why: Word::new("切换公钥的几天里两种签名都会来；只配一把密钥会拒绝其中一部分", "during the switch to the public key both come; who knows one key refuses some of them"),
        fix: Word::new("按 Wechatpay-Serial 选密钥：PUB_KEY_ID_… 用公钥，其余用对应的平台证书；新商户没有平台证书，可 --skip both_keys", "choose the key by Wechatpay-Serial: PUB_KEY_ID_… is the public key, all others a platform certificate; new merchants have none: --skip both_keys"),
        unseen: None,
    },
    Item {
        id: "probe", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::probe,
        title: Word::new("探测流量（WECHATPAY/SIGNTEST/）被拒绝", "a probe (WECHATPAY/SIGNTEST/) is refused"),
        why: Word::new("微信用错误的签名检查你是否验签；应答 2xx 会被判为没有验签", "WeChat sends a wrong signature on purpose to see whether it is checked; a 2xx says that it is not"),
        fix: Word::new("不要特殊对待它：当作普通的错误签名，应答 4xx 或 5xx，不要崩溃，也不必告警", "do not treat it specially: it is a wrong signature like any other; answer 4xx or 5xx, without a crash and without an alarm"),
        unseen: None,
    },
    Item {
        id: "tampered", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::tampered,
        title: Word::new("签名后被改动的通知被拒绝", "a notice that was changed after signing is refused"),
        why: Word::new("签名保护整个正文；不验就能伪造", "the signature covers the whole body; without the check it can be forged"),
        fix: Word::new("用收到的原始字节验签：时间戳、随机串、正文，各以换行结尾", "check it over the bytes that came: timestamp, nonce, body, each with a line break behind"),
        unseen: None,
    },
    Item {
        id: "wrong_sign", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::wrong_sign,
        title: Word::new("别的私钥签名的通知被拒绝，且状态不是 2xx", "a notice signed by another key is refused, with a status that is no 2xx"),
        why: Word::new("不验签，任何人都能把订单改成已支付；拒绝时应答 200，微信就不再重发", "without the check anybody can mark orders as paid; refused with 200, it is never sent again"),
        fix: Word::new("验签失败应答 401 和 {\"code\":\"FAIL\",\"message\":\"…\"}", "answer 401 and {\"code\":\"FAIL\",\"message\":\"…\"} when the signature is wrong"),
        unseen: None,
    },
    Item {
        id: "unknown_serial", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::unknown_serial,
        title: Word::new("未知序列号的通知被拒绝", "a notice of an unknown serial is refused"),
        why: Word::new("序列号由发送者写：找不到密钥时不能跳过验签", "the serial is the sender's word: a key that is not found is no reason to skip the check"),
        fix: Word::new("没有对应的密钥就拒绝；可以先刷新平台证书再查一次", "refuse it when there is no such key; you may fetch the platform certificates again first"),
        unseen: None,
    },
    Item {
        id: "no_sign", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::no_sign,
        title: Word::new("没有 Wechatpay-* 头的通知被拒绝", "a notice without Wechatpay-* headers is refused"),
        why: Word::new("有签名才验等于不验", "checking only what carries a signature checks nothing"),
        fix: Word::new("缺少任何一个签名头都拒绝", "refuse whatever lacks one of these headers"),
        unseen: None,
    },
    Item {
        id: "stale", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::stale,
        title: Word::new("10 分钟前签名的通知被拒绝", "a notice signed ten minutes ago is refused"),
        why: Word::new("签名永远有效；不看时间，截获的旧通知可以无限重放", "a signature is right for ever: without a look at the time an old notice can be repeated at will"),
        fix: Word::new("Wechatpay-Timestamp 与当前时间相差超过 5 分钟就拒绝；服务器要对时", "refuse it when Wechatpay-Timestamp is more than 5 minutes from now; keep the clock right"),
        unseen: None,
    },
    Item {
        id: "other_bytes", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::other_bytes,
        title: Word::new("正文的空格、转义与平常不同的通知被接受", "a notice with other blanks and escapes in its body is accepted"),
        why: Word::new("签名针对原始字节：解析后再序列化，验的就不是微信签的内容", "the bytes are signed: parsed and written again they are not what WeChat signed"),
        fix: Word::new("先取原始正文验签，再解析；不要让框架先转成对象", "take the raw body for the signature and parse it afterwards, before a framework turns it into an object"),
        unseen: None,
    },
    Item {
        id: "tag", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::tampered_cipher,
        title: Word::new("认证标签不对的密文被拒绝", "a cipher text with a wrong tag is refused"),
        why: Word::new("AES-GCM 的最后 16 字节是标签；不核对，密文就能被改动", "the last 16 bytes of AES-GCM are its tag: unchecked, the cipher text can be changed"),
        fix: Word::new("用完整的 AEAD 接口解密（Node 要 setAuthTag 并调用 final），不要当 CTR 用", "decrypt with the whole AEAD interface (in Node setAuthTag, and call final), not as CTR"),
        unseen: None,
    },
    Item {
        id: "foreign_cipher", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::foreign_cipher,
        title: Word::new("用别的 APIv3 密钥加密的通知被拒绝", "a notice sealed with another APIv3 key is refused"),
        why: Word::new("解不开就不知道付了什么", "what does not open tells nothing about a payment"),
        fix: Word::new("解密失败应答 5xx 并告警：多半是 APIv3 密钥改过", "answer 5xx and raise an alarm when it does not decrypt: the APIv3 key was probably changed"),
        unseen: None,
    },
    Item {
        id: "empty_aad", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::empty_aad,
        title: Word::new("associated_data 为空的通知被接受", "a notice with empty associated_data is accepted"),
        why: Word::new("它可以是空串；写死 transaction 的程序会拒绝真实的付款", "it may be empty; a program that takes it to be \"transaction\" refuses real payments"),
        fix: Word::new("解密用报文里的 associated_data，没有就用空串", "decrypt with the associated_data of the message, empty if there is none"),
        unseen: None,
    },
    Item {
        id: "foreign", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::foreign,
        title: Word::new("别的商户号的通知被拒绝", "a notice of another merchant is refused"),
        why: Word::new("同一套密钥可能管多个商户号", "one set of keys may serve several merchants"),
        fix: Word::new("核对解密后的 mchid 与 appid", "compare mchid and appid after decryption"),
        unseen: None,
    },
    Item {
        id: "empty_body", need: Need::Required, after: Some("valid"), expects: Expects::Refused, copies: 1, make: make::empty,
        title: Word::new("空正文被拒绝", "an empty body is refused"),
        why: Word::new("读不懂的都不能应答成功", "what cannot be read must not be answered with a yes"),
        fix: Word::new("解析失败一律应答 4xx", "answer 4xx whenever parsing fails"),
        unseen: None,
    },
    Item {
        id: "new_fields", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::new_fields,
        title: Word::new("带新字段的通知被接受", "a notice with unknown fields is accepted"),
        why: Word::new("微信会加字段，报文和解密后的对象里都可能有", "WeChat adds fields, to the message and to what is inside"),
        fix: Word::new("忽略不认识的字段，不要因此解析失败", "ignore fields you do not know instead of failing to parse"),
        unseen: None,
    },
    Item {
        id: "characters", need: Need::Required, after: Some("valid"), expects: Expects::Accepted, copies: 1, make: make::characters,
        title: Word::new("值里有中文、引号与反斜杠的通知被接受", "a notice with Chinese, quotes and backslashes in a value is accepted"),
        why: Word::new("attach 原样带回，密文是 UTF-8", "attach comes back as it was, and the sealed text is UTF-8"),
        fix: Word::new("解密得到的字节按 UTF-8 解析 JSON，不要按平台默认编码", "parse what was decrypted as JSON in UTF-8, not in the platform's charset"),
        unseen: None,
    },
    Item {
        id: "refund", need: Need::Required, after: None, expects: Expects::Accepted, copies: 1, make: make::refund,
        title: Word::new("退款通知（REFUND.SUCCESS）被接受", "a refund notice (REFUND.SUCCESS) is accepted"),
        why: Word::new("退款结果在这里告知，状态叫 refund_status", "how a refund ended is told here; its state is called refund_status"),
        fix: Word::new("按 event_type 分别处理；地址不同用 --refund-to；不处理退款可 --skip refund", "go by event_type; --refund-to names another address; --skip refund leaves it out"),
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
