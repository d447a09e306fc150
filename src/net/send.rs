//! The HTTP client. Comes in: a request; goes out: its reply, or a [`SendError`]
//! that tells "provably not processed" from "perhaps done". Follows no redirect
//! and repeats nothing: a signed request goes where it was addressed, once.

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Certificate, Client, ClientBuilder, Method, NoProxy, Proxy, StatusCode, Url};
use tokio::time::Instant;

use super::carry::{Sending, Transport};
use super::error::{Distrust, NetError, SendError, Why, causes, root_cause};
use super::identity::Identity;
use super::route::{Route, authority};
use super::thread::addresses;
use super::trust;
use crate::wire::{Reply, Request};

/// Longest reply that is read, in bytes: the bill of a busy day. Messages have
/// the much lower limit of [`crate::wire`], which sees them next.
pub const MAX_REPLY: usize = 64 * 1024 * 1024;

/// What we call ourselves.
pub(super) const AGENT: &str = concat!("wxkit/", env!("CARGO_PKG_VERSION"));

/// How to reach servers.
#[derive(Debug, Clone)]
pub struct Options {
    /// Longest wait for a connection, TLS included.
    pub connect_timeout: Duration,
    /// Longest wait for a complete reply.
    pub timeout: Duration,
    /// Proxy for every request.
    pub proxy: Option<String>,
    /// Proxy for `https` only, where `proxy` says nothing (`HTTPS_PROXY`).
    pub https_proxy: Option<String>,
    /// Hosts that `https_proxy` is not for (`NO_PROXY`).
    pub no_proxy: Option<String>,
    /// A socket file in place of every address: for servers of this machine.
    pub socket: Option<PathBuf>,
    /// PEM certificates to trust besides those of the system.
    pub ca_file: Option<Vec<u8>>,
    /// Who we are, for the calls that want to see a certificate.
    pub identity: Option<Identity>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            proxy: None,
            https_proxy: None,
            no_proxy: None,
            socket: None,
            ca_file: None,
            identity: None,
        }
    }
}

/// The real transport.
#[derive(Debug)]
pub struct Http {
    options: Options,
    route: Route,
    plain: Client,
    /// Made when first needed: loading the roots of trust costs more than a
    /// whole call to a mock, and a container may have none.
    secure: OnceLock<Client>,
}

impl Http {
    /// Checks the options; connects nowhere. The CA file is looked into when it is
    /// first needed, by a connection over TLS.
    ///
    /// # Errors
    /// A proxy URL that cannot be read.
    pub fn new(options: Options) -> Result<Self, NetError> {
        // A second installation is refused, and harmless: it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plain = builder(&options)?.tls_certs_only([]).build().map_err(|e| tls_error(&e))?;
        let proxies = (options.proxy.as_deref(), options.https_proxy.as_deref());
        let route = match &options.socket {
            Some(_) => Route::direct(),
            None => Route::of(proxies, options.no_proxy.as_deref()),
        };
        Ok(Self { options, route, plain, secure: OnceLock::new() })
    }

    fn client_for(&self, url: &Url) -> Result<&Client, NetError> {
        let proxy_is_secure = self.options.proxy.as_ref().is_some_and(|proxy| proxy.starts_with("https:"));
        if url.scheme() != "https" && !proxy_is_secure {
            return Ok(&self.plain);
        }
        if let Some(client) = self.secure.get() {
            return Ok(client);
        }
        let client = secure(&self.options)?;
        Ok(self.secure.get_or_init(|| client))
    }

