//! Which API a notice speaks, told by its bytes, and which reply WeChat takes for a yes
//! in it. Pure.

use crate::wire::{Reply, Request, xml};

/// Which API a notice speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// XML, with a `sign` or a `req_info` inside.
    V2,
    /// JSON with an encrypted resource, signed in its headers.
    V3,
}

impl Version {
    /// The version of a message that came, or that is to be sent.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let is_json = request.body.trim_ascii_start().starts_with(b"{");
        if is_json || request.header("wechatpay-signature").is_some() { Self::V3 } else { Self::V2 }
    }

    /// Whether WeChat stops sending after this reply: v2 reads `return_code`, v3 the
    /// status alone.
    /// <https://pay.weixin.qq.com/doc/v3/partner/4012231898>
    #[must_use]
    pub fn accepts(self, reply: &Reply) -> bool {
        match self {
            Self::V2 => {
                let code = |body| xml::read(body).ok()?.get("return_code").map(|code| code == "SUCCESS");
                reply.status == 200 && code(&reply.body) == Some(true)
            }
            Self::V3 => matches!(reply.status, 200 | 204),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_version() {
        let of = |body: &str| Version::of(&Request::new("POST", "/").with_body("text/plain", body));
        assert_eq!((of("<xml/>"), of(" {\"id\":\"1\"}"), of("")), (Version::V2, Version::V3, Version::V2));
        let mut empty = Request::new("POST", "/");
        empty.headers.push(("wechatpay-signature".into(), "s".into()));
        assert_eq!(Version::of(&empty), Version::V3);
    }

    #[test]
    fn each_version_has_its_own_yes() {
        let xml = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";
        for (status, body, v2, v3) in [
            (200, xml, true, true),
            (201, xml, false, false),
            (204, "", false, true),
            (200, "success", false, true),
            (200, "{\"code\":\"FAIL\"}", false, true),
            (401, "{\"code\":\"SUCCESS\"}", false, false),
        ] {
            let reply = Reply::ok("text/plain", body).with_status(status);
            assert_eq!(
                (Version::V2.accepts(&reply), Version::V3.accepts(&reply)),
                (v2, v3),
                "{status} {body}"
            );
        }
    }
}
