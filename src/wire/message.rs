//! A request as the text of an HTTP message, as people keep and paste one: request line,
//! headers, a blank line, the body byte for byte. Comes in: a request or bytes; goes out:
//! the other. Lines end as Unix ends them; nothing is sent.

use std::fmt::Write as _;

use super::http::Request;

/// Headers that belong to one connection, and not to what was said on it.
const OF_CONNECTION: &[&str] =
    &["host", "connection", "content-length", "transfer-encoding", "accept-encoding"];

/// The text, with the length of the body among the headers, so that a line break that
/// an editor puts behind it does not become a part of it.
#[must_use]
pub fn write(request: &Request) -> Vec<u8> {
    let target = if request.url.is_empty() { "/" } else { &request.url };
    let mut text = format!("{} {target} HTTP/1.1\n", request.method);
    let said = request.headers.iter().filter(|(name, _)| !OF_CONNECTION.contains(&&**name));
    for (name, value) in said {
        let _ = writeln!(text, "{name}: {value}");
    }
    let _ = writeln!(text, "content-length: {}\n", request.body.len());
    [text.as_bytes(), &request.body].concat()
}

/// The request of such a text; none if it is something else.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Request> {
    let mut rest = bytes;
    let first = line(&mut rest)?;
    let (method, target) = first.split_once(' ')?;
    let is_method = !method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase());
    let target = target.strip_suffix(" HTTP/1.1").or(target.strip_suffix(" HTTP/1.0"))?;
    if !is_method || target.is_empty() {
        return None;
    }
    let mut request = Request::new(method, target);
    loop {
        let header = line(&mut rest)?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':')?;
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let told = request.header("content-length").and_then(|length| length.parse::<usize>().ok());
    request.body = rest.get(..told.unwrap_or(rest.len())).unwrap_or(rest).to_vec();
    request.headers.retain(|(name, _)| !OF_CONNECTION.contains(&&**name));
    Some(request)
}

fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let text = std::str::from_utf8(&rest[..end]).ok()?;
    *rest = &rest[end + 1..];
    Some(text.strip_suffix('\r').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let mut request = Request::new("POST", "/n?a=1").with_body("application/json", "{\"a\":\n1}\n");
        request.headers.push(("wechatpay-nonce".into(), "n: 1".into()));
        let text = write(&request);
        assert!(read(&text).unwrap() == request);
        assert!(read(&[&text[..], b"\n\n"].concat()).unwrap() == request, "what an editor adds");
        let pasted = b"POST /n HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n\r\n<xml/>";
        let read = read(pasted).unwrap();
        assert_eq!(
            (read.headers.len(), read.header("content-type"), &*read.body),
            (1, Some("text/xml"), &b"<xml/>"[..])
        );
    }

    #[test]
    fn what_is_no_message_is_none() {
        for text in [
            "",
            "<xml/>",
            "{}",
            "POST /n HTTP/1.1",
            "POST /n HTTP/1.1\nx",
            "post /n HTTP/1.1\n\n",
            "a b\n\n",
            "POST  HTTP/1.1\n\n",
        ] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
    }
}