    async fn carry(&self, request: &Request) -> Result<Reply, SendError> {
        let url = Url::parse(&request.url).map_err(|e| SendError::BadRequest { why: e.to_string() })?;
        if request.certificate && url.scheme() == "https" && self.options.identity.is_none() {
            return Err(SendError::NoCertificate);
        }
        let way = Way { host: authority(&url), proxy: self.route.proxy_for(&url) };
        let client = self.client_for(&url).map_err(SendError::Setup)?;
        let method = Method::from_bytes(request.method.as_bytes())
            .map_err(|e| SendError::BadRequest { why: e.to_string() })?;
        let mut call = client.request(method, url).body(request.body.clone());
        for (name, value) in &request.headers {
            call = call.header(name, value);
        }
        let started = Instant::now();
        let failed = |error: reqwest::Error| explain(&error, &way, started.elapsed());
        let reply = call.send().await.map_err(failed)?;
        // Only a proxy says 407, and it says so in place of passing the request on.
        if reply.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED && way.proxy.is_some() {
            return Err(way.blocked(Why::ProxyAuth));
        }
        let status = reply.status().as_u16();
        let headers = headers(reply.headers());
        let body = body(reply).await.map_err(|error| error.map_or(TOO_LONG, failed))?;
        Ok(Reply { status, headers, body })
    }
}

impl Transport for Http {
    fn send<'a>(&'a self, request: &'a Request) -> Sending<'a> {
        Box::pin(self.carry(request))
    }

    fn is_plain(&self, url: &str) -> bool {
        let plain = |url: &Url| url.scheme() == "http" && self.route.proxy_for(url).is_none();
        self.options.socket.is_none() && Url::parse(url).is_ok_and(|url| plain(&url))
    }
}

const TOO_LONG: SendError = SendError::TooLong { limit: MAX_REPLY };

fn builder(options: &Options) -> Result<ClientBuilder, NetError> {
    // The connection's own limit must strike first: after the other one nobody
    // knows whether the request was sent.
    let connect = options.connect_timeout.min(options.timeout / 10 * 9);
    let builder = Client::builder()
        .user_agent(AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .dns_resolver(Names)
        .connect_timeout(connect)
        .timeout(options.timeout)
        .pool_idle_timeout(Duration::from_secs(10));
    #[cfg(unix)]
    if let Some(path) = &options.socket {
        return Ok(builder.unix_socket(path.as_path()));
    }
    let bad = |error: reqwest::Error| NetError::BadProxy { why: root_cause(&error) };
    if let Some(url) = &options.proxy {
        return Ok(builder.proxy(Proxy::all(url).map_err(bad)?));
    }
    let Some(url) = &options.https_proxy else { return Ok(builder) };
    let not_for = options.no_proxy.as_deref().and_then(NoProxy::from_string);
    Ok(builder.proxy(Proxy::https(url).map_err(bad)?.no_proxy(not_for)))
}

/// Names are looked up on threads of ours: the client's own panics where there is no room
/// for one.
struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = addresses(name.as_str(), 0).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn secure(options: &Options) -> Result<Client, NetError> {
    let extra = trusted(options)?;
    let with_identity = || {
        let builder = builder(options)?;
        Ok(match &options.identity {
            Some(identity) => builder.identity(identity.0.clone()),
            None => builder,
        })
    };
    let system = with_identity()?.tls_certs_merge(extra).build();
    match system {
        Ok(client) => Ok(client),
        // No roots of trust on this system, as in a bare container: those that
        // Mozilla trusted when this was built stand in.
        Err(_) => with_identity()?.tls_certs_only(built_in()).build().map_err(|e| tls_error(&e)),
    }
}

fn trusted(options: &Options) -> Result<Vec<Certificate>, NetError> {
    let Some(pem) = &options.ca_file else { return Ok(Vec::new()) };
    let bad = |why: String| NetError::BadCaFile { why };
    match Certificate::from_pem_bundle(pem) {
        Ok(certificates) if certificates.is_empty() => Err(NetError::EmptyCaFile),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(bad(root_cause(&error))),
    }
}

fn built_in() -> impl Iterator<Item = Certificate> {
    trust::built_in().filter_map(|der| Certificate::from_der(der).ok())
}

fn tls_error(error: &reqwest::Error) -> NetError {
    NetError::Tls { why: root_cause(error) }
}

impl SendError {
    /// A request that was given up while it was on its way: nobody knows how far
    /// it came, so it may have been done.
    #[must_use]
    pub fn interrupted(request: &Request, after: Duration) -> Self {
        let host = Url::parse(&request.url).map(|url| authority(&url)).unwrap_or_default();
        Self::Lost { host, why: Why::Interrupted, after }
    }

    /// Whether nothing was sent.
    #[must_use]
    pub const fn is_unsent(&self) -> bool {
        !matches!(self, Self::Lost { .. } | Self::TooLong { .. })
    }

    /// Whether we gave it up ourselves.
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        matches!(self, Self::Lost { why: Why::Interrupted, .. })
    }
}

