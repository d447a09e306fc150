//! Mini programs: what `api.weixin.qq.com` says only there. Pure rows; of other
//! tables only the world, that of `oa`.

use super::oa::AREA;
use super::row::{ErrorCode, Fault};

const PAGE: &str = "https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html";
const LOGIN: &str =
    "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html";
const SUBSCRIBE: &str = "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html";
const QRCODE: &str =
    "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html";
const QUOTA: &str =
    "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/openApi-mgnt/getRidInfo.html";

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `errcode`.
pub static CODES: &[ErrorCode] = &[
    code("40226", "code blocked", Fault::Business)
        .page(LOGIN)
        .means("高风险用户，登录被拦截", "A risky user: the login was blocked")
        .remedy("不要重试；提示用户换个微信登录", "Do not repeat; let the user log in with another account"),
    code("41028", "invalid form id", Fault::Request)
        .page(SUBSCRIBE)
        .means("form_id 不正确或过期", "form_id is wrong or has expired")
        .remedy("模板消息已停用：改用订阅消息", "Template messages are gone: use subscription messages"),
    code("41029", "form id used count reach limit", Fault::Request)
        .page(SUBSCRIBE)
        .means("form_id 已被使用", "form_id was used before")
        .remedy("模板消息已停用：改用订阅消息", "Template messages are gone: use subscription messages"),
    code("41030", "invalid page", Fault::Request)
        .page(QRCODE)
        .means("page 不存在，或小程序还没发布", "The page does not exist, or the mini program is not published")
        .remedy(
            "page 不以 / 开头、不带参数，并且在线上版本里；测试时传 check_path=false",
            "page has no leading / and no query and is in the published version; for tests send check_path=false",
        ),
    code("45029", "qrcode count out of limit", Fault::Busy)
        .page(QRCODE)
        .means("生成的小程序码达到上限", "No more mini program codes can be made")
        .remedy("改用不限数量的接口 getwxacodeunlimit", "Use getwxacodeunlimit, which has no limit"),
    code("45072", "invalid command", Fault::Request)
        .means("command 取值不对", "command is wrong")
        .remedy("只能是 Typing 或 CancelTyping", "Send Typing or CancelTyping"),
    code("45080", "need send message in 30s", Fault::Business)
        .means("30 秒内没有和用户互动", "The user did not write within 30 seconds")
        .remedy("用户发来消息后 30 秒内再下发输入状态", "Send the typing state within 30 seconds of a message"),
    code("45081", "already typing", Fault::Business)
        .means("已经是输入状态", "The typing state is on already")
        .remedy("不用重复下发", "Do not send it again"),
    code("47003", "argument invalid", Fault::Request)
        .page(SUBSCRIBE)
        .means("模板的参数不合规则", "A value of the template breaks its rule")
        .remedy(
            "errmsg 里写明是哪个字段：thing 不超过 20 个字、不能为空，number 只能是数字，time 用规定的格式",
            "errmsg names the field: thing has at most 20 characters and is not empty, number only digits, time its own form",
        ),
    code("47501", "invalid activity_id", Fault::Request)
        .means("activity_id 不对", "activity_id is wrong")
        .remedy("用创建动态消息时返回的 activity_id", "Use the one that came when the message was made"),
    code("47504", "activity_id expired", Fault::Business)
        .means("activity_id 过期了", "activity_id has expired")
        .remedy("重新创建", "Make a new one"),
    code("76001", "rid not found", Fault::Request)
        .page(QUOTA)
        .means("没有这个 rid", "There is no such rid")
        .remedy("核对 rid 复制完整", "Check that the whole rid was copied"),
    code("76002", "rid is error", Fault::Request)
        .page(QUOTA)
        .means("rid 为空或格式不对", "rid is empty or has the wrong form")
        .remedy("rid 形如 6509033a-307d2628-1c8f2b1e", "A rid looks like 6509033a-307d2628-1c8f2b1e"),
    code("76003", "could not query this rid with other account", Fault::Business)
        .page(QUOTA)
        .means("这个 rid 是别的账号的", "This rid is another account's")
        .remedy("用产生它的账号的 access_token 来查", "Ask with the access_token of the account that made the call"),
    code("76004", "rid is expired", Fault::Business)
        .page(QUOTA)
        .means("rid 过期了（7 天内才能查）", "The rid is over 7 days old")
        .remedy("重现一次，再查新的 rid", "Make it happen again and ask for the new rid"),
    code("87014", "risky content", Fault::Business)
        .means("内容含有违规信息", "The content is not allowed")
        .remedy("拦下这段内容，不要展示给其他用户", "Do not show it to other users"),
    code("89300", "invalid order", Fault::Request)
        .means("订单无效", "The order is not valid")
        .remedy("核对订单号和所属小程序", "Check the number and whose it is"),
];
