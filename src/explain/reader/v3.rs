//! Messages of v3 as people paste them: a curl command, an HTTP message, a HAR, a log or an
//! exception of an SDK with its `Authorization`, a reply or notice with its headers. Comes
//! in: text; goes out: the fields that were signed with their signature, or nothing.

use serde_json::Value;

use super::shell;
use crate::explain::family::Scheme;
use crate::wire::Fields;

/// What was found.
pub(super) struct Message {
    pub(super) scheme: Scheme,
    pub(super) fields: Fields,
    pub(super) signature: String,
}

/// A signed message of v3; none if the text is something else, or lacks its lines.
pub(super) fn message(text: &str, more: &Fields) -> Option<Message> {
    let plain = text.replace("\\\"", "\"").replace("\\/", "/");
    request(text, &plain, more).or_else(|| reply(text, &plain))
}

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/// What the header of a request is made of.
const PAIRS: [&str; 5] = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];

fn request(text: &str, plain: &str, more: &Fields) -> Option<Message> {
    let at = plain.find("WECHATPAY2-")?;
    let header = header(&plain[at..]);
    let mut fields = Fields::new();
    for name in PAIRS {
        if let Some(value) = pair(header, name) {
            fields.set(name, value);
        }
    }
    let signature = fields.remove("signature")?;
    let (method, url) = line(text, plain)
        .or_else(|| Some((more.filled("method")?.to_owned(), more.filled("url")?.to_owned())))?;
    fields.set("method", method);
    fields.set("url", crate::api::authorization::signed_url(&url));
    fields.set("body", body(text, plain));
    fields.set("authorization", header);
    if let Some(seen) = braces(plain, "\"sign_information\"") {
        fields.set("sign_information", seen);
    }
    fields.extend(more.iter());
    Some(Message { scheme: Scheme::V3, fields, signature })
}

/// The value of the header: to the quote that ends it, or the line.
fn header(text: &str) -> &str {
    let mut end = text.find('\n').unwrap_or(text.len());
    if let Some(last) =
        PAIRS.iter().filter_map(|name| Some(text[..end].rfind(&format!("{name}=\""))? + name.len() + 2)).max()
    {
        end = text[last..end].find('"').map_or(end, |quote| last + quote + 1);
    }
    text[..end].trim_end_matches(['\'', '\r', ']', '}'])
}

/// `name="value"`, or as careless as it may be written.
fn pair(header: &str, name: &str) -> Option<String> {
    let from = header.find(&format!("{name}="))? + name.len() + 1;
    let rest = header[from..].trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ',']).unwrap_or(rest.len());
    Some(rest[..end].trim().to_owned())
}

/// Method and address.
fn line(text: &str, plain: &str) -> Option<(String, String)> {
    if let Some(at) = text.find("curl ")
        && let Some(curl) = shell::curl(&text[at..]).filter(|curl| !curl.target.is_empty())
    {
        let flag = ["-X ", "--request "].iter().find_map(|flag| text.split_once(flag));
        let named = flag
            .and_then(|(_, rest)| rest.split_whitespace().next())
            .map(|word| word.trim_matches(['\'', '"']).to_owned());
        let usual = if curl.body.is_empty() { "GET" } else { "POST" };
        return Some((named.unwrap_or_else(|| usual.to_owned()), curl.target));
    }
    let names = |names: &[&str]| names.iter().find_map(|name| member(plain, name));
    let url = names(&["url", "uri", "requestUrl", "request_url"]).filter(|url| url.contains("/v3/"));
    let method = names(&["httpMethod", "method", "requestMethod"]);
    if let (Some(method), Some(url)) = (method, url.clone()) {
        return Some((method.to_ascii_uppercase(), url));
    }
    let spoken = plain.lines().find_map(|line| {
        let method = METHODS.into_iter().find(|method| {
            line.find(method).is_some_and(|at| line[at + method.len()..].starts_with([' ', '\t']))
        })?;
        let rest = line[line.find(method)? + method.len()..].trim_start();
        let target = rest.split_whitespace().next()?.trim_matches(['"', '\'', '`', ',']);
        target.contains("/v3/").then(|| (method.to_owned(), target.to_owned()))
    });
    spoken.or_else(|| Some((if body(text, plain).is_empty() { "GET" } else { "POST" }.to_owned(), url?)))
}

