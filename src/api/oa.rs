//! The calls of official accounts: tokens, tickets, web authorization. Rows
//! only; `codec.rs` reads them. Every reply may carry `errcode` and `errmsg`
//! in place of its other fields, and none is signed.

use super::endpoint::{
    Certificate, Endpoint, Field, Fill, Format, Host, Kind, Layout, Leaves, Method, Money, Need, Scheme,
    Spot, Success,
};
use super::word::Word;

/// All rows of this file.
pub static ROWS: &[&Endpoint] = &[
    &TOKEN,
    &STABLE_TOKEN,
    &GETTICKET,
    &AUTHORIZE,
    &QRCONNECT,
    &SNS_ACCESS_TOKEN,
    &SNS_REFRESH_TOKEN,
    &SNS_AUTH,
    &SNS_USERINFO,
];

/// Fields that travel in the query.
macro_rules! in_query {
    ($($field:expr),+ $(,)?) => { &[$(&$field.at(Spot::Query)),+] };
}

/// What these calls have in common.
const CALL: Endpoint = Endpoint {
    name: "",
    method: Method::Get,
    host: Host::Api,
    path: "",
    scheme: Scheme::Oa,
    sends: Format::Empty,
    answers: Format::Json,
    success: Success::Fields,
    layout: Layout::OneLine,
    fields: &[],
    reply: &[],
    told_by: &[],
    errors: &[],
    certificate: Certificate::NotNeeded,
    money: Money::Still,
    leaves: Leaves::Nothing,
    about: Word::new("", ""),
    page: "",
};

/// The classic access token: each call retires the token of the one before.
pub static TOKEN: Endpoint = Endpoint {
    name: "token",
    path: "/cgi-bin/token",
    fields: in_query![CLIENT_CREDENTIAL, APPID, SECRET],
    reply: &[ACCESS_TOKEN, EXPIRES_IN, ERRCODE, ERRMSG],
    errors: TOKEN_ERRORS,
    leaves: Leaves::Token,
    about: Word::new(
        "获取接口调用凭据 access_token（每次获取都会让旧的失效）",
        "Get an access token; each new one retires the old one",
    ),
    page: "https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken",
    ..CALL
};

/// The stable access token: asking again gives the same token until it is
/// about to expire. Independent of [`TOKEN`].
pub static STABLE_TOKEN: Endpoint = Endpoint {
    name: "stable_token",
    method: Method::Post,
    path: "/cgi-bin/stable_token",
    sends: Format::Json,
    fields: &[
        CLIENT_CREDENTIAL,
        APPID,
        SECRET,
        &Field::may("force_refresh", Kind::Bool, 0).means(
            "是否强制刷新；每天最多 20 次，两次至少间隔 30 秒",
            "Replace the token now; 20 times a day, 30 s apart",
        ),
    ],
    reply: &[ACCESS_TOKEN, EXPIRES_IN, ERRCODE, ERRMSG],
    errors: TOKEN_ERRORS,
    about: Word::new(
        "获取稳定版 access_token（有效期内重复获取，结果不变）",
        "Get the stable access token; the same one until it is about to expire",
    ),
    page: "https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken",
    ..CALL
};

/// The ticket that signs `wx.config` (`jsapi`) or cards (`wx_card`).
pub static GETTICKET: Endpoint = Endpoint {
    name: "getticket",
    path: "/cgi-bin/ticket/getticket",
    fields: in_query![
        TOKEN_FIELD.filled(Fill::AccessToken),
        Field::must("type", Kind::Choice(&["jsapi", "wx_card"]), 0)
            .means(
                "ticket 类型：jsapi 用于 JS-SDK，wx_card 用于卡券",
                "Kind of ticket: jsapi for the JS-SDK, wx_card for cards",
            )
            .filled(Fill::Literal("jsapi")),
    ],
    reply: &[
        &ERRCODE.needed(Need::Always),
        &ERRMSG.needed(Need::Always),
        &Field::must("ticket", Kind::Text, 0).means("临时票据", "The ticket"),
        EXPIRES_IN,
    ],
    errors: &["-1", "40001", "40014", "41001", "42001", "45009", "48001"],
    about: Word::new(
        "获取 jsapi_ticket 或卡券 api_ticket（必须缓存）",
        "Get a jsapi or card ticket; it has to be cached",
    ),
    page: "https://developers.weixin.qq.com/doc/service/api/webdev/jssdk/api_getticket.html",
    ..CALL
};

