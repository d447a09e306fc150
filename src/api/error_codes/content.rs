//! Official accounts: media, menus, messages, tags and QR codes, mostly limits. Pure
//! rows; of other tables only the world, that of `oa`.

use super::oa::AREA;
use super::row::{ErrorCode, Fault};

const PAGE: &str = "https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html";

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// A limit that a request breaks.
const fn limit(code: &'static str, text: &'static str, zh: &'static str, en: &'static str) -> ErrorCode {
    self::code(code, text, Fault::Request).means(zh, en).remedy(
        "按文档的上限缩短、缩小或减少后再发",
        "Keep to the limit that the page gives, then send again",
    )
}

/// Something that has to be there and is empty.
const fn empty(code: &'static str, text: &'static str, zh: &'static str, en: &'static str) -> ErrorCode {
    self::code(code, text, Fault::Request).means(zh, en).remedy(
        "确认请求体里真的有它；用 wxkit -v 看实际发出的内容",
        "Check that the body really has it; wxkit -v shows what was sent",
    )
}

/// `errcode`.
pub static CODES: &[ErrorCode] = &[
    limit("40005", "invalid file type", "不合法的文件类型", "The file type is not accepted"),
    limit("40006", "invalid file size", "不合法的文件大小", "The file has a size that is not accepted"),
    limit("40009", "invalid image size", "不合法的图片大小", "The image is too large"),
    limit("40010", "invalid voice size", "不合法的语音大小", "The voice file is too large"),
    limit("40011", "invalid video size", "不合法的视频大小", "The video is too large"),
    limit("40012", "invalid thumb size", "不合法的缩略图大小", "The thumbnail is too large"),
    limit("40016", "invalid button size", "不合法的菜单按钮个数", "Too many or too few menu buttons"),
    limit("40017", "invalid button type", "不合法的菜单按钮类型", "The type of a menu button is not accepted"),
    limit("40018", "invalid button name size", "菜单按钮名字的长度不对", "The name of a menu button is too long"),
    limit("40019", "invalid button key size", "菜单按钮 KEY 的长度不对", "The key of a menu button is too long"),
    limit("40020", "invalid button url size", "菜单按钮 URL 的长度不对", "The URL of a menu button is too long"),
    limit("40023", "invalid sub button size", "子菜单按钮个数不对", "Too many or too few buttons in a submenu"),
    limit("40024", "invalid sub button type", "子菜单按钮类型不对", "The type of a submenu button is not accepted"),
    limit("40025", "invalid sub button name size", "子菜单按钮名字的长度不对", "The name of a submenu button is too long"),
    limit("40026", "invalid sub button key size", "子菜单按钮 KEY 的长度不对", "The key of a submenu button is too long"),
    limit("40027", "invalid sub button url size", "子菜单按钮 URL 的长度不对", "The URL of a submenu button is too long"),
    limit("40036", "invalid template_id size", "template_id 的长度不对", "template_id has the wrong length"),
    code("40031", "invalid openid list", Fault::Request)
        .means("openid 列表不对", "The list of openids is wrong")
        .remedy("核对每个 openid 都属于这个公众号", "Check that every openid belongs to this account"),
    code("40032", "invalid openid list size", Fault::Request)
        .means("openid 列表的个数不对", "The list of openids has the wrong length")
        .remedy("按接口的上限分批发送", "Send it in parts that keep to the limit"),
    code("40054", "invalid sub button url domain", Fault::Request)
        .means("子菜单按钮的域名不允许", "The host of a submenu button is not allowed")
        .remedy("换成允许的域名", "Use a host that is allowed"),
    code("40055", "invalid button url domain", Fault::Request)
        .means("菜单按钮的域名不允许", "The host of a menu button is not allowed")
        .remedy("换成允许的域名", "Use a host that is allowed"),
    code("40097", "invalid args", Fault::Request)
        .means("参数不对", "A parameter is wrong")
        .remedy("对照文档核对每个参数的类型", "Compare the type of each parameter with the page"),
    empty("41005", "media data missing", "缺少多媒体文件数据", "The file is missing"),
    empty("41007", "sub button missing", "缺少子菜单数据", "The submenu is missing"),
    empty("44001", "empty media data", "多媒体文件为空", "The file is empty"),
    empty("44003", "empty news data", "图文消息内容为空", "The articles are empty"),
    empty("44004", "empty content", "文本消息内容为空", "The text is empty"),
    limit("45001", "media size out of limit", "多媒体文件太大", "The file is too large"),
    limit("45003", "title size out of limit", "标题太长", "The title is too long"),
    limit("45004", "description size out of limit", "描述太长", "The description is too long"),
    limit("45005", "url size out of limit", "链接太长", "The link is too long"),
    limit("45006", "picurl size out of limit", "图片链接太长", "The link of the picture is too long"),
    limit("45007", "playtime out of limit", "语音播放时间太长", "The voice message is too long"),
    limit("45008", "article size out of limit", "图文消息的条数太多", "There are too many articles"),
    limit("45010", "create menu limit", "菜单个数太多", "There are too many menus"),
    code("45015", "response out of time limit", Fault::Business)
        .means("超过了可以回复用户的时间", "The time for answering this user is over")
        .remedy(
            "用户 48 小时内有过互动才能发客服消息：等用户再发消息，或改用订阅消息",
            "Service messages need the user to have written within 48 hours: wait, or use a subscription message",
        ),
    code("45028", "has no masssend quota", Fault::Busy)
        .means("群发次数用完了", "The quota of mass messages is used up")
        .remedy("订阅号每天 1 次、服务号每月 4 次：到下个周期再发", "Subscription accounts have one a day, service accounts four a month: wait"),
    code("45056", "tag count out of limit", Fault::Business)
        .means("标签数量达到上限", "There are too many tags")
        .remedy("删掉不用的标签", "Delete tags that are not needed"),
    code("45157", "invalid tag name", Fault::Request)
        .means("标签名不对或重复", "The tag name is not valid or exists")
        .remedy("换一个标签名", "Use another name"),
    code("45158", "tag name size out of limit", Fault::Request)
        .means("标签名超过 30 个字节", "The tag name is over 30 bytes")
        .remedy("缩短标签名", "Make it shorter"),
    code("46001", "media data no exist", Fault::Business)
        .means("媒体数据不存在", "There is no such media")
        .remedy("临时素材 3 天后失效：重新上传", "Temporary media live 3 days: upload again"),
    code("46002", "menu version no exist", Fault::Business)
        .means("菜单版本不存在", "There is no such menu version")
        .remedy("先创建菜单", "Create the menu first"),
    code("48003", "user not agree mass-send protocol", Fault::Business)
        .means("没有同意群发协议", "The mass-send agreement was not accepted")
        .remedy("登录公众平台，点一次群发并同意协议", "Log in to the platform, open mass messages once and agree"),
    code("48008", "no permission for this msgtype", Fault::Business)
        .means("没有发这种消息的权限", "The account may not send this kind of message")
        .remedy("核对账号权限和 msgtype", "Check the account's permissions and msgtype"),
    code("63001", "some arguments is empty", Fault::Request)
        .means("部分参数为空", "A parameter is empty")
        .remedy("wx.config 的四个值都要有", "All four values of wx.config have to be there"),
    code("65301", "no such menuid", Fault::Business)
        .means("没有这个 menuid 的个性化菜单", "There is no conditional menu with this menuid")
        .remedy("核对 menuid", "Check menuid"),
    code("88000", "without comment privilege", Fault::Business)
        .means("没有留言权限", "The account may not have comments")
        .remedy("在公众平台确认留言功能已开通", "See on the platform whether comments are open"),
    code("89501", "此 IP 正在等待管理员确认", Fault::Credential)
        .means("这个 IP 正等管理员确认", "This IP address waits for the admin")
        .remedy("请管理员在微信里确认，或把 IP 加进白名单", "Let the admin confirm in WeChat, or add the address to the whitelist"),
    code("9001001", "invalid post data", Fault::Request)
        .means("POST 数据的参数不合法", "A value of the POST data is not valid")
        .remedy("对照文档核对 JSON", "Compare the JSON with the page"),
    code("9001002", "remote service unavailable", Fault::Busy)
        .means("远端服务不可用", "A service behind it is not available")
        .remedy("稍后重试", "Try later"),
];
