//! Pay v2: `err_code`, what the bill calls say in its place, and the messages that
//! say more than the code they come with. Pure rows; knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str = "https://pay.weixin.qq.com/doc/v2/merchant/4011936530";

/// This world.
pub(super) const AREA: &Area = &Area {
    word: Word::new("微信支付 v2", "WeChat Pay v2"),
    marks: &["return_code", "return_msg", "err_code", "<xml", "返回代码", "返回信息", "api.mch"],
    messages: Messages::SayMore,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `err_code`.
pub static CODES: &[ErrorCode] = &[
    code("SUCCESS", "OK", Fault::None).means("成功", "Success").remedy("不用处理", "Nothing to do"),
    code("SIGNERROR", "签名错误", Fault::Credential)
        .means("签名与微信算出的不一致", "The signature is not the one WeChat computes")
        .remedy(
            "把发出的 XML 交给 wxkit explain，它会指出错在哪里；常见的是密钥不是这个商户号的 APIv2 \
             密钥、签名类型与 sign_type 不符、签名后又改了字段",
            "Give the XML you sent to wxkit explain; mostly the key is not the APIv2 key of this \
             mch_id, the digest differs from sign_type, or a field changed after signing",
        ),
    code("PARAM_ERROR", "参数错误", Fault::Request).means("某个参数不对", "A parameter is wrong").remedy(
        "看 err_code_des 点名的字段，对照长度和格式；金额是整数分，时间是 yyyyMMddHHmmss",
        "Look at the field err_code_des names and check its length and form; money is whole fen, \
         times are yyyyMMddHHmmss",
    ),
    code("LACK_PARAMS", "缺少参数", Fault::Request)
        .means("缺少必填参数", "A required field is missing")
        .remedy(
            "补齐必填字段；wxkit pay order 会在发送前列出缺了哪些",
            "Add what is missing; wxkit pay order lists it before sending",
        ),
    code("INVALID_REQUEST", "参数格式有误或者未按规则上传", Fault::Business)
        .means(
            "请求不合规则，常见于同一订单号换了参数再次提交",
            "Against the rules; mostly an order number sent again with other values",
        )
        .remedy(
            "同一个 out_trade_no 重新下单时，金额、商品描述等必须与第一次完全一致；要改就换新的 \
             out_trade_no；退款则核对可退金额",
            "When an out_trade_no is sent again all values must be the same as the first time; to \
             change them use a new number; for refunds check what is left to refund",
        ),
    code("NOAUTH", "商户无此接口权限", Fault::Business)
        .means("商户号没有开通这个接口或支付产品", "The merchant may not use this call or product")
        .remedy(
            "登录商户平台的“产品中心”开通对应产品；核对 trade_type 与开通的产品一致",
            "Apply for the product in the product centre of the merchant platform; check that \
             trade_type is one you have",
        ),
    code("NOTENOUGH", "余额不足", Fault::Business)
        .means(
            "余额不足：支付时是用户的，退款时是商户的",
            "Not enough money: the customer's when paying, yours when refunding",
        )
        .remedy(
            "支付：请用户换一张卡。退款：给商户号充值，或传 refund_account=REFUND_SOURCE_RECHARGE_FUNDS \
             从可用余额退",
            "Paying: let the customer use another card. Refunding: top up, or refund from the balance \
             with refund_account=REFUND_SOURCE_RECHARGE_FUNDS",
        ),
    code("ORDERPAID", "商户订单已支付", Fault::Business)
        .means("订单已支付", "The order is already paid")
        .remedy(
            "不要再收款：用 wxkit pay query 查单，按已支付处理",
            "Do not charge again: query with wxkit pay query and treat it as paid",
        ),
    code("ORDERCLOSED", "订单已关闭", Fault::Business)
        .means("订单已关闭，不能再支付", "The order is closed and can no longer be paid")
        .remedy("换一个新的 out_trade_no 重新下单", "Order again with a new out_trade_no"),
    code("ORDERREVERSED", "订单已撤销", Fault::Business)
        .means("订单已撤销", "The order was reversed")
        .remedy(
            "换一个新的 out_trade_no，请用户重新出示付款码",
            "Use a new out_trade_no and ask for the payment code again",
        ),
    code("ORDERNOTEXIST", "此交易订单号不存在", Fault::Business)
        .means("订单不存在", "There is no such order")
        .remedy(
            "核对 out_trade_no、mch_id 与下单时一致；刚下单或用户还没扫码时也会这样，隔几秒再查",
            "Check that out_trade_no and mch_id are those of the order; right after ordering wait a few \
             seconds and query again",
        ),
    code("ORDER_NOT_EXIST", "订单不存在", Fault::Business)
        .means("订单不存在", "There is no such order")
        .remedy(
            "核对 out_trade_no 或 transaction_id，以及 mch_id 是否是下单的那个",
            "Check out_trade_no or transaction_id, and that mch_id is the one that ordered",
        ),
    code("SUB_MCH_ID_INVALID", "子商户号无效", Fault::Business)
        .means("sub_mch_id 不是这个服务商的子商户", "sub_mch_id is no sub-merchant of this partner")
        .remedy(
            "核对 sub_mch_id，以及它和服务商的受理关系",
            "Check sub_mch_id, and that the partner serves this merchant",
        ),
    code("OUT_TRADE_NO_USED", "商户订单号重复", Fault::Business)
        .means("商户订单号已被用过", "The order number was used before")
        .remedy(
            "先用 wxkit pay query 查这个单号的状态；确实是新订单就换一个 out_trade_no",
            "Query the number with wxkit pay query first; if this is a new order take a new out_trade_no",
        ),
    code("SYSTEMERROR", "系统错误", Fault::Unknown)
        .means("微信系统超时，不知道做了没有", "WeChat timed out; it is not known whether it was done")
        .remedy(
            "先查再重试：支付用 wxkit pay query，退款用 wxkit pay refund-query；\
             没有结果再用完全相同的参数和单号重试",
            "Query before repeating: wxkit pay query for payments, refund-query for refunds; then \
             repeat with the very same values and numbers",
        ),
    code("BANKERROR", "银行系统异常", Fault::Unknown)
        .means("银行系统异常，不知道是否扣款", "The bank did not answer; it is not known whether it was paid")
        .remedy(
            "5 秒后用 wxkit pay query 查单；仍不明确就调用 wxkit pay reverse 撤销",
            "Query after 5 seconds with wxkit pay query; if still unclear, wxkit pay reverse",
        ),
    code("USERPAYING", "用户支付中，需要输入密码", Fault::Unknown)
        .means("用户正在输入密码", "The customer is typing the password")
        .remedy(
            "每 10 秒用 wxkit pay query 查一次，最多 45 秒；还没成功就 wxkit pay reverse 撤销",
            "Query each 10 seconds with wxkit pay query, for 45 seconds; then wxkit pay reverse",
        ),
    code("BIZERR_NEED_RETRY", "退款业务流程错误，需要商户触发重试来解决", Fault::Unknown)
        .means("退款流程出错，需要商户重试", "The refund got stuck and needs you to repeat it")
        .remedy(
            "用同一个 out_refund_no 和相同参数重新申请退款，千万不要换单号",
            "Repeat with the same out_refund_no and values; never with a new number",
        ),
    code("APPID_NOT_EXIST", "APPID不存在", Fault::Request)
        .means("请求里没有 appid，或 appid 不存在", "appid is missing or does not exist")
        .remedy(
            "核对 appid（wx 开头 18 位）；运行 wxkit profile show 看当前值",
            "Check appid (18 characters from wx on); wxkit profile show tells the one in force",
        ),
    code("MCHID_NOT_EXIST", "MCHID不存在", Fault::Request)
        .means("请求里没有 mch_id，或商户号不存在", "mch_id is missing or does not exist")
        .remedy(
            "核对 mch_id（8 到 10 位数字），字段名不是 mchid",
            "Check mch_id (8 to 10 digits); the field is not named mchid",
        ),
    code("APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配", Fault::Business)
        .means("appid 没有和商户号绑定", "appid is not bound to mch_id")
        .remedy(
            "到商户平台“产品中心 → AppID 账号管理”绑定 appid，并在公众平台确认；或核对是否用错了 profile",
            "Bind appid under AppID management on the merchant platform and confirm it in the account; \
             or check that the profile is the right one",
        ),
    code("XML_FORMAT_ERROR", "XML格式错误", Fault::Request)
        .means("XML 不合格式", "The XML is not well formed")
        .remedy(
            "detail、attach 等含 < & 的值要转义或放进 CDATA；用 wxkit pay sign --xml 生成对照",
            "Escape < and & in detail and attach, or use CDATA; compare with wxkit pay sign --xml",
        ),
    code("REQUIRE_POST_METHOD", "请使用post方法", Fault::Request)
        .means("要用 POST 请求", "The call wants POST")
        .remedy("改用 POST，XML 放在请求体里", "Use POST with the XML as the body"),
    code("POST_DATA_EMPTY", "post数据为空", Fault::Request).means("请求体为空", "The body is empty").remedy(
        "确认 XML 真的写进了请求体（Content-Length 不为 0）",
        "Check that the XML is sent as the body (Content-Length is not 0)",
    ),
    code("NOT_UTF8", "编码格式错误", Fault::Request)
        .means("请求不是 UTF-8 编码", "The request is not UTF-8")
        .remedy(
            "签名和发送都用 UTF-8；Java 的 getBytes、.NET 的 Default 编码要显式指定",
            "Use UTF-8 both for signing and sending; name it explicitly in getBytes (Java) and Encoding \
             (.NET)",
        ),
    code("AUTHCODEEXPIRE", "二维码已过期，请用户在微信上刷新后再试", Fault::Business)
        .means("付款码已过期", "The payment code has expired")
        .remedy(
            "请用户刷新付款码后重新扫，并换新的 out_trade_no",
            "Let the customer refresh the code, scan again, and use a new out_trade_no",
        ),
    code("AUTH_CODE_ERROR", "付款码参数错误", Fault::Request)
        .means("付款码不对", "The payment code is wrong")
        .remedy(
            "核对 auth_code：18 位数字，以 10 到 15 开头；不要扫收款码",
            "Check auth_code: 18 digits, first 10 to 15; do not scan a receive code",
        ),
    code("AUTH_CODE_INVALID", "付款码检验错误", Fault::Request)
        .means("这不是微信付款码，或已失效", "This is no WeChat payment code, or it is spent")
        .remedy(
            "确认扫的是微信“收付款”里的码，请用户刷新后再扫",
            "Make sure it is the code from WeChat's payment page; refresh and scan again",
        ),
    code("BUYER_MISMATCH", "支付帐号错误", Fault::Business)
        .means("同一订单换了付款人", "Another customer tries to pay the same order")
        .remedy(
            "一个订单只能由同一个用户支付：换新的 out_trade_no 再收款",
            "An order belongs to one customer: charge with a new out_trade_no",
        ),
    code("NOTSUPORTCARD", "不支持卡类型", Fault::Business)
        .means("不支持用户的这张卡", "The customer's card is not accepted")
        .remedy(
            "请用户换一张卡；传了 limit_pay=no_credit 就不能用信用卡",
            "Let the customer use another card; with limit_pay=no_credit credit cards are refused",
        ),
    code("TRADE_ERROR", "交易错误", Fault::Business)
        .means("交易失败，原因在 err_code_des", "The trade failed; err_code_des says why")
        .remedy(
            "按 err_code_des 处理：余额、限额或风控，请用户换支付方式，再用新的 out_trade_no",
            "Follow err_code_des: balance, limits or risk control; another way to pay and a new \
             out_trade_no",
        ),
    code("TRADE_STATE_ERROR", "订单状态错误", Fault::Business)
        .means("订单状态不允许这样操作", "The order's state does not allow this")
        .remedy(
            "先用 wxkit pay query 查状态；下单 5 分钟内不能关单",
            "Query the state with wxkit pay query; an order can be closed only after 5 minutes",
        ),
    code("INVALID_TRANSACTIONID", "无效transaction_id", Fault::Request)
        .means("微信订单号不对", "transaction_id is wrong")
        .remedy(
            "核对 transaction_id（28 位数字，来自支付通知），或改传 out_trade_no",
            "Check transaction_id (28 digits, from the notice), or send out_trade_no instead",
        ),
    code("REVERSE_EXPIRE", "订单无法撤销", Fault::Business)
        .means("订单超过 7 天，不能撤销", "The order is over 7 days old and cannot be reversed")
        .remedy("改用 wxkit pay refund 退款", "Refund it instead: wxkit pay refund"),
    code("REFUNDNOTEXIST", "退款订单查询失败", Fault::Business)
        .means("退款单不存在", "There is no such refund")
        .remedy(
            "核对 out_refund_no、refund_id；刚申请的等几秒再查，确认当时退款返回了 SUCCESS",
            "Check out_refund_no and refund_id; wait a few seconds after asking, and check that the \
             refund was accepted",
        ),
    code("REFUND_FEE_MISMATCH", "订单金额或退款金额与之前请求不一致，请核实后再试", Fault::Business)
        .means(
            "同一退款单号的金额与上次不一致",
            "Amounts differ from the last request with this refund number",
        )
        .remedy(
            "重试必须用与第一次相同的 total_fee 和 refund_fee；退另一笔就换 out_refund_no",
            "Repeat with the same total_fee and refund_fee; for another refund take a new out_refund_no",
        ),
    code("TRADE_OVERDUE", "订单已经超过退款期限", Fault::Business)
        .means("支付超过一年，不能退款", "Over a year since the payment, no refund")
        .remedy("走线下转账等其他方式退给用户", "Pay the customer back another way"),
    code("USER_ACCOUNT_ABNORMAL", "退款请求失败", Fault::Business)
        .means("用户账户异常或已注销，退不回去", "The customer's account is closed or unusable")
        .remedy(
            "改用其他方式退给用户，在商户平台处理这笔退款",
            "Pay the customer back another way, and handle the refund on the platform",
        ),
    code("INVALID_REQ_TOO_MUCH", "无效请求过多", Fault::Busy)
        .means("错误请求太多，被暂时限制", "Too many invalid requests; you are held back")
        .remedy(
            "停下来修好错误原因，1 分钟后再用原参数重试",
            "Stop, fix what was refused before, and repeat after a minute with the same values",
        ),
    code("FREQUENCY_LIMITED", "频率限制", Fault::Busy).means("请求太频繁", "Too many requests").remedy(
        "降低频率后用原参数重试；同一订单的多次退款要间隔 1 分钟",
        "Slow down and repeat with the same values; leave a minute between refunds of one order",
    ),
    code("FREQUENCY_LIMIT", "请求频率过高", Fault::Busy).means("请求太频繁", "Too many requests").remedy(
        "降低并发，等 1 分钟后用原参数重试",
        "Send fewer at once and repeat after a minute with the same values",
    ),
    code("ERROR", "业务错误", Fault::Business)
        .means("业务错误，原因在 err_code_des", "Refused; err_code_des says why")
        .remedy(
            "按 err_code_des 处理；“订单已全额退款”表示不用再退",
            "Follow err_code_des; where it says refunded in full, nothing is left to do",
        ),
    code("NO_BILL_EXIST", "账单不存在", Fault::Business)
        .means("当天没有账单", "There is no bill for that day")
        .remedy(
            "核对 bill_date、account_type；当天该账户没有流水就没有账单",
            "Check bill_date and account_type; a day without movements has no bill",
        ),
    code("BILL_CREATING", "账单未生成", Fault::Busy)
        .means("账单还在生成", "The bill is still being made")
        .remedy(
            "次日 10 点以后再下载，之后每半小时重试",
            "Download after 10:00 the next day, then try each half hour",
        ),
    code("No Bill Exist", "账单不存在，当前商户号没有已成交的订单", Fault::Business)
        .means(
            "那天没有成交的订单，所以没有账单（error_code 20002）",
            "No trades that day, so no bill (error_code 20002)",
        )
        .remedy(
            "核对 bill_date（yyyyMMdd）和 mch_id；服务商下载子商户账单要传 sub_mch_id",
            "Check bill_date (yyyyMMdd) and mch_id; partners give sub_mch_id for one sub-merchant",
        ),
    code("Bill Creating", "账单未生成，请在上午10点以后再下载", Fault::Busy)
        .means("账单还在生成", "The bill is still being made")
        .remedy("次日 10 点以后再下载", "Download after 10:00 the next day"),
    code("invalid bill_type", "账单类型错误", Fault::Request)
        .means("bill_type 不对", "bill_type is wrong")
        .remedy(
            "bill_type 只能是 ALL、SUCCESS、REFUND、RECHARGE_REFUND",
            "Send bill_type as ALL, SUCCESS, REFUND or RECHARGE_REFUND",
        ),
    code("data format error", "对账单参数格式错误", Fault::Request)
        .means(
            "对账单请求的格式不对（公众号接口返回同样的话时是 47001）",
            "The bill request has the wrong form (from an account call the same words are 47001)",
        )
        .remedy(
            "bill_date 写成 yyyyMMdd，如 20240603；公众号接口则检查 JSON 是否合法",
            "Write bill_date as yyyyMMdd, 20240603; in an account call check that the JSON is valid",
        ),
    code("missing parameter", "对账单缺少参数", Fault::Request)
        .means("对账单请求缺少参数", "The bill request lacks a field")
        .remedy(
            "补上 appid、mch_id、nonce_str、bill_date 和 sign",
            "Send appid, mch_id, nonce_str, bill_date and sign",
        ),
    code("SIGN ERROR", "对账单签名错误", Fault::Credential)
        .means(
            "对账单请求的签名错误（error_code 20001）",
            "The bill request is signed wrongly (error_code 20001)",
        )
        .remedy(
            "把发出的 XML 交给 wxkit explain；核对 APIv2 密钥，空值字段不参与签名",
            "Give the XML you sent to wxkit explain; check the APIv2 key, and leave empty fields out of \
             the signature",
        ),
    code("CompressGZip Error", "账单压缩失败", Fault::Busy)
        .means("微信压缩账单失败", "WeChat could not compress the bill")
        .remedy("稍后重试，或去掉 tar_type 下载文本", "Try later, or leave tar_type out for plain text"),
    code("UnCompressGZip Error", "账单解压失败", Fault::Busy)
        .means("微信解压账单失败", "WeChat could not unpack the bill")
        .remedy("稍后重试，或去掉 tar_type 下载文本", "Try later, or leave tar_type out for plain text"),
];

/// `return_msg` and `err_code_des`. `code` is what they come with (`FAIL`: only as
/// `return_msg`), so it is not unique here.
pub static TEXTS: &[ErrorCode] = &[
    code("FAIL", "签名类型不支持", Fault::Request)
        .means("sign_type 不是这个接口支持的", "The call does not take this sign_type")
        .remedy(
            "sign_type 只能是 MD5 或 HMAC-SHA256（不写就是 MD5）；红包、企业付款等只支持 MD5，且不传 sign_type；\
             RSA 是 v3 的",
            "sign_type is MD5 or HMAC-SHA256 (MD5 where it is left out); red packets and transfers take only MD5 and no \
             sign_type; RSA belongs to v3",
        ),
    code("FAIL", "invalid notify_url", Fault::Request)
        .also(&["notify_url参数错误", "notify_url参数长度有误"])
        .means("notify_url 不对", "notify_url is wrong")
        .remedy(
            "填公网能访问的完整地址（http:// 或 https:// 开头，不超过 256 字节，不带参数和 #）",
            "Send the whole address, reachable from outside (from http:// or https:// on, at most 256 bytes, no query, no #)",
        ),
    code("FAIL", "请确认请求参数是否正确", Fault::Request)
        .also(&["请确认请求参数是否正确param", "沙箱支付金额", "沙箱支付金额不正确，请确认验收case"])
        .means(
            "旧沙箱的提示：金额不是验收用例规定的",
            "From the old sandbox: the amount is not one of its test cases",
        )
        .remedy(
            "旧沙箱 /sandboxnew 已停用：在本地用 wxkit mock 测试，或用正式环境的 1 分钱订单",
            "The old sandbox /sandboxnew is gone: test with wxkit mock, or with an order of one fen on the live system",
        ),
    code("FAIL", "total_fee参数格式有误", Fault::Request)
        .also(&["金额参数格式有误"])
        .means("total_fee 不是整数分", "total_fee is not whole fen")
        .remedy(
            "金额单位是分：1.00 元写 100，不能有小数点、逗号或引号",
            "Money is in fen: 1.00 yuan is 100, without point, comma or quotes",
        ),
    code("PARAM_ERROR", "参数格式有误", Fault::Request)
        .means("点名的字段格式不对", "The field it names has the wrong form")
        .remedy("对照文档里该字段的类型和取值", "Compare its type and values with the page"),
    code("PARAM_ERROR", "参数长度有误", Fault::Request)
        .also(&["nonce_str参数长度有误", "out_trade_no参数长度有误", "body参数长度有误"])
        .means("点名的字段太长、太短或是空的", "The field it names is too long, too short or empty")
        .remedy(
            "nonce_str 最多 32 位，out_trade_no 6 到 32 位，body 最多 127 字节（一个汉字 3 字节）；核对值没有丢",
            "nonce_str has at most 32 characters, out_trade_no 6 to 32, body 127 bytes (a Chinese character is 3); check \
             that the value did not get lost",
        ),
    code("ORDERNOTEXIST", "order not exist", Fault::Business)
        .also(&["订单号不存在"])
        .means("订单不存在", "There is no such order")
        .remedy(
            "核对 out_trade_no、mch_id 与下单时一致；刚下单或用户还没扫码时也会这样，隔几秒再查",
            "Check that out_trade_no and mch_id are those of the order; right after ordering wait a few seconds and query \
             again",
        ),
    code("NOAUTH", "该产品权限未开通，请在产品中心开通后重试", Fault::Business)
        .also(&["该产品权限未开通"])
        .means("商户号没有开通这个产品", "The merchant does not have this product")
        .remedy(
            "登录商户平台的“产品中心”开通；trade_type 要与开通的产品一致",
            "Open it in the product centre of the merchant platform; trade_type has to be one you have",
        ),
    code("", "当前商户号暂不支持关联该类型的appid", Fault::Business)
        .means("商户号不能关联这种 AppID", "The merchant cannot be linked to this kind of app id")
        .remedy(
            "核对 AppID 的类型、主体和认证：个人主体的不能关联；小微商户和特约商户按各自的规则，由服务商用 sub_appid 绑定",
            "Check kind, owner and verification of the app id: personal ones cannot be linked; small merchants and those of \
             a partner follow rules of their own and bind a sub_appid",
        ),
    code("FAIL", "sign参数长度有误", Fault::Credential)
        .means("sign 的长度不对", "sign has the wrong length")
        .remedy("MD5 是 32 位，HMAC-SHA256 是 64 位，都是大写十六进制", "MD5 has 32, HMAC-SHA256 64 hex digits, upper case"),
    code("FAIL", "mch_id参数格式错误", Fault::Request)
        .also(&["invalid mch_id"])
        .means("mch_id 不对", "mch_id is wrong")
        .remedy("填 8 到 10 位数字的商户号", "Send the merchant id, 8 to 10 digits"),
    code("FAIL", "appid参数长度有误", Fault::Request)
        .means("appid 不对", "appid is wrong")
        .remedy("核对 appid（wx 开头 18 位）", "Check appid (18 characters from wx on)"),
    code("INVALID_REQUEST", "201 商户订单号重复", Fault::Business)
        .means("同一订单号换了参数再次提交", "The order number was sent again with other values")
        .remedy(
            "金额、body 等要与第一次完全一致，否则换新的 out_trade_no；先查单",
            "Amount, body and the rest have to be those of the first time; otherwise take a new out_trade_no; query first",
        ),
    code("SIGNERROR", "签名失败", Fault::Credential)
        .means("签名与微信算出的不一致", "The signature is not the one WeChat computes")
        .remedy(
            "把发出的 XML 交给 wxkit explain；先核对密钥是不是这个商户号的 APIv2 密钥",
            "Give the XML you sent to wxkit explain; first check that the key is the APIv2 key of this \
             mch_id",
        ),
    code("PARAM_ERROR", "appid and openid not match", Fault::Business)
        .means("openid 不是在这个 appid 下取得的", "The openid was not got under this appid")
        .remedy(
            "用下单的同一个 appid 重新走网页授权取 openid；服务商用子商户公众号时改传 sub_appid 和 \
             sub_openid",
            "Get the openid again with the appid that orders; partners with the sub-merchant's account \
             send sub_appid and sub_openid",
        ),
    code("PARAM_ERROR", "appid和openid不匹配", Fault::Business)
        .means("openid 不是在这个 appid 下取得的", "The openid was not got under this appid")
        .remedy(
            "用下单的同一个 appid 重新走网页授权取 openid；服务商用子商户公众号时改传 sub_appid 和 \
             sub_openid",
            "Get the openid again with the appid that orders; partners with the sub-merchant's account \
             send sub_appid and sub_openid",
        ),
    code("PARAM_ERROR", "sub_appid and sub_openid not match", Fault::Business)
        .means("sub_openid 不是在 sub_appid 下取得的", "The sub_openid was not got under sub_appid")
        .remedy(
            "用 sub_appid 走网页授权取 sub_openid；普通商户不要传这两个字段",
            "Get sub_openid with sub_appid; ordinary merchants send neither",
        ),
    code("APPID_MCHID_NOT_MATCH", "商户号mch_id与appid不匹配", Fault::Business)
        .means("appid 没有和商户号绑定", "appid is not bound to mch_id")
        .remedy(
            "到商户平台“产品中心 → AppID 账号管理”绑定 appid，并在公众平台确认",
            "Bind appid under AppID management on the merchant platform and confirm it in the account",
        ),
    code("NOAUTH", "商户号该产品权限未开通", Fault::Business)
        .means("商户号没有开通这个支付产品", "The merchant does not have this product")
        .remedy(
            "登录商户平台的“产品中心”开通 JSAPI、Native、APP 或 H5 支付",
            "Apply for JSAPI, Native, APP or H5 payment in the product centre of the merchant platform",
        ),
    code("NOAUTH", "商户无权限使用该付款码", Fault::Business)
        .means("商户号不能收这种付款码", "The merchant may not charge this payment code")
        .remedy(
            "核对商户号是否开通付款码支付；刷脸得到的码要开通刷脸产品",
            "Check that code payment is open for mch_id; codes from face payment need that product",
        ),
    code("FAIL", "受理关系不存在", Fault::Business)
        .means("服务商和子商户没有受理关系", "The partner does not serve this sub-merchant")
        .remedy(
            "核对 mch_id 是服务商号、sub_mch_id 是它名下的特约商户；普通商户不要传 sub_mch_id",
            "Check that mch_id is the partner and sub_mch_id one of its merchants; ordinary merchants \
             send no sub_mch_id",
        ),
    code("FAIL", "JSAPI支付必须传openid", Fault::Request)
        .means("JSAPI 下单缺少 openid", "A JSAPI order lacks the openid")
        .remedy(
            "补上 openid；先用 wxkit oauth exchange 换到，扫码支付则用 trade_type=NATIVE",
            "Give openid, from wxkit oauth exchange; for QR codes use trade_type=NATIVE",
        ),
    code("FAIL", "invalid total_fee", Fault::Request)
        .means("total_fee 不是正整数", "total_fee is not a positive whole number")
        .remedy(
            "金额单位是分：1.00 元写 100，不能有小数点",
            "Money is in fen: 1.00 yuan is 100, without a point",
        ),
    code("FAIL", "invalid refund_fee", Fault::Request)
        .means("refund_fee 不对，或大于订单金额", "refund_fee is wrong or above the order")
        .remedy("refund_fee 是整数分，不能大于 total_fee", "refund_fee is whole fen and at most total_fee"),
    code("FAIL", "invalid spbill_create_ip", Fault::Request)
        .means("终端 IP 不对", "spbill_create_ip is wrong")
        .remedy(
            "填一个 IPv4 或 IPv6 地址；经过代理时只取 X-Forwarded-For 的第一个",
            "Send one IPv4 or IPv6 address; behind a proxy only the first of X-Forwarded-For",
        ),
    code("FAIL", "不识别的参数", Fault::Request)
        .means("请求里有这个接口不认识的字段", "The call does not know a field you sent")
        .remedy(
            "删掉提示里的字段；付款码支付要调 pay/micropay，不是 pay/unifiedorder",
            "Drop the field it names; payment codes go to pay/micropay, not pay/unifiedorder",
        ),
    code("FAIL", "字符串规则校验失败", Fault::Request)
        .means("某个字段太长或格式不对", "A field is too long or has the wrong form")
        .remedy(
            "按提示里的字段名和字节数修改；提到 sign 大于 32 时，这个接口只支持 MD5",
            "Change the field it names; where sign is over 32 the call takes MD5 only",
        ),
    code("INVALID_REQUEST", "refund_fee大于可退金额", Fault::Business)
        .means("退款金额超过还能退的金额", "More than is left to refund")
        .remedy(
            "用 wxkit pay refund-query 看已退多少，退款总额不能超过订单金额",
            "wxkit pay refund-query tells what was refunded; the sum cannot pass the order",
        ),
    code("ERROR", "订单已全额退款", Fault::Business)
        .means("订单已经全部退完", "The order is refunded already")
        .remedy(
            "不用再退；用 wxkit pay refund-query 核对到账情况",
            "Nothing is left to refund; check with wxkit pay refund-query",
        ),
    code("AUTH_CODE_INVALID", "付款码已过期", Fault::Business)
        .means("付款码已过期", "The payment code has expired")
        .remedy(
            "请用户刷新付款码后重新扫，并换新的 out_trade_no",
            "Let the customer refresh the code, scan again, and use a new out_trade_no",
        ),
    code("FAIL", "证书验证失败", Fault::Credential)
        .means("商户证书不对", "The client certificate is wrong")
        .remedy(
            "核对 --cert 是这个商户号的 apiclient_cert，证书密码默认是商户号，且没有过期",
            "Check that --cert is the apiclient_cert of this mch_id, not expired; its password is the \
             mch_id by default",
        ),
    code("FAIL", "No required SSL certificate was sent", Fault::Credential)
        .means("接口需要商户证书，但请求没有带", "The call needs the client certificate and got none")
        .remedy(
            "用 --cert 指定 apiclient_cert.p12（或设 WXKIT_CERT）；退款、撤销、资金账单都需要",
            "Give apiclient_cert.p12 with --cert (or WXKIT_CERT); refunds, reversals and fund flows need it",
        ),
];
