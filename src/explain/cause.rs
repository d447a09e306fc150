//! Every known cause with its words: what went wrong and what to do, in both
//! languages, and how often it is reported. A flat table; what a cause does to
//! a string stands in `edits`.

use crate::api::Word;

/// One known mistake.
#[derive(Debug)]
pub struct Cause {
    /// `J-URL-HASH`
    pub id: &'static str,
    /// Public reports in which it was seen.
    pub reports: u8,
    /// What went wrong.
    pub why: Word,
    /// What to do.
    pub fix: Word,
}

/// Two causes are one if their ids are.
impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Cause {}

impl Cause {
    /// How unusual it is; the smaller, the more usual. The steps follow the
    /// number of reports, so that the causes of one weight are about equally
    /// likely; `cargo test --release --test explain` shows what another choice costs.
    pub(super) fn weight(&self) -> u32 {
        // Seen rarely, but where they fit they are the most specific reading.
        if [J_URL_PCT, P_HMAC_NOKEY, P_SORT_DESC, P_SORT_CI].contains(&self) {
            return 1;
        }
        match self.reports {
            8.. => 1,
            4..8 => 2,
            2..4 => 3,
            1 => 4,
            0 => 5,
        }
    }
}

impl Cause {
    /// Whether it is about which key it was, so that a candidate can be it.
    pub(super) fn is_of_key(&self) -> bool {
        [V_KEY_OTHER, V_RESP_CERT, V_RESP_SWITCH, V_PS_KEY].contains(&self)
    }
}

/// A constant for every row, so that an unknown id does not compile; and all of them.
macro_rules! causes {
    ($(($name:ident, $id:literal, $reports:literal, $why:expr, $fix:expr $(,)?)),* $(,)?) => {
        $(
            #[doc = $id]
            pub const $name: &Cause = &Cause {
                id: $id,
                reports: $reports,
                why: Word::new($why.0, $why.1),
                fix: Word::new($fix.0, $fix.1),
            };
        )*

        /// The table.
        pub static CAUSES: &[&Cause] = &[$($name),*];
    };
}

const RAW_VALUES: (&str, &str) =
    ("用原始值签名，任何编码、转义都放在签名之后", "sign the raw values; encode or escape only afterwards");
const UTF8: (&str, &str) = ("取字节和发送都用 UTF-8", "use UTF-8 for the hash and for the body");
const SORT_NAMES: (&str, &str) =
    ("按参数名的 ASCII 码从小到大排序", "sort by name, byte by byte (ASCII order)");
const SORT_VALUES: (&str, &str) = (
    "把各个值按字节（ASCII）排序后直接拼接",
    "sort the values byte by byte, then join them with nothing in between",
);
const APPEND_KEY: (&str, &str) =
    ("排好序的字符串末尾拼上 &key=商户密钥", "append &key=KEY at the very end of the sorted string");
const BROWSER_URL: (&str, &str) = (
    "用浏览器里 location.href.split('#')[0] 的值签名，不要在后端拼接",
    "sign what location.href.split('#')[0] gives in the browser; do not rebuild it on the server",
);
const JSAPI_TICKET: (&str, &str) =
    ("用 getticket?type=jsapi 取到的 ticket", "use the ticket of getticket?type=jsapi");
const ONCE: (&str, &str) = ("只生成一次，签名和传参用同一个值", "make it once; sign and pass the same value");
const OFFICIAL_NAMES: (&str, &str) = (
    "参数名与官方文档一字不差，签名和发送用同一份",
    "spell the names as the documentation does, the same in the string and in the request",
);
const APIV2_KEY: (&str, &str) = (
    "在商户平台「账户中心 - API 安全」核对该商户号的 APIv2 密钥",
    "check the APIv2 key of this mch_id in the merchant platform (API security)",
);

