//! Pay v3: `code`, the messages that say more, and the number at the end of a
//! `Request-ID`. Pure rows; knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012791897";
const SIGN: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012365336";
const HEADER: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012365337";
const CERTIFICATES: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012551764";
const PUBLIC_KEY: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012154180";
const SENSITIVE: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4013053257";
const REFUND: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012791862";
const BILL: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4013071227";
const TRANSFER: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012716434";

/// This world.
pub(super) const AREA: &Area = &Area {
    word: Word::new("微信支付 v3", "WeChat Pay v3"),
    marks: &["\"message\"", "\"detail\"", "wechatpay", "request-id", "/v3/", "httpcode", "http 4"],
    messages: Messages::SayMore,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `code`, with the status it comes with in the meaning where that helps.
pub static CODES: &[ErrorCode] = &[
    code("SIGN_ERROR", "签名错误", Fault::Credential)
        .page(SIGN)
        .means("请求的签名没有通过（HTTP 401）", "The signature of the request was refused (HTTP 401)")
        .remedy(
            "签名串是 方法、路径?参数、时间戳、随机串、请求体，每行末尾都有换行；私钥与 serial_no 要是同一张商户证书的。\
             把请求和 detail 里的 sign_information 一起交给 wxkit explain",
            "The string is method, path?query, timestamp, nonce and body, each with a line end; private key and serial_no \
             are those of one merchant certificate. Give the request and the sign_information of detail to wxkit explain",
        ),
    code("PARAM_ERROR", "参数错误", Fault::Request)
        .means("某个参数不对（HTTP 400）", "A parameter is wrong (HTTP 400)")
        .remedy(
            "看 detail.field 点名的字段；金额是整数分，时间是 2026-11-26T10:00:00+08:00 这样的格式",
            "See the field that detail.field names; money is whole fen, times look like 2026-11-26T10:00:00+08:00",
        ),
    code("INVALID_REQUEST", "无效请求", Fault::Request)
        .means(
            "格式没错，但不合业务规则（HTTP 400）：状态不对、同一单号换了参数，或少了请求头",
            "The form is right, the rules are not kept (HTTP 400): the state, a number sent again with other values, \
             or a header that is missing",
        )
        .remedy(
            "按 message 处理；重试要用完全相同的参数，否则换新单号",
            "Follow message; repeat with the very same values, or take a new number",
        ),
    code("APPID_MCHID_NOT_MATCH", "AppID和mchid不匹配", Fault::Business)
        .means("appid 没有和这个 mchid 绑定（HTTP 400）", "appid is not bound to this mchid (HTTP 400)")
        .remedy(
            "到商户平台“产品中心 → AppID 账号管理”绑定，并在公众平台确认",
            "Bind it under AppID management on the merchant platform and confirm it in the account",
        ),
    code("MCH_NOT_EXISTS", "商户号不存在", Fault::Request)
        .means("没有这个商户号", "There is no such merchant")
        .remedy("核对 mchid（服务商还有 sub_mchid）", "Check mchid (partners: sub_mchid too)"),
    code("ORDER_CLOSED", "订单已关闭", Fault::Business)
        .means("订单已关闭，不能再支付（HTTP 400）", "The order is closed and can no longer be paid (HTTP 400)")
        .remedy("换一个新的 out_trade_no 重新下单", "Order again with a new out_trade_no"),
    code("ORDER_PAID", "订单已支付", Fault::Business)
        .means("订单已支付，不能关闭", "The order is paid and cannot be closed")
        .remedy("查单后按已支付处理", "Query the order and treat it as paid"),
    code("NO_STATEMENT_EXIST", "账单不存在", Fault::Business)
        .page(BILL)
        .means("那天没有账单（HTTP 400）", "There is no bill for that day (HTTP 400)")
        .remedy(
            "核对 bill_date（yyyy-MM-dd，三个月以内）；没有交易的日子没有账单",
            "Check bill_date (yyyy-MM-dd, within three months); a day without trades has no bill",
        ),
    code("STATEMENT_CREATING", "账单生成中", Fault::Busy)
        .page(BILL)
        .means("账单还在生成（HTTP 400）", "The bill is still being made (HTTP 400)")
        .remedy("次日 10 点以后再取", "Fetch it after 10:00 the next day"),
    code("NO_AUTH", "商户无权限", Fault::Business)
        .means(
            "没有这个权限（HTTP 403）：产品没开通、没有受理关系，或动了别的商户的数据",
            "Not allowed (HTTP 403): the product is not open, the partner does not serve this merchant, or the data is \
             another merchant's",
        )
        .remedy(
            "在商户平台“产品中心”开通；服务商核对 sub_mchid",
            "Open the product on the merchant platform; partners check sub_mchid",
        ),
    code("OUT_TRADE_NO_USED", "商户订单号重复", Fault::Business)
        .means("单号用过，而这次参数不同（HTTP 403）", "The number was used with other values (HTTP 403)")
        .remedy(
            "用与第一次完全相同的参数重试，或换新的 out_trade_no；先查单",
            "Repeat with the very same values, or take a new out_trade_no; query first",
        ),
    code("RULE_LIMIT", "业务规则限制", Fault::Business)
        .also(&["RULELIMIT"])
        .means("风控或产品规则不允许（HTTP 403）", "Risk control or a rule of the product (HTTP 403)")
        .remedy(
            "看 message 和商户平台的通知；不要原样反复重试",
            "Read message and the notices of the merchant platform; do not just repeat",
        ),
    code("TRADE_ERROR", "交易错误", Fault::Business)
        .means("订单状态不允许这样操作（HTTP 403）", "The order's state does not allow it (HTTP 403)")
        .remedy("先查单，再按状态处理", "Query first and follow the state"),
    code("NOT_ENOUGH", "余额不足", Fault::Business)
        .page(REFUND)
        .means("商户余额不足（HTTP 403）", "The merchant's balance is too low (HTTP 403)")
        .remedy(
            "充值，或换 funds_account，用同一个退款单号重试",
            "Top up, or use another funds_account, and repeat with the same refund number",
        ),
    code("USER_ACCOUNT_ABNORMAL", "用户账户异常", Fault::Business)
        .also(&["ACCOUNTERROR"])
        .page(REFUND)
        .means("用户账户注销或受限（HTTP 403）", "The customer's account is closed or limited (HTTP 403)")
        .remedy("改用其他方式退给用户", "Pay the customer back another way"),
    code("ORDER_NOT_EXIST", "订单不存在", Fault::Business)
        .means("没有这个订单（HTTP 404）", "There is no such order (HTTP 404)")
        .remedy("核对 out_trade_no 和 mchid 与下单时一致", "Check that out_trade_no and mchid are those of the order"),
    code("RESOURCE_NOT_EXISTS", "资源不存在", Fault::Business)
        .means(
            "要找的东西不存在（HTTP 404）：退款单、分账单、证书等",
            "What was asked for does not exist (HTTP 404): a refund, a split, a certificate",
        )
        .remedy(
            "核对单号；/v3/certificates 这样答复时，说明商户用的是微信支付公钥，不再下载平台证书",
            "Check the number; from /v3/certificates it means that the merchant uses WeChat Pay's public key: stop \
             downloading certificates",
        ),
    code("ALREADY_EXISTS", "已存在", Fault::Business)
        .means("单号已经用过", "The number was used before")
        .remedy("先查原来那一笔", "Query the first one"),
    code("FREQUENCY_LIMITED", "频率超限", Fault::Busy)
        .also(&["RATELIMIT_EXCEEDED", "FREQUENCY_LIMIT_EXCEED", "RATE_LIMITED"])
        .means("请求太频繁（HTTP 429）", "Too many requests (HTTP 429)")
        .remedy("按指数退避后用原参数重试", "Back off and repeat with the same values"),
    code("SYSTEM_ERROR", "系统错误", Fault::Unknown)
        .means("结果未知（HTTP 500）", "It is not known whether it was done (HTTP 500)")
        .remedy(
            "查单，或用完全相同的参数重试；下单时也可能是 mchid 或 serial_no 不对",
            "Query, or repeat with the very same values; a wrong mchid or serial_no may also look like this",
        ),
    code("OPENID_MISMATCH", "openid和appid不匹配", Fault::Business)
        .means("openid 不是在这个 appid 下取得的", "The openid was not got under this appid")
        .remedy("用下单的 appid 重新取 openid", "Get the openid again with the appid that orders"),
    code("BANK_ERROR", "银行系统异常", Fault::Unknown)
        .means("银行系统异常，结果未知", "The bank did not answer; the outcome is not known")
        .remedy("先查单，再用原参数重试", "Query, then repeat with the same values"),
    code("USER_PAYING", "用户支付中", Fault::Unknown)
        .means("用户正在输入密码（HTTP 202）", "The customer is typing the password (HTTP 202)")
        .remedy("每 5 到 10 秒查一次单", "Query each 5 to 10 seconds"),
    code("INVALID_ORDER_STATE", "订单状态不合法", Fault::Business)
        .means("订单状态不允许这样操作", "The order's state does not allow it")
        .remedy("先查单", "Query the order first"),
    code("268443699", "Request-ID 尾号：签名错误", Fault::Credential)
        .page(SIGN)
        .means("签名错误", "The signature is wrong")
        .remedy(
            "把请求交给 wxkit explain；先核对私钥与 serial_no 是不是一对",
            "Give the request to wxkit explain; first check that private key and serial_no are a pair",
        ),
    code("268512771", "Request-ID 尾号：订单不存在", Fault::Business)
        .means("订单不存在", "There is no such order")
        .remedy("核对 out_trade_no 和 mchid 与下单时一致", "Check that out_trade_no and mchid are those of the order"),
    code("268447840", "Request-ID 尾号：频率超限", Fault::Busy)
        .means("请求太频繁", "Too many requests")
        .remedy("退避后重试", "Back off and repeat"),
    code("268435461", "Request-ID 尾号：参数非法", Fault::Request)
        .means("参数不合法", "A parameter is not valid")
        .remedy("看答复里 detail.field 点名的字段", "See the field that detail.field of the reply names"),
    code("268435464", "Request-ID 尾号：取值超出范围", Fault::Request)
        .means("某个值超出范围", "A value is out of range")
        .remedy("核对金额、长度和时间", "Check amounts, lengths and times"),
    code("268449538", "Request-ID 尾号：订单已支付", Fault::Business)
        .means("订单已支付", "The order is paid")
        .remedy("查单后按已支付处理", "Query the order and treat it as paid"),
    code("268498689", "Request-ID 尾号：该订单已支付", Fault::Business)
        .means("订单已支付", "The order is paid")
        .remedy("查单后按已支付处理", "Query the order and treat it as paid"),
    code("270924358", "Request-ID 尾号：有额外的参数", Fault::Request)
        .means("请求里有这个接口不认识的参数", "The call does not know a parameter you sent")
        .remedy("删掉文档里没有的字段", "Drop the fields that the page does not have"),
    code("268501013", "Request-ID 尾号：缺少 openid", Fault::Request)
        .means("缺少 openid", "openid is missing")
        .remedy("JSAPI 和小程序下单要传 payer.openid", "JSAPI and mini program orders want payer.openid"),
    code("268498688", "Request-ID 尾号：重入参数不一致", Fault::Business)
        .means("同一单号这次的参数与第一次不同", "The number was sent before with other values")
        .remedy("用完全相同的参数重试，或换新单号", "Repeat with the very same values, or take a new number"),
    code("268445527", "Request-ID 尾号：appid 与商户号不匹配", Fault::Business)
        .means("appid 没有和商户号绑定", "appid is not bound to the merchant")
        .remedy("在商户平台“AppID 账号管理”绑定", "Bind it under AppID management on the merchant platform"),
    code("268449641", "Request-ID 尾号：只能撤销", Fault::Business)
        .means("这个订单只能撤销，不能关闭", "This order can only be reversed")
        .remedy("付款码订单用撤销接口", "Reverse orders of code payment"),
    code("268447914", "Request-ID 尾号：已失效", Fault::Business)
        .means("订单或链接已失效", "The order or link is no longer good")
        .remedy("重新下单", "Order again"),
    code("268443715", "Request-ID 尾号：商户状态不可用", Fault::Business)
        .means("商户号的状态不可用", "The merchant's state does not allow it")
        .remedy("登录商户平台查看商户状态和通知", "Look at state and notices on the merchant platform"),
    code("268447843", "Request-ID 尾号：订单不属于这个商户", Fault::Business)
        .means("订单不是这个 mchid 的", "The order is not this mchid's")
        .remedy("用下单时的 mchid", "Use the mchid that ordered"),
    code("268448010", "Request-ID 尾号：收款受限", Fault::Business)
        .means("商户的收款能力受限", "The merchant may not receive money now")
        .remedy("登录商户平台查看限制原因", "See on the merchant platform why"),
    code("268443705", "Request-ID 尾号：绑定或权限关系不对（服务商）", Fault::Business)
        .means("服务商、子商户与 appid 的绑定或权限不对", "Partner, merchant and appid are not bound or allowed")
        .remedy("核对 sp_mchid、sub_mchid、sp_appid、sub_appid", "Check sp_mchid, sub_mchid, sp_appid and sub_appid"),
    code("268443704", "Request-ID 尾号：没有绑定或权限（服务商）", Fault::Business)
        .means("服务商、子商户与 appid 的绑定或权限不对", "Partner, merchant and appid are not bound or allowed")
        .remedy("核对 sp_mchid、sub_mchid、sp_appid、sub_appid", "Check sp_mchid, sub_mchid, sp_appid and sub_appid"),
    code("268447845", "Request-ID 尾号：受理关系或权限不对（服务商）", Fault::Business)
        .means("服务商、子商户与 appid 的绑定或权限不对", "Partner, merchant and appid are not bound or allowed")
        .remedy("核对 sp_mchid、sub_mchid、sp_appid、sub_appid", "Check sp_mchid, sub_mchid, sp_appid and sub_appid"),
    code("268443701", "Request-ID 尾号：绑定关系不存在（服务商）", Fault::Business)
        .means("服务商、子商户与 appid 的绑定或权限不对", "Partner, merchant and appid are not bound or allowed")
        .remedy("核对 sp_mchid、sub_mchid、sp_appid、sub_appid", "Check sp_mchid, sub_mchid, sp_appid and sub_appid"),
];

/// `message`; `code` is what it comes with.
pub static TEXTS: &[ErrorCode] = &[
    code("SIGN_ERROR", "错误的签名，验签失败", Fault::Credential)
        .page(SIGN)
        .also(&["sign not match"])
        .means(
            "微信用你的证书验不过这个签名",
            "The signature does not fit your certificate and what WeChat received",
        )
        .remedy(
            "把 detail.sign_information 与自己的签名串逐行对照（长度也要一致），或连同请求交给 wxkit explain；\
             再核对私钥是不是 serial_no 那张证书的",
            "Hold detail.sign_information against your own string, line by line and in length, or give both to wxkit \
             explain; then check that the private key is that of the certificate named by serial_no",
        ),
    code("SIGN_ERROR", "签名信息错误，验签失败", Fault::Credential)
        .page(HEADER)
        .means("没有 Authorization 头，或它不是 v3 的格式", "The Authorization header is missing or not of v3")
        .remedy(
            "带上 Authorization: WECHATPAY2-SHA256-RSA2048 …；代理和网关可能会删掉这个头。用 wxkit v3 sign 生成对照",
            "Send Authorization: WECHATPAY2-SHA256-RSA2048 …; proxies may drop the header. Compare with wxkit v3 sign",
        ),
    code("SIGN_ERROR", "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》", Fault::Credential)
        .page(HEADER)
        .also(&["Authorization值格式错误"])
        .means("Authorization 头的格式不对", "The Authorization header has the wrong form")
        .remedy(
            "格式是 WECHATPAY2-SHA256-RSA2048 mchid=\"…\",nonce_str=\"…\",signature=\"…\",timestamp=\"…\",serial_no=\"…\"：\
             类型后一个空格，逗号后没有空格，值带双引号",
            "It reads WECHATPAY2-SHA256-RSA2048 mchid=\"…\",nonce_str=\"…\",signature=\"…\",timestamp=\"…\",serial_no=\"…\": \
             one blank after the type, none after the commas, values in double quotes",
        ),
    code("SIGN_ERROR", "Http头Authorization认证类型不正确", Fault::Credential)
        .page(HEADER)
        .means("认证类型不对", "The type of the Authorization header is wrong")
        .remedy("类型写 WECHATPAY2-SHA256-RSA2048", "The type is WECHATPAY2-SHA256-RSA2048"),
    code("SIGN_ERROR", "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟", Fault::Credential)
        .page(HEADER)
        .also(&["timestamp与发起请求的时间不得超过5分钟"])
        .means("时间戳与现在相差超过 5 分钟", "The timestamp is over 5 minutes away from now")
        .remedy(
            "校准服务器时间（NTP）；timestamp 用秒，不要缓存签名",
            "Set the server's clock (NTP); timestamp is in seconds, and a signature is not kept for later",
        ),
    code("SIGN_ERROR", "商户证书序列号有误。请使用签名私钥匹配的证书序列号", Fault::Credential)
        .page(HEADER)
        .also(&["商户证书序列号有误"])
        .means("serial_no 不是这把私钥的证书的", "serial_no is not that of the private key's certificate")
        .remedy(
            "用 wxkit key inspect 看 apiclient_cert.pem 的序列号；不要填平台证书或公钥的编号",
            "wxkit key inspect tells the serial number of apiclient_cert.pem; it is not the number of the platform \
             certificate or the public key",
        ),
    code("SIGN_ERROR", "商户未申请过证书", Fault::Credential)
        .page(HEADER)
        .means("这个商户号没有 API 证书", "This merchant has no API certificate")
        .remedy("在商户平台“API 安全”申请商户 API 证书", "Apply for one under API security on the merchant platform"),
    code("SIGN_ERROR", "商户证书已过期", Fault::Credential)
        .page(HEADER)
        .means("商户 API 证书过期了", "The merchant's certificate has expired")
        .remedy("在商户平台更换证书，同时更新私钥和 serial_no", "Replace it, and with it private key and serial_no"),
    code("SIGN_ERROR", "商户证书已作废", Fault::Credential)
        .page(HEADER)
        .also(&["已更换证书，请使用新证书"])
        .means("商户 API 证书已作废或已更换", "The merchant's certificate was revoked or replaced")
        .remedy("换成新证书的私钥和 serial_no", "Use private key and serial_no of the new one"),
    code("NO_AUTH", "商户未设置APIv3密钥", Fault::Credential)
        .page(CERTIFICATES)
        .means("商户没有设置 APIv3 密钥", "The merchant has set no APIv3 key")
        .remedy(
            "在商户平台“API 安全”设置 APIv3 密钥（32 位）；没有它也收不到通知",
            "Set the APIv3 key (32 characters) under API security; without it there are no notices either",
        ),
    code("RESOURCE_NOT_EXISTS", "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥", Fault::Business)
        .page(PUBLIC_KEY)
        .also(&["无可用的平台证书", "证书不存在"])
        .means(
            "这个商户用微信支付公钥，没有平台证书",
            "This merchant uses WeChat Pay's public key and has no platform certificates",
        )
        .remedy(
            "在商户平台“API 安全”下载 pub_key.pem 和它的 PUB_KEY_ID_…，验签和加密都用它，不再下载平台证书",
            "Download pub_key.pem and its PUB_KEY_ID_… under API security, verify and encrypt with it, and stop \
             downloading certificates",
        ),
    code("PARAM_ERROR", "http header中的mchid与post payload中的mchid不匹配", Fault::Request)
        .page(HEADER)
        .means("Authorization 头和请求体里的 mchid 不同", "mchid differs between header and body")
        .remedy("两处填同一个商户号；服务商填 sp_mchid", "Send the same one in both; partners send sp_mchid"),
    code("PARAM_ERROR", "HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)", Fault::Request)
        .page(SENSITIVE)
        .also(&["平台证书序列号Wechatpay-Serial错误", "缺少微信支付平台证书序列号"])
        .means(
            "有加密字段的请求没有带对 Wechatpay-Serial",
            "A request with encrypted fields lacks the right Wechatpay-Serial",
        )
        .remedy(
            "带上 Wechatpay-Serial：加密所用的平台证书序列号或 PUB_KEY_ID_…，不是商户证书的",
            "Send Wechatpay-Serial: that of the platform certificate or the PUB_KEY_ID_… that was used for \
             encrypting, not that of the merchant's certificate",
        ),
    code("PARAM_ERROR", "请确认待处理的消息是否为加密后的密文", Fault::Request)
        .page(SENSITIVE)
        .means("敏感字段没有加密，或用错了公钥", "A sensitive field is not encrypted, or with another key")
        .remedy(
            "用微信支付公钥（或平台证书）做 RSA-OAEP（SHA-1）加密再 base64；用 wxkit v3 encrypt 生成对照",
            "Encrypt with WeChat Pay's public key (or platform certificate), RSA-OAEP with SHA-1, then base64; \
             compare with wxkit v3 encrypt",
        ),
    code("PARAM_ERROR", "规则校验失败", Fault::Request)
        .means("某个字段的值不合规则，message 里点了名", "A value breaks its rule; message names the field")
        .remedy(
            "按 message 里的路径（如 /body/amount/total）和上下限修改",
            "Change the field that the path in message names (/body/amount/total) to fit the limit",
        ),
    code("INVALID_REQUEST", "此IP地址不允许调用接口，请按开发指引设置", Fault::Credential)
        .page(TRANSFER)
        .also(&["此IP地址不允许调用接口", "此IP地址不允许调用该接口"])
        .means("服务器的 IP 不在转账的白名单里", "The server's IP address may not call transfers")
        .remedy(
            "在商户平台的“商家转账”产品设置里加上服务器的出口 IP",
            "Add the server's outgoing IP address in the settings of merchant transfers",
        ),
    code("INVALID_REQUEST", "你尚未获取该转账场景", Fault::Business)
        .page(TRANSFER)
        .means("没有开通这个转账场景", "This transfer scene is not open for you")
        .remedy(
            "在商户平台申请 transfer_scene_id 对应的场景",
            "Apply for the scene of transfer_scene_id on the merchant platform",
        ),
    code("INVALID_REQUEST", "暂不支持展示当前传入的用户收款感知", Fault::Request)
        .page(TRANSFER)
        .means("user_recv_perception 的取值不属于这个场景", "user_recv_perception is not one of this scene")
        .remedy("从该场景允许的取值里选，或不传", "Take one that the scene allows, or leave it out"),
    code("INVALID_REQUEST", "当前订单状态不合法", Fault::Business)
        .means("支付分订单的状态不允许这样操作", "The state of the payscore order does not allow it")
        .remedy("先查单", "Query the order first"),
    code("NO_AUTH", "商户暂无权限使用此服务", Fault::Business)
        .means("没有开通支付分", "Payscore is not open for you")
        .remedy("申请开通，并核对 service_id", "Apply for it and check service_id"),
    code("RESOURCE_NOT_EXISTS", "退款单不存在", Fault::Business)
        .page(REFUND)
        .means("没有这个退款单", "There is no such refund")
        .remedy("核对 out_refund_no；刚申请的等几秒再查", "Check out_refund_no; right after asking wait a few seconds"),
    code("", "package_info信息有误", Fault::Request)
        .page(TRANSFER)
        .means("确认收款页收到的 package 不对", "The package of the confirmation page is wrong")
        .remedy(
            "package 就是答复里的 package_info，一个字符都不能改；放进 URL 时要做 URL 编码",
            "package is the package_info of the reply, not a character changed; URL-encode it inside a URL",
        ),
    code("", "证书序列号不一致", Fault::Credential)
        .page("https://pay.weixin.qq.com/doc/v3/merchant/4013053420")
        .means(
            "验签用的证书不是 Wechatpay-Serial 说的那张",
            "The certificate used for verifying is not the one that Wechatpay-Serial names",
        )
        .remedy(
            "用微信支付平台证书或公钥验签，不要用商户证书；新的序列号要重新下载平台证书",
            "Verify with WeChat's platform certificate or public key, not the merchant's; an unknown serial means \
             that certificates have to be fetched again",
        ),
    code("", "cipher: message authentication failed", Fault::Credential)
        .page("https://pay.weixin.qq.com/doc/v3/merchant/4012071382")
        .also(&["AEADBadTagException", "Tag mismatch"])
        .means("AEAD 解密失败：标签不符", "AEAD decryption failed: the tag does not fit")
        .remedy(
            "核对 APIv3 密钥（32 个字符，直接当字节用，不要解码）、nonce、associated_data；密文先做 base64 解码，末 16 字节是标签",
            "Check the APIv3 key (32 characters, used as bytes, not decoded), nonce and associated_data; the cipher text \
             is base64 and its last 16 bytes are the tag",
        ),
    code("", "Last unit does not have enough valid bits", Fault::None)
        .page("https://pay.weixin.qq.com/doc/v3/merchant/4013053420")
        .means(
            "这是微信的签名探测：签名以 WECHATPAY/SIGNTEST/ 开头，故意不对",
            "This is a probe of WeChat: a signature that begins with WECHATPAY/SIGNTEST/ and is wrong on purpose",
        )
        .remedy(
            "验签失败即可：答复 4xx 或 5xx，不要报警；正确的通知随后会再来",
            "Let it fail: answer 4xx or 5xx, raise no alarm; the right notice comes later",
        ),
];