/// `"name": "value"` in the notation of any language.
fn member(text: &str, name: &str) -> Option<String> {
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    quoted.iter().find_map(|quoted| {
        let rest = text.split_once(quoted.as_str())?.1.trim_start();
        let rest = rest.strip_prefix("=>").or_else(|| rest.strip_prefix([':', '=']))?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(rest[1..].split(quote).next()?.to_owned())
    })
}

/// The body: of a curl command, of a HAR, behind the blank line of an HTTP message, or
/// as an exception prints it.
fn body(text: &str, plain: &str) -> String {
    if let Some(at) = text.find("curl ")
        && let Some(curl) = shell::curl(&text[at..])
    {
        return curl.body;
    }
    if let Some(posted) = har(text) {
        return posted;
    }
    let unix = text.replace("\r\n", "\n");
    let is_http =
        unix.lines().any(|line| line.trim_start().to_ascii_lowercase().starts_with("authorization:"));
    if is_http {
        let head = unix.find("WECHATPAY2-").unwrap_or_default();
        return behind_blank_line(&unix[head..]).unwrap_or_default();
    }
    let printed = ["\"body\"", "'body'", "\"requestBody\"", "body"].into_iter();
    let object = printed.clone().find_map(|name| braces(plain, name));
    object.or_else(|| member(text, "body")).unwrap_or_default()
}

/// To the next message, if one follows.
fn behind_blank_line(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("\n\n")?;
    let end = ["\nHTTP/", "\n< HTTP/", "\n\nHTTP/"].iter().filter_map(|mark| rest.find(mark)).min();
    let body = &rest[..end.unwrap_or(rest.len())];
    if body.starts_with("HTTP/") { None } else { Some(body.trim_end_matches('\n').to_owned()) }
}

fn har(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text.trim()).ok()?;
    let entry = value["log"]["entries"].get(0).or(value["entries"].get(0)).unwrap_or(&value);
    let asked = if entry["request"].is_object() { &entry["request"] } else { entry };
    asked["url"].is_string().then(|| asked["postData"]["text"].as_str().unwrap_or_default().to_owned())
}

/// The object behind a name, to its last brace.
fn braces(text: &str, name: &str) -> Option<String> {
    let rest = text.split_once(name)?.1.trim_start_matches([' ', ':', '=', '>', '"', '\'', '[']);
    let mut stream =
        serde_json::Deserializer::from_str(rest.strip_prefix('{').map(|_| rest)?).into_iter::<Value>();
    let _ = stream.next()?.ok()?;
    Some(rest[..stream.byte_offset()].to_owned())
}

fn reply(text: &str, plain: &str) -> Option<Message> {
    let header = |name: &str| header_value(plain, name);
    let signature = header("wechatpay-signature")?;
    let (time, nonce) = (header("wechatpay-timestamp")?, header("wechatpay-nonce")?);
    let mut fields: Fields = [("timestamp", &*time), ("nonce", &nonce)].into_iter().collect();
    fields.set("body", reply_body(text, plain));
    if let Some(serial) = header("wechatpay-serial") {
        fields.set("serial", serial);
    }
    Some(Message { scheme: Scheme::V3Verify, fields, signature })
}

/// A header in whatever notation: `Name: value`, `"Name": "value"`, `Name=[value]`,
/// `HTTP_WECHATPAY_NAME => value`.
fn header_value(text: &str, name: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase().replace('_', "-");
    // The type of the signature has a name that begins alike.
    let at =
        lower.match_indices(name).map(|(at, _)| at + name.len()).find(|at| !lower[*at..].starts_with('-'))?;
    let rest = text.get(at..)?.trim_start_matches(['"', '\'']).trim_start();
    let rest = rest.strip_prefix("=>").or_else(|| rest.strip_prefix([':', '=']))?;
    let rest = rest.trim_start_matches([' ', '\t', '[', '"', '\'']);
    let end = rest.find(['"', '\'', '\n', '\r', ']', ',', '}']).unwrap_or(rest.len());
    Some(rest[..end].trim().to_owned()).filter(|value| !value.is_empty())
}

