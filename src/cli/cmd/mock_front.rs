//! What a gateway takes beside plain HTTP: `mock --tls`, `mock --proxy`. Comes in: flags;
//! goes out: the front of its port, the variables that lead unchanged programs there,
//! and words for what happens. Other hosts are passed on or refused, never played.

use std::sync::Arc;

use serde_json::{Value, json};
use wxkit::api::endpoint::is_wechats;
use wxkit::api::{Message, Word};
use wxkit::net::address::Spot;
use wxkit::net::{Address, AtFront, Front, Listener, NoWay, Others, Proxy};

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::{Event, View};
use super::super::trust::{Trust, quoted};
use super::super::wiring::Context;

/// `mock --tls`
pub static TLS: Flag = Flag::switch(
    "tls",
    "同一端口也接受 HTTPS，证书由自己的 CA 签发（wxkit mock ca）；退款要出示客户端证书",
    "Take HTTPS too at the same port, with a certificate of our own CA (wxkit mock ca); refunds must show a client certificate there",
);
/// `mock --proxy`
pub static PROXY: Flag = Flag::switch(
    "proxy",
    "同一端口也是 HTTP 代理：发往微信域名的请求由网关回答，SDK 不用改；包含 --tls",
    "Be an HTTP proxy too at the same port: calls to WeChat's hosts are answered by the gateway, so that SDKs run unchanged; --tls comes with it",
);
/// `mock --proxy-other`
pub static PROXY_OTHER: Flag = Flag::choice(
    "proxy-other",
    &["pass", "refuse"],
    "其他域名：pass 原样转发（只供本机使用时的默认值），refuse 拒绝（对外监听时的默认值）",
    "Other hosts: pass them on untouched (the default for this machine only) or refuse them (the default when others can connect)",
);

/// The hosts that a hosts file has to map; their names are in the certificate.
pub const HOSTS: [&str; 9] = [
    "api.mch.weixin.qq.com",
    "api2.mch.weixin.qq.com",
    "fraud.mch.weixin.qq.com",
    "api.weixin.qq.com",
    "api2.weixin.qq.com",
    "file.api.weixin.qq.com",
    "open.weixin.qq.com",
    "mp.weixin.qq.com",
    "wx.tenpay.com",
];
/// Names beside them: regional hosts of WeChat, this machine, and a container's usual name.
const MORE: [&str; 7] = [
    "*.weixin.qq.com",
    "*.mch.weixin.qq.com",
    "*.api.weixin.qq.com",
    "localhost",
    "127.0.0.1",
    "::1",
    "wxkit",
];

/// Leads Node to the gateway: its `fetch` reads no proxy variables before version 24.
const NODE_HOSTS: &str = include_str!("mock_hosts.cjs");

/// What was asked for beside plain HTTP.
pub struct Asked {
    trust: Trust,
    is_proxy: bool,
    others: Option<Others>,
}

impl Asked {
    /// None for a gateway that speaks plain HTTP only.
    pub fn of(args: &Args, ctx: &Context, listen: &Address) -> Result<Option<Self>, Error> {
        let others =
            args.text(&PROXY_OTHER).map(|word| if word == "pass" { Others::Pass } else { Others::Refuse });
        let is_proxy = args.has(&PROXY) || others.is_some();
        if !is_proxy && !args.has(&TLS) {
            return Ok(None);
        }
        if matches!(listen.spot, Spot::Path(_)) {
            let message = Word::new(
                "套接字文件上没有 --tls 与 --proxy",
                "there is no --tls and no --proxy at a socket file",
            );
            let hint = Word::new("改用端口：--listen 127.0.0.1:7780", "take a port: --listen 127.0.0.1:7780");
            return Err(Error::usage(message).hint(hint));
        }
        Ok(Some(Self { trust: Trust::kept(ctx)?, is_proxy, others }))
    }

