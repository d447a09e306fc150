//! Official accounts and everything else that answers `errcode` and `errmsg`:
//! the global return codes. Pure rows; knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str = "https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html";

/// `api.weixin.qq.com`: official accounts and mini programs.
pub(super) const AREA: &Area = &Area {
    word: Word::new("公众号、小程序接口", "official account and mini program API"),
    marks: &["errcode", "errmsg"],
    messages: Messages::SayLess,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `errcode` of `api.weixin.qq.com`.
pub static CODES: &[ErrorCode] = &[
    code("-1", "system error", Fault::Busy).means("系统繁忙", "WeChat is busy").remedy(
        "等几秒后原样重试；一直出现就记下 errmsg 里的 rid 去开放社区反馈",
        "Repeat the same call in a few seconds; if it stays, report the rid in errmsg to WeChat's \
         community",
    ),
    code("0", "ok", Fault::None).means("请求成功", "Success").remedy("不用处理", "Nothing to do"),
    code("40001", "invalid credential", Fault::Credential)
        .means(
            "AppSecret 错误，或 access_token 无效、不是最新的",
            "Wrong app secret, or an access token that is invalid or no longer the latest",
        )
        .remedy(
            "获取 token 时：核对 AppSecret 是否属于这个 AppID。调用接口时：运行 wxkit token get --force \
             换新的，并检查是否有另一台服务器也在刷新；多台共用请改用 --stable 或 wxkit token serve",
            "When getting a token: check that the app secret belongs to this app id. In other calls: \
             run wxkit token get --force, and look for another server that refreshes the token too; to \
             share it use --stable or wxkit token serve",
        ),
    code("40002", "invalid grant_type", Fault::Request)
        .means("不合法的凭证类型", "grant_type is not one WeChat knows")
        .remedy(
            "获取 token 填 grant_type=client_credential，用 code 换 token 填 authorization_code，刷新填 \
             refresh_token",
            "Send client_credential for a token, authorization_code with a code, refresh_token to refresh",
        ),
    code("40003", "invalid openid", Fault::Business)
        .means("不合法的 OpenID", "No such openid under this app id")
        .remedy(
            "openid 只在获取它的 AppID 下有效：核对 AppID，不要跨公众号或小程序混用，也不要传 unionid",
            "An openid is good only under the app id that gave it: check the app id, and do not send a \
             unionid or one from another account",
        ),
    code("40004", "invalid media type", Fault::Request)
        .means("不合法的媒体文件类型", "Media type is not accepted")
        .remedy("type 只能是 image、voice、video、thumb", "Send type as image, voice, video or thumb"),
    code("40007", "invalid media_id", Fault::Request)
        .means("不合法的媒体文件 id", "No such media_id")
        .remedy(
            "临时素材 3 天后失效：重新上传取得新的 media_id，并确认是同一个公众号上传的",
            "Temporary media live 3 days: upload again with the same account and use the new media_id",
        ),
    code("40008", "invalid message type", Fault::Request)
        .means("不合法的消息类型", "Message type is not accepted")
        .remedy(
            "核对 msgtype 的拼写，如 text、image、news",
            "Check the spelling of msgtype: text, image, news",
        ),
    code("40013", "invalid appid", Fault::Credential).means("不合法的 AppID", "The app id is wrong").remedy(
        "核对 AppID：wx 开头共 18 位、区分大小写、前后无空格；运行 wxkit profile show 看当前用的是哪个",
        "Check the app id: 18 characters from wx on, case matters, no spaces; wxkit profile show \
         tells which one is in force",
    ),
    code("40014", "invalid access_token", Fault::Token)
        .means("不合法的 access_token", "The access token is not valid")
        .remedy(
            "运行 wxkit token get --force 换新的；核对没有截断、没有误用网页授权的 token",
            "Run wxkit token get --force; check that the token was not cut and is not a user's token",
        ),
    code("40015", "invalid menu type", Fault::Request)
        .means("不合法的菜单类型", "Button type of the menu is not accepted")
        .remedy(
            "核对菜单 button 里 type 的取值，如 click、view、miniprogram",
            "Check type in the menu's buttons: click, view, miniprogram",
        ),
    code("40029", "invalid code", Fault::Business)
        .means("无效的 oauth code", "The code is not valid")
        .remedy(
            "code 只能用一次、5 分钟有效，且必须用发起授权的同一个 AppID 来换：让用户重新走一遍授权，\
             检查是否有重复提交",
            "A code is good once, for 5 minutes, and only for the app id that asked: send the user \
             through authorization again, and look for double submits",
        ),
    code("40030", "invalid refresh_token", Fault::Business)
        .means("不合法的 refresh_token", "The refresh token is not valid")
        .remedy(
            "核对 refresh_token 与 AppID 是否成对、有没有过 30 天；失效就让用户重新授权",
            "Check that it belongs to this app id and is under 30 days old; otherwise let the user \
             authorize again",
        ),
    code("40033", "invalid charset", Fault::Request)
        .means("请求含有不合法的字符，不能是 \\uxxxx 形式", "The request holds characters escaped as \\uxxxx")
        .remedy(
            "JSON 里的中文直接用 UTF-8 发送，关掉序列化时的 ASCII 转义（Python: ensure_ascii=False，\
             PHP: JSON_UNESCAPED_UNICODE）",
            "Send plain UTF-8: switch off ASCII escaping (Python ensure_ascii=False, PHP \
             JSON_UNESCAPED_UNICODE)",
        ),
    code("40035", "invalid argument", Fault::Request)
        .means("不合法的参数", "A parameter is not accepted")
        .remedy(
            "逐项对照接口文档的类型和长度；用 wxkit -v 看实际发出的内容",
            "Compare each parameter with the page; wxkit -v shows what was really sent",
        ),
    code("40037", "invalid template_id", Fault::Request)
        .means("template_id 不正确", "No such template")
        .remedy(
            "在公众平台的模板消息里复制 template_id，核对是当前公众号的模板",
            "Copy the template_id from the account's own template list",
        ),
    code("40038", "invalid request format", Fault::Request)
        .means("不合法的请求格式", "The request has the wrong form")
        .remedy(
            "确认请求体是接口要求的 JSON 或表单，Content-Type 与内容一致",
            "Send the JSON or form that the page asks for, with the matching Content-Type",
        ),
    code("40039", "invalid url length", Fault::Request)
        .means("不合法的 URL 长度", "The URL is too long or empty")
        .remedy("缩短 URL；去掉多余的查询参数", "Make the URL shorter: drop query parameters"),
    code("40048", "invalid url domain", Fault::Request)
        .means("无效的 url 域名", "The host of the URL is not registered")
        .remedy(
            "到公众平台登记该域名：JS-SDK 用的填“JS 接口安全域名”，不带 http:// 和路径",
            "Register the host with the account (for the JS-SDK under JS interface safe domains), \
             without http:// and path",
        ),
    code("40066", "invalid url", Fault::Request).means("不合法的 url", "There is no such API path").remedy(
        "核对接口路径的拼写和版本；wxkit -v 会显示实际请求的地址",
        "Check the spelling of the path; wxkit -v shows the URL that was called",
    ),
    code("40125", "invalid appsecret", Fault::Credential)
        .means("无效的 AppSecret", "The app secret is wrong")
        .remedy(
            "在微信开发者平台核对 AppSecret；重置过就要更新所有服务器上的配置，注意首尾空格和换行",
            "Check the app secret on the developer platform; after a reset change it on every server; \
             mind spaces and line ends",
        ),
    code("40132", "invalid username", Fault::Request)
        .means("微信号不合法", "The WeChat id is not valid")
        .remedy(
            "核对微信号（gh_ 开头的是原始 ID），不要填昵称",
            "Check the WeChat id (gh_… is the original id); do not send a nickname",
        ),
    code("40163", "code been used", Fault::Business)
        .means("oauth code 已被使用", "The code was used before")
        .remedy(
            "code 只能换一次：保存第一次换到的 openid，防止页面刷新或重复请求再次提交同一个 code",
            "A code works once: keep the first openid and stop reloads and retries from sending it again",
        ),
    code("40164", "not in whitelist", Fault::Credential)
        .means("调用接口的服务器 IP 不在白名单", "The server's IP address is not in the whitelist")
        .remedy(
            "把 errmsg 里的 IP 加进微信开发者平台的“API IP 白名单”，几分钟后生效；出口 IP \
             会变就固定出口或走代理（--proxy）",
            "Add the IP named in errmsg to the API IP whitelist on the developer platform and wait some \
             minutes; if your address changes, fix it or go through a proxy (--proxy)",
        ),
    code("40243", "AppSecret frozen", Fault::Credential)
        .means("AppSecret 已被冻结", "The app secret is frozen")
        .remedy(
            "到微信开发者平台（我的业务 → 账号 → 开发密钥）解冻，10 分钟后再试",
            "Unfreeze it on the developer platform (my business, account, development keys) and retry \
             after 10 minutes",
        ),
    code("41001", "access_token missing", Fault::Request)
        .means("缺少 access_token 参数", "access_token is missing")
        .remedy(
            "access_token 要放在 URL 的查询参数里（POST 也一样）；先用 wxkit token get 确认取得到",
            "Put access_token in the query of the URL, also for POST; wxkit token get tells whether you \
             can get one",
        ),
    code("41002", "appid missing", Fault::Request).means("缺少 appid 参数", "appid is missing").remedy(
        "补上 appid：设 WXKIT_APP_ID 或在 profile 里填写；注意参数名全小写",
        "Give appid: set WXKIT_APP_ID or put it in the profile; the name is all lower case",
    ),
    code("41003", "refresh_token missing", Fault::Request)
        .means("缺少 refresh_token 参数", "refresh_token is missing")
        .remedy(
            "补上换 token 时得到的 refresh_token",
            "Send the refresh_token that came with the user's token",
        ),
    code("41004", "appsecret missing", Fault::Request).means("缺少 secret 参数", "secret is missing").remedy(
        "补上 AppSecret：设 WXKIT_APP_SECRET 或 WXKIT_APP_SECRET_FILE；参数名是 secret",
        "Give the app secret: set WXKIT_APP_SECRET or WXKIT_APP_SECRET_FILE; the parameter is named \
         secret",
    ),
    code("41006", "media_id missing", Fault::Request)
        .means("缺少 media_id 参数", "media_id is missing")
        .remedy("补上上传素材时返回的 media_id", "Send the media_id from the upload"),
    code("41008", "missing code", Fault::Request).means("缺少 oauth code", "code is missing").remedy(
        "从回调地址的查询参数里取 code；没有 code 说明用户拒绝了授权",
        "Take code from the query of the redirect; if it is not there the user refused",
    ),
    code("41009", "missing openid", Fault::Request).means("缺少 openid 参数", "openid is missing").remedy(
        "补上 openid；它和用户的 access_token 一起返回",
        "Send the openid that came with the user's token",
    ),
    code("42001", "access_token expired", Fault::Token)
        .means("access_token 已过期", "The access token has expired")
        .remedy(
            "运行 wxkit token get --force 换新的；缓存要按 expires_in 提前几分钟刷新，并检查服务器时钟",
            "Run wxkit token get --force; refresh some minutes before expires_in ends, and check the \
             server's clock",
        ),
    code("42002", "refresh_token expired", Fault::Business)
        .means("refresh_token 已过期", "The refresh token has expired")
        .remedy(
            "refresh_token 30 天有效且不能续期：让用户重新授权（wxkit oauth url）",
            "It lives 30 days and cannot be renewed: let the user authorize again (wxkit oauth url)",
        ),
    code("42003", "code expired", Fault::Business).means("oauth code 已过期", "The code has expired").remedy(
        "code 5 分钟内要用掉：回调里立刻去换，过期就让用户重新授权",
        "A code lives 5 minutes: change it at once in the redirect, else let the user authorize again",
    ),
    code("42007", "access_token and refresh_token exception", Fault::Business)
        .means(
            "用户修改了微信密码，授权已失效",
            "The user changed the password, so the authorization is void",
        )
        .remedy(
            "删掉保存的 access_token 和 refresh_token，让用户重新授权",
            "Drop the stored tokens and let the user authorize again",
        ),
    code("43001", "require GET method", Fault::Request)
        .means("需要用 GET 请求", "The call wants GET")
        .remedy("改用 GET，参数放在查询串里", "Use GET with the parameters in the query"),
    code("43002", "require POST method", Fault::Request)
        .means("需要用 POST 请求", "The call wants POST")
        .remedy(
            "改用 POST；检查是不是 302 跳转把 POST 变成了 GET",
            "Use POST; check that no redirect turned it into GET",
        ),
    code("43003", "require https", Fault::Request)
        .means("需要用 HTTPS 请求", "The call wants HTTPS")
        .remedy("把地址改成 https://", "Change the URL to https://"),
    code("43004", "require subscribe", Fault::Business)
        .means("需要接收者先关注公众号", "The receiver does not follow the account")
        .remedy(
            "让用户先关注，或改用不要求关注的接口",
            "Let the user follow first, or use a call that does not need it",
        ),
    code("43019", "require remove blacklist", Fault::Business)
        .means("用户在公众号的黑名单里", "The user is in the account's blacklist")
        .remedy(
            "到公众平台“用户管理”把该用户移出黑名单",
            "Take the user off the blacklist in the account's user management",
        ),
    code("43101", "user refuse to accept the msg", Fault::Business)
        .means("用户拒绝接收这条消息", "The user refuses the message")
        .remedy(
            "订阅消息要用户先点同意：重新弹出订阅授权，不要反复发送",
            "Subscription messages need consent: ask again, do not keep sending",
        ),
    code("44002", "empty post data", Fault::Request)
        .means("POST 的数据包为空", "The POST body is empty")
        .remedy(
            "确认请求体真的发出去了（Content-Length 不为 0）；用 wxkit -v 对照",
            "Check that a body is sent (Content-Length is not 0); compare with wxkit -v",
        ),
    code("45002", "content size out of limit", Fault::Request)
        .means("消息内容超过限制", "The content is too long")
        .remedy(
            "文本消息最多 2048 字节：缩短或分几条发",
            "A text has at most 2048 bytes: shorten or split it",
        ),
    code("45009", "reach max api daily quota limit", Fault::Busy)
        .means("接口当日调用次数已用完", "The daily quota of this call is used up")
        .remedy(
            "明天零点恢复，或调用 clear_quota 清零（每月 10 次）；检查是否没有缓存 token、ticket",
            "Wait for midnight or call clear_quota (10 a month); check that tokens and tickets are cached",
        ),
    code("45011", "api minute-quota reach limit", Fault::Busy)
        .means("调用太频繁，达到每分钟上限", "Too many calls in this minute")
        .remedy(
            "下一分钟再试，并降低并发；同一个 token 不要每次请求都重新获取",
            "Retry in the next minute with fewer calls at once; do not get a new token for each request",
        ),
    code("45035", "access clientip is not registered", Fault::Credential)
        .means("调用接口的 IP 没有登记", "The caller's IP address is not registered")
        .remedy(
            "把服务器的出口 IP 加到后台的 IP 白名单，几分钟后再试",
            "Add the server's outgoing IP address to the whitelist and retry after some minutes",
        ),
    code("45047", "out of response count limit", Fault::Business)
        .means("客服消息下行条数超限", "Too many service messages to this user")
        .remedy(
            "用户 48 小时内没有新互动就不能再发：等用户发来消息",
            "Wait until the user writes again; replies are counted since the last message",
        ),
    code("46003", "menu no exist", Fault::Business)
        .means("菜单不存在", "There is no menu")
        .remedy("先创建自定义菜单，再查询或删除", "Create the menu before reading or deleting it"),
    code("46004", "user not found", Fault::Business)
        .means("用户不存在", "There is no such user")
        .remedy("核对 openid 是否属于这个公众号", "Check that the openid belongs to this account"),
    code("47001", "data format error", Fault::Request)
        .means("解析 JSON 或 XML 内容出错", "The JSON or XML cannot be parsed")
        .remedy(
            "用 JSON 校验器检查请求体：引号、逗号、UTF-8 编码；不要把 JSON 当表单发送",
            "Check the body with a JSON parser: quotes, commas, UTF-8; do not send JSON as a form",
        ),
    code("48001", "api unauthorized", Fault::Business)
        .means("没有这个接口的权限", "The account may not use this call")
        .remedy(
            "核对账号类型、是否认证、接口是否已开通；调 sns/userinfo 出现时，说明用的是 snsapi_base \
             或快照页，改用 snsapi_userinfo",
            "Check the kind of account, its verification and its permissions; from sns/userinfo it \
             means snsapi_base or snapshot mode: use snsapi_userinfo",
        ),
    code("48002", "user block", Fault::Business)
        .means("粉丝拒收公众号的消息", "The user blocks messages of this account")
        .remedy("用户关闭了接收消息：不要重试，换个渠道通知", "Do not retry; reach the user another way"),
    code("48004", "api forbidden for irregularities", Fault::Business)
        .means("接口因违规被封禁", "The call is forbidden because of a violation")
        .remedy(
            "登录公众平台查看站内信的处罚说明，按提示申诉或整改",
            "Read the notice on the account's platform and appeal or fix what it names",
        ),
    code("48006", "forbid to clear quota because of reaching the limit", Fault::Busy)
        .means("清零次数已达上限（每月 10 次）", "clear_quota was used 10 times this month")
        .remedy(
            "等下个月或等次日额度自动恢复；改为缓存结果减少调用",
            "Wait for the next day's quota; cache results to call less",
        ),
    code("50001", "user unauthorized", Fault::Business)
        .means("用户没有授权这个接口", "The user did not authorize this call")
        .remedy(
            "让用户重新授权并包含所需的 scope（snsapi_userinfo）",
            "Let the user authorize again with the scope this call needs (snsapi_userinfo)",
        ),
    code("50002", "user limited", Fault::Business)
        .means(
            "用户受限，可能被封禁、冻结或注销",
            "The user or account is limited: banned, frozen or being closed",
        )
        .remedy(
            "登录公众平台查看账号状态；冻结或注销期内无法调用",
            "Check the account's state on the platform; while frozen or closing it cannot call",
        ),
    code("50004", "user not allow to use accesstoken", Fault::Business)
        .means("账号被禁止使用 token 接口", "The account may not get tokens")
        .remedy(
            "登录公众平台查看账号是否被处罚或冻结，解除后再试",
            "Check on the platform for a penalty or freeze; retry when it is lifted",
        ),
    code("50005", "user not subscribed", Fault::Business)
        .means("用户未关注公众号", "The user does not follow the account")
        .remedy(
            "让用户先关注公众号，或改用网页授权获取信息",
            "Let the user follow first, or use web authorization",
        ),
    code("50007", "账号已冻结", Fault::Business).means("账号已冻结", "The account is frozen").remedy(
        "登录公众平台按提示解冻（长期未登录也会冻结）",
        "Log in to the platform and unfreeze it; long absence freezes an account too",
    ),
    code("61004", "access clientip is not registered, not in ip-white-list", Fault::Credential)
        .means("调用接口的 IP 没有登记在白名单", "The caller's IP address is not in the whitelist")
        .remedy(
            "把服务器的出口 IP 加到微信开发者平台的“API IP 白名单”，几分钟后再试",
            "Add the server's outgoing IP address to the API IP whitelist on the developer platform and \
             retry after some minutes",
        ),
    code("61007", "api is unauthorized to component", Fault::Business)
        .means(
            "公众号没有把这个接口授权给第三方平台",
            "The account did not authorize this call to the component",
        )
        .remedy(
            "让公众号管理员重新扫码授权，勾选对应的权限集",
            "Let the account's admin authorize again with the matching permission set",
        ),
    code("61450", "system error", Fault::Busy)
        .means("客服接口系统错误", "System error of the service-message calls")
        .remedy(
            "过几秒原样重试；持续出现就带 rid 反馈",
            "Repeat in a few seconds; if it stays, report the rid",
        ),
    code("61451", "invalid parameter", Fault::Request)
        .means("客服接口参数错误", "A parameter of a service-message call is wrong")
        .remedy(
            "核对 kf_account（格式：前缀@公众号微信号）和 openid",
            "Check kf_account (prefix@account id) and openid",
        ),
    code("89503", "此次调用需要管理员确认", Fault::Credential)
        .means("这个 IP 的调用需要管理员确认", "Calls from this IP address wait for the admin")
        .remedy(
            "请公众号管理员在微信里确认，或直接把 IP 加进白名单",
            "Let the admin confirm in WeChat, or add the IP address to the whitelist",
        ),
    code("89506", "24小时内该 IP 被管理员拒绝调用两次", Fault::Credential)
        .means(
            "24 小时内这个 IP 被管理员拒绝两次，24 小时内不能再调用",
            "The admin refused this IP address twice; it is out for 24 hours",
        )
        .remedy(
            "把 IP 加进白名单，24 小时后再试，或换一个已登记的 IP",
            "Add the IP address to the whitelist and wait 24 hours, or call from a registered one",
        ),
    code("89507", "1小时内该 IP 被管理员拒绝调用一次", Fault::Credential)
        .means(
            "1 小时内这个 IP 被管理员拒绝一次，1 小时内不能再调用",
            "The admin refused this IP address; it is out for an hour",
        )
        .remedy(
            "把 IP 加进白名单，1 小时后再试",
            "Add the IP address to the whitelist and retry after an hour",
        ),
    code("9001003", "invalid ticket", Fault::Request)
        .means("ticket 不合法", "The ticket is not valid")
        .remedy(
            "运行 wxkit ticket get --force 换新的；核对 ticket 类型和所属 AppID",
            "Run wxkit ticket get --force; check the kind of ticket and whose it is",
        ),
];
