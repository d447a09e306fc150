//! A sample shop, written as a user's own site would be: web authorization,
//! order, JSAPI payment, notice, refund, by pay v2 or v3; and a switch to sign wrongly
//! on purpose. Comes in: a request, and a way to call WeChat; goes out: a page.
//! It knows no more of the gateway than any shop knows of WeChat.

mod goods;
mod pages;
mod wechat;

use std::collections::{HashMap, VecDeque};

use super::caller::origin;
use super::sheet::lang_of;
use crate::api::calendar::time14;
use crate::api::invoke::{self, Authorize};
use crate::api::keys::Secret;
use crate::api::{Keys, Lang, Stamp};
use crate::wire::{Fields, Reply, Request, query};
use goods::{Api, Mistake, Order, State, TEAS, Trouble, Visitor};
use wechat::{WeChat, Wish};

/// The shop.
#[derive(Debug)]
pub struct Shop {
    keys: Keys,
    /// Where WeChat reaches the shop: not where a visitor says it is.
    address: String,
    visitors: Kept<Visitor>,
    orders: Kept<Order>,
    ticket: Option<Leased>,
}

/// A ticket, and until when the shop keeps it.
#[derive(Debug, Clone)]
struct Leased {
    ticket: Secret,
    until: u64,
}

/// One request with what belongs to it.
struct Visit<'a> {
    request: &'a Request,
    stamp: &'a Stamp,
    form: Fields,
    origin: String,
    lang: Lang,
}

impl Visit<'_> {
    fn said(&self, name: &str) -> &str {
        self.form.get(name).unwrap_or_default()
    }
}

impl Shop {
    /// A shop that nobody has visited, with these accounts, at this address
    /// (`http://127.0.0.1:7780`).
    #[must_use]
    pub fn new(keys: Keys, address: String) -> Self {
        Self { keys, address, visitors: Kept::default(), orders: Kept::default(), ticket: None }
    }

    /// The same shop on its first day: what it knows of WeChat is gone there.
    pub fn reset(&mut self) {
        *self = Self::new(self.keys.clone(), self.address.clone());
    }

    /// Whether a path belongs to the shop.
    #[must_use]
    pub fn serves(path: &str) -> bool {
        path == "/shop" || path.starts_with("/shop/")
    }

    /// Answers one request; calls WeChat through `wechat`.
    pub fn answer(
        &mut self,
        request: &Request,
        stamp: &Stamp,
        wechat: &mut dyn FnMut(&Request) -> Reply,
    ) -> Reply {
        let mut form = request.query().unwrap_or_default();
        let body = std::str::from_utf8(&request.body).ok().and_then(|text| query::read(text).ok());
        form.extend(body.unwrap_or_default().iter());
        let (mut visitor, is_new) = self.visitor(request, stamp);
        if form.get("lang").is_some() {
            visitor.lang = Some(lang_of(request));
        }
        let lang = visitor.lang.unwrap_or_else(|| lang_of(request));
        let visit = Visit { request, stamp, form, origin: origin(request), lang };
        let mut wechat = WeChat { keys: &self.keys.clone(), stamp, send: wechat };
        let reply = self.route(&visit, &mut visitor, &mut wechat);
        let reply = reply.unwrap_or_else(|trouble| pages::trouble(&trouble, lang));
        let id = visitor.id.clone();
        self.visitors.put(id.clone(), visitor);
        if is_new {
            return reply
                .with_header("set-cookie", format!("{COOKIE}={id}; Path=/shop; HttpOnly; SameSite=Lax"));
        }
        reply
    }