fn headers(map: &reqwest::header::HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    map.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

/// Reads piece by piece and stops at the limit; `None` says that it was reached.
async fn body(mut reply: reqwest::Response) -> Result<Vec<u8>, Option<reqwest::Error>> {
    let mut body = Vec::new();
    while let Some(piece) = reply.chunk().await.map_err(Some)? {
        if body.len() + piece.len() > MAX_REPLY {
            return Err(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// Where a request goes, and through what.
struct Way {
    host: String,
    proxy: Option<String>,
}

impl Way {
    /// Not processed: who stood in the way depends on what happened. Once the
    /// tunnel stands, TLS is spoken with the server at its other end.
    fn blocked(&self, why: Why) -> SendError {
        let host = self.host.clone();
        match &self.proxy {
            Some(proxy) if !matches!(why, Why::Tls(_) | Why::Distrust(_) | Why::CertificateRefused(_)) => {
                SendError::Proxy { proxy: proxy.clone(), host, why }
            }
            _ => SendError::Unreachable { host, why },
        }
    }
}

fn explain(error: &reqwest::Error, way: &Way, after: Duration) -> SendError {
    let (host, why) = (way.host.clone(), why(error));
    if error.is_builder() {
        return SendError::BadRequest { why: root_cause(error) };
    }
    // In TLS 1.3 the server judges our certificate after our side of the
    // handshake is done; its alert means that it read no request.
    if error.is_connect() || matches!(why, Why::CertificateRefused(_)) {
        way.blocked(why)
    } else {
        SendError::Lost { host, why, after }
    }
}

fn why(error: &reqwest::Error) -> Why {
    if error.is_timeout() {
        return Why::TimedOut;
    }
    if error.is_dns() {
        return Why::UnknownHost;
    }
    // The tunnel's error has no public type; its text is all there is.
    if causes(error).any(|cause| cause.to_string().ends_with("proxy authorization required")) {
        return Why::ProxyAuth;
    }
    causes(error).find_map(known_cause).unwrap_or_else(|| Why::Other(root_cause(error)))
}

pub(super) fn known_cause(cause: &(dyn StdError + 'static)) -> Option<Why> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(tls_cause(error));
    }
    if cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message) {
        return Some(Why::Closed);
    }
    let io = cause.downcast_ref::<std::io::Error>()?;
    if let Some(error) = tls_inside(io) {
        return Some(tls_cause(error));
    }
    match io.kind() {
        ErrorKind::ConnectionRefused => Some(Why::Refused),
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Some(Why::Reset),
        ErrorKind::UnexpectedEof => Some(Why::Closed),
        ErrorKind::TimedOut => Some(Why::TimedOut),
        _ => None,
    }
}

/// The TLS library travels inside io errors, which hide it from `source`.
fn tls_inside(io: &std::io::Error) -> Option<&rustls::Error> {
    let inner = io.get_ref()?;
    inner.downcast_ref().or_else(|| inner.downcast_ref::<std::io::Error>().and_then(tls_inside))
}

fn tls_cause(error: &rustls::Error) -> Why {
    use rustls::AlertDescription as Alert;
    let text = error.to_string();
    match error {
        rustls::Error::AlertReceived(
            Alert::CertificateRequired
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied,
        ) => Why::CertificateRefused(text),
        rustls::Error::InvalidCertificate(why) => Why::Distrust(distrust(why)),
        _ => Why::Tls(text),
    }
}

fn distrust(why: &rustls::CertificateError) -> Distrust {
    use rustls::CertificateError as Bad;
    match why {
        Bad::UnknownIssuer => Distrust::UnknownIssuer,
        Bad::Expired | Bad::ExpiredContext { .. } => Distrust::Expired,
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => Distrust::NotYet,
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => Distrust::OtherName,
        Bad::Revoked => Distrust::Revoked,
        _ => Distrust::Unfit,
    }
}
