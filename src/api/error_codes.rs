//! WeChat's error codes with their meaning and what to do, in both languages.
//! Looked up by number (`40029`), by name (`SIGNERROR`) or by WeChat's own
//! message (`签名错误`). Pure data; the families follow the two API worlds.

use std::cmp::Reverse;

use super::check::distance;
use super::word::Word;

/// One documented code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCode {
    /// As WeChat writes it: `40029`, `-1`, `OUT_TRADE_NO_USED`.
    pub code: &'static str,
    /// The text WeChat sends with it (`errmsg`, `err_code_des`, `return_msg`);
    /// for pay v2 the Chinese text, for official accounts the English one.
    pub text: &'static str,
    /// What kind of refusal it is.
    pub fault: Fault,
    /// What it means.
    pub meaning: Word,
    /// What to do about it.
    pub remedy: Word,
}

/// What kind of refusal a code is; decides the exit code and whether a call
/// may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not a refusal (`0`, `SUCCESS`).
    None,
    /// Credentials or signature: key, secret, app id, IP whitelist.
    Credential,
    /// The access token is dead: fetch a new one and repeat once.
    Token,
    /// WeChat says no to this order, user or amount.
    Business,
    /// The request itself is wrong: a field, a format.
    Request,
    /// WeChat is busy or a limit is reached: later.
    Busy,
    /// WeChat does not say whether it was done: query before anything else.
    Unknown,
}

/// The code of this number, name or message. An exact code goes before an exact
/// message, that before a message which the input contains (the longest first):
/// WeChat likes to append to it. Letter case does not matter.
#[must_use]
pub fn find(code_or_message: &str) -> Option<&'static ErrorCode> {
    let given = code_or_message.trim();
    let by_code = codes().find(|row| row.code.eq_ignore_ascii_case(given));
    let by_text = || all().find(|row| row.text.eq_ignore_ascii_case(given));
    by_code.or_else(by_text).or_else(|| find_inside(given))
}

/// The row of a message that says more than the code it comes with.
#[must_use]
pub fn message(text: &str) -> Option<&'static ErrorCode> {
    let text = text.trim().to_ascii_lowercase();
    MESSAGES.iter().find(|row| text.contains(&row.text.to_ascii_lowercase()))
}

fn find_inside(given: &str) -> Option<&'static ErrorCode> {
    let given = given.to_ascii_lowercase();
    all()
        // "ok" is inside of "token".
        .filter(|row| row.fault != Fault::None && given.contains(&row.text.to_ascii_lowercase()))
        .min_by_key(|row| Reverse(row.text.len()))
}

/// Up to three codes that the input may have been meant to be, nearest first.
#[must_use]
pub fn suggest(input: &str) -> Vec<&'static ErrorCode> {
    let wanted = folded(input.trim());
    let mut near: Vec<_> = codes()
        .map(|row| (distance(&folded(row.code), &wanted), row))
        .filter(|(far, _)| *far <= wanted.len() / 4 + 1 && *far < wanted.len())
        .collect();
    near.sort_by_key(|(far, _)| *far);
    near.into_iter().take(3).map(|(_, row)| row).collect()
}

fn folded(code: &str) -> String {
    code.replace(['_', ' '], "").to_ascii_lowercase()
}

/// Every documented code once: [`OA`], then [`PAY_V2`].
pub fn codes() -> impl Iterator<Item = &'static ErrorCode> {
    OA.iter().chain(PAY_V2)
}

/// Every row, [`MESSAGES`] included.
pub fn all() -> impl Iterator<Item = &'static ErrorCode> {
    codes().chain(MESSAGES)
}

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    let unsaid = Word::new("", "");
    ErrorCode { code, text, fault, meaning: unsaid, remedy: unsaid }
}

impl ErrorCode {
    const fn means(mut self, zh: &'static str, en: &'static str) -> Self {
        self.meaning = Word::new(zh, en);
        self
    }

    const fn remedy(mut self, zh: &'static str, en: &'static str) -> Self {
        self.remedy = Word::new(zh, en);
        self
    }
}

