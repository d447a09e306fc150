//! What befalls a page URL between the browser and the hash. Comes in: the
//! right URL and its fragment; goes out: changes of a URL with their causes.
//! Each change starts from the URL as it is by then, so that they can follow
//! one another.

use std::fmt::Write as _;

use super::super::cause::{self, Cause};
use super::super::draft::charset::{Charset, Digits, Legacy};
use super::super::draft::form::{self, Form, Plus};
use super::list::List;

/// A change of a URL.
type Op = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Changes with their causes and how rare they are.
struct Ops(Vec<(&'static Cause, u32, Op)>);

/// Puts every change of the URL in the table.
pub(super) fn edits(list: &mut List<'_, '_>, entry: usize, fragment: &str) {
    let mut ops = Ops(Vec::new());
    ops.fragment(fragment);
    ops.origin();
    ops.path();
    ops.query();
    ops.encoded();
    ops.decoded();
    ops.text();
    ops.lost();
    for (cause, more, op) in ops.0 {
        list.value(cause, entry, op).rare(more);
    }
}

/// A URL in its parts; they glue together to the whole.
pub(super) struct Parts<'u> {
    /// `https://`
    pub(super) scheme: &'u str,
    /// `example.com:8080`
    pub(super) host: &'u str,
    /// `/a/b`
    pub(super) path: &'u str,
    /// `?a=1`, with everything behind it
    pub(super) query: &'u str,
}

/// Splits a URL; none if it is not absolute.
pub(super) fn parts(url: &str) -> Option<Parts<'_>> {
    let colon = url.find("://")?;
    let (scheme, rest) = url.split_at(colon + 3);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let (path, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    Some(Parts { scheme, host, path, query })
}

const HOSTS: &[&str] = &["localhost", "127.0.0.1", "0.0.0.0"];
const PORTS: &[&str] = &[
    "", ":8080", ":3000", ":80", ":8000", ":5000", ":8888", ":9000", ":8081", ":8088", ":443", ":4000",
    ":8443", ":81", ":88", ":7001", ":8082", ":8090", ":9501", ":5173", ":4200", ":9090", ":1337", ":8001",
    ":8008", ":8085", ":9999",
];
const INDEXES: &[&str] = &[
    "index.html",
    "index.php",
    "index.htm",
    "index.jsp",
    "default.aspx",
    "index",
    "index.aspx",
    "index.do",
    "default.html",
    "home",
];
const SHARE: &[&str] = &[
    "from",
    "isappinstalled",
    "scene",
    "clicktime",
    "enterid",
    "nsukey",
    "wechatid",
    "weixin",
    "weixin.userid",
    "subscene",
    "sharer_shareid",
    "srcid",
    "share_token",
    "ascene",
    "devicetype",
    "version",
    "nettype",
    "lang",
    "pass_ticket",
    "wx_header",
];
const SHARED: &[&str] = &[
    "from=singlemessage&isappinstalled=0",
    "from=groupmessage&isappinstalled=0",
    "from=timeline&isappinstalled=0",
    "from=singlemessage",
    "from=groupmessage",
    "from=timeline",
    "isappinstalled=0",
    "isappinstalled=1",
    "from=singlemessage&isappinstalled=1",
    "from=groupmessage&isappinstalled=1",
    "from=timeline&isappinstalled=1",
    "from=singlemessage&scene=1",
    "from=timeline&scene=2",
    "scene=1",
    "scene=2",
];
const OAUTH: &[&[&str]] =
    &[&["code", "state"], &["code", "state", "appid"], &["code"], &["state"], &["code", "appid"], &["appid"]];
const FRAGMENTS: &[&str] = &[
    "#",
    "#/",
    "#!/",
    "#!",
    "#wechat_redirect",
    "#rd",
    "#/home",
    "#/index",
    "#top",
    "#wechat_webview_type=1",
    "#weixin_redirect",
    "#/login",
];

impl Ops {
    fn put(
        &mut self,
        cause: &'static Cause,
        more: u32,
        op: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) {
        self.0.push((cause, more, Box::new(op)));
    }

    /// A change of an absolute URL by its parts.
    fn parted(
        &mut self,
        cause: &'static Cause,
        more: u32,
        op: impl Fn(Parts<'_>) -> Option<String> + Send + Sync + 'static,
    ) {
        self.put(cause, more, move |url| op(parts(url)?));
    }

    fn fragment(&mut self, fragment: &str) {
        for (index, tail) in FRAGMENTS.iter().enumerate() {
            self.put(cause::J_URL_HASH, u32::from(index > 1), move |url| Some(format!("{url}{tail}")));
        }
        if fragment.is_empty() {
            return;
        }
        let whole = fragment.to_owned();
        self.put(cause::J_URL_HASH, 0, move |url| Some(format!("{url}{whole}")));
        let bare = fragment.split('?').next().unwrap_or_default().to_owned();
        self.put(cause::J_URL_HASH, 1, move |url| Some(format!("{url}{bare}")));
        let query = fragment.find('?').map(|at| fragment[at..].to_owned()).unwrap_or_default();
        self.put(cause::J_URL_HASH, 1, move |url| Some(format!("{url}{query}")));
        let glued = fragment.trim_start_matches('#').to_owned();
        self.put(cause::J_URL_HASH, 2, move |url| Some(format!("{url}{glued}")));
        let path = fragment.trim_start_matches(['#', '!', '/']).to_owned();
        self.put(cause::J_URL_HASH, 2, move |url| Some(format!("{url}{path}")));
        let behind = fragment.to_owned();
        self.put(cause::J_URL_HASH, 2, move |url| {
            let (page, query) = url.split_once('?')?;
            Some(format!("{page}{behind}?{query}"))
        });
    }

    fn origin(&mut self) {
        self.put(cause::J_URL_SCHEME, 0, |url| {
            let to_plain = url.strip_prefix("https://").map(|rest| format!("http://{rest}"));
            to_plain.or_else(|| url.strip_prefix("http://").map(|rest| format!("https://{rest}")))
        });
        self.parted(cause::J_URL_NOSCHEME, 0, |p| Some([p.host, p.path, p.query].concat()));
        self.parted(cause::J_URL_NOSCHEME, 0, |p| Some(["//", p.host, p.path, p.query].concat()));
        self.parted(cause::J_URL_NOSCHEME, 1, |p| Some([p.path, p.query].concat()));
        self.parted(cause::J_URL_NOSCHEME, 2, |p| Some(["://", p.host, p.path, p.query].concat()));
        self.parted(cause::J_URL_NOSCHEME, 2, |p| {
            Some([p.scheme.trim_end_matches('/'), "/", p.host, p.path, p.query].concat())
        });
        // The url was handed in without it, and signed as the browser has it.
        for (scheme, more) in [("https:", 0), ("http:", 0)] {
            self.put(cause::J_URL_NOSCHEME, more, move |url| {
                url.starts_with("//").then(|| [scheme, url].concat())
            });
            self.put(cause::J_URL_NOSCHEME, more, move |url| {
                let is_bare = !url.contains("://") && !url.starts_with('/');
                is_bare.then(|| [scheme, "//", url].concat())
            });
        }
        for host in HOSTS {
            for (index, port) in PORTS.iter().enumerate() {
                self.parted(
                    cause::J_URL_HOST,
                    3 * u32::from(index > 7) + 2 * u32::from(*host == "0.0.0.0"),
                    move |p| Some([p.scheme, host, port, p.path, p.query].concat()),
                );
            }
        }
        self.parted(cause::J_URL_HOST, 0, |p| match p.host.strip_prefix("www.") {
            Some(bare) => Some([p.scheme, bare, p.path, p.query].concat()),
            None => Some([p.scheme, "www.", p.host, p.path, p.query].concat()),
        });
        self.parted(cause::J_URL_HOST, 2, |p| {
            let rest = p.host.strip_prefix("m.").or_else(|| p.host.strip_prefix("wap."))?;
            Some([p.scheme, "www.", rest, p.path, p.query].concat())
        });
        self.parted(cause::J_URL_HOST, 2, |p| {
            Some([p.scheme, p.host.split_once('.')?.1, p.path, p.query].concat())
        });
        self.parted(cause::J_URL_HOST, 2, |p| {
            Some([p.scheme, "m.", p.host.strip_prefix("www.")?, p.path, p.query].concat())
        });
        self.parted(cause::J_URL_PORT, 0, |p| {
            Some([p.scheme, p.host.split_once(':')?.0, p.path, p.query].concat())
        });
        for (index, port) in PORTS[1..].iter().enumerate() {
            let more = u32::from(!matches!(*port, ":80" | ":443")) + u32::from(index > 7);
            self.parted(cause::J_URL_PORT, more, move |p| {
                Some([p.scheme, p.host.split(':').next()?, port, p.path, p.query].concat())
            });
        }
    }

    fn path(&mut self) {
        self.parted(cause::J_URL_SLASH, 0, |p| match p.path.strip_suffix('/') {
            Some(bare) => Some([p.scheme, p.host, bare, p.query].concat()),
            None => Some([p.scheme, p.host, p.path, "/", p.query].concat()),
        });
        self.put(cause::J_URL_SLASH, 1, |url| match url.strip_suffix('/') {
            Some(bare) => Some(bare.to_owned()),
            None => Some(format!("{url}/")),
        });
        self.parted(cause::J_URL_SLASH, 2, |p| Some([p.scheme, p.host, "/", p.path, p.query].concat()));
        for index in INDEXES {
            self.parted(cause::J_URL_INDEX, 0, move |p| match p.path.strip_suffix(index) {
                Some(bare) if bare.ends_with('/') => Some([p.scheme, p.host, bare, p.query].concat()),
                Some(_) => None,
                None if p.path.ends_with('/') => Some([p.scheme, p.host, p.path, index, p.query].concat()),
                None => Some([p.scheme, p.host, p.path, "/", index, p.query].concat()),
            });
        }
        self.parted(cause::J_URL_INDEX, 1, |p| {
            let (folder, file) = p.path.rsplit_once('/')?;
            INDEXES.contains(&file).then(|| [p.scheme, p.host, folder, p.query].concat())
        });
        self.parted(cause::J_URL_HOME, 0, |p| Some([p.scheme, p.host].concat()));
        self.parted(cause::J_URL_HOME, 0, |p| Some([p.scheme, p.host, "/"].concat()));
        for tail in ["", "/"] {
            self.parted(cause::J_URL_HOME, 1, move |p| {
                let first = p.path.split('/').nth(1).filter(|first| !first.is_empty())?;
                Some([p.scheme, p.host, "/", first, tail].concat())
            });
            self.parted(cause::J_URL_HOME, 1, move |p| {
                Some([p.scheme, p.host, p.path.trim_end_matches('/').rsplit_once('/')?.0, tail].concat())
            });
        }
        for index in INDEXES {
            self.parted(cause::J_URL_HOME, 2, move |p| Some([p.scheme, p.host, "/", index].concat()));
        }
    }

    fn query(&mut self) {
        self.put(cause::J_URL_NOQUERY, 0, |url| Some(url.split_once('?')?.0.to_owned()));
        self.put(cause::J_URL_NOQUERY, 1, |url| Some(format!("{}?", url.split_once('?')?.0)));
        for (cut, more) in [('&', 0), (';', 0), ('+', 0), ('%', 1), (' ', 1), ('=', 2), (',', 2)] {
            self.put(cause::J_URL_TRUNC, more, move |url| Some(url.split_once(cut)?.0.to_owned()));
        }
        self.put(cause::J_URL_TRUNC, 1, |url| Some(url.rsplit_once('&')?.0.to_owned()));
        let share = |from: usize, to: usize| move |name: &str| SHARE[from..to].contains(&name);
        let spans: Vec<(usize, usize)> = [(0, 2), (0, SHARE.len()), (2, 5), (0, 5), (0, 6), (2, SHARE.len())]
            .into_iter()
            .chain((0..SHARE.len()).map(|i| (i, i + 1)))
            .collect();
        for (from, to) in spans {
            for left in [Left::Nothing, Left::Sign] {
                let more = u32::from(left == Left::Sign) + u32::from(to == from + 1);
                self.put(cause::J_URL_SHARE, more, move |url| without(url, share(from, to), left));
            }
        }
        for names in OAUTH {
            for left in [Left::Nothing, Left::Sign] {
                let more = u32::from(left == Left::Sign) + u32::from(names.len() == 1);
                self.put(cause::J_URL_OAUTH, more, move |url| {
                    without(url, |name| names.contains(&name), left)
                });
            }
        }
        for (index, pairs) in SHARED.iter().enumerate() {
            self.put(cause::J_URL_SHARE, u32::from(index > 5) + 1, move |url| {
                let join = if url.contains('?') { "&" } else { "?" };
                Some(format!("{url}{join}{pairs}"))
            });
            self.put(cause::J_URL_SHARE, u32::from(index > 5) + 2, move |url| {
                let (page, query) = url.split_once('?')?;
                Some(format!("{page}?{pairs}&{query}"))
            });
        }
        self.put(cause::J_URL_PLUS, 2, |url| {
            let (page, query) = url.split_once('?')?;
            let mut pairs: Vec<&str> = query.split('&').collect();
            pairs.sort_unstable();
            Some(format!("{page}?{}", pairs.join("&")))
        });
    }

    fn encoded(&mut self) {
        for (index, style) in form::PERCENTS.iter().enumerate() {
            let more = u32::from(index > 6);
            self.put(cause::J_URL_ENC, more, move |url| Some(style.encode(url.as_bytes())));
            self.put(cause::J_URL_ENC2, more, move |url| {
                Some(style.encode(style.encode(url.as_bytes()).as_bytes()))
            });
            self.parted(cause::J_URL_ENC, more + 1, move |p| {
                Some([p.scheme, p.host, p.path, &values(p.query, |v| style.encode(v.as_bytes()))].concat())
            });
            self.parted(cause::J_URL_ENC2, more + 1, move |p| {
                let twice = |v: &str| {
                    style.encode(
                        form::decode(v, Plus::Blank)
                            .map_or(v.into(), |v| style.encode(v.as_bytes()))
                            .as_bytes(),
                    )
                };
                Some([p.scheme, p.host, p.path, &values(p.query, twice)].concat())
            });
            self.parted(cause::J_URL_ENC, more + 1, move |p| {
                let segments: Vec<String> = p.path.split('/').map(|s| style.encode(s.as_bytes())).collect();
                Some([p.scheme, p.host, &segments.join("/"), p.query].concat())
            });
            self.parted(cause::J_URL_PLUS, more + 1, move |p| {
                let again = |v: &str| {
                    style.encode(form::decode(v, Plus::Blank).unwrap_or_else(|| v.to_owned()).as_bytes())
                };
                Some([p.scheme, p.host, p.path, &values(p.query, again)].concat())
            });
        }
        for (index, style) in form::URL_PERCENTS.iter().enumerate() {
            self.put(cause::J_URL_ENC, u32::from(index > 1), move |url| Some(style.encode(url.as_bytes())));
        }
        self.put(cause::J_URL_ENC, 2, |url| Some(js_escape(url)));
        self.put(cause::J_URL_ENC2, 0, |url| Some(url.replace('%', "%25")));
        for digits in [Digits::Upper, Digits::Lower] {
            self.put(cause::J_URL_PCT, 0, move |url| (!url.is_ascii()).then(|| form::non_ascii(url, digits)));
            self.put(cause::J_URL_PCT, 2, move |url| {
                let style = form::Percent { keep: URL_MARKS, blank: "%20", digits };
                (!url.is_ascii()).then(|| style.encode(&Charset::Legacy(Legacy::Gbk).encode(url)))
            });
            self.put(cause::J_URL_PCT, 5, move |url| Some(escapes_in(url, digits)));
        }
    }

    fn decoded(&mut self) {
        for (plus, more) in [(Plus::Stays, 0), (Plus::Blank, 0)] {
            self.put(cause::J_URL_DEC, more, move |url| form::decode(url, plus));
            self.put(cause::J_URL_DEC, more + 1, move |url| form::decode(&form::decode(url, plus)?, plus));
            self.parted(cause::J_URL_DEC, more, move |p| {
                Some([p.scheme, p.host, &form::decode(p.path, plus)?, p.query].concat())
            });
            self.parted(cause::J_URL_DEC, more, move |p| {
                Some([p.scheme, p.host, p.path, &form::decode(p.query, plus)?].concat())
            });
        }
        for (from, to, more) in [
            ("+", " ", 0),
            ("%20", " ", 1),
            ("%20", "+", 0),
            ("+", "%20", 0),
            (" ", "+", 0),
            (" ", "%20", 0),
            ("+", "%2B", 0),
            ("%2B", "+", 0),
            ("%2B", " ", 0),
            ("%2b", "+", 1),
            ("+", "", 2),
            (" ", "", 1),
        ] {
            self.put(cause::J_URL_PLUS, more, move |url| Some(url.replace(from, to)));
            self.parted(cause::J_URL_PLUS, more + 1, move |p| {
                Some([p.scheme, p.host, p.path, &p.query.replace(from, to)].concat())
            });
        }
    }

    fn text(&mut self) {
        for (index, style) in form::XMLS.iter().enumerate() {
            self.put(cause::J_URL_AMP, u32::from(index > 5), move |url| Some(style.escape(url)));
        }
        self.put(cause::J_URL_AMP, 1, |url| Some(form::xml_undone(url)));
        self.put(cause::J_URL_AMP, 1, |url| Some(url.replace('&', "&amp;amp;")));
        for entity in ["&#38;", "&#038;", "\\u0026", "%26", "\\x26"] {
            self.put(cause::J_URL_AMP, 2, move |url| Some(url.replace('&', entity)));
        }
        self.put(cause::J_URL_JSONESC, 0, |url| Some(url.replace('/', "\\/")));
        self.put(cause::J_URL_JSONESC, 1, |url| Form::JsonText.apply("", url, Charset::Utf8));
        self.put(cause::J_URL_JSONESC, 1, |url| {
            Some(
                String::from_utf8_lossy(&Charset::Escaped(Digits::Lower).encode(&url.replace('/', "\\/")))
                    .into_owned(),
            )
        });
        self.put(cause::J_URL_JSONESC, 1, |url| {
            Some(String::from_utf8_lossy(&Charset::Escaped(Digits::Lower).encode(url)).into_owned())
        });
        self.put(cause::J_URL_JSONESC, 1, |url| Some(format!("\"{url}\"")));
        self.put(cause::J_URL_JSONESC, 2, |url| Some(format!("'{url}'")));
        for blank in BLANKS {
            self.put(cause::J_URL_WS, 0, move |url| Some(format!("{url}{blank}")));
            self.put(cause::J_URL_WS, 1, move |url| Some(format!("{blank}{url}")));
        }
        self.put(cause::J_URL_WS, 0, |url| {
            Some(
                url.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}')
                    .to_owned(),
            )
        });
        self.put(cause::J_URL_CASE, 0, |url| Some(url.to_lowercase()));
        self.parted(cause::J_URL_CASE, 0, |p| {
            Some([p.scheme, &p.host.to_lowercase(), p.path, p.query].concat())
        });
        self.parted(cause::J_URL_CASE, 1, |p| {
            Some([p.scheme, p.host, &p.path.to_lowercase(), p.query].concat())
        });
        self.parted(cause::J_URL_CASE, 1, |p| {
            Some([p.scheme, p.host, p.path, &p.query.to_lowercase()].concat())
        });
        self.parted(cause::J_URL_CASE, 1, |p| {
            Some([&p.scheme.to_lowercase(), &p.host.to_lowercase(), &p.path.to_lowercase(), p.query].concat())
        });
        self.put(cause::J_URL_CASE, 2, |url| Some(url.to_uppercase()));
    }

    fn lost(&mut self) {
        for text in ["", "http://", "https://", "http:///", "https:///", "/", "://"] {
            self.put(cause::J_URL_EMPTY, 0, move |_| Some(text.to_owned()));
        }
        self.parted(cause::J_URL_EMPTY, 1, |p| Some([p.scheme, p.path, p.query].concat()));
        for null in List::nulls().into_iter().chain([
            "[object Location]",
            "{}",
            "[]",
            "about:blank",
            "undefined#",
            "0",
        ]) {
            self.put(cause::J_URL_NULL, 0, move |_| Some(null.to_owned()));
        }
    }
}

/// Blanks that stick to copied text.
pub(super) const BLANKS: &[&str] =
    &[" ", "\n", "\r\n", "\t", "\u{200b}", "\u{feff}", "\u{a0}", "\r", "\u{3000}", "  ", "\0"];

const URL_MARKS: &str = "-_.!~*'();/?:@&=+$,#[]%";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Nothing,
    /// The dangling `?` or `&`.
    Sign,
}

