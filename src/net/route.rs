//! Which proxy a request goes through, to name it when it stands in the way. Decides
//! by the same rules as the HTTP client, from the same options; connects nowhere.

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

/// The proxies of a client.
#[derive(Debug)]
pub(super) struct Route(Option<Matcher>);

impl Route {
    /// No proxy at all.
    pub(super) const fn direct() -> Self {
        Self(None)
    }

    /// One proxy for all, else one for `https` with hosts that it is not for.
    pub(super) fn of(proxies: (Option<&str>, Option<&str>), not_for: Option<&str>) -> Self {
        Self(match proxies {
            (Some(all), _) => Some(Matcher::builder().all(all).build()),
            (None, Some(https)) => {
                Some(Matcher::builder().https(https).no(not_for.unwrap_or_default()).build())
            }
            (None, None) => None,
        })
    }

    /// Host and port of the proxy for this address.
    pub(super) fn proxy_for(&self, url: &Url) -> Option<String> {
        let uri: Uri = url.as_str().parse().ok()?;
        let proxy = self.0.as_ref()?.intercept(&uri)?;
        let proxy = Url::parse(&proxy.uri().to_string()).ok()?;
        Some(authority(&proxy))
    }
}

/// Host and port; no user, path or query, which may be secret.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(proxies: (Option<&str>, Option<&str>), url: &str) -> Option<String> {
        Route::of(proxies, Some("shop.test,10.0.0.0/8")).proxy_for(&Url::parse(url).unwrap())
    }

    #[test]
    fn one_for_all_goes_before_one_for_https() {
        let https = Some("http://user:pw@proxy.test:3128");
        let named = |text: &str| Some(text.to_owned());
        assert_eq!(through((None, https), "https://api.weixin.qq.com/x?secret=s"), named("proxy.test:3128"));
        for url in ["https://shop.test/", "https://10.1.2.3/", "http://127.0.0.1:7780/"] {
            assert_eq!(through((None, https), url), None, "{url}");
            assert_eq!(through((Some("http://all.test:1"), https), url), named("all.test:1"), "{url}");
        }
        assert_eq!(through((None, None), "https://api.weixin.qq.com/"), None);
    }
}
