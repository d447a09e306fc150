//! What a page sees: the authorize page of `open.weixin.qq.com`, `wx.config`, and
//! the payment functions of the JS-SDK. Pure rows; knows no other table.

use super::{Area, ErrorCode, Fault};

const PAGE: &str =
    "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html";
const JSSDK: &str = "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html";
const JSAPI_PAY: &str = "https://pay.weixin.qq.com/doc/v2/merchant/4011936530";

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(Area::Page, PAGE, code, text, fault)
}

/// Numbers of the authorize page.
pub static CODES: &[ErrorCode] = &[
    code("10003", "redirect_uri域名与后台配置不一致", Fault::Request)
        .also(&["redirect_uri 参数错误"])
        .means("redirect_uri 的域名与后台登记的不一致", "The host of redirect_uri is not the registered one")
        .remedy(
            "到公众平台“网页授权域名”填写完整域名（不带 http:// 和路径，子域名要单独填），\
             并核对链接里的 appid 是这个公众号",
            "Register the whole host under web authorization domain (no http://, no path; sub-domains \
             do not inherit) and check that appid is this account's",
        ),
    code("10004", "此公众号被封禁", Fault::Business)
        .means("公众号被封禁", "The account is banned")
        .remedy("登录公众平台查看处罚原因并申诉", "Read the reason on the account's platform and appeal"),
    code("10005", "此公众号并没有这些scope的权限", Fault::Business)
        .also(&["Scope 参数错误或没有 Scope 权限", "Scope 参数错误"])
        .means("公众号没有这个 scope 的权限", "The account may not use this scope")
        .remedy(
            "网页授权只给已认证的服务号，scope 只能是 snsapi_base 或 snsapi_userinfo；snsapi_login \
             只能用在 qrconnect（开放平台网站应用）；调试可用测试号",
            "Only verified service accounts may authorize, with snsapi_base or snsapi_userinfo; \
             snsapi_login works only at qrconnect with an Open Platform app; a test account works too",
        ),
    code("10006", "必须关注此测试号", Fault::Business)
        .means("必须先关注这个测试号", "The user must follow the test account first")
        .remedy(
            "让用户扫测试号的二维码关注后再打开链接",
            "Let the user scan and follow the test account, then open the link",
        ),
    code("10009", "操作太频繁了，请稍后重试", Fault::Busy).means("操作太频繁", "Too many tries").remedy(
        "稍后再打开；检查页面是否在反复跳转授权（循环重定向）",
        "Wait, then open again; look for a redirect loop in your page",
    ),
    code("10010", "scope不能为空", Fault::Request).means("scope 不能为空", "scope is missing").remedy(
        "链接里补上 scope，参数顺序也要对：用 wxkit oauth url 生成",
        "Add scope, and keep WeChat's order of parameters: make the link with wxkit oauth url",
    ),
    code("10011", "redirect_uri不能为空", Fault::Request)
        .means("redirect_uri 不能为空", "redirect_uri is missing")
        .remedy(
            "补上经过 URL 编码的 redirect_uri：用 wxkit oauth url --redirect-uri 生成",
            "Add a URL-encoded redirect_uri: wxkit oauth url --redirect-uri makes it",
        ),
    code("10012", "appid不能为空", Fault::Request)
        .means("appid 不能为空", "appid is missing")
        .remedy("链接里补上 appid，放在第一个参数", "Add appid as the first parameter"),
    code("10013", "state不能为空", Fault::Request).means("state 不能为空", "state is missing").remedy(
        "补上 state，只能是字母和数字，最多 128 字节",
        "Add state: letters and digits, at most 128 bytes",
    ),
    code("10015", "公众号未授权第三方平台，请检查授权状态", Fault::Business)
        .means("公众号没有授权给第三方平台", "The account did not authorize the component")
        .remedy(
            "核对链接里的 component_appid，让公众号管理员重新授权",
            "Check component_appid in the link and let the account's admin authorize again",
        ),
    code("10016", "不支持微信开放平台的Appid，请使用公众号Appid", Fault::Request)
        .means("用了开放平台的 AppID", "This is an Open Platform app id")
        .remedy(
            "authorize 要用公众号的 AppID；网站应用请走 qrconnect（wxkit oauth url --website）",
            "authorize wants the account's app id; websites use qrconnect (wxkit oauth url --website)",
        ),
];

/// What the JS-SDK hands to `fail`.
pub static TEXTS: &[ErrorCode] = &[
    code("40013", "AppID 参数错误", Fault::Request)
        .means("授权链接里的 appid 不对", "The appid of the authorize link is wrong")
        .remedy(
            "核对 appid 是公众号的（wx 开头 18 位），不是小程序、企业微信或开放平台的；\
             用 wxkit oauth url 重新生成链接",
            "Check that it is the account's app id (18 characters from wx on), not that of a mini program, \
             WeCom or the Open Platform; make the link again with wxkit oauth url",
        ),
    code("config:fail", "invalid signature", Fault::Request)
        .page(JSSDK)
        .means("JS-SDK 签名与微信算出的不一致", "The JS-SDK signature is not the one WeChat computes")
        .remedy(
            "运行 wxkit jssdk verify 找出原因：url 必须是当前页面去掉 # 之后的完整地址，noncestr、\
             timestamp 要与 wx.config 里的相同",
            "Run wxkit jssdk verify: url is the whole address of the page up to #, and noncestr and \
             timestamp are those in wx.config",
        ),
    code("getBrandWCPayRequest:fail", "当前页面的URL未注册", Fault::Request)
        .page(JSAPI_PAY)
        .means("发起支付的页面不在支付授权目录里", "The page is not under a registered payment directory")
        .remedy(
            "到商户平台“产品中心 → 开发配置”添加支付授权目录，填到页面所在的目录并以 / 结尾",
            "Add the page's directory, ending in /, under payment directories on the merchant platform",
        ),
];