    fn visitor(&self, request: &Request, stamp: &Stamp) -> (Visitor, bool) {
        let cookies = request.header("cookie").unwrap_or_default().split(';');
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        let known = pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, id)| self.visitors.get(id));
        let new = || Visitor {
            id: stamp.nonce.clone(),
            lang: None,
            openid: None,
            nickname: String::new(),
            mistake: Mistake::None,
            api: Api::V2,
        };
        (known.cloned().unwrap_or_else(new), known.is_none())
    }

    fn route(&mut self, visit: &Visit, visitor: &mut Visitor, wechat: &mut WeChat) -> Result<Reply, Trouble> {
        match (visit.request.method.as_str(), visit.request.path().trim_end_matches('/')) {
            ("GET", "/shop") => Ok(pages::home(visitor, visit.lang)),
            ("GET", "/shop/login") => Ok(self.login(visit, visitor)),
            ("GET", "/shop/callback") => callback(visit, visitor, wechat),
            ("POST", "/shop/mistake") => Ok(mistake(visit, visitor)),
            ("POST", "/shop/api") => Ok(api(visit, visitor)),
            ("POST", "/shop/order") => self.order(visit, visitor, wechat),
            ("GET", "/shop/order") => self.show(visit, visitor, wechat),
            ("GET", "/shop/state") => self.state(visit, visitor),
            ("POST", "/shop/refund") => self.refund(visit, visitor, wechat),
            ("POST", "/shop/notify") => Ok(self.notified(Api::V2, visit, wechat)),
            ("POST", "/shop/refunded") => Ok(self.refund_notified(Api::V2, visit, wechat)),
            ("POST", "/shop/v3/notify") => Ok(self.notified(Api::V3, visit, wechat)),
            ("POST", "/shop/v3/refunded") => Ok(self.refund_notified(Api::V3, visit, wechat)),
            ("GET", "/shop/shop.js") => Ok(pages::script()),
            _ => Err(Trouble::Lost),
        }
    }

    /// Sends the visitor to WeChat to say who they are.
    fn login(&self, visit: &Visit, visitor: &Visitor) -> Reply {
        let ask = Authorize {
            app_id: self.keys.app_id.as_deref().unwrap_or_default(),
            redirect_uri: &format!("{}/shop/callback", visit.origin),
            scope: "snsapi_userinfo",
            // Comes back with the code, and proves that it is the same visitor.
            state: &visitor.id,
            force_popup: Some(true),
        };
        Reply::redirect(invoke::authorize_url(&visit.origin, &ask))
    }

    /// Orders at WeChat, then shows the order.
    fn order(&mut self, visit: &Visit, visitor: &Visitor, wechat: &mut WeChat) -> Result<Reply, Trouble> {
        let tea = TEAS.iter().find(|tea| tea.id == visit.said("tea")).ok_or(Trouble::Lost)?;
        let Some(openid) = visitor.openid.clone() else { return Ok(Reply::redirect("/shop/login")) };
        let tail: String = visit.stamp.nonce.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let number = format!("T{}{tail}", time14(visit.stamp.now));
        let api = visitor.api;
        let prepay_id = wechat.order(
            api,
            &Wish {
                body: tea.name.text(visit.lang),
                fee: tea.fee,
                number: &number,
                openid: &openid,
                notify_url: &self.place(api, "notify"),
            },
        )?;
        let order = Order { number: number.clone(), tea, openid, prepay_id, api, state: State::Open };
        self.orders.put(number.clone(), order);
        Ok(see(format!("/shop/order?no={number}")))
    }

    /// Where WeChat tells something.
    fn place(&self, api: Api, what: &str) -> String {
        let way = if api == Api::V3 { "/shop/v3" } else { "/shop" };
        format!("{}{way}/{what}", self.address)
    }

    /// The order with everything that its page has to sign.
    fn show(&mut self, visit: &Visit, visitor: &Visitor, wechat: &mut WeChat) -> Result<Reply, Trouble> {
        let order = self.theirs(visit, visitor)?.clone();
        let ticket = self.ticket(visit, wechat)?;
        let page = format!("{}{}", visit.origin, visit.request.url);
        let config = pages::config(&self.keys, &ticket, &page, visitor.mistake, visit.stamp);
        let pay = pages::pay(&self.keys, &order, visitor.mistake, visit.stamp);
        Ok(pages::order(&order, visitor, &config, &pay, visit.lang))
    }

    fn theirs(&self, visit: &Visit, visitor: &Visitor) -> Result<&Order, Trouble> {
        let order = self.orders.get(visit.said("no"));
        order.filter(|order| visitor.openid.as_ref() == Some(&order.openid)).ok_or(Trouble::Lost)
    }

    /// WeChat wants it to be kept.
    fn ticket(&mut self, visit: &Visit, wechat: &mut WeChat) -> Result<Secret, Trouble> {
        if let Some(leased) = self.ticket.as_ref().filter(|leased| leased.until > visit.stamp.now) {
            return Ok(leased.ticket.clone());
        }
        let (ticket, seconds) = wechat.ticket()?;
        self.ticket =
            Some(Leased { ticket: ticket.clone(), until: visit.stamp.now + seconds.saturating_sub(300) });
        Ok(ticket)
    }

    fn state(&self, visit: &Visit, visitor: &Visitor) -> Result<Reply, Trouble> {
        let state = self.theirs(visit, visitor)?.state.as_str();
        Ok(Reply::ok("application/json", serde_json::json!({ "state": state }).to_string()))
    }

    fn refund(&mut self, visit: &Visit, visitor: &Visitor, wechat: &mut WeChat) -> Result<Reply, Trouble> {
        let order = self.theirs(visit, visitor)?.clone();
        wechat.refund(order.api, &order.number, order.tea.fee, &self.place(order.api, "refunded"))?;
        if let Some(order) = self.orders.get_mut(&order.number) {
            order.state = State::Refunding;
        }
        Ok(see(format!("/shop/order?no={}", order.number)))
    }

    /// A payment notice: only its signature and its amount make an order paid.
    fn notified(&mut self, api: Api, visit: &Visit, wechat: &WeChat) -> Reply {
        let Some((number, fee)) = wechat.paid(api, visit.request) else { return wechat::refused(api) };
        match self.orders.get_mut(&number) {
            Some(order) if order.tea.fee == fee => {
                if order.state == State::Open {
                    order.state = State::Paid;
                }
                wechat::received(api)
            }
            _ => wechat::refused(api),
        }
    }

    fn refund_notified(&mut self, api: Api, visit: &Visit, wechat: &WeChat) -> Reply {
        let number = wechat.refunded(api, visit.request);
        match number.and_then(|number| self.orders.get_mut(&number)) {
            Some(order) => {
                order.state = State::Refunded;
                wechat::received(api)
            }
            None => wechat::refused(api),
        }
    }
}

