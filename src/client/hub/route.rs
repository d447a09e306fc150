//! Which request wants what: WeChat's own paths, so that an SDK only changes its
//! base address, and plain ones. Pure. Comes in: a request; goes out: an [`Ask`],
//! or why it is none.

use serde_json::Value;

use crate::api::oa;
use crate::sign::Secret;
use crate::store::{LeaseKind, TicketType};
use crate::wire::{Fields, Request, json, query};

/// What a request wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Is the process alive?
    Health,
    /// Can it serve?
    Ready,
    /// Figures for Prometheus.
    Metrics,
    /// A lease of an app, in plain words.
    Plain {
        /// The app.
        app_id: String,
        /// What of it.
        what: What,
        /// Whether it is to be replaced first.
        rotate: Rotate,
    },
    /// A token, as WeChat gives it.
    Token {
        /// `appid`
        app_id: String,
        /// `secret`: the app's own, or the caller's bearer token.
        secret: Option<Secret>,
        /// Which of the two.
        what: What,
        /// Whether it is to be replaced first.
        rotate: Rotate,
    },
    /// A ticket, as WeChat gives it.
    Ticket {
        /// `access_token`, which also tells the app.
        token: Secret,
        /// Which ticket.
        ticket: TicketType,
        /// Whether it is to be replaced first.
        rotate: Rotate,
    },
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The access token, of the kind that the server keeps.
    Token,
    /// This very kind.
    Kind(LeaseKind),
}

/// Whether a lease is to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotate {
    /// No.
    Keep,
    /// If it is still this one, which failed.
    Failed(Secret),
    /// In any case.
    Anyway,
}

/// Why a request wants nothing that we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// No such path.
    NowhereToGo,
    /// The path is right, the method is not.
    WrongMethod,
    /// The query or the body cannot be read, or lacks something, in plain words.
    Unreadable,
    /// The same, where WeChat's code says it.
    Missing(&'static str),
}

/// Reads a request.
///
/// # Errors
/// [`Lost`].
pub fn route(request: &Request) -> Result<Ask, Lost> {
    let path = request.path();
    match path {
        "/healthz" => only("GET", request).map(|()| Ask::Health),
        "/readyz" => only("GET", request).map(|()| Ask::Ready),
        "/metrics" => only("GET", request).map(|()| Ask::Metrics),
        _ if path == oa::TOKEN.path => token(request),
        _ if path == oa::STABLE_TOKEN.path => stable_token(request),
        _ if path == oa::GETTICKET.path => ticket(request),
        _ => plain(path.strip_prefix("/v1/apps/").ok_or(Lost::NowhereToGo)?, request),
    }
}

fn only(method: &str, request: &Request) -> Result<(), Lost> {
    let fits = request.method == method || (method == "GET" && request.method == "HEAD");
    if fits { Ok(()) } else { Err(Lost::WrongMethod) }
}

fn plain(rest: &str, request: &Request) -> Result<Ask, Lost> {
    let mut parts = rest.split('/');
    let app_id = parts.next().filter(|id| !id.is_empty()).ok_or(Lost::NowhereToGo)?;
    let what = match parts.next() {
        Some("token") => What::Token,
        Some("stable_token") => What::Kind(LeaseKind::StableToken),
        Some("ticket") => ticket_type(parts.next().unwrap_or_default()).map(kind).ok_or(Lost::NowhereToGo)?,
        _ => return Err(Lost::NowhereToGo),
    };
    let rotate = match (parts.next(), parts.next()) {
        (None, _) => {
            only("GET", request)?;
            let failed = request.query().map_err(|_| Lost::Unreadable)?.filled("rotate").map(Secret::new);
            failed.map_or(Rotate::Keep, Rotate::Failed)
        }
        (Some("rotate"), None) => {
            only("POST", request)?;
            failed_in(request)?
        }
        _ => return Err(Lost::NowhereToGo),
    };
    Ok(Ask::Plain { app_id: app_id.to_owned(), what, rotate })
}

/// The failed token in the query, a form or a JSON object; none means anyway.
fn failed_in(request: &Request) -> Result<Rotate, Lost> {
    let mut fields = request.query().map_err(|_| Lost::Unreadable)?;
    let body = request.body.trim_ascii();
    let sent: Fields = match body.first() {
        None => Fields::new(),
        Some(b'{') => json::read(body).map_err(|_| Lost::Unreadable)?,
        Some(_) => {
            std::str::from_utf8(body).ok().and_then(|t| query::read(t).ok()).ok_or(Lost::Unreadable)?
        }
    };
    fields.extend(sent.iter());
    Ok(fields.filled("rotate").map_or(Rotate::Anyway, |failed| Rotate::Failed(Secret::new(failed))))
}

fn token(request: &Request) -> Result<Ask, Lost> {
    only("GET", request)?;
    let fields = request.query().map_err(|_| Lost::Missing("40035"))?;
    let rotate = fields.filled("rotate").map_or(Rotate::Keep, |failed| Rotate::Failed(Secret::new(failed)));
    credential(&fields, What::Token, rotate)
}

