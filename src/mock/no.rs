//! How the gateway itself says no, in words that are not WeChat's: a code, a sentence in
//! both languages, and why. Comes in: which no; goes out: JSON for scripts and pages.

use serde_json::{Value, json};

use super::faults::BadFault;
use crate::api::{Lang, Word};
use crate::wire::Reply;

/// A no with its status, code and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct No {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) word: Word,
    /// Why, where there is more than one reason.
    pub(super) why: Option<Word>,
    /// The fault that is not understood; it has words of its own.
    pub(super) bad: Option<BadFault>,
}

pub(super) const fn no(status: u16, code: &'static str, zh: &'static str, en: &'static str) -> No {
    No { status, code, word: Word::new(zh, en), why: None, bad: None }
}

/// What is said of a call of WeChat's that is not played here, in the shape of its
/// caller.
pub(super) const NOT_PLAYED: &str = "wxkit mock does not play this call (网关没有实现这个接口)";
/// The word for it in the list of calls.
pub const NOT_PLAYED_CODE: &str = "NOT_PLAYED";

pub(super) const CROSS_SITE: No =
    no(403, "mock.cross_site", "拒绝来自其他网站的请求", "requests from other sites are refused");

pub(super) const NO_TUNNEL: No = no(
    405,
    "mock.no_tunnel",
    "这里不能建隧道：启动网关时加 --proxy；CONNECT 要写 主机:端口，并且是连接上的第一个请求",
    "no tunnel begins here: start the gateway with --proxy, and let CONNECT name HOST:PORT, first on its connection",
);

pub(super) const STRANGE_NAME: No = no(
    403,
    "mock.strange_name",
    "网关不认识请求里的 Host：网页或程序可能被引到了这里；确实用这个域名访问时，启动网关时加 --public-url",
    "the gateway does not know the Host of this request, and a page or a program may have been led here; if it is meant, name it with --public-url when starting the gateway",
);

/// As a script reads it.
pub(super) fn refusal(no: &No) -> Reply {
    json_reply(no.status, &json!({ "error": told(no) }))
}

fn told(no: &No) -> Value {
    let Some(bad) = &no.bad else {
        let mut error = json!({ "code": no.code, "zh": no.word.zh, "en": no.word.en });
        if let Some(why) = no.why {
            error["why"] = json!({ "zh": why.zh, "en": why.en });
        }
        return error;
    };
    let (message, field) = (bad.message(), bad.field());
    let mut error = json!({ "code": no.code, "zh": message.text(Lang::Zh), "en": message.text(Lang::En), "field": field });
    if let Some(near) = bad.near() {
        error["near"] = near.into();
    }
    error
}

/// A JSON document.
pub(super) fn json_reply(status: u16, shown: &Value) -> Reply {
    Reply::ok("application/json; charset=UTF-8", shown.to_string()).with_status(status)
}

/// What a front server says of a path that nobody knows.
pub(super) fn nginx() -> Reply {
    let page = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n\
                <center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    Reply::ok("text/html", page).with_status(404)
}