    /// The front of this listener; told names are in its certificate too.
    pub fn front(
        &self,
        listener: &Listener,
        told: &[String],
        tell: impl Fn(AtFront) + Send + Sync + 'static,
    ) -> Result<Front, Error> {
        let names = HOSTS.iter().chain(&MORE).map(|name| (*name).to_owned());
        let names: Vec<String> = names.chain(told.iter().cloned()).collect();
        let others = self.others.unwrap_or(if listener.is_local() { Others::Pass } else { Others::Refuse });
        let proxy = self.is_proxy.then(|| Proxy::new(is_wechats, others, no_way));
        Ok(Front { tls: Some(self.trust.secure(&names)?), proxy, tell: Some(Arc::new(tell)) })
    }

    /// What leads a program here that knows nothing of it.
    pub fn variables(&self, ctx: &Context, url: &str) -> Result<Vec<(&'static str, String)>, Error> {
        let mut all = self.trust.variables(ctx)?;
        let mut java = self.trust.java()?.into_iter().collect::<Vec<_>>();
        if self.is_proxy {
            let kept = no_proxy(ctx.variable("NO_PROXY").or_else(|| ctx.variable("no_proxy")).as_deref());
            all.extend([("HTTPS_PROXY", url.to_owned()), ("https_proxy", url.to_owned())]);
            all.extend([
                ("NO_PROXY", kept.clone()),
                ("no_proxy", kept),
                ("NODE_USE_ENV_PROXY", "1".to_owned()),
            ]);
            java.extend(java_proxy(url));
            all.push(("NODE_OPTIONS", self.node_options(ctx)?));
        }
        let theirs =
            ctx.variable("JAVA_TOOL_OPTIONS").filter(|text| !text.contains("-Djavax.net.ssl.trustStore="));
        if !java.is_empty() {
            all.push(("JAVA_TOOL_OPTIONS", theirs.into_iter().chain(java).collect::<Vec<_>>().join(" ")));
        }
        Ok(all)
    }

    /// What leads Node here, behind the options that there are.
    fn node_options(&self, ctx: &Context) -> Result<String, Error> {
        let script = self.trust.put("node-hosts.cjs", NODE_HOSTS.as_bytes())?;
        let ours = format!("--require={}", quoted(&script));
        let theirs = ctx.variable("NODE_OPTIONS").filter(|options| !options.contains(&ours));
        Ok(theirs.into_iter().chain([ours]).collect::<Vec<_>>().join(" "))
    }

    /// What the ready line tells of it.
    pub fn told(&self, url: &str, data: &mut Value, view: &mut Vec<View>) {
        let ca = self.trust.path().display().to_string();
        let https = secure_url(url);
        let said = Word::new("HTTPS：{}（CA 证书 {}）", "HTTPS: {} (its CA is {})");
        view.push(View::Say(said.with([https.as_str(), &ca])));
        (data["https"], data["ca"]) = (https.into(), ca.into());
        if self.is_proxy {
            data["proxy"] = url.into();
            let said = Word::new(
                "代理：HTTPS_PROXY={}；让程序不改代码就走网关的全部变量：wxkit mock --proxy --print-env",
                "proxy: HTTPS_PROXY={}; all the variables that lead an unchanged program here: wxkit mock --proxy --print-env",
            );
            view.push(View::Say(said.with([url])));
        }
    }

    /// What to think of before other machines use it.
    pub fn warning(&self, is_public: bool) -> Option<Message> {
        (is_public && self.is_proxy && self.others == Some(Others::Pass)).then(|| OPEN.into())
    }
}

const OPEN: Word = Word::new(
    "注意：网络上的其他机器可以把它当代理去任何公网地址（不含本机与内网）；不需要时用 --proxy-other refuse",
    "note: other machines of the network can use it as a proxy to any public address (not to this machine or its network); where that is not wanted, --proxy-other refuse",
);

/// The same place over TLS.
fn secure_url(url: &str) -> String {
    url.replacen("http://", "https://", 1)
}

