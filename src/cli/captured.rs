//! A notice as it was kept or pasted: an HTTP message, JSON with or without its headers,
//! XML. Comes in: bytes; goes out: the request that they were, and the same as bytes to
//! keep. It believes nothing.

use wxkit::client::notices::Version;
use wxkit::wire::tree::{self, Nulls};
use wxkit::wire::{Fields, Request, message};

use super::error::Error;

/// Whether these bytes are a notice of v3, or its resource.
pub fn is_v3(bytes: &[u8]) -> bool {
    !bytes.trim_ascii_start().starts_with(b"<") && V3_MARKS.iter().any(|mark| has(bytes, mark))
}

/// Whether what proves it stands beside it.
pub fn is_signed(bytes: &[u8]) -> bool {
    has(bytes, SIGNATURE) || has(bytes, "wechatpay_signature")
}

fn has(bytes: &[u8], mark: &str) -> bool {
    bytes.windows(mark.len()).any(|part| part.eq_ignore_ascii_case(mark.as_bytes()))
}

const SIGNATURE: &str = "wechatpay-signature";
const V3_MARKS: &[&str] = &[SIGNATURE, "\"event_type\"", "\"ciphertext\""];

/// The notice in these bytes, with its headers where they were kept.
pub fn request(bytes: &[u8]) -> Request {
    message::read(bytes).unwrap_or_else(|| {
        let bare = Request { body: bytes.to_vec(), ..Request::new("POST", "/") };
        let kind = match Version::of(&bare) {
            Version::V2 => "text/xml; charset=utf-8",
            Version::V3 => "application/json",
        };
        Request::new("POST", "/").with_body(kind, bytes)
    })
}

/// What is to be kept of a notice, and how such a file is called: of v2 its XML, of v3
/// also the headers, without which nothing proves it.
pub fn kept(request: &Request) -> (Vec<u8>, &'static str) {
    match Version::of(request) {
        Version::V2 => (request.body.clone(), "xml"),
        Version::V3 => (message::write(request), "http"),
    }
}

/// What stands in a pasted notice of v3, its resource still sealed; a resource alone is
/// put where it belongs.
pub fn sealed(bytes: &[u8]) -> Result<Fields, Error> {
    let body = message::read(bytes).map_or_else(|| bytes.to_vec(), |request| request.body);
    let from = body.iter().position(|byte| *byte == b'{').unwrap_or_default();
    let fields = tree::read(&body[from..], Nulls::Empty)?;
    if fields.get("ciphertext").is_none() {
        return Ok(fields);
    }
    Ok(fields.iter().map(|(name, value)| (format!("resource.{name}"), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_by_content() {
        for text in [
            "{\"event_type\":\"X\"}",
            "POST / HTTP/1.1\nWechatpay-Signature: s\n\n{}",
            "{\"ciphertext\":\"\"}",
        ] {
            assert!(is_v3(text.as_bytes()), "{text}");
        }
        for text in ["<xml><attach>\"event_type\"</attach></xml>", "{\"sign\":\"s\"}", ""] {
            assert!(!is_v3(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut notice = request(b"{\"event_type\":\"X\"}");
        notice.headers.push(("wechatpay-nonce".into(), "n".into()));
        let (bytes, kind) = kept(&notice);
        assert!(request(&bytes) == notice && kind == "http");
        let xml = request(b"<xml><a>1</a></xml>");
        assert_eq!(kept(&xml), (xml.body.clone(), "xml"));
    }

    #[test]
    fn a_resource_alone_is_put_in_its_place() {
        let alone = sealed(b"{\"nonce\":\"n\",\"ciphertext\":\"c\"}").unwrap();
        assert_eq!((alone.get("resource.nonce"), alone.get("resource.ciphertext")), (Some("n"), Some("c")));
    }
}