/// The page that asks the user inside WeChat. WeChat compares the link with a
/// strict pattern, so the order of these fields is part of the contract.
pub static AUTHORIZE: Endpoint = Endpoint {
    name: "authorize",
    host: Host::Open,
    path: "/connect/oauth2/authorize",
    success: Success::Redirect,
    fields: in_query![
        APPID,
        REDIRECT_URI,
        RESPONSE_TYPE,
        Field::must("scope", Kind::Choice(&["snsapi_base", "snsapi_userinfo"]), 0)
            .means(
                "授权作用域：snsapi_base 静默，只得 openid；snsapi_userinfo 弹窗，可得用户信息",
                "snsapi_base asks nothing and gives the openid; snsapi_userinfo asks the user",
            )
            .filled(Fill::Literal("snsapi_base")),
        STATE,
        Field::may("forcePopup", Kind::Bool, 0)
            .means("是否强制弹窗让用户确认，默认 false", "Always show the consent window; false by default"),
        Field::may("forceSnapShot", Kind::Bool, 0)
            .means("是否直接进入快照页，默认 false", "Open in snapshot mode at once; false by default"),
    ],
    reply: REDIRECT_BACK,
    errors: &[
        "10003", "10004", "10005", "10006", "10009", "10010", "10011", "10012", "10013", "10015", "10016",
    ],
    about: Word::new(
        "网页授权链接（在微信内打开，须以 #wechat_redirect 结尾）",
        "Web authorization link, opened inside WeChat; ends with #wechat_redirect",
    ),
    page: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html",
    ..CALL
};

/// The page with a QR code that logs a WeChat user in to a website.
pub static QRCONNECT: Endpoint = Endpoint {
    name: "qrconnect",
    host: Host::Open,
    path: "/connect/qrconnect",
    success: Success::Redirect,
    fields: in_query![
        APPID,
        REDIRECT_URI,
        RESPONSE_TYPE,
        Field::must("scope", Kind::Choice(&["snsapi_login"]), 0)
            .means("授权作用域，网站应用固定为 snsapi_login", "Scope; always snsapi_login for websites")
            .filled(Fill::Literal("snsapi_login")),
        STATE,
        Field::may("lang", Kind::Choice(&["cn", "en"]), 0)
            .means("页面语言：cn 简体中文（默认），en 英文", "Language of the page: cn (default) or en"),
    ],
    reply: REDIRECT_BACK,
    errors: &["10003", "10005", "10010", "10011", "10012"],
    about: Word::new(
        "网站应用扫码登录链接（开放平台的 AppID）",
        "QR login link for websites; needs an Open Platform app id",
    ),
    page: "https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html",
    ..CALL
};

