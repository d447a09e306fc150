//! WeCom (`qyapi.weixin.qq.com`, `wx.agentConfig`): codes that official accounts do
//! not have, or that mean something else there. Pure rows; knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str = "https://developer.work.weixin.qq.com/document/path/90313";

/// This world.
pub(super) const AREA: &Area = &Area {
    word: Word::new("企业微信", "WeCom"),
    marks: &["work.weixin", "qyapi", "agentconfig", "corpid", "agentid", "企业微信"],
    messages: Messages::SayLess,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `errcode`.
pub static CODES: &[ErrorCode] = &[
    code("40001", "不合法的secret参数", Fault::Credential)
        .means("应用的 secret 不对", "The secret of the app is wrong")
        .remedy(
            "用这个应用自己的 Secret（每个应用一个，通讯录另有一个），并与 CorpID 成对",
            "Use the app's own secret (each app has one, contacts another) with its CorpID",
        ),
    code("40013", "不合法的CorpID", Fault::Credential)
        .also(&["invalid corpid"])
        .means("CorpID 不对", "The CorpID is wrong")
        .remedy(
            "在管理后台“我的企业 → 企业信息”复制企业 ID（ww 开头），不要填 AppID",
            "Copy the enterprise id (ww…) from the admin console; do not send an app id",
        ),
    code("40056", "不合法的agentid", Fault::Request)
        .also(&["invalid agentid"])
        .means("agentid 不对", "The agentid is wrong")
        .remedy(
            "agentid 要是取 access_token 时所用 secret 的那个应用的",
            "agentid has to be that of the app whose secret gave the access_token",
        ),
    code("40058", "不合法的参数", Fault::Request)
        .means("某个参数不合法", "A parameter is not valid")
        .remedy(
            "errmsg 里写明了是哪个参数：对照接口文档的类型和取值",
            "errmsg names the parameter: compare its type and value with the page",
        ),
    code("40091", "secret不合法", Fault::Credential)
        .means("secret 不合法", "The secret is not valid")
        .remedy("在管理后台重新查看应用的 Secret", "Look up the secret of the app again in the admin console"),
    code("40093", "jsapi签名错误", Fault::Request)
        .also(&["agentConfig:fail", "agentConfig:invalid signature", "不合法的jsapi_ticket参数"])
        .means(
            "wx.config 或 wx.agentConfig 的签名不对，或用错了 ticket",
            "The signature of wx.config or wx.agentConfig is wrong, or made with the wrong ticket",
        )
        .remedy(
            "wx.config 用企业的 ticket（/cgi-bin/get_jsapi_ticket），wx.agentConfig 用应用的 ticket\
             （/cgi-bin/ticket/get?type=agent_config），各签各的；url 是当前页面去掉 # 的完整地址。\
             用 wxkit jssdk verify 核对",
            "wx.config takes the ticket of the enterprise (/cgi-bin/get_jsapi_ticket), wx.agentConfig that of the app \
             (/cgi-bin/ticket/get?type=agent_config), each with its own signature; url is the page's address up to \
             #. Check with wxkit jssdk verify",
        ),
    code("41011", "缺少agentid参数", Fault::Request)
        .means("缺少 agentid", "agentid is missing")
        .remedy("补上应用的 agentid（整数）", "Send the app's agentid, a number"),
    code("42009", "suite_access_token已过期", Fault::Token)
        .means("第三方应用的 suite_access_token 过期了", "The suite_access_token has expired")
        .remedy("用最新的 suite_ticket 重新获取", "Get a new one with the latest suite_ticket"),
    code("42012", "jsapi_ticket不可用", Fault::Token)
        .means("jsapi_ticket 不可用", "The jsapi_ticket cannot be used")
        .remedy(
            "先调用获取 ticket 的接口并缓存它；应用的 ticket 和企业的 ticket 不能混用",
            "Get the ticket from its call first and cache it; the ticket of the app and that of the enterprise are \
             not the same",
        ),
    code("45033", "接口并发调用超过限制", Fault::Busy)
        .means("同时的调用太多", "Too many calls at once")
        .remedy("降低并发后重试", "Send fewer at once and repeat"),
    code("48002", "API接口无权限调用", Fault::Business)
        .also(&["API forbidden"])
        .means("应用没有这个接口的权限", "The app may not use this call")
        .remedy(
            "用有权限的应用的 secret 取 access_token（如通讯录接口用通讯录 secret），或在后台开通权限",
            "Take an access_token with the secret of an app that may (contacts have their own), or grant the \
             permission in the console",
        ),
    code("50001", "redirect_url未登记可信域名", Fault::Request)
        .also(&["redirect_uri 需使用应用可信域名", "redirect_uri与配置的授权完成回调域名不一致"])
        .means("回调地址的域名不是应用的可信域名", "The host of the redirect is not a trusted domain of the app")
        .remedy(
            "在应用的“网页授权及 JS-SDK”里登记域名（带端口则端口也要一致），redirect_uri 要 URL 编码",
            "Register the host with the app under web authorization and JS-SDK (the port counts too), and \
             URL-encode redirect_uri",
        ),
    code("60011", "指定的成员/部门/标签参数无权限", Fault::Business)
        .also(&["no privilege to access/modify contact/party/agent"])
        .means("应用的可见范围不含这些成员、部门或标签", "The app may not see this member, department or tag")
        .remedy("在应用的可见范围里加上它们", "Add them to the app's visible range"),
    code("60020", "访问ip不在白名单之中", Fault::Credential)
        .also(&["not allow to access from your ip"])
        .means("服务器的 IP 不在企业可信 IP 里", "The server's IP address is not a trusted one")
        .remedy(
            "把 errmsg 里 from ip 后的地址加进应用的“企业可信 IP”",
            "Add the address behind from ip in errmsg to the app's trusted IP addresses",
        ),
    code("60021", "userid不在应用可见范围内", Fault::Business)
        .means("成员不在应用的可见范围里", "The member is not in the app's visible range")
        .remedy("在应用的可见范围里加上该成员", "Add the member to the app's visible range"),
    code("60111", "UserID不存在", Fault::Business)
        .also(&["userid not found"])
        .means("没有这个 UserID", "There is no such UserID")
        .remedy("核对 UserID（不是姓名或 openid）", "Check the UserID (not the name or an openid)"),
    code("80001", "可信域名不正确，或者无ICP备案", Fault::Request)
        .means("可信域名不对，或没有备案", "The trusted domain is wrong or has no ICP record")
        .remedy(
            "页面的域名要与应用登记的可信域名一致，并已完成备案和所有权校验",
            "The page's host has to be the app's trusted domain, with an ICP record and proof of ownership",
        ),
    code("81013", "UserID、部门ID、标签ID全部非法或无权限", Fault::Business)
        .also(&["user & party & tag all invalid"])
        .means("所有接收者都无效，或不在可见范围里", "No receiver is valid or visible to the app")
        .remedy(
            "核对 touser、toparty、totag，并检查应用的可见范围",
            "Check touser, toparty and totag, and the app's visible range",
        ),
    code("84014", "成员票据过期", Fault::Business)
        .means("user_ticket 过期了", "The user_ticket has expired")
        .remedy("让成员重新授权取得新的 user_ticket", "Let the member authorize again"),
    code("93000", "机器人webhookurl不合法或者机器人已经被移除出群", Fault::Request)
        .also(&["invalid webhook url"])
        .means("群机器人的地址不对，或机器人已被移除", "The robot's URL is wrong, or it was removed from the group")
        .remedy("在群里重新复制机器人的 Webhook 地址", "Copy the robot's webhook URL again from the group"),
    code("301002", "无权限操作指定的应用", Fault::Business)
        .also(&["not allow operate another agent with this accesstoken"])
        .means("access_token 与 agentid 不是同一个应用的", "access_token and agentid belong to different apps")
        .remedy(
            "用 agentid 那个应用的 secret 重新取 access_token",
            "Get an access_token with the secret of the app whose agentid you send",
        ),
];