fn stable_token(request: &Request) -> Result<Ask, Lost> {
    only("POST", request)?;
    let fields = json::read(&request.body).map_err(|_| Lost::Missing("47001"))?;
    let forced = fields.get("force_refresh").and_then(|text| text.parse::<Value>().ok());
    let rotate = match fields.filled("rotate") {
        Some(failed) => Rotate::Failed(Secret::new(failed)),
        None if forced == Some(Value::Bool(true)) => Rotate::Anyway,
        None => Rotate::Keep,
    };
    credential(&fields, What::Kind(LeaseKind::StableToken), rotate)
}

fn credential(fields: &Fields, what: What, rotate: Rotate) -> Result<Ask, Lost> {
    if fields.get("grant_type") != Some("client_credential") {
        return Err(Lost::Missing("40002"));
    }
    let app_id = fields.filled("appid").ok_or(Lost::Missing("41002"))?.to_owned();
    Ok(Ask::Token { app_id, secret: fields.filled("secret").map(Secret::new), what, rotate })
}

fn ticket(request: &Request) -> Result<Ask, Lost> {
    only("GET", request)?;
    let fields = request.query().map_err(|_| Lost::Missing("40035"))?;
    let token = Secret::new(fields.filled("access_token").ok_or(Lost::Missing("41001"))?);
    let ticket = fields.get("type").and_then(ticket_type).ok_or(Lost::Missing("40097"))?;
    let rotate = fields.filled("rotate").map_or(Rotate::Keep, |failed| Rotate::Failed(Secret::new(failed)));
    Ok(Ask::Ticket { token, ticket, rotate })
}

fn ticket_type(name: &str) -> Option<TicketType> {
    [TicketType::Jsapi, TicketType::WxCard].into_iter().find(|ticket| ticket.as_str() == name)
}

const fn kind(ticket: TicketType) -> What {
    What::Kind(LeaseKind::Ticket(ticket))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(url: &str) -> Result<Ask, Lost> {
        route(&Request::new("GET", url))
    }

    fn post(url: &str, body: &str) -> Result<Ask, Lost> {
        route(&Request::new("POST", url).with_body("", body))
    }

    #[test]
    fn plain_paths() {
        let plain = |what, rotate| Ok(Ask::Plain { app_id: "wx1".into(), what, rotate });
        let failed = || Rotate::Failed(Secret::new("t+1"));
        let card = What::Kind(LeaseKind::Ticket(TicketType::WxCard));
        assert_eq!(get("/v1/apps/wx1/token"), plain(What::Token, Rotate::Keep));
        assert_eq!(get("/v1/apps/wx1/token?rotate=t%2B1"), plain(What::Token, failed()));
        assert_eq!(get("/v1/apps/wx1/ticket/wx_card"), plain(card, Rotate::Keep));
        assert_eq!(post("/v1/apps/wx1/token/rotate", r#"{"rotate":"t+1"}"#), plain(What::Token, failed()));
        assert_eq!(post("/v1/apps/wx1/token/rotate", "rotate=t%2B1"), plain(What::Token, failed()));
        assert_eq!(post("/v1/apps/wx1/token/rotate?rotate=t%2B1", ""), plain(What::Token, failed()));
        assert_eq!(post("/v1/apps/wx1/token/rotate", ""), plain(What::Token, Rotate::Anyway));
        assert_eq!(get("/v1/apps/wx1/token/rotate"), Err(Lost::WrongMethod));
        assert_eq!(post("/v1/apps/wx1/token/rotate", "{"), Err(Lost::Unreadable));
        for path in
            ["/", "/v1/apps/", "/v1/apps/wx1", "/v1/apps/wx1/ticket/x", "/v1/apps/wx1/token/x/y", "/x"]
        {
            assert_eq!(get(path), Err(Lost::NowhereToGo), "{path}");
        }
    }

    #[test]
    fn the_paths_of_wechat() {
        let token = |secret: Option<&str>, what, rotate| {
            Ok(Ask::Token { app_id: "wx1".into(), secret: secret.map(Secret::new), what, rotate })
        };
        let url = "/cgi-bin/token?grant_type=client_credential&appid=wx1";
        assert_eq!(get(url), token(None, What::Token, Rotate::Keep));
        assert_eq!(get(&format!("{url}&secret=s")), token(Some("s"), What::Token, Rotate::Keep));
        assert_eq!(get("/cgi-bin/token?appid=wx1"), Err(Lost::Missing("40002")));
        assert_eq!(get("/cgi-bin/token?grant_type=client_credential"), Err(Lost::Missing("41002")));
        let stable = What::Kind(LeaseKind::StableToken);
        let body = r#"{"grant_type":"client_credential","appid":"wx1","secret":"s","force_refresh":true}"#;
        assert_eq!(post("/cgi-bin/stable_token", body), token(Some("s"), stable, Rotate::Anyway));
        assert_eq!(post("/cgi-bin/stable_token", "x"), Err(Lost::Missing("47001")));
        let ticket = Ask::Ticket { token: Secret::new("t"), ticket: TicketType::Jsapi, rotate: Rotate::Keep };
        assert_eq!(get("/cgi-bin/ticket/getticket?access_token=t&type=jsapi"), Ok(ticket));
        assert_eq!(get("/cgi-bin/ticket/getticket?type=jsapi"), Err(Lost::Missing("41001")));
    }
}