/// Code → the user's openid and a token for [`SNS_USERINFO`].
pub static SNS_ACCESS_TOKEN: Endpoint = Endpoint {
    name: "sns_access_token",
    path: "/sns/oauth2/access_token",
    fields: in_query![
        APPID,
        SECRET,
        Field::must("code", Kind::Text, 0).means(
            "授权回调带回的 code，5 分钟内有效，只能用一次",
            "The code from the redirect; good once, for 5 minutes",
        ),
        Field::must("grant_type", Kind::Choice(&["authorization_code"]), 0)
            .means("固定为 authorization_code", "Always authorization_code")
            .filled(Fill::Literal("authorization_code")),
    ],
    reply: &[
        USER_TOKEN,
        EXPIRES_IN,
        REFRESH_TOKEN,
        OPENID,
        SCOPE,
        &Field::may("is_snapshotuser", Kind::Int, 0).means(
            "为 1 表示快照页的虚拟账号，openid 不是真的",
            "1 in snapshot mode: the openid is not a real one",
        ),
        UNIONID,
        ERRCODE,
        ERRMSG,
    ],
    errors: &[
        "-1", "40001", "40002", "40013", "40029", "40125", "40163", "40243", "41002", "41004", "41008",
        "42003", "45011",
    ],
    leaves: Leaves::UsedCode,
    about: Word::new(
        "用 code 换取用户的网页授权 access_token 和 openid",
        "Change a code into the user's openid and token",
    ),
    page: "https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsaccesstoken",
    ..CALL
};

/// A longer life for the user's token.
pub static SNS_REFRESH_TOKEN: Endpoint = Endpoint {
    name: "sns_refresh_token",
    path: "/sns/oauth2/refresh_token",
    fields: in_query![
        APPID,
        Field::must("grant_type", Kind::Choice(&["refresh_token"]), 0)
            .means("固定为 refresh_token", "Always refresh_token")
            .filled(Fill::Literal("refresh_token")),
        REFRESH_TOKEN,
    ],
    reply: &[USER_TOKEN, EXPIRES_IN, REFRESH_TOKEN, OPENID, SCOPE, ERRCODE, ERRMSG],
    errors: &["-1", "40013", "40030", "41002", "41003", "42002", "42007"],
    about: Word::new("刷新用户的网页授权 access_token", "Refresh the user's token"),
    page: "https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsrefreshtoken",
    ..CALL
};

/// Is the user's token still good?
pub static SNS_AUTH: Endpoint = Endpoint {
    name: "sns_auth",
    path: "/sns/auth",
    fields: in_query![USER_TOKEN, OPENID],
    reply: &[&ERRCODE.needed(Need::Always), &ERRMSG.needed(Need::Always)],
    errors: &["40001", "40003", "40014", "41001", "41009", "42001"],
    about: Word::new(
        "检验用户的网页授权 access_token 是否有效",
        "Check whether the user's token is still good",
    ),
    page: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html",
    ..CALL
};

/// Nickname and picture, where the user agreed (`snsapi_userinfo`).
pub static SNS_USERINFO: Endpoint = Endpoint {
    name: "sns_userinfo",
    path: "/sns/userinfo",
    fields: in_query![
        USER_TOKEN,
        OPENID,
        Field::may("lang", Kind::Choice(&["zh_CN", "zh_TW", "en"]), 0).means(
            "国家地区名称的语言：zh_CN、zh_TW 或 en",
            "Language of the region names: zh_CN, zh_TW or en",
        ),
    ],
    reply: &[
        OPENID,
        &Field::must("nickname", Kind::Text, 0).means("用户昵称", "The user's nickname"),
        &Field::may("sex", Kind::Int, 0)
            .means("性别；2021 年 10 月 20 日起不再返回真实值", "Sex; no longer given since 20 October 2021"),
        &Field::may("province", Kind::Text, 0).means("省份，已不再返回", "Province; no longer given"),
        &Field::may("city", Kind::Text, 0).means("城市，已不再返回", "City; no longer given"),
        &Field::may("country", Kind::Text, 0).means("国家，已不再返回", "Country; no longer given"),
        &Field::may("headimgurl", Kind::Text, 0).means(
            "头像地址，末尾数字是尺寸；没有头像时为空",
            "Picture URL, its last number is the size; empty without picture",
        ),
        &Field::may("privilege", Kind::Json, 0).means("用户特权列表", "List of the user's privileges"),
        UNIONID,
        ERRCODE,
        ERRMSG,
    ],
    errors: &["40001", "40003", "40014", "41001", "41009", "42001", "48001"],
    about: Word::new(
        "获取用户昵称、头像（需 snsapi_userinfo 授权）",
        "Get nickname and picture; needs snsapi_userinfo",
    ),
    page: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html",
    ..CALL
};

