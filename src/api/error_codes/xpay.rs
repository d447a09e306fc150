//! Virtual payment of mini programs: `/xpay/…` of the server and
//! `wx.requestVirtualPayment` of the page. Pure rows; knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str = "https://developers.weixin.qq.com/miniprogram/dev/platform-capabilities/business-capabilities/virtual-payment.html";
const CALL: &str =
    "https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestVirtualPayment.html";

/// Virtual payment of mini programs.
pub(super) const AREA: &Area = &Area {
    word: Word::new("小程序虚拟支付", "virtual payment of mini programs"),
    marks: &["/xpay", "virtualpayment", "pay_sig", "paysig", "虚拟支付"],
    messages: Messages::SayLess,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `errcode` of the server calls, `errCode` of the page call.
pub static CODES: &[ErrorCode] = &[
    code("268490001", "openid错误", Fault::Request)
        .means("openid 不对", "The openid is wrong")
        .remedy(
            "用这个小程序的 openid（wx.login 的 code 换得），并且每次都要传",
            "Send the openid of this mini program (from the code of wx.login), in every call",
        ),
    code("268490002", "请求参数字段错误，具体看errmsg", Fault::Request)
        .also(&["请求参数字段错误"])
        .means("某个字段不对，errmsg 里有说明", "A field is wrong; errmsg says which")
        .remedy(
            "按 errmsg 改：字段名区分大小写，数字不要写成字符串，env 要与单据的环境一致",
            "Follow errmsg: names are case-sensitive, numbers are not text, env is that of the order",
        ),
    code("268490003", "签名错误", Fault::Credential)
        .means("pay_sig 或 signature 不对", "pay_sig or signature is wrong")
        .remedy(
            "pay_sig = hex(HMAC-SHA256(AppKey, uri + \"&\" + body))：uri 带开头的 / 不带参数，body 就是发出的那些字节；\
             env=0 用现网 AppKey，env=1 用沙箱的。signature 用当前的 session_key 对 body 计算",
            "pay_sig = hex(HMAC-SHA256(AppKey, uri + \"&\" + body)): uri with its leading / and no query, body the very \
             bytes that are sent; env=0 takes the live AppKey, env=1 the sandbox's. signature is over body with the \
             present session_key",
        ),
    code("268490004", "重复操作", Fault::Business)
        .means("这个操作之前已经成功", "This was done before, successfully")
        .remedy("按成功处理，不要换单号重试", "Treat it as done; do not repeat with another number"),
    code("268490005", "订单已经通过cancel_currency_pay接口退款，不支持再退款", Fault::Business)
        .means("订单已经退过代币", "The order's coins were given back before")
        .remedy("不用再退；用 query_order 核对", "Nothing is left to do; check with query_order"),
    code("268490006", "代币的退款/支付操作金额不足", Fault::Business)
        .means("代币余额不够", "There are not enough coins")
        .remedy("先用 query_user_balance 查余额", "Look at the balance with query_user_balance"),
    code("268490007", "图片或文字存在敏感内容，禁止使用", Fault::Business)
        .means("图片或文字含敏感内容", "The picture or text is not allowed")
        .remedy("换掉道具的图片或文字再提交", "Change the picture or text and submit again"),
    code("268490008", "代币未发布，不允许进行代币操作", Fault::Business)
        .means("代币还没有发布", "The coin is not published")
        .remedy("在虚拟支付后台发布代币（沙箱与现网分开）", "Publish the coin in the console (sandbox and live apart)"),
    code("268490009", "用户session_key不存在或已过期，请重新登录", Fault::Credential)
        .means("session_key 不存在或过期了", "The session_key is missing or has expired")
        .remedy(
            "重新 wx.login，用新的 session_key 计算 signature",
            "Call wx.login again and make signature with the new session_key",
        ),
    code("268490011", "数据生成中，请稍后调用本接口获取", Fault::Busy)
        .means("数据还在生成", "The data is still being made")
        .remedy("稍后用同样的参数再调", "Call again later with the same values"),
    code("268490012", "批量任务运行中，请等待完成后才能再次运行", Fault::Busy)
        .means("批量任务还没结束", "A batch is still running")
        .remedy("等它结束再调", "Wait for it to end"),
    code("268490013", "禁止对核销状态的单进行退款", Fault::Business)
        .means("已核销的单不能退款", "An order that was redeemed cannot be refunded")
        .remedy("用 query_order 核对状态", "Look at its state with query_order"),
    code("268490014", "退款操作进行中，稍后可以使用相同参数重试", Fault::Busy)
        .means("退款正在进行", "The refund is under way")
        .remedy("稍后用相同参数重试", "Repeat later with the same values"),
    code("268490015", "频率限制", Fault::Busy)
        .means("调用太频繁", "Too many calls")
        .remedy("降低频率后重试", "Slow down and repeat"),
    code("268490016", "退款的left_fee字段与实际不符，请通过query_order接口查询确认", Fault::Request)
        .means("left_fee 与实际可退的不一致", "left_fee is not what is really left")
        .remedy("用 query_order 查出 left_fee 再退", "Read left_fee from query_order before refunding"),
    code("268490018", "广告金充值帐户行业 id 不匹配", Fault::Request)
        .means("广告金账户的行业 id 不匹配", "The industry id of the ad account does not match")
        .remedy("核对充值账户的行业 id", "Check the industry id of the account"),
    code("268490019", "广告金充值帐户 id已绑定其他 appid", Fault::Business)
        .means("广告金账户已绑定别的 AppID", "The ad account is bound to another app id")
        .remedy("换一个账户，或先解绑", "Use another account, or unbind it"),
    code("268490020", "广告金充值帐户主体名称错误", Fault::Request)
        .means("广告金账户的主体名称不对", "The owner's name of the ad account is wrong")
        .remedy("按账户的主体全称填写", "Write the owner's full name"),
    code("268490021", "账户未完成进件", Fault::Business)
        .means("商户还没有完成进件", "The merchant's application is not complete")
        .remedy("在虚拟支付后台完成进件", "Complete it in the console of virtual payment"),
    code("268490022", "广告金充值账户无效", Fault::Business)
        .means("广告金账户无效", "The ad account is not valid")
        .remedy("核对账户 id 和审核状态", "Check its id and whether it was approved"),
    code("268490023", "广告金余额不足", Fault::Business)
        .means("广告金余额不足", "There is not enough ad money")
        .remedy("查询余额后再充值", "Look at the balance first"),
    code("268490024", "广告金充值金额必须大于 0", Fault::Request)
        .means("充值金额要大于 0", "The amount has to be over 0")
        .remedy("金额用正整数", "Send a positive whole number"),
    code("-15001", "requestVirtualPayment 参数错误", Fault::Request)
        .also(&["INVALID_PLATFORM", "PRODUCT_ID_EMPTY"])
        .page(CALL)
        .means(
            "signData 里的参数不对，或当前平台不能用；errMsg 里有原因",
            "A value of signData is wrong, or the platform is not allowed; errMsg says which",
        )
        .remedy(
            "看 errMsg：PRODUCT_ID_EMPTY 是缺 productId；INVALID_PLATFORM 是这个平台没有开通（iOS 另有条件，也不支持沙箱）",
            "See errMsg: PRODUCT_ID_EMPTY means productId is missing; INVALID_PLATFORM that this platform is not \
             open (iOS has conditions of its own, and no sandbox)",
        ),
    code("-15002", "outTradeNo 重复使用", Fault::Business)
        .also(&["ORDER_CLOSED"])
        .page(CALL)
        .means("outTradeNo 用过了", "This outTradeNo was used before")
        .remedy("每次支付换一个新的 outTradeNo", "Take a new outTradeNo for each payment"),
    code("-15003", "requestVirtualPayment 系统错误", Fault::Unknown)
        .page(CALL)
        .means("微信侧系统错误", "An error on WeChat's side")
        .remedy("先用 query_order 查单，再重试", "Query with query_order before repeating"),
    code("-15005", "SIGNATURE_INVALID", Fault::Credential)
        .page(CALL)
        .also(&["用户态签名错误"])
        .means("用户态签名 signature 不对", "The user's signature is wrong")
        .remedy(
            "signature = hex(HMAC-SHA256(session_key, signData))：signData 就是传给 wx.requestVirtualPayment 的那个字符串，\
             不能重新序列化；session_key 要是最近一次 wx.login 换得的",
            "signature = hex(HMAC-SHA256(session_key, signData)): signData is the very text passed to \
             wx.requestVirtualPayment, not serialized again; the session_key is that of the latest wx.login",
        ),
    code("-15006", "PAY_SIG_INVALID", Fault::Credential)
        .page(CALL)
        .also(&["支付签名错误"])
        .means("支付签名 paySig 不对", "paySig is wrong")
        .remedy(
            "paySig = hex(HMAC-SHA256(AppKey, \"requestVirtualPayment&\" + signData))：前缀不带 /，signData 一个字节都不能变；\
             AppKey 要与 env 一致（0 现网，1 沙箱）",
            "paySig = hex(HMAC-SHA256(AppKey, \"requestVirtualPayment&\" + signData)): no / before the prefix, not a byte \
             of signData changed; the AppKey is that of env (0 live, 1 sandbox)",
        ),
    code("-15007", "session_key过期", Fault::Credential)
        .page(CALL)
        .means("session_key 过期了", "The session_key has expired")
        .remedy(
            "重新 wx.login，用新的 session_key 计算 signature",
            "Call wx.login again and make signature with the new session_key",
        ),
    code("-15008", "二级商户进件未完成", Fault::Business)
        .page(CALL)
        .means("商户的进件没有完成", "The merchant's application is not complete")
        .remedy("在小程序后台完成虚拟支付的进件", "Complete it in the mini program's console"),
    code("-15009", "requestVirtualPayment 代币未发布", Fault::Business)
        .page(CALL)
        .means("代币还没有发布", "The coin is not published")
        .remedy("在虚拟支付后台发布代币", "Publish the coin in the console"),
    code("-15010", "道具productId未发布", Fault::Business)
        .page(CALL)
        .also(&["PRODUCT_ID_NOT_PUBLISH"])
        .means("道具还没有在这个环境发布", "The product is not published in this environment")
        .remedy(
            "在虚拟支付后台发布道具；沙箱（env=1）与现网（env=0）要分别发布",
            "Publish the product in the console; sandbox (env=1) and live (env=0) are apart",
        ),
];
