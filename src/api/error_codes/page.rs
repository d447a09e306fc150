//! What a page sees: the authorize page of `open.weixin.qq.com`, `wx.config`, and
//! the payment functions of the JS-SDK. Pure rows; knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str =
    "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html";
const JSSDK: &str = "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html";
const OAUTH: &str = PAGE;
const H5: &str = "https://pay.weixin.qq.com/wiki/doc/api/H5.php?chapter=15_4";
const MINI_PAY: &str = "https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html";
const JSAPI_PAY: &str = "https://pay.weixin.qq.com/doc/v2/merchant/4011936530";

/// What a page sees: authorization, `wx.config`, the call of the payment window.
pub(super) const AREA: &Area = &Area {
    word: Word::new("网页", "in the page"),
    marks: &[":fail", "config:", "open.weixin"],
    messages: Messages::SayLess,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
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
    code("chooseWXPay:fail", "chooseWXPay:fail", Fault::Request)
        .page(JSSDK)
        .means("JS-SDK 没能调起支付", "The JS-SDK could not open the payment")
        .remedy(
            "看冒号后的文字；只有 fail 时：jsApiList 里要有 chooseWXPay，参数名 timestamp 全小写，package 以 prepay_id= 开头，\
             把参数交给 wxkit explain 核对 paySign，并检查支付授权目录",
            "Read what stands behind the colon; where it is only fail: chooseWXPay is in jsApiList, timestamp is all \
             lower case, package begins with prepay_id=; give the parameters to wxkit explain to check paySign, and \
             check the payment directory",
        ),
    code("chooseWXPay:fail", "the permission value is offline verifying", Fault::Request)
        .page(JSSDK)
        .also(&["permission value is offline verifying", "offline verifying"])
        .means(
            "wx.config 没有成功，或 jsApiList 里没有这个接口",
            "wx.config did not succeed, or the function is not in jsApiList",
        )
        .remedy(
            "先让 wx.config 成功（开 debug: true），把要用的接口写进 jsApiList，并在 wx.ready 之后再调用；\
             该接口的权限也要已开通",
            "Make wx.config succeed first (debug: true), name the function in jsApiList, and call it only after \
             wx.ready; the account has to have that permission too",
        ),
    code("config:fail", "config:fail", Fault::Request)
        .page(JSSDK)
        .means("wx.config 没有成功", "wx.config did not succeed")
        .remedy(
            "看冒号后的文字；用 wxkit jssdk verify 核对签名，并检查 appId 和 JS 接口安全域名",
            "Read what stands behind the colon; check the signature with wxkit jssdk verify, then appId and the JS \
             interface safe domain",
        ),
    code("config:fail", "config:require subscribe", Fault::Business)
        .page(JSSDK)
        .also(&["require_subscribe"])
        .means("用户没有关注测试号或公众号", "The user does not follow the test account")
        .remedy(
            "用要测试的微信先关注这个测试号（或公众号），再打开页面",
            "Follow the test account (or account) with the WeChat user that tests, then open the page again",
        ),
    code("config:fail", "config:fail,invalid url domain", Fault::Request)
        .page(JSSDK)
        .also(&["config:invalid url domain", "config:fail invalid url domain"])
        .means("页面的域名不是 JS 接口安全域名", "The page's host is not a JS interface safe domain")
        .remedy(
            "在公众平台“JS 接口安全域名”登记页面的域名（不带 http:// 和路径），appId 要是同一个公众号的",
            "Register the page's host under JS interface safe domains (no http://, no path) of the account whose appId \
             you pass",
        ),
    code("permission denied", "permission denied", Fault::Business)
        .page(JSSDK)
        .also(&["config:fail permission denied", "no permission"])
        .means("公众号没有这个 JS 接口的权限", "The account may not use this JS function")
        .remedy(
            "核对账号类型和认证状态；接口名要写在 jsApiList 里",
            "Check the kind of account and its verification; the function has to be in jsApiList",
        ),
    code("function not exist", "function not exist", Fault::Request)
        .page(JSSDK)
        .also(&["the function does not exist", "function_not_exist"])
        .means("这个版本的微信没有该接口", "This version of WeChat does not have the function")
        .remedy("升级微信，并用 wx.checkJsApi 先判断", "Update WeChat, and ask wx.checkJsApi first"),
    code("system:access_denied", "system:access_denied", Fault::Business)
        .page(JSAPI_PAY)
        .also(&["access_control:not_allow", "system:access_denied getBrandWCPayRequest"])
        .means("当前页面不允许调用这个接口", "This page may not call the function")
        .remedy(
            "页面要在微信里打开，域名是支付授权目录或 JS 接口安全域名；不要在 iframe 里、也不要在 WeixinJSBridge 就绪前调用",
            "The page has to be opened in WeChat from a payment directory or safe domain; not in an iframe and not \
             before WeixinJSBridge is ready",
        ),
    code("getBrandWCPayRequest:fail", "getBrandWCPayRequest:fail", Fault::Request)
        .page(JSAPI_PAY)
        .also(&["get_brand_wcpay_request:fail"])
        .means("支付没有调起来或失败了", "The payment did not open or failed")
        .remedy(
            "看 err_desc；没有时把参数交给 wxkit explain 核对 paySign，并检查支付授权目录和 prepay_id（2 小时有效）",
            "Read err_desc; without one give the parameters to wxkit explain to check paySign, then check the payment \
             directory and prepay_id (good for 2 hours)",
        ),
    code("get_brand_wcpay_request:cancel", "get_brand_wcpay_request:cancel", Fault::Business)
        .page(JSAPI_PAY)
        .also(&["chooseWXPay:cancel", "requestPayment:fail cancel", "getBrandWCPayRequest:cancel"])
        .means("用户取消了支付", "The customer cancelled the payment")
        .remedy(
            "不用处理；prepay_id 2 小时内可以再次调起",
            "Nothing to do; the prepay_id can be used again within 2 hours",
        ),
    code("requestPayment:fail", "requestPayment:fail", Fault::Request)
        .page(MINI_PAY)
        .means("小程序没能调起支付", "The mini program could not open the payment")
        .remedy(
            "看 fail 后的文字；没有时核对：timeStamp 是字符串，package 以 prepay_id= 开头，signType 与下单一致，\
             paySign 里的 appId 是这个小程序的。把参数交给 wxkit explain",
            "Read what stands behind fail; without it check: timeStamp is text, package begins with prepay_id=, signType is \
             that of the order, and the appId in paySign is this mini program's. Give the parameters to wxkit explain",
        ),
    code("requestPayment:fail", "requestPayment:fail no permission", Fault::Business)
        .page(MINI_PAY)
        .also(&["jsapi has no permission", "requestPayment:fail jsapi has no permission"])
        .means("小程序没有支付权限", "The mini program may not take payments")
        .remedy(
            "在小程序后台开通微信支付，并与商户号关联",
            "Open WeChat Pay in the mini program's console and link it to the merchant",
        ),
    code("", "调用支付JSAPI缺少参数", Fault::Request)
        .page(JSAPI_PAY)
        .also(&["缺少参数:total_fee", "调用支付JSAPI缺少参数：total_fee", "调用支付JSAPI缺少参数：appId"])
        .means("调起支付的参数不全，多半是 package 不对", "A parameter of the payment call is missing, mostly package")
        .remedy(
            "package 要是 prepay_id=…：下单失败时 prepay_id 是空的，先看下单的答复；参数名区分大小写",
            "package is prepay_id=…: after a failed order prepay_id is empty, so look at the order's reply first; names are \
             case-sensitive",
        ),
    code("", "支付验证签名失败", Fault::Credential)
        .page(JSAPI_PAY)
        .also(&["支付签名验证失败", "支付签名失败"])
        .means("paySign 不对", "paySign is wrong")
        .remedy(
            "把页面拿到的参数交给 wxkit explain：appId 大写 I，timeStamp 大写 S，signType 与下单一致，package 带 prepay_id=",
            "Give the parameters that the page got to wxkit explain: appId with I, timeStamp with S, signType as in the \
             order, package with prepay_id=",
        ),
    code("", "商家参数格式有误", Fault::Request)
        .page(H5)
        .also(&["商家参数格式有误，请联系商家解决"])
        .means("H5 支付：打开 mweb_url 时没有 Referer", "H5 payment: mweb_url was opened without a Referer")
        .remedy(
            "从登记域名的页面跳转到 mweb_url（不要直接粘贴到地址栏）；App 的 webview 要自己设 Referer，\
             页面的 referrer 策略不能是 no-referrer",
            "Go to mweb_url from a page of the registered domain (not by pasting it); in an app set the Referer of the \
             webview; the page's referrer policy must not be no-referrer",
        ),
    code("", "商家存在未配置的参数", Fault::Request)
        .page(H5)
        .also(&["商家存在未配置的参数，请联系商家解决"])
        .means(
            "H5 支付：Referer 或 redirect_url 的域名不是登记的",
            "H5 payment: the host of the Referer or of redirect_url is not a registered one",
        )
        .remedy(
            "在商户平台“产品中心 → 开发配置”登记 H5 支付域名；redirect_url 用同一个域名并做 URL 编码",
            "Register the H5 payment domain on the merchant platform; redirect_url is of the same host and URL-encoded",
        ),
    code("", "网络环境未能通过安全验证", Fault::Request)
        .page(H5)
        .also(&["网络环境未能通过安全验证，请稍后再试"])
        .means(
            "H5 支付：下单的 spbill_create_ip 与用户实际的 IP 不同",
            "H5 payment: spbill_create_ip is not the address the customer really has",
        )
        .remedy(
            "传用户的公网 IP（代理后取 X-Forwarded-For 的第一个），不要传服务器的；下单后换了网络就重新下单",
            "Send the customer's public address (behind a proxy the first of X-Forwarded-For), not the server's; after a \
             change of network order again",
        ),
    code("", "支付请求已失效，请重新发起支付", Fault::Business)
        .page(H5)
        .also(&["支付请求已失效"])
        .means("H5 支付：mweb_url 过期了", "H5 payment: mweb_url has expired")
        .remedy("mweb_url 只有 5 分钟有效：重新下单", "mweb_url lives 5 minutes: order again"),
    code("", "请在微信外打开订单，进行支付", Fault::Request)
        .page(H5)
        .means("H5 支付不能在微信里调起", "H5 payment does not work inside WeChat")
        .remedy("微信里用 JSAPI 支付，H5 支付用外部浏览器打开", "Use JSAPI inside WeChat; open H5 in another browser"),
    code("", "请在微信客户端打开链接", Fault::Request)
        .page(OAUTH)
        .also(&["请在微信客户端打开"])
        .means("授权链接只能在微信里打开", "The authorize link opens only in WeChat")
        .remedy(
            "在微信（或开发者工具）里打开；电脑上的网站用扫码登录 qrconnect（wxkit oauth url --website）",
            "Open it in WeChat (or its developer tools); a website on a computer uses qrconnect (wxkit oauth url --website)",
        ),
    code("", "该商户暂不支持通过外部拉起微信完成支付", Fault::Business)
        .page(H5)
        .means("商户没有开通 H5 支付", "H5 payment is not open for the merchant")
        .remedy("在商户平台申请 H5 支付", "Apply for H5 payment on the merchant platform"),
    code("", "商户号未配置支付授权目录", Fault::Request)
        .page(JSAPI_PAY)
        .also(&["没有配置支付授权目录"])
        .means("页面不在支付授权目录里", "The page is not under a registered payment directory")
        .remedy(
            "在商户平台“产品中心 → 开发配置”添加页面所在的目录，以 / 结尾",
            "Add the page's directory, ending in /, under payment directories on the merchant platform",
        ),
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
        .also(&["63002"])
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