/// The URL without some parameters; none if it has none of them.
fn without(url: &str, gone: impl Fn(&str) -> bool, left: Left) -> Option<String> {
    let (page, query) = url.split_once('?')?;
    let all: Vec<&str> = query.split('&').collect();
    let kept: Vec<&str> =
        all.iter().copied().filter(|pair| !gone(pair.split('=').next().unwrap_or(pair))).collect();
    if kept.len() == all.len() {
        return None;
    }
    let sign = match (kept.is_empty(), left) {
        (true, Left::Nothing) => return Some(page.to_owned()),
        (true, Left::Sign) => "?",
        (false, Left::Nothing) => return Some(format!("{page}?{}", kept.join("&"))),
        (false, Left::Sign) => "&",
    };
    Some(if kept.is_empty() { format!("{page}{sign}") } else { format!("{page}?{}{sign}", kept.join("&")) })
}

/// Every value of a query, changed.
fn values(query: &str, change: impl Fn(&str) -> String) -> String {
    let Some(pairs) = query.strip_prefix('?') else { return query.to_owned() };
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) => format!("{name}={}", change(value)),
        None => pair.to_owned(),
    };
    format!("?{}", pairs.split('&').map(pair).collect::<Vec<_>>().join("&"))
}

/// The digits of every escape in another case.
fn escapes_in(url: &str, digits: Digits) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some(at) = rest.find('%') {
        let end = (at + 3).min(rest.len());
        let Some(escape) = rest.get(at..end) else { break };
        out.push_str(&rest[..at]);
        out.push_str(&if digits == Digits::Upper { escape.to_uppercase() } else { escape.to_lowercase() });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The `escape()` of old JavaScript.
fn js_escape(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b) if b.is_ascii_alphanumeric() || b"@*_+-./".contains(&b) => out.push(char::from(b)),
            Ok(b) => _ = write!(out, "%{b:02X}"),
            Err(_) => _ = write!(out, "%u{unit:04X}"),
        }
    }
    out
}