const TOKEN_ERRORS: &[&str] = &[
    "-1", "40001", "40002", "40013", "40125", "40164", "40243", "41002", "41004", "45009", "45011", "50004",
    "50007", "89503", "89506", "89507",
];

const REDIRECT_BACK: &[&Field] = &[
    &Field::must("code", Kind::Text, 0)
        .means("授权码；用户拒绝时没有这个参数", "The code; missing when the user refused"),
    &Field::may("state", Kind::Text, 128)
        .means("原样带回的 state，须与发出的一致", "Your state, unchanged; compare it with what you sent"),
];

const APPID: &Field = &Field::must("appid", Kind::Text, 0)
    .means("AppID，账号的唯一标识", "App id of the account")
    .filled(Fill::AppId);

const SECRET: &Field = &Field::must("secret", Kind::Text, 0)
    .means("AppSecret，账号的密钥", "App secret of the account")
    .filled(Fill::AppSecret);

const CLIENT_CREDENTIAL: &Field = &Field::must("grant_type", Kind::Choice(&["client_credential"]), 0)
    .means("固定为 client_credential", "Always client_credential")
    .filled(Fill::Literal("client_credential"));

const TOKEN_FIELD: &Field = &Field::must("access_token", Kind::Text, 0)
    .means("接口调用凭据，不是网页授权得到的那个", "The account's access token, not a user's");

const ACCESS_TOKEN: &Field = &Field::must("access_token", Kind::Text, 0)
    .means("接口调用凭据，存储至少留 512 字节", "The access token; leave room for at least 512 bytes");

const USER_TOKEN: &Field = &Field::must("access_token", Kind::Text, 0)
    .means("用户的网页授权凭据，与接口调用凭据不同", "The user's own token, not the account's");

const REFRESH_TOKEN: &Field = &Field::must("refresh_token", Kind::Text, 0)
    .means("刷新凭据，30 天有效", "Refresh token, good for 30 days");

const EXPIRES_IN: &Field = &Field::must("expires_in", Kind::Int, 0)
    .means("有效时间，单位秒，通常 7200", "Life in seconds, mostly 7200");

const REDIRECT_URI: &Field = &Field::must("redirect_uri", Kind::Url, 0)
    .means("授权后跳转的地址，域名须在后台登记", "Where to go afterwards; its host must be registered");

const RESPONSE_TYPE: &Field = &Field::must("response_type", Kind::Choice(&["code"]), 0)
    .means("固定为 code", "Always code")
    .filled(Fill::Literal("code"));

const STATE: &Field = &Field::may("state", Kind::Text, 128)
    .means(
        "防伪造的随机串，字母和数字，跳转时原样带回",
        "Random text against forgery, letters and digits, given back",
    )
    .filled(Fill::Nonce);

const OPENID: &Field = &Field::must("openid", Kind::Text, 0)
    .means("用户在这个 AppID 下的唯一标识", "The user's id under this app id");

const SCOPE: &Field = &Field::must("scope", Kind::Text, 0)
    .means("用户授权的作用域，多个用逗号分隔", "What the user agreed to, separated by commas");

const UNIONID: &Field = &Field::may("unionid", Kind::Text, 0)
    .means("用户在同一开放平台账号下的唯一标识", "The user's id over all apps of one Open Platform account");

const ERRCODE: &Field = &Field::may("errcode", Kind::Int, 0)
    .means("错误码，0 或没有表示成功", "Error code; 0 or missing means success");

const ERRMSG: &Field = &Field::may("errmsg", Kind::Text, 0).means("错误信息", "Error message");