const COOKIE: &str = "wxkit_shop";

/// Back from WeChat: the code becomes an openid.
fn callback(visit: &Visit, visitor: &mut Visitor, wechat: &mut WeChat) -> Result<Reply, Trouble> {
    if visit.said("state") != visitor.id {
        return Err(Trouble::Lost);
    }
    let code = visit.form.filled("code").ok_or(Trouble::NotAllowed)?;
    let (openid, nickname) = wechat.user(code, visit.lang)?;
    visitor.openid = Some(openid);
    visitor.nickname = nickname;
    Ok(see("/shop"))
}

fn mistake(visit: &Visit, visitor: &mut Visitor) -> Reply {
    visitor.mistake = match visit.said("mistake") {
        "config" => Mistake::Config,
        "pay" => Mistake::PaySign,
        _ => Mistake::None,
    };
    back(visit)
}

/// What is ordered from now on goes by this API.
fn api(visit: &Visit, visitor: &mut Visitor) -> Reply {
    visitor.api = if visit.said("api") == "v3" { Api::V3 } else { Api::V2 };
    back(visit)
}

/// The page that a switch stands on.
fn back(visit: &Visit) -> Reply {
    match visit.form.filled("no") {
        Some(number) => see(format!("/shop/order?no={}", query::escape(number))),
        None => see("/shop"),
    }
}

/// After a post the browser is to get the page, not to post again.
fn see(url: impl Into<String>) -> Reply {
    Reply::redirect(url).with_status(303)
}

/// Things by name; the oldest is forgotten when there are too many.
#[derive(Debug)]
struct Kept<T> {
    things: HashMap<String, T>,
    names: VecDeque<String>,
}

/// Most visitors, and most orders.
const KEEP: usize = 1000;

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { things: HashMap::new(), names: VecDeque::new() }
    }
}

impl<T> Kept<T> {
    fn put(&mut self, name: String, thing: T) {
        if self.things.insert(name.clone(), thing).is_some() {
            return;
        }
        self.names.push_back(name);
        if self.names.len() > KEEP
            && let Some(oldest) = self.names.pop_front()
        {
            self.things.remove(&oldest);
        }
    }

    fn get(&self, name: &str) -> Option<&T> {
        self.things.get(name)
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.things.get_mut(name)
    }
}