/// A line for the hosts file, for programs that know of no proxy.
pub fn hosts_line(url: &str) -> String {
    let host = url.trim_start_matches("http://").rsplit_once(':').map_or("127.0.0.1", |(host, _)| host);
    format!("{} {}", host.trim_matches(['[', ']']), HOSTS.join(" "))
}

/// Hosts that no proxy is for: those that there were, but for WeChat's, and this machine.
fn no_proxy(before: Option<&str>) -> String {
    let kept = before.unwrap_or_default().split(',').map(str::trim).filter(|host| {
        let name = host.trim_start_matches(['*', '.']).to_ascii_lowercase();
        !name.is_empty() && !is_wechats(&name)
    });
    let here = ["localhost", "127.0.0.1", "::1"];
    let kept: Vec<&str> = kept.filter(|host| !here.contains(host)).collect();
    [&kept[..], &here].concat().join(",")
}

/// The options by which Java goes through a proxy: it reads no variables for that.
fn java_proxy(url: &str) -> Option<String> {
    let (host, port) = url.strip_prefix("http://")?.rsplit_once(':')?;
    Some(format!("-Dhttps.proxyHost={} -Dhttps.proxyPort={port}", host.trim_matches(['[', ']'])))
}

/// What a client that is not let through reads.
fn no_way(host: &str, no: NoWay) -> String {
    let word = word(no).with([host]);
    format!("wxkit mock: {}\n{}\n", word.text(wxkit::api::Lang::En), word.text(wxkit::api::Lang::Zh))
}

const fn word(no: NoWay) -> Word {
    match no {
        NoWay::Refused => Word::new(
            "{} 不是微信的域名，代理没有转发；要转发，启动网关时用 --proxy-other pass",
            "{} is no host of WeChat's and was not passed on; to pass others on, start the gateway with --proxy-other pass",
        ),
        NoWay::Inside => Word::new(
            "{} 在本机或内网，不给其他机器转发",
            "{} is this machine or its network: that is not open to other machines",
        ),
        NoWay::Full => Word::new(
            "同时转发的连接太多，{} 没有连接",
            "too many connections are passed on already; {} was not connected",
        ),
        NoWay::Nobody => Word::new("连不上 {}", "nobody answers at {}"),
    }
}

const DISTRUSTED: Word = Word::new(
    "有程序不信任网关的证书：给它 CA（wxkit mock ca --out FILE），或用 wxkit mock --tls --print-env 给出的环境变量运行它",
    "a program does not trust the certificate of the gateway: give it the CA (wxkit mock ca --out FILE), or run it with the variables of wxkit mock --tls --print-env",
);

/// One line of the log.
pub fn line(happened: &AtFront) -> Event {
    match happened {
        AtFront::Distrusted => Event {
            data: json!({ "type": "distrusted" }),
            answer: None,
            view: vec![View::Bad(DISTRUSTED.into())],
        },
        AtFront::Elsewhere(place, Ok(())) => {
            let said = Word::new("转发 {}", "passed on: {}").with([place.as_str()]);
            let data = json!({ "type": "elsewhere", "host": place, "passed": true });
            Event { data, answer: None, view: vec![View::Say(said)] }
        }
        AtFront::Elsewhere(place, Err(no)) => {
            let data = json!({ "type": "elsewhere", "host": place, "passed": false });
            Event { data, answer: None, view: vec![View::Bad(word(*no).with([place.as_str()]))] }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proxy_keeps_what_is_not_wechats() {
        assert_eq!(no_proxy(None), "localhost,127.0.0.1,::1");
        let before = "*, .weixin.qq.com,10.0.0.0/8,localhost, api.mch.weixin.qq.com ,.corp.example";
        assert_eq!(no_proxy(Some(before)), "10.0.0.0/8,.corp.example,localhost,127.0.0.1,::1");
    }

    #[test]
    fn the_hosts_line_names_an_address() {
        assert!(hosts_line("http://127.0.0.1:443").starts_with("127.0.0.1 api.mch.weixin.qq.com "));
        assert!(hosts_line("http://[::1]:443").starts_with("::1 api.mch"));
    }
}