causes![
    // JS-SDK: the URL
    (
        J_URL_HASH,
        "J-URL-HASH",
        10,
        ("签名用的 url 带着 # 及其后面的部分", "the signed url still has its # part"),
        (
            "签名前去掉 # 及其后面的内容：location.href.split('#')[0]",
            "cut the url at #: location.href.split('#')[0]",
        ),
    ),
    (
        J_URL_LANDING,
        "J-URL-LANDING",
        13,
        (
            "签的是另一个页面地址（单页应用里 iOS 认首次进入的地址，安卓认当前地址）",
            "another page's url was signed (in single-page apps iOS checks the landing url, Android the current one)",
        ),
        (
            "启动时记下落地页地址；iOS 用它签名，安卓用当前地址",
            "remember the landing url at start; sign it on iOS and the current url on Android",
        ),
    ),
    (
        J_URL_API,
        "J-URL-API",
        9,
        (
            "后端签的是自己接口的地址，不是页面地址",
            "the server signed the url of its own endpoint, not the page's",
        ),
        ("由前端把页面地址作为参数传给后端", "let the page send its url as a parameter"),
    ),
    (
        J_CACHED_SIG,
        "J-CACHED-SIG",
        7,
        (
            "用了别的页面或更早一次访问的签名（缓存）",
            "the signature belongs to another page or an earlier visit (a cache)",
        ),
        ("每次打开页面重新签名，不按路径缓存签名", "sign on each page view; never cache a signature by path"),
    ),
    (
        J_URL_HOST,
        "J-URL-HOST",
        6,
        ("签名用的域名不是浏览器里的域名", "the signed host is not the one in the browser"),
        (
            "代理层透传 Host，或直接用浏览器里的地址",
            "pass Host through the proxy, or take the url from the browser",
        ),
    ),
    (
        J_URL_SHARE,
        "J-URL-SHARE",
        5,
        (
            "微信分享附加的参数（from、isappinstalled 等）在签名和页面里不一致",
            "the parameters that WeChat adds on sharing (from, isappinstalled…) differ between string and page",
        ),
        ("每次用当前页面的完整地址签名，不要写死", "sign the live url of each page view; never hard-code it"),
    ),
    (
        J_URL_ENC,
        "J-URL-ENC",
        4,
        ("签名时 url 仍是编码过的", "the url was still percent-encoded when it was signed"),
        ("编码只用于传输，签名前先解码一次", "encode only for transport; decode once before signing"),
    ),
    (
        J_URL_NOSCHEME,
        "J-URL-NOSCHEME",
        4,
        (
            "签名用的 url 和给出的 url，一个有 http(s)://，一个没有",
            "http(s):// is in only one of the two: the signed url and the one that was handed in",
        ),
        BROWSER_URL,
    ),
    (
        J_URL_OAUTH,
        "J-URL-OAUTH",
        2,
        (
            "授权跳转带来的 code、state 没有进入签名用的 url（或相反）",
            "code and state of the OAuth redirect are missing in the signed url (or only there)",
        ),
        ("跳转完成后再用完整地址签名", "sign after the redirect, with the full url"),
    ),
    (
        J_URL_AMP,
        "J-URL-AMP",
        2,
        (
            "url 里的 & 等字符被 HTML 转义后参与签名",
            "the url was HTML-escaped before signing (& became &amp;)",
        ),
        ("签名输入不要做 HTML 转义", "do not HTML-escape what is signed"),
    ),
    (
        J_URL_DEC,
        "J-URL-DEC",
        1,
        ("url 里的 %XX 被解码后才签名", "the escapes of the url were decoded before signing"),
        BROWSER_URL,
    ),
    (
        J_URL_PCT,
        "J-URL-PCT",
        1,
        (
            "url 里的中文在一侧是原文、另一侧是 %XX，或 %XX 大小写不同",
            "non-ASCII in the url is raw on one side and percent-encoded on the other",
        ),
        (
            "链接里的中文先编码好，让每一层看到同一种写法",
            "percent-encode it in the link itself, so that every layer sees one spelling",
        ),
    ),
    (
        J_URL_TRUNC,
        "J-URL-TRUNC",
        1,
        (
            "url 没有编码就作为参数传输，后端只收到前半段",
            "the url travelled unencoded as a parameter and was cut on the way",
        ),
        (
            "前端传参用 encodeURIComponent(location.href.split('#')[0])",
            "send it as encodeURIComponent(location.href.split('#')[0])",
        ),
    ),
    (
        J_URL_SCHEME,
        "J-URL-SCHEME",
        1,
        (
            "http 与 https 不一致（多半是代理终止了 TLS）",
            "http and https differ (a proxy ends TLS, most likely)",
        ),
        (
            "后端认 X-Forwarded-Proto，或直接用浏览器里的地址",
            "honour X-Forwarded-Proto, or take the url from the browser",
        ),
    ),
    (
        J_URL_SLASH,
        "J-URL-SLASH",
        1,
        ("末尾的 / 多了或少了", "a trailing slash too many or too few"),
        BROWSER_URL
    ),
    (
        J_URL_EMPTY,
        "J-URL-EMPTY",
        1,
        ("签名时 url 是空的", "the url was empty when it was signed"),
        ("检查 url 参数有没有传到后端", "check that the url arrives at the server"),
    ),
    (
        J_URL_NULL,
        "J-URL-NULL",
        1,
        (
            "url 没有值，被转成了 null、undefined 之类的文字",
            "a missing url was turned into text (null, undefined…)",
        ),
        ("检查 url 参数有没有传到后端", "check that the url arrives at the server"),
    ),
    (
        J_URL_ENC2,
        "J-URL-ENC2",
        0,
        ("url 被编码了两次", "the url was percent-encoded twice"),
        (
            "只编码一次，并把真正参与哈希的字符串打到日志里",
            "encode once; log the string that is really hashed",
        ),
    ),
    (
        J_URL_NOQUERY,
        "J-URL-NOQUERY",
        0,
        ("签名用的 url 丢了 ? 后面的参数", "the signed url lost its query"),
        BROWSER_URL,
    ),
    (
        J_URL_PORT,
        "J-URL-PORT",
        0,
        ("签名用的 url 端口不对", "the port of the signed url differs"),
        (
            "代理层设置 proxy_set_header Host $http_host，或直接用浏览器里的地址",
            "set proxy_set_header Host $http_host, or take the url from the browser",
        ),
    ),
    (
        J_URL_INDEX,
        "J-URL-INDEX",
        0,
        ("index.html 之类的默认文件名多了或少了", "a directory index (index.html…) was added or removed"),
        BROWSER_URL,
    ),
    (
        J_URL_HOME,
        "J-URL-HOME",
        0,
        ("所有页面都用首页或固定入口地址签名", "the home page or a fixed entry url was signed"),
        ("每个页面用自己的地址签名", "sign each page's own url"),
    ),
    (
        J_URL_JSONESC,
        "J-URL-JSONESC",
        0,
        ("url 带着 JSON 的转义（\\/）参与签名", "the url was signed with its JSON escapes (\\/)"),
        ("先解析 JSON 再取 url", "parse the JSON before use"),
    ),
    (
        J_URL_WS,
        "J-URL-WS",
        0,
        ("url 首尾有空白或不可见字符", "blanks or invisible characters around the url"),
        ("签名前 trim()", "trim() it before signing"),
    ),
    (
        J_URL_CASE,
        "J-URL-CASE",
        0,
        ("url 的大小写被改了", "the letter case of the url was changed"),
        ("保持原样，不要转小写", "keep the letter case"),
    ),
    (
        J_URL_PLUS,
        "J-URL-PLUS",
        0,
        ("url 里的 +、空格、%20 在传输中互换了", "+, blank and %20 were swapped on the way"),
        ("传参用 encodeURIComponent", "send it with encodeURIComponent"),
    ),
    // JS-SDK: ticket, nonce, time
    (
        J_TICKET_EMPTY,
        "J-TICKET-EMPTY",
        7,
        (
            "jsapi_ticket 是空的：取 access_token 或 ticket 失败了却没有报错",
            "jsapi_ticket is empty: fetching the token or ticket failed and nobody noticed",
        ),
        (
            "检查 getticket 返回的 errcode，多半是 IP 白名单",
            "check the errcode of getticket; the IP whitelist, most likely",
        ),
    ),
    (
        J_TICKET_STALE,
        "J-TICKET-STALE",
        11,
        (
            "ticket 已过期，或被别的服务器刷新顶掉了",
            "the ticket has expired, or another server's refresh replaced it",
        ),
        (
            "ticket 由一个中控服务统一获取和缓存，提前几分钟更新",
            "let one central server fetch and cache it, and renew it early",
        ),
    ),
    (
        J_TICKET_TYPE,
        "J-TICKET-TYPE",
        5,
        (
            "用错了 ticket 的类型（jsapi、卡券与企业微信 agent_config 混用）",
            "a ticket of another type was used (jsapi, card and WeCom's agent_config were mixed up)",
        ),
        (
            "wx.config 用 jsapi 的 ticket，卡券用 type=wx_card 的，企业微信 wx.agentConfig 用 type=agent_config 的",
            "wx.config takes the jsapi ticket, cards that of type=wx_card, wx.agentConfig of WeCom that of type=agent_config",
        ),
    ),
    (
        J_TICKET_OTHER,
        "J-TICKET-OTHER",
        1,
        ("用了别的公众号或别的环境的 ticket", "the ticket of another account or environment was used"),
        ("ticket 必须属于 wx.config 里的 appId", "the ticket must belong to the appId in wx.config"),
    ),
    (
        J_TICKET_NULL,
        "J-TICKET-NULL",
        0,
        (
            "ticket 没有值，被转成了 null、undefined 之类的文字",
            "a missing ticket was turned into text (null, undefined, [object Promise]…)",
        ),
        ("等异步结果返回（await），并检查取值", "await the result and check the value"),
    ),
    (
        J_TICKET_AT,
        "J-TICKET-AT",
        0,
        ("把 access_token 当成了 jsapi_ticket", "the access_token was used as the ticket"),
        JSAPI_TICKET,
    ),
    (
        J_TICKET_SECRET,
        "J-TICKET-SECRET",
        0,
        ("把 AppSecret 或 appid 当成了 ticket", "the AppSecret or appid was used as the ticket"),
        JSAPI_TICKET,
    ),
    (
        J_TICKET_JSON,
        "J-TICKET-JSON",
        0,
        (
            "把整个 JSON 或带引号的字符串当成了 ticket",
            "the whole JSON, or a quoted text, was used as the ticket",
        ),
        ("取 JSON 里的 ticket 字段", "use the member ticket of the JSON"),
    ),
    (
        J_TICKET_WS,
        "J-TICKET-WS",
        0,
        ("ticket 首尾有空白或换行", "blanks or a line break around the ticket"),
        ("读出后 trim()", "trim() it after reading"),
    ),
    (
        J_NONCE_REGEN,
        "J-NONCE-REGEN",
        4,
        (
            "wx.config 里的 nonceStr 不是签名用的那个",
            "the nonceStr in wx.config is not the one that was signed",
        ),
        ONCE,
    ),
    (
        J_TS_MS,
        "J-TS-MS",
        15,
        ("时间戳用了毫秒", "the timestamp is in milliseconds"),
        ("用秒：10 位数字", "use seconds: 10 digits"),
    ),
    (
        J_TS_REGEN,
        "J-TS-REGEN",
        1,
        (
            "wx.config 里的 timestamp 不是签名用的那个",
            "the timestamp in wx.config is not the one that was signed",
        ),
        ONCE,
    ),
    (
        J_TS_FLOAT,
        "J-TS-FLOAT",
        0,
        ("时间戳成了小数、科学计数或带千分位", "the timestamp was printed as a float or with grouping"),
        ("转成整数再转字符串", "make it an integer before printing"),
    ),
    // JS-SDK: the string
    (
        J_KEY_NONCESTR,
        "J-KEY-NONCESTR",
        3,
        ("签名串里写成了 nonceStr", "the string has nonceStr"),
        (
            "签名串里全小写 noncestr，只有 wx.config 里才是 nonceStr",
            "in the string it is noncestr; nonceStr only in wx.config",
        ),
    ),
    (
        J_KEY_TIMESTAMP,
        "J-KEY-TIMESTAMP",
        0,
        ("签名串里写成了 timeStamp", "the string has timeStamp"),
        ("签名串里全小写 timestamp", "in the string it is timestamp"),
    ),
    (
        J_KEY_TYPO,
        "J-KEY-TYPO",
        1,
        ("签名串里的参数名写错了", "a name in the string is misspelled"),
        (
            "四个名字是 jsapi_ticket、noncestr、timestamp、url",
            "the four names are jsapi_ticket, noncestr, timestamp, url",
        ),
    ),
    (
        J_ORDER,
        "J-ORDER",
        2,
        ("四个参数的顺序不对", "the four pairs are in the wrong order"),
        (
            "顺序固定为 jsapi_ticket、noncestr、timestamp、url",
            "the order is jsapi_ticket, noncestr, timestamp, url",
        ),
    ),
    (
        J_TIMES,
        "J-TIMES",
        6,
        ("&times 被当成 HTML 实体变成了 ×", "&times was read as an HTML entity and became ×"),
        ("手工重打这一行代码，不要从网页复制", "retype that line; do not copy it from a web page"),
    ),
    (
        J_SEP,
        "J-SEP",
        1,
        ("参数之间的连接符不对", "the separators are wrong"),
        ("只用一个 & 连接，首尾没有多余字符", "join with a single &, nothing before or behind"),
    ),
    (
        J_VALSORT,
        "J-VALSORT",
        1,
        (
            "用成了「值排序后拼接」的算法（那是服务器校验和卡券用的）",
            "the values were sorted and glued (that is the rule for servers and cards)",
        ),
        ("JS-SDK 用 k=v&k=v 的形式", "JS-SDK wants k=v&k=v"),
    ),
    (
        J_URLENC_ALL,
        "J-URLENC-ALL",
        1,
        (
            "整个字符串经过了 URL 编码（http_build_query 之类）",
            "every value was percent-encoded (http_build_query and the like)",
        ),
        RAW_VALUES,
    ),
    (
        J_FIELD_MISSING,
        "J-FIELD-MISSING",
        0,
        ("四个参数少了一个", "one of the four pairs is missing"),
        ("四个参数都要参与签名", "all four pairs are signed"),
    ),
    (
        J_FIELD_EXTRA,
        "J-FIELD-EXTRA",
        0,
        ("多签了别的参数（如 appId）", "an extra pair was signed (appId, most often)"),
        ("只签四个参数", "sign the four pairs only"),
    ),
    (
        J_KEYED,
        "J-KEYED",
        0,
        ("末尾多拼了支付用的 &key=", "a pay-style &key= was appended"),
        ("JS-SDK 签名没有 key", "there is no key in JS-SDK signatures"),
    ),
    (
        J_ALGO,
        "J-ALGO",
        2,
        ("哈希算法不是 SHA-1", "the hash is not SHA-1"),
        ("用 SHA-1，40 位小写十六进制", "use SHA-1, 40 lower-case hex digits"),
    ),
    (
        J_OUT_UPPER,
        "J-OUT-UPPER",
        0,
        (
            "签名的写法不对（大写、base64 或被截断）",
            "the signature is written wrongly (upper case, base64 or cut)",
        ),
        ("输出小写十六进制", "print it as lower-case hex"),
    ),
    (
        J_CONFIG_FIELD,
        "J-CONFIG-FIELD",
        7,
        (
            "wx.config 的成员名或取值不对（noncestr、appid、signature 不是 40 位十六进制等）",
            "wx.config has a wrong member name or value (noncestr, appid, a signature that is not 40 hex digits…)",
        ),
        (
            "成员名是 appId、timestamp、nonceStr、signature、jsApiList",
            "the members are appId, timestamp, nonceStr, signature, jsApiList",
        ),
    ),
    (
        J_APPID,
        "J-APPID",
        3,
        (
            "appId 与 ticket 不是同一个账号，或域名不在 JS 接口安全域名里",
            "appId and ticket belong to different accounts, or the domain is not in the JS-safe list",
        ),
        ("核对账号，并在公众号后台登记域名", "match the account and register the domain"),
    ),
    (
        X_HEX_ZERO,
        "X-HEX-ZERO",
        3,
        ("转十六进制时丢了前导 0", "leading zeros were lost when the hash was printed"),
        ("每个字节按两位输出（%02x）", "print two digits a byte (%02x)"),
    ),
    (
        J_EXCHANGED,
        "J-EXCHANGED",
        0,
        (
            "两个输入传反了（如把 ticket 当成了 noncestr）",
            "two inputs were exchanged (the ticket for noncestr, for instance)",
        ),
        (
            "核对签名函数的参数顺序：jsapi_ticket、noncestr、timestamp、url",
            "check the order of the arguments: jsapi_ticket, noncestr, timestamp, url",
        ),
    ),
    // Cards
    (
        C_NOSORT,
        "C-NOSORT",
        3,
        ("卡券签名的值没有排序", "the values of a card signature were not sorted"),
        SORT_VALUES,
    ),
    (
        C_SORT_CULTURE,
        "C-SORT-CULTURE",
        2,
        ("按区域或不区分大小写排序了", "the values were sorted by locale or without letter case"),
        SORT_VALUES,
    ),
    (
        C_EMPTY,
        "C-EMPTY",
        2,
        (
            "可选项（code、openid 等）多签或少签了",
            "optional members (code, openid…) were signed but not sent, or the reverse",
        ),
        ("cardExt 里有什么就签什么", "sign exactly the members that are in cardExt"),
    ),
    (
        C_KEYVAL,
        "C-KEYVAL",
        0,
        ("签了 k=v 的形式，卡券只签值", "pairs were signed; a card signature has values only"),
        SORT_VALUES,
    ),
    (
        C_TICKET,
        "C-TICKET",
        0,
        ("用了 jsapi_ticket，卡券要用 api_ticket", "the jsapi ticket was used; cards want the api_ticket"),
        ("用 getticket?type=wx_card 取到的 ticket", "use the ticket of getticket?type=wx_card"),
    ),
    // Virtual payment and user data of mini programs
    (
        X_PAYSIG_URI,
        "X-PAYSIG-URI",
        2,
        (
            "签名原文不是实际发送的 uri 和 body（uri 少了开头的 /、带了域名或查询串，或 body 被重新序列化）",
            "what was signed is not uri and body as they are sent (no leading /, a host or a query in the uri, or a body that was serialised anew)",
        ),
        (
            "pay_sig 签 uri + \"&\" + body，signature 只签 body：uri 以 / 开头、不带域名和查询串，页面调起支付时是 requestVirtualPayment；body 用发送的那一份原文",
            "pay_sig signs uri + \"&\" + body, signature the body alone: the uri begins with / and has no host and no query, for the page call it is requestVirtualPayment; the body is the very text that is sent",
        ),
    ),
    (
        X_PAYSIG_KEY,
        "X-PAYSIG-KEY",
        0,
        (
            "用了另一个密钥（AppKey 与 session_key 用反、现网与沙箱的 AppKey 用混，或 session_key 已过期）",
            "another secret was used (AppKey and session_key exchanged, the live and the sandbox AppKey mixed up, or a stale session_key)",
        ),
        (
            "pay_sig 用 AppKey（env=1 用沙箱的），signature 用最近一次 wx.login 换到的 session_key",
            "pay_sig takes the AppKey (that of the sandbox for env=1), signature the session_key of the latest wx.login",
        ),
    ),
    (
        X_PAYSIG_ALGO,
        "X-PAYSIG-ALGO",
        0,
        (
            "不是以密钥为 key 的 HMAC-SHA256（换了算法，或把密钥拼进了原文）",
            "this is not an HMAC-SHA256 keyed with the secret (another digest, or the secret in the text)",
        ),
        (
            "用 HMAC-SHA256，密钥只作 key、不拼进原文，输出小写十六进制",
            "use HMAC-SHA256, the secret as its key and not in the text, printed as lower-case hex",
        ),
    ),
    (
        W_RAWDATA,
        "W-RAWDATA",
        0,
        (
            "rawData 不是原文（被重新序列化或转义），或 session_key 不是当前的",
            "rawData is not the original text (serialised or escaped anew), or the session_key is not today's",
        ),
        (
            "rawData 原样参与：sha1(rawData + session_key)，session_key 用最近一次 wx.login 换到的",
            "take rawData untouched: sha1(rawData + session_key), with the session_key of the latest wx.login",
        ),
    ),
    // Pay v2: the key
    (
        P_KEY_SANDBOX,
        "P-KEY-SANDBOX",
        11,
        ("沙箱与正式环境的密钥用混了", "the sandbox key and the production key were mixed up"),
        (
            "沙箱先用正式密钥调 getsignkey，再用返回的沙箱密钥签名（约 3 天有效）",
            "call getsignkey with the production key and sign with what it returns (valid about 3 days)",
        ),
    ),
    (
        P_KEY_OTHER,
        "P-KEY-OTHER",
        9,
        (
            "用了别的密钥（别的商户号、重置前的旧密钥、证书密码等）",
            "another key was used (another mch_id, one from before a reset, a certificate password)",
        ),
        APIV2_KEY,
    ),
    (P_KEY_V3, "P-KEY-V3", 4, ("用了 APIv3 密钥签 v2 接口", "the APIv3 key was used for v2"), APIV2_KEY),
    (
        P_KEY_SECRET,
        "P-KEY-SECRET",
        3,
        ("用了 AppSecret 而不是商户密钥", "the AppSecret was used, not the merchant key"),
        APIV2_KEY,
    ),
    (
        P_KEY_EMPTY,
        "P-KEY-EMPTY",
        4,
        (
            "密钥是空的，或成了 null、undefined 之类的文字",
            "the key was empty, or the text of a missing value (null, undefined…)",
        ),
        ("检查配置项有没有加载", "check that the setting is loaded"),
    ),
    (
        P_KEY_DOC,
        "P-KEY-DOC",
        2,
        ("用的是文档里的示例密钥", "the sample key of the documentation was used"),
        APIV2_KEY,
    ),
    (
        P_KEY_RAW,
        "P-KEY-RAW",
        1,
        (
            "密钥直接拼在末尾，没有 &key=（支付宝的写法）",
            "the key was appended without &key= (as Alipay does)",
        ),
        APPEND_KEY,
    ),
    (P_KEY_MISSING, "P-KEY-MISSING", 1, ("签名串里没有密钥", "there is no key in the string"), APPEND_KEY),
    (
        P_KEY_SORTED,
        "P-KEY-SORTED",
        1,
        ("key 和其他参数一起排序了", "key was sorted in among the fields"),
        APPEND_KEY
    ),
    (
        P_KEY_WS,
        "P-KEY-WS",
        0,
        ("密钥前后有空白、换行、引号等", "blanks, a line break or quotes around the key"),
        ("去掉多余字符，密钥正好 32 位", "trim it; a key has 32 characters"),
    ),
    (
        P_KEY_CASE,
        "P-KEY-CASE",
        0,
        (
            "密钥被改了大小写，或先做了一次哈希",
            "the letter case of the key was changed, or it was hashed first",
        ),
        ("密钥原样使用", "use the key as it is"),
    ),
    (P_KEY_NOAMP, "P-KEY-NOAMP", 0, ("key= 前面少了 &", "the & before key= is missing"), APPEND_KEY),
    (P_KEY_FIRST, "P-KEY-FIRST", 0, ("密钥拼在了最前面", "the key was put in front"), APPEND_KEY),
    (
        P_KEY_NAME,
        "P-KEY-NAME",
        0,
        ("密钥的参数名不是 key", "the key goes by another name than key"),
        APPEND_KEY
    ),
    // Pay v2: the digest
    (
        P_ALGO_SWAP,
        "P-ALGO-SWAP",
        3,
        ("签名算法与 sign_type 不一致", "the digest is not the one that sign_type names"),
        (
            "sign_type 写什么就用什么算法；不传 sign_type 就是 MD5",
            "use the digest that sign_type names; without sign_type it is MD5",
        ),
    ),
    (
        P_HMAC_NOKEY,
        "P-HMAC-NOKEY",
        0,
        ("HMAC-SHA256 的原文漏了 &key= 部分", "the HMAC was made without the &key= part"),
        ("原文是 S&key=K，HMAC 的密钥也是 K", "hmac(K, S + \"&key=\" + K)"),
    ),
    (
        P_HMAC_NOTHMAC,
        "P-HMAC-NOTHMAC",
        0,
        ("用了普通 SHA-256，或 HMAC 没有带密钥", "plain SHA-256, or an HMAC with an empty key"),
        ("用以商户密钥为 key 的 HMAC-SHA256", "use HMAC-SHA256 keyed with the merchant key"),
    ),
    (
        P_ALGO_OTHER,
        "P-ALGO-OTHER",
        0,
        ("哈希算法或输出形式不对", "another digest or another form of it"),
        ("用 MD5 或 HMAC-SHA256，大写十六进制", "use MD5 or HMAC-SHA256, upper-case hex"),
    ),
    (
        P_CASE_LOWER,
        "P-CASE-LOWER",
        0,
        ("签名是小写的", "the signature is in lower case"),
        ("转成大写", "turn it into upper case"),
    ),
    (
        P_DOC_SAMPLE,
        "P-DOC-SAMPLE",
        6,
        ("签名是从文档里抄来的示例值", "the signature is a sample from the documentation"),
        ("按自己的参数重新计算", "compute it from your own fields"),
    ),
    // Pay v2: the fields
    (
        P_NOTIFY_DROP,
        "P-NOTIFY-DROP",
        8,
        (
            "验签时通知里的部分字段丢了（coupon_*、settlement_* 等）",
            "some fields of the notice were lost before verifying (coupon_*, settlement_*…)",
        ),
        (
            "用 XML 里全部的字段验签，不要先转成固定的对象",
            "verify with every field of the XML, not with a typed object",
        ),
    ),
    (
        P_FIELD_UNSIGNED,
        "P-FIELD-UNSIGNED",
        1,
        ("发送了的字段没有参与签名", "a field that is sent was not signed"),
        ("先放齐字段，最后签名", "add all fields first, sign last"),
    ),
    (
        P_FIELD_UNSENT,
        "P-FIELD-UNSENT",
        2,
        ("签了名的字段没有发送", "a signed field is not sent"),
        ("签什么就发什么", "send what you sign"),
    ),
    (
        P_FIELD_RENAME,
        "P-FIELD-RENAME",
        4,
        ("签名串和请求里的参数名不一致", "a field has another name in the string than in the request"),
        OFFICIAL_NAMES,
    ),
    (
        P_EMPTY,
        "P-EMPTY",
        3,
        ("空值参与了签名", "empty values were signed"),
        ("空值不参与签名", "leave empty values out"),
    ),
    (
        P_NULL,
        "P-NULL",
        0,
        ("空值被转成了 null、None 之类的文字", "missing values were turned into text (null, None…)"),
        ("没有值的字段不要放进去", "leave missing values out"),
    ),
    (
        P_SIGN_IN,
        "P-SIGN-IN",
        0,
        ("sign 字段自己也参与了签名", "the field sign was signed as well"),
        ("签名、验签前先去掉 sign", "remove sign first"),
    ),
    (
        P_SIGNTYPE_MISS,
        "P-SIGNTYPE-MISS",
        3,
        ("发送了 sign_type 却没有签它", "sign_type is sent but was not signed"),
        ("除 sign 外，发送的都要签", "sign everything that is sent, except sign"),
    ),
    (
        P_SIGNTYPE_EXTRA,
        "P-SIGNTYPE-EXTRA",
        0,
        ("签了 sign_type 却没有发送", "sign_type was signed but is not sent"),
        ("要么发送，要么不签", "send it, or do not sign it"),
    ),
    (
        P_NOTIFY_ST,
        "P-NOTIFY-ST",
        1,
        ("验通知时把 sign_type 也去掉了", "sign_type was removed before verifying the notice"),
        ("只去掉 sign", "remove sign only"),
    ),
    (
        P_VALUE_DIFF,
        "P-VALUE-DIFF",
        0,
        (
            "签名之后值变了：签的和发送的不一样",
            "the value was changed after signing: another one was signed than is sent",
        ),
        ONCE,
    ),
    (
        P_NUM,
        "P-NUM",
        2,
        (
            "数字的写法不同（1.00、元与分、科学计数等）",
            "a number is written differently (1.00, yuan for fen, an exponent…)",
        ),
        ("金额用整数分，按字符串处理", "amounts are integer fen, as text"),
    ),
    (
        P_WS,
        "P-WS",
        1,
        ("值的首尾有空白或换行", "blanks or a line break around a value"),
        ("签名和发送前 trim()", "trim() values before signing and sending"),
    ),
    (
        P_URLENC,
        "P-URLENC",
        3,
        ("值被 URL 编码后参与签名", "values were percent-encoded before signing"),
        RAW_VALUES,
    ),
    (
        P_URLDEC,
        "P-URLDEC",
        0,
        ("值被 URL 解码后参与签名", "values were percent-decoded before signing"),
        RAW_VALUES,
    ),
    (
        P_XMLESC,
        "P-XMLESC",
        3,
        ("值做了 XML 转义后参与签名", "values were XML-escaped before signing"),
        RAW_VALUES
    ),
    (
        P_CDATA,
        "P-CDATA",
        2,
        ("CDATA 标记参与了签名", "the CDATA marks were signed"),
        ("CDATA 是 XML 的写法，不是值的一部分", "CDATA is XML syntax, not part of the value"),
    ),
    (
        P_JSONESC,
        "P-JSONESC",
        1,
        ("JSON 类的值被重新序列化或转义了", "a JSON value was printed anew or escaped"),
        ("保留原样的字符串，签名和发送用同一份", "keep the exact text; sign and send the same"),
    ),
    // Pay v2: order and separators
    (P_SORT_NONE, "P-SORT-NONE", 2, ("参数没有排序", "the fields were not sorted"), SORT_NAMES),
    (
        P_SORT_NAT,
        "P-SORT-NAT",
        1,
        (
            "用了自然排序或区域排序（下划线、数字的次序不同）",
            "natural or locale order was used (underscores, numbers)",
        ),
        SORT_NAMES,
    ),
    (P_SORT_CI, "P-SORT-CI", 0, ("排序时忽略了大小写", "letter case was ignored when sorting"), SORT_NAMES),
    (P_SORT_DESC, "P-SORT-DESC", 0, ("按降序排了", "the order is descending"), SORT_NAMES),
    (
        P_SORT_KV,
        "P-SORT-KV",
        0,
        ("按 k=v 整体或按值排序了", "the pairs were sorted as text, or by value"),
        SORT_NAMES,
    ),
    (
        P_SEP,
        "P-SEP",
        1,
        (
            "连接符不对（多了、少了 &，或夹着空白）",
            "the separators are wrong (& doubled or missing, blanks inside)",
        ),
        ("只用一个 & 连接", "join with a single &"),
    ),
    // Pay v2: charset
    (
        P_ENC_GBK,
        "P-ENC-GBK",
        8,
        ("中文按 GBK、Big5 等编码参与了哈希", "non-ASCII text was hashed as GBK or Big5"),
        UTF8,
    ),
    (
        P_ENC_MOJI,
        "P-ENC-MOJI",
        2,
        ("中文成了乱码后参与哈希", "non-ASCII text was garbled (mojibake) before hashing"),
        UTF8,
    ),
    (P_ENC_QMARK, "P-ENC-QMARK", 1, ("中文成了问号", "non-ASCII text became question marks"), UTF8),
    (
        P_ENC_ASTRAL,
        "P-ENC-ASTRAL",
        1,
        ("表情符号被去掉或换掉了", "emoji were dropped, replaced or encoded as surrogates"),
        (
            "数据库用 utf8mb4；或签名和发送前都去掉表情",
            "use utf8mb4, or strip them before both signing and sending",
        ),
    ),
    (
        P_ENC_U16,
        "P-ENC-U16",
        0,
        ("按 UTF-16 或只取低字节做了哈希", "UTF-16, or only the low bytes, were hashed"),
        UTF8,
    ),
    (
        P_ENC_UESC,
        "P-ENC-UESC",
        0,
        ("中文以 \\uXXXX 的形式参与了签名", "non-ASCII text was signed as \\uXXXX"),
        (
            "json_encode 加 JSON_UNESCAPED_UNICODE，签解码后的文字",
            "sign the decoded text (JSON_UNESCAPED_UNICODE)",
        ),
    ),
    (
        P_NOTIFY_RAW,
        "P-NOTIFY-RAW",
        0,
        ("验签前报文被截断、转码或展开过", "the body was cut or re-encoded before verifying"),
        ("保留原始字节再验签", "keep the raw bytes and verify those"),
    ),
    // The second signature
    (
        S_REUSE,
        "S-REUSE",
        6,
        ("把统一下单的 sign 直接当成了 paySign", "the sign of unifiedorder was passed on as paySign"),
        ("前端参数要单独再签一次", "compute a second signature over the page's parameters"),
    ),
    (
        S_TS_LOWER,
        "S-TS-LOWER",
        5,
        ("签名串里写成了 timestamp", "the string has timestamp"),
        (
            "签名用 timeStamp（大写 S）；chooseWXPay 的成员名才是 timestamp，值相同",
            "sign timeStamp; only the member of chooseWXPay is timestamp, with the same value",
        ),
    ),
    (
        S_TS_MS,
        "S-TS-MS",
        5,
        ("timeStamp 用了毫秒", "timeStamp is in milliseconds"),
        ("用秒：10 位数字的字符串", "use seconds: a text of 10 digits"),
    ),
    (
        S_ALGO_MIX,
        "S-ALGO-MIX",
        3,
        ("paySign 的算法与 signType 不一致", "the digest of paySign is not the one that signType names"),
        (
            "与统一下单用同一种算法，signType 照实填写",
            "use the digest of unifiedorder and name it in signType",
        ),
    ),
    (
        S_APPID_LOWER,
        "S-APPID-LOWER",
        2,
        ("签名串里写成了 appid", "the string has appid"),
        ("是 appId，大写 I", "it is appId, with a capital I"),
    ),
    (
        S_NAMES_SNAKE,
        "S-NAMES-SNAKE",
        2,
        (
            "沿用了统一下单的参数名（appid、nonce_str 等）",
            "the names of unifiedorder were used (appid, nonce_str…)",
        ),
        (
            "五个名字是 appId、timeStamp、nonceStr、package、signType",
            "the five names are appId, timeStamp, nonceStr, package, signType",
        ),
    ),
    (
        S_PKG_NAME,
        "S-PKG-NAME",
        2,
        ("package 写成了别的名字", "package goes by another name"),
        ("参数名必须是 package", "the name must be package"),
    ),
    (
        S_APP_CAMEL,
        "S-APP-CAMEL",
        2,
        ("App 支付用了驼峰参数名", "the App signature was made with camel-case names"),
        (
            "App 支付全小写：appid、partnerid、prepayid、package、noncestr、timestamp",
            "App payments want lower case: appid, partnerid, prepayid, package, noncestr, timestamp",
        ),
    ),
    (
        S_APP_MIX,
        "S-APP-MIX",
        2,
        ("App 支付里有一个参数名用了驼峰", "one name of the App signature is in camel case"),
        (
            "App 支付全小写：appid、partnerid、prepayid、package、noncestr、timestamp",
            "App payments want lower case: appid, partnerid, prepayid, package, noncestr, timestamp",
        ),
    ),
    (
        S_PKG_NOPREFIX,
        "S-PKG-NOPREFIX",
        1,
        ("package 的值少了 prepay_id=", "the value of package lacks prepay_id="),
        ("package 的值是 prepay_id=加上预支付号", "the value is prepay_id= and the id"),
    ),
    (
        S_APPID_MISS,
        "S-APPID-MISS",
        1,
        ("appId 没有参与签名", "appId was not signed"),
        ("小程序里虽然不传 appId，也要签它", "sign appId even where it is not passed on"),
    ),
    (
        S_APPID_OTHER,
        "S-APPID-OTHER",
        1,
        ("签名用的是另一个 appId", "another appId was signed"),
        (
            "用拉起支付的那个应用的 appId（服务商模式用 sub_appid）",
            "use the appid that the cashier runs in (sub_appid for partners)",
        ),
    ),
    (
        S_NONCE_DIFF,
        "S-NONCE-DIFF",
        1,
        ("nonceStr 不是签名用的那个", "nonceStr is not the one that was signed"),
        ONCE
    ),
    (
        S_TS_DIFF,
        "S-TS-DIFF",
        1,
        ("timeStamp 不是签名用的那个", "timeStamp is not the one that was signed"),
        ONCE
    ),
    (
        S_NONCE_LOWER,
        "S-NONCE-LOWER",
        0,
        ("签名串里写成了 noncestr 或 nonce_str", "the string has noncestr or nonce_str"),
        ("是 nonceStr", "it is nonceStr"),
    ),
    (
        S_PKG_DOUBLE,
        "S-PKG-DOUBLE",
        0,
        ("prepay_id= 写了两遍", "prepay_id= stands there twice"),
        ("只写一遍", "once is enough"),
    ),
    (
        S_SIGNTYPE_MISS,
        "S-SIGNTYPE-MISS",
        0,
        ("signType 没有参与签名", "signType was not signed"),
        ("signType 也要签", "sign signType too"),
    ),
    (
        S_SIGNTYPE_VALUE,
        "S-SIGNTYPE-VALUE",
        0,
        ("签名串里的 signType 与传的不一样", "signType has another value in the string"),
        ("签名和传参用同一个值", "sign and pass the same value"),
    ),
    (
        S_EXTRA,
        "S-EXTRA",
        0,
        ("多签了别的参数", "an extra pair was signed"),
        ("只签规定的几个参数", "sign exactly the named parameters"),
    ),
    (
        S_APP_PKG,
        "S-APP-PKG",
        0,
        ("App 支付的 package 不是 Sign=WXPay", "package is not Sign=WXPay"),
        ("App 支付的 package 固定为 Sign=WXPay", "for App payments package is Sign=WXPay"),
    ),
    (
        S_APP_MISS,
        "S-APP-MISS",
        0,
        ("App 支付的六个参数少签了", "one of the six App parameters was not signed"),
        ("六个参数都要签", "sign all six"),
    ),
    (
        S_APP_ST,
        "S-APP-ST",
        0,
        ("App 支付多签了 signType", "signType was signed for an App payment"),
        ("App 支付不签 signType", "App payments do not sign it"),
    ),
    (
        S_APP_JS,
        "S-APP-JS",
        0,
        ("JSAPI 与 App 的签名模板用混了", "the JSAPI template was used for the App, or the reverse"),
        ("按 trade_type 选择模板", "choose the template by trade_type"),
    ),
    // The message server
    (
        T_MSGSIG,
        "T-MSGSIG",
        6,
        (
            "signature 与 msg_signature 用混了（三个值与四个值）",
            "signature and msg_signature were mixed up (three values, four values)",
        ),
        (
            "signature 用 token、timestamp、nonce；msg_signature 再加 Encrypt",
            "signature: token, timestamp, nonce; msg_signature: those and Encrypt",
        ),
    ),
    (
        T_ECHO,
        "T-ECHO",
        3,
        (
            "校验没错，但返回的不是原样的 echostr",
            "the check is right, but the answer is not the bare echostr",
        ),
        (
            "原样返回 echostr，纯文本，不带引号、BOM 和跳转",
            "answer the bare echostr as plain text: no quotes, no BOM, no redirect",
        ),
    ),
    (
        T_TOKEN_EMPTY,
        "T-TOKEN-EMPTY",
        2,
        ("Token 是空的，或成了 null 之类的文字", "the token was empty, or the text of a missing value"),
        ("检查配置项有没有加载", "check that the setting is loaded"),
    ),
    (
        T_TOKEN_OTHER,
        "T-TOKEN-OTHER",
        2,
        (
            "用了别的值当 Token，或 Token 前后有空白",
            "another value was used as the token, or it has blanks around it",
        ),
        ("用后台「服务器配置」里的 Token", "use the Token of the console's server settings"),
    ),
    (T_NOSORT, "T-NOSORT", 0, ("各个值没有排序", "the values were not sorted"), SORT_VALUES),
    (
        T_SORT_CULTURE,
        "T-SORT-CULTURE",
        1,
        ("排序时忽略了大小写，或按区域排序", "letter case was ignored, or a locale was used, when sorting"),
        SORT_VALUES,
    ),
    (
        T_SORT_NUM,
        "T-SORT-NUM",
        0,
        ("按数值大小排序了", "the values were sorted as numbers"),
        ("按字符串排序（PHP 用 SORT_STRING）", "sort them as text (SORT_STRING in PHP)"),
    ),
    (
        T_JOIN,
        "T-JOIN",
        0,
        ("值之间加了连接符或参数名", "the values were joined with something, or with their names"),
        ("值与值之间什么都不加", "put nothing between the values"),
    ),
    (T_ALGO, "T-ALGO", 0, ("哈希算法不是 SHA-1", "the hash is not SHA-1"), ("用 SHA-1", "use SHA-1")),
    (
        T_ENC_XML,
        "T-ENC-XML",
        0,
        (
            "参与签名的不是 Encrypt 的文本（整段 XML、CDATA 或带空白）",
            "not the text of Encrypt was hashed (the XML, the CDATA, or blanks around it)",
        ),
        ("取 <Encrypt> 里的文本", "use the text of <Encrypt>"),
    ),
    (
        T_ENC_PLUS,
        "T-ENC-PLUS",
        0,
        (
            "Encrypt 里的 + 变成了空格，或仍是编码过的",
            "+ in Encrypt became a blank, or it is still percent-encoded",
        ),
        ("正好解码一次", "decode exactly once"),
    ),
    (
        T_ENC_PLAIN,
        "T-ENC-PLAIN",
        0,
        ("用解密后的内容参与了签名", "the decrypted text was hashed"),
        ("先验签，再解密", "verify first, then decrypt"),
    ),
    (
        M_AESKEY,
        "M-AESKEY",
        2,
        ("EncodingAESKey 不对", "the EncodingAESKey is wrong"),
        (
            "43 位，解码时补一个 =；PKCS7 块长 32",
            "43 characters, decoded with one = added; PKCS7 blocks of 32",
        ),
    ),
    (
        M_RECEIVEID,
        "M-RECEIVEID",
        3,
        ("解密出的 receiveid 与 appid 不符", "the receiver in the message is not your appid"),
        (
            "公众号是 appid，企业微信按场景是 corpid 或 suiteid",
            "appid for official accounts; corpid or suiteid for WeCom",
        ),
    ),
    (
        V_KEY_OTHER,
        "V-KEY-OTHER",
        2,
        (
            "签名用的私钥和这张证书（公钥）不是一对",
            "another private key made the signature than the one of this certificate"
        ),
        (
            "用这个商户号当前证书的 apiclient_key.pem",
            "sign with the apiclient_key.pem of this merchant's present certificate"
        ),
    ),
    (
        V_KEY_SERIAL,
        "V-KEY-SERIAL",
        9,
        (
            "serial_no 是另一张证书的序列号（换过证书、写成平台证书的、别的商户的）",
            "serial_no names another certificate: a renewed one, the platform's, another merchant's"
        ),
        (
            "填这把私钥所属 apiclient_cert.pem 的序列号",
            "send the serial of the apiclient_cert.pem that belongs to this key"
        ),
    ),
    (
        V_SERIAL_FMT,
        "V-SERIAL-FMT",
        5,
        (
            "serial_no 的写法不对：十进制、带冒号或空格、小写、0x、丢了开头的 0",
            "serial_no is spelled wrongly: decimal, with colons or blanks, lower case, 0x, its leading 0 lost"
        ),
        ("40 位大写十六进制，保留开头的 0", "40 upper-case hex digits, a leading 0 kept"),
    ),
    (
        V_URL_NOQUERY,
        "V-URL-NOQUERY",
        7,
        ("签名用的 URL 少了（或多了）查询串", "the query was not signed although it is sent, or the reverse"),
        ("对实际发送的路径加查询串签名", "sign path and query exactly as they are sent"),
    ),
    (
        V_BODY_REJSON,
        "V-BODY-REJSON",
        3,
        (
            "请求体序列化了两次，签名的和发送的文本不同（空格、缩进、顺序、转义）",
            "the body was serialised twice, and the signed text is not the sent one: blanks, indent, order, escapes"
        ),
        ("只序列化一次，签名和发送用同一份字节", "serialise once; sign and send the same bytes"),
    ),
    (
        V_ALGO,
        "V-ALGO",
        1,
        ("签名算法不是 SHA256withRSA（PKCS#1 v1.5）", "the algorithm is not SHA256withRSA with PKCS#1 v1.5"),
        ("用 SHA-256 与 PKCS#1 v1.5 填充", "use SHA-256 and PKCS#1 v1.5 padding"),
    ),
    (
        V_NL_BODY,
        "V-NL-BODY",
        3,
        ("空请求体那一行被省掉了", "the line of the empty body was left out"),
        ("GET 也要保留空的请求体行，以换行结尾", "keep the line of an empty body, with its newline"),
    ),
    (
        V_CRLF,
        "V-CRLF",
        2,
        (
            "换行不是 LF（CRLF、CR，或字面的 \\n 两个字符）",
            "the line ends are not LF: CRLF, CR, or a backslash and an n"
        ),
        ("每行以一个 LF 结尾", "end every line with one LF"),
    ),
    (
        V_URL_ENCODING,
        "V-URL-ENCODING",
        2,
        (
            "URL 的百分号编码在签名和发送时不同（解码过、编码两次、大小写、参数顺序）",
            "the percent-encoding or the order of the query differs between signing and sending"
        ),
        ("对编码后、实际发送的 URL 签名", "sign the url in the form in which it is sent"),
    ),
    (
        V_URL_PLACEHOLDER,
        "V-URL-PLACEHOLDER",
        2,
        (
            "URL 里的占位符没有替换，或末尾多了 ?",
            "a placeholder of the url was not filled in, or it ends in a lone ?"
        ),
        ("先拼好地址再签名", "fill in the url first, then sign it"),
    ),
    (
        V_BODY_ENC,
        "V-BODY-ENC",
        2,
        (
            "请求体的字符集不对（GBK、ISO-8859-1、乱码）",
            "the body was signed in another charset: GBK, ISO-8859-1, garbled"
        ),
        ("签名和发送都用 UTF-8", "use UTF-8 for signing and for sending"),
    ),
    (
        V_MCHID,
        "V-MCHID",
        2,
        ("Authorization 里的 mchid 与请求体的不同", "mchid of Authorization is not that of the body"),
        (
            "用证书所属的商户号；服务商模式用 sp_mchid",
            "use the owner of the certificate; in partner mode sp_mchid"
        ),
    ),
    (
        V_V2MIX,
        "V-V2MIX",
        2,
        ("v3 接口用了 v2 的签名方式（key、MD5）", "a v3 call was signed the v2 way, with key and MD5"),
        ("v3 用商户私钥做 SHA256withRSA", "sign v3 with the merchant's private key, SHA256withRSA"),
    ),
    (
        V_AUTH_FORMAT,
        "V-AUTH-FORMAT",
        2,
        ("Authorization 头的格式不对", "the grammar of the Authorization header is wrong"),
        (
            "WECHATPAY2-SHA256-RSA2048 加一个空格，五个键值对用逗号隔开，值加双引号",
            "WECHATPAY2-SHA256-RSA2048, one blank, five pairs with commas between, values in double quotes"
        ),
    ),
    (
        V_NOTRSA,
        "V-NOTRSA",
        1,
        ("这不是 RSA 签名：是哈希或 HMAC", "this is no RSA signature: a hash, or an HMAC"),
        (
            "用商户私钥做 SHA256withRSA，再 base64",
            "sign with the merchant's private key (SHA256withRSA), then base64"
        ),
    ),
    (
        V_METHOD,
        "V-METHOD",
        1,
        (
            "签名用的方法不对（小写，或别的请求的方法）",
            "another method was signed: lower case, or that of another call"
        ),
        ("用这个请求的方法，大写", "sign this request's method, in capitals"),
    ),
    (
        V_ORDER,
        "V-ORDER",
        1,
        ("各行的顺序不对", "the lines stand in another order"),
        ("方法、URL、时间戳、随机串、请求体，各占一行", "method, url, timestamp, nonce, body, one a line"),
    ),
    (
        V_BODY_TRUNC,
        "V-BODY-TRUNC",
        1,
        ("签的是错误应答里被截短的请求体", "the shortened body of an error reply was signed"),
        (
            "签完整的请求体；应答里只是为显示而截短",
            "sign the whole body; the reply shortens it for display only"
        ),
    ),
    (
        V_BODY_EMPTY,
        "V-BODY-EMPTY",
        1,
        (
            "请求体有一边是空的：签名时没有，或没有发出去",
            "the body is empty on one side: it was not signed, or not sent"
        ),
        ("对最终发送的字节签名", "sign the bytes that are sent in the end"),
    ),
    (
        V_TS_MS,
        "V-TS-MS",
        1,
        ("时间戳用了毫秒", "the timestamp is in milliseconds"),
        ("用秒，10 位", "use seconds, 10 digits"),
    ),
    (
        V_CLOCK,
        "V-CLOCK",
        1,
        ("本机时钟偏差超过 5 分钟", "the clock is off by more than 5 minutes"),
        ("用 NTP 校时", "set the clock by NTP"),
    ),
    (
        V_NL_END,
        "V-NL-END",
        0,
        ("最后一行少了换行", "the last newline is missing"),
        ("每一行都以换行结尾，最后一行也是", "end every line with a newline, the last one too"),
    ),
    (
        V_NL_EXTRA,
        "V-NL-EXTRA",
        0,
        ("多了一个换行", "there is one newline too many"),
        ("正好五个换行", "there are exactly five newlines"),
    ),
    (
        V_BODY_NL,
        "V-BODY-NL",
        0,
        ("请求体前后多了或少了空白、换行、BOM", "the body has a BOM, blanks or a newline on one side only"),
        (
            "签名和发送用同一份字节（curl 用 --data-binary）",
            "sign and send the same bytes (with curl, --data-binary)"
        ),
    ),
    (
        V_BODY_GETJUNK,
        "V-BODY-GETJUNK",
        0,
        ("没有请求体，却签了 {}、null 之类的文本", "without a body, a text like {} or null was signed"),
        ("GET 的请求体行留空", "leave the body line of a GET empty"),
    ),
    (
        V_BODY_OBJ,
        "V-BODY-OBJ",
        0,
        (
            "签的是对象的默认文本（[object Object]、Array 等）",
            "the text of an object was signed ([object Object], Array)"
        ),
        ("签 JSON 文本", "sign the JSON text"),
    ),
    (
        V_BODY_TWICE,
        "V-BODY-TWICE",
        0,
        ("请求体做了两次 JSON 编码", "the body was JSON-encoded twice"),
        ("只编码一次", "encode once"),
    ),
    (
        V_BODY_FORM,
        "V-BODY-FORM",
        0,
        ("请求体按表单 k=v&k=v 签名", "the body was signed as a form, k=v&k=v"),
        ("签 JSON 文本", "sign the JSON text"),
    ),
    (
        V_GET_BODY,
        "V-GET-BODY",
        0,
        ("GET 的参数被当成 JSON 请求体签名", "the parameters of a GET were signed as a JSON body"),
        ("参数只放在 URL 里，请求体留空", "leave the parameters in the url and the body empty"),
    ),
    (
        V_BODY_MULTIPART,
        "V-BODY-MULTIPART",
        0,
        (
            "上传时签了文件或整个 multipart，而不是 meta",
            "of an upload the file or the whole multipart was signed, not meta"
        ),
        ("只签 meta 部分的文本", "sign the text of the meta part alone"),
    ),
    (
        V_URL_FULL,
        "V-URL-FULL",
        0,
        ("签了带协议或域名的完整地址", "scheme or host were signed along"),
        ("从第一个 / 开始签", "sign from the first / on"),
    ),
    (
        V_URL_NOSLASH,
        "V-URL-NOSLASH",
        0,
        (
            "路径和发送的不同：少了 / 或 /v3，带了代理前缀、# 片段，或改了大小写",
            "the path is not the one that is sent: no / or no /v3, a prefix of a proxy, a fragment, another letter case"
        ),
        ("按发给微信的路径签", "sign the path as WeChat receives it"),
    ),
    (
        V_TS_DIFF,
        "V-TS-DIFF",
        0,
        ("签名的时间戳和请求头里的不是同一个", "the signed timestamp is not the one of the header"),
        ("时间只取一次", "read the clock once"),
    ),
    (
        V_NONCE_DIFF,
        "V-NONCE-DIFF",
        0,
        ("签名的随机串和请求头里的不是同一个", "the signed nonce is not the one of the header"),
        ("随机串只生成一次", "make the nonce once"),
    ),
    (
        V_PREHASH,
        "V-PREHASH",
        0,
        ("先对字符串做了 SHA-256，再对结果签名", "the string was hashed first, and the hash was signed"),
        ("把字符串本身交给 SHA256withRSA", "hand the string itself to SHA256withRSA"),
    ),
    (
        V_RAWRSA,
        "V-RAWRSA",
        0,
        (
            "直接用私钥加密了摘要或原文，没有 DigestInfo",
            "the private key encrypted a digest or the text itself, without DigestInfo"
        ),
        (
            "用 SHA256withRSA 签名函数，不要用私钥加密函数",
            "use a signing function (SHA256withRSA), not private-key encryption"
        ),
    ),
    (
        V_OUT,
        "V-OUT",
        0,
        (
            "签名的写法不对：十六进制、base64url、折行、百分号编码、两次 base64",
            "the signature is written wrongly: hex, base64url, wrapped lines, percent-encoded, base64 twice"
        ),
        ("标准 base64，一行 344 个字符", "standard base64 in one line of 344 characters"),
    ),
    (
        V_PS_APP,
        "V-PS-APP",
        4,
        (
            "App 支付第四行写成了 prepay_id=… 或 Sign=WXPay",
            "the fourth line of App pay is prepay_id=… or Sign=WXPay"
        ),
        ("第四行只写 prepayid 的值", "write the bare prepayid in the fourth line"),
    ),
    (
        V_PS_PREFIX,
        "V-PS-PREFIX",
        2,
        ("第四行少了 prepay_id=", "the fourth line lacks prepay_id="),
        ("第四行写 prepay_id=…", "write prepay_id=… in the fourth line"),
    ),
    (
        V_PS_NL,
        "V-PS-NL",
        2,
        ("最后一行少了换行", "the last newline is missing"),
        ("四行都以换行结尾", "end all four lines with a newline"),
    ),
    (
        V_PS_TSMS,
        "V-PS-TSMS",
        1,
        ("timeStamp 用了毫秒", "timeStamp is in milliseconds"),
        ("用秒，字符串", "use seconds, as a string"),
    ),
    (
        V_PS_APPID,
        "V-PS-APPID",
        1,
        ("签名用的是另一个 appid", "another appid was signed"),
        (
            "用调起支付的前端的 appid，与下单一致",
            "sign the appid of the front end that opens the payment, the one of the order"
        ),
    ),
    (
        V_PS_KV,
        "V-PS-KV",
        0,
        ("按 v2 的 k=v&… 拼接签名", "the string is k=v&…, the way of v2"),
        ("v3 是四行文本，signType 为 RSA", "sign the four lines of v3, signType RSA"),
    ),
    (
        V_PS_ST,
        "V-PS-ST",
        0,
        (
            "signType 被当成第五行签了，或发送的不是 RSA",
            "signType was signed as a fifth line, or is not sent as RSA"
        ),
        ("signType 不参与签名，发送 RSA", "do not sign signType; send it as RSA"),
    ),
    (
        V_PS_KEY,
        "V-PS-KEY",
        0,
        ("paySign 用了另一个商户的私钥", "paySign was made with another merchant's key"),
        ("用下单商户号的私钥", "use the key of the merchant that placed the order"),
    ),
    (
        V_PS_EXPIRED,
        "V-PS-EXPIRED",
        0,
        (
            "prepay_id 已过两小时，或属于别的订单",
            "the prepay_id is older than two hours, or of another order"
        ),
        ("用相同参数重新下单", "place the order again with the same parameters"),
    ),
    (
        V_RESP_CERT,
        "V-RESP-CERT",
        18,
        (
            "验签用的公钥不对：用了商户证书，或另一张平台证书",
            "the wrong key verifies: the merchant's certificate, or another platform certificate"
        ),
        ("按 Wechatpay-Serial 选公钥或平台证书", "choose the key by Wechatpay-Serial"),
    ),
    (
        V_RESP_SWITCH,
        "V-RESP-SWITCH",
        14,
        (
            "正在切换到微信支付公钥：这条消息是用另一种密钥签的",
            "the switch to the public key is under way: this message was signed with the other kind of key"
        ),
        (
            "切换完成前两种密钥都配置，请求头带 Wechatpay-Serial: PUB_KEY_ID_…",
            "keep both keys until it is complete, and send Wechatpay-Serial: PUB_KEY_ID_…"
        ),
    ),
    (
        V_RESP_BODY,
        "V-RESP-BODY",
        13,
        (
            "验签的正文不是收到的原始字节（重新序列化、去了空白、改了字符集）",
            "the verified body is not the one received: parsed and written again, trimmed, another charset"
        ),
        ("先取原始字节验签，再解析", "verify the raw bytes first, then parse"),
    ),
    (
        V_NOPLATCERT,
        "V-NOPLATCERT",
        11,
        (
            "商户没有平台证书，只能用微信支付公钥",
            "the merchant has no platform certificate, only the public key"
        ),
        ("改用公钥模式：PUB_KEY_ID 与 pub_key.pem", "use public-key mode: PUB_KEY_ID and pub_key.pem"),
    ),
    (
        V_AEAD,
        "V-AEAD",
        10,
        (
            "密文解不开：APIv3 密钥、nonce 或 associated_data 不对",
            "the resource does not open: APIv3 key, nonce or associated_data are not the right ones"
        ),
        (
            "用 32 字节的 APIv3 密钥，nonce 与 associated_data 原样",
            "use the 32 bytes of the APIv3 key, nonce and associated_data as they stand"
        ),
    ),
    (
        V_RESP_SIGNTEST,
        "V-RESP-SIGNTEST",
        8,
        (
            "这是微信支付的签名探测：签名故意是错的",
            "this is a probe of WeChat Pay: the signature is wrong on purpose"
        ),
        (
            "验签失败即可：回 4xx/5xx，不必告警；正确签名的通知随后会再来",
            "let it fail: answer 4xx or 5xx, raise no alarm; the notice comes again, rightly signed"
        ),
    ),
    (
        V_RESP_ORDER,
        "V-RESP-ORDER",
        2,
        (
            "验签串各行的顺序或内容放错了",
            "the lines of the string to verify are in another order, or hold another header"
        ),
        ("时间戳、随机串、正文，各以换行结尾", "timestamp, nonce, body, each with a newline"),
    ),
    (
        V_SENS_SERIAL,
        "V-SENS-SERIAL",
        4,
        (
            "敏感字段的加密密钥没有用 Wechatpay-Serial 说明，或说的是另一把",
            "Wechatpay-Serial does not name the key that a sensitive field was encrypted with"
        ),
        (
            "发送加密所用的微信支付公钥 ID 或平台证书序列号，不是商户证书的",
            "send the id of WeChat Pay's public key, or the serial of its certificate, that encrypted it; not the merchant's"
        ),
    ),
    (
        V_SENS_PLAIN,
        "V-SENS-PLAIN",
        1,
        ("敏感字段没有加密，或不是 OAEP 的密文", "a sensitive field is not encrypted, or not with OAEP"),
        (
            "用微信支付公钥做 RSA-OAEP（SHA-1、MGF1-SHA-1）再 base64：wxkit v3 encrypt",
            "encrypt it with WeChat Pay's key by RSA-OAEP (SHA-1, MGF1-SHA-1), then base64: wxkit v3 encrypt"
        ),
    ),
    (
        V_RESP_KEYID,
        "V-RESP-KEYID",
        2,
        ("PUB_KEY_ID_… 被改动或当成十六进制", "PUB_KEY_ID_… was cut, or read as a number"),
        ("按整段文本比较", "compare it as a whole text"),
    ),
    (
        V_RESP_HEADERS,
        "V-RESP-HEADERS",
        7,
        (
            "没有 Wechatpay-* 头：4xx、账单下载，或被代理去掉了",
            "the Wechatpay-* headers are missing: a 4xx, a bill, or a proxy took them away"
        ),
        ("只验 2xx；让代理放行这些头", "verify 2xx only; let the proxy pass the headers"),
    ),
    (
        V_RESP_204,
        "V-RESP-204",
        0,
        ("204 应答：少了空正文那一行", "a 204 reply: the line of the empty body is missing"),
        ("保留空行：时间戳、随机串、空行", "keep the empty line: timestamp, nonce, nothing"),
    ),
    (
        V_RESP_CLOCK,
        "V-RESP-CLOCK",
        0,
        (
            "时间戳离现在超过 5 分钟：时钟偏差，或是重放的录制",
            "the timestamp is more than 5 minutes away: a wrong clock, or a recording"
        ),
        ("校时；重放录制时不查时间", "set the clock; do not check the time of recordings"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_text_is_there_twice() {
        for (index, cause) in CAUSES.iter().enumerate() {
            assert!(CAUSES[..index].iter().all(|c| c.id != cause.id), "{}", cause.id);
            for word in [cause.why, cause.fix] {
                assert!(!word.zh.is_empty() && !word.en.is_empty(), "{}", cause.id);
                assert!(word.en.is_ascii() || word.en.contains(['×', '…']), "{}", cause.id);
            }
        }
    }
}