/// Official accounts: `errcode`, and the codes of the authorize page (10003 …).
/// <https://developers.weixin.qq.com/doc/channels/API/basics/commErrCode.html>,
/// <https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html>
pub static OA: &[ErrorCode] = &[
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
    code("10003", "redirect_uri域名与后台配置不一致", Fault::Request)
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

/// Pay v2: `err_code`, and what the bill calls say in its place.
/// <https://pay.weixin.qq.com/doc/v2/merchant/4011936530>
pub static PAY_V2: &[ErrorCode] = &[
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

/// Messages that deserve a better answer than their code gets. `code` is what
/// they come with (`FAIL`: only as `return_msg`), so it is not unique here.
pub static MESSAGES: &[ErrorCode] = &[
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
    code("config:fail", "invalid signature", Fault::Request)
        .means("JS-SDK 签名与微信算出的不一致", "The JS-SDK signature is not the one WeChat computes")
        .remedy(
            "运行 wxkit jssdk verify 找出原因：url 必须是当前页面去掉 # 之后的完整地址，noncestr、\
             timestamp 要与 wx.config 里的相同",
            "Run wxkit jssdk verify: url is the whole address of the page up to #, and noncestr and \
             timestamp are those in wx.config",
        ),
    code("getBrandWCPayRequest:fail", "当前页面的URL未注册", Fault::Request)
        .means("发起支付的页面不在支付授权目录里", "The page is not under a registered payment directory")
        .remedy(
            "到商户平台“产品中心 → 开发配置”添加支付授权目录，填到页面所在的目录并以 / 结尾",
            "Add the page's directory, ending in /, under payment directories on the merchant platform",
        ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn has_cjk(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    fn code_of(message: &str) -> &'static str {
        find(message).map_or("none", |row| row.code)
    }

    #[test]
    fn every_row_speaks_both_languages() {
        for row in all() {
            assert!(!row.text.is_empty(), "{}", row.code);
            for word in [row.meaning, row.remedy] {
                assert!(has_cjk(word.zh), "{}: {}", row.code, word.zh);
                assert!(
                    !word.en.is_empty() && !has_cjk(&word.en.replace("订单已全额退款", "")),
                    "{}",
                    row.code
                );
            }
            assert_ne!(row.meaning, row.remedy, "{}", row.code);
        }
    }

    #[test]
    fn a_code_stands_once() {
        let mut seen = HashSet::new();
        for row in codes() {
            assert!(seen.insert(row.code.to_ascii_lowercase()), "{} twice", row.code);
        }
        let mut said = HashSet::new();
        for row in MESSAGES {
            assert!(said.insert(row.text), "{} twice", row.text);
            assert!(codes().all(|known| known.text != row.text), "{} hides {}", row.code, row.text);
        }
    }

    #[test]
    fn all_global_codes_are_there() {
        let documented = "-1 0 40001 40002 40003 40004 40007 40008 40013 40014 40015 40029 40030 40033 40035 \
            40037 40038 40039 40048 40066 40125 40132 40163 40164 40243 41001 41002 41003 41004 41006 41008 \
            41009 42001 42002 42003 42007 43001 43002 43003 43004 43019 43101 44002 45002 45009 45011 45035 \
            45047 46003 46004 47001 48001 48002 48004 48006 50001 50002 50005 61004 61007 61450 61451 9001003 \
            10003 10004 10005 10006 10009 10010 10011 10012 10013 10015 10016";
        for code in documented.split_whitespace() {
            assert!(OA.iter().any(|row| row.code == code), "{code}");
        }
        assert!(OA.len() >= 60);
    }

    #[test]
    fn codes_are_found_in_any_letter_case() {
        assert_eq!(code_of("40029"), "40029");
        assert_eq!(code_of("-1"), "-1");
        assert_eq!(code_of(" signerror "), "SIGNERROR");
        assert_eq!(code_of("NO Bill Exist"), "No Bill Exist");
        assert_eq!(code_of("sign error"), "SIGN ERROR");
        assert_eq!(code_of("签名错误"), "SIGNERROR");
    }

    #[test]
    fn messages_are_found_with_what_wechat_appends() {
        let real = [
            ("签名错误，请检查后再试", "SIGNERROR"),
            (
                "invalid credential, access_token is invalid or not latest, could get access_token by \
                 getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 6509033a",
                "40001",
            ),
            ("invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist rid: 1", "40164"),
            ("system error, rid: 6509033a-307d2628", "-1"),
            ("reach max api daily quota limit rid: 1", "45009"),
            ("101 付款码已过期，请退出重试", "AUTH_CODE_INVALID"),
            ("400 No required SSL certificate was sent", "FAIL"),
            ("config:invalid signature", "config:fail"),
        ];
        for (message, code) in real {
            assert_eq!(code_of(message), code, "{message}");
        }
    }

    #[test]
    fn the_longest_message_wins() {
        let row = find("sub_appid and sub_openid not match").expect("in the table");
        assert_eq!(row.text, "sub_appid and sub_openid not match");
        let row = find("appid and openid not match").expect("in the table");
        assert!(row.remedy.en.contains("openid"));
        assert_eq!(code_of("access clientip is not registered, not in ip-white-list"), "61004");
    }

    #[test]
    fn strangers_are_not_found() {
        for unknown in ["", "40012", "token", "tokens are fine", "NOPE"] {
            assert_eq!(code_of(unknown), "none", "{unknown}");
        }
    }

    #[test]
    fn faults_drive_the_exit_code() {
        let faults = [
            (
                Fault::Credential,
                &["SIGNERROR", "SIGN ERROR", "40001", "40013", "40125", "40164", "40243"][..],
            ),
            (Fault::Token, &["40014", "42001"]),
            (Fault::Busy, &["-1", "45009", "45011", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT"]),
            (Fault::Unknown, &["SYSTEMERROR", "BANKERROR", "USERPAYING", "BIZERR_NEED_RETRY"]),
            (Fault::Business, &["ORDERPAID", "NOTENOUGH", "40029", "48001", "APPID_MCHID_NOT_MATCH"]),
            (Fault::None, &["0", "SUCCESS"]),
        ];
        for (fault, codes) in faults {
            for code in codes {
                assert_eq!(find(code).map(|row| row.fault), Some(fault), "{code}");
            }
        }
    }

    #[test]
    fn near_codes_are_suggested() {
        let near = |input| suggest(input).iter().map(|row| row.code).collect::<Vec<_>>();
        assert_eq!(near("SIGN_ERROR")[0], "SIGNERROR");
        assert_eq!(near("out_trade_no_use"), ["OUT_TRADE_NO_USED"]);
        assert!(near("40028").contains(&"40029"));
        assert!(near("40012").len() <= 3);
        assert!(near("").is_empty());
        assert!(near("完全无关").is_empty());
    }
}