fn reply_body(text: &str, plain: &str) -> String {
    let unix = text.replace("\r\n", "\n");
    let last = unix.to_ascii_lowercase().rfind("wechatpay-").unwrap_or_default();
    let behind = unix.get(last..).and_then(|rest| rest.split_once("\n\n")).map(|(_, body)| body.to_owned());
    let printed = || ["\"body\"", "'body'", "body"].into_iter().find_map(|name| braces(plain, name));
    let lone = || unix.find("\n{").map(|at| unix[at + 1..].trim_end_matches('\n').to_owned());
    behind
        .map(|body| body.trim_end_matches('\n').to_owned())
        .or_else(printed)
        .or_else(lone)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"WECHATPAY2-SHA256-RSA2048 mchid="1900000109",nonce_str="N",signature="c2ln",timestamp="1764127986",serial_no="0A""#;

    fn read(text: &str) -> (String, String, String, String) {
        let Message { fields, signature, .. } =
            message(text, &Fields::new()).unwrap_or_else(|| panic!("{text}"));
        let part = |name: &str| fields.get(name).unwrap_or_default().to_owned();
        (part("method"), part("url"), part("body"), signature)
    }

    #[test]
    fn requests_are_read_from_what_people_paste() {
        let java = HEADER.replace('"', "\\\"");
        let texts = [
            format!(
                "curl -X POST 'https://api.mch.weixin.qq.com/v3/a?b=1' -H 'Authorization: {HEADER}' -d '{{\"a\":1}}'"
            ),
            format!(
                "POST /v3/a?b=1 HTTP/1.1\r\nHost: api.mch.weixin.qq.com\r\nAuthorization: {HEADER}\r\n\r\n{{\"a\":1}}"
            ),
            format!(
                "Wrong HttpStatusCode[401]\nhttpResponseBody[{{}}]\tHttpRequest[{{\"httpMethod\":\"POST\",\"url\":\"https://api.mch.weixin.qq.com/v3/a?b=1\",\"headers\":{{\"headers\":{{\"Authorization\":\"{java}\"}}}},\"body\":{{\"a\":1}}}}]"
            ),
            format!(
                "{{\"request\":{{\"method\":\"POST\",\"url\":\"https://api.mch.weixin.qq.com/v3/a?b=1\",\"headers\":[{{\"name\":\"Authorization\",\"value\":\"{java}\"}}],\"postData\":{{\"text\":\"{{\\\"a\\\":1}}\"}}}}}}"
            ),
            format!(
                "DEBUG POST https://api.mch.weixin.qq.com/v3/a?b=1\nAuthorization: {HEADER}\n\n{{\"a\":1}}\n"
            ),
        ];
        for text in texts {
            let want = ("POST".to_owned(), "/v3/a?b=1".to_owned(), "{\"a\":1}".to_owned(), "c2ln".to_owned());
            assert_eq!(read(&text), want, "{text}");
        }
    }

    #[test]
    fn replies_and_notices_are_read_with_their_headers() {
        for text in [
            "HTTP/1.1 200 OK\r\nWechatpay-Nonce: n\r\nWechatpay-Signature: c2ln\r\nWechatpay-Signature-Type: X\r\nWechatpay-Timestamp: 1\r\nWechatpay-Serial: PUB_KEY_ID_1\r\n\r\n{\"a\": 1}",
            "Header:\n - Wechatpay-Nonce=[n]\n - Wechatpay-Signature-Type=[X]\n - Wechatpay-Signature=[c2ln]\n - Wechatpay-Timestamp=[1]\n - Wechatpay-Serial=[PUB_KEY_ID_1]\n\n{\"a\": 1}",
            "'wechatpay-nonce': 'n', 'wechatpay-signature': 'c2ln', 'wechatpay-timestamp': '1', 'wechatpay-serial': 'PUB_KEY_ID_1'\n{\"a\": 1}",
        ] {
            let found = message(text, &Fields::new()).unwrap_or_else(|| panic!("{text}"));
            assert!(found.scheme == Scheme::V3Verify && found.signature == "c2ln", "{text}");
            let part = |name: &str| found.fields.get(name).unwrap_or_default().to_owned();
            assert_eq!(
                [part("timestamp"), part("nonce"), part("body"), part("serial")],
                ["1", "n", "{\"a\": 1}", "PUB_KEY_ID_1"],
                "{text}"
            );
        }
    }
}
