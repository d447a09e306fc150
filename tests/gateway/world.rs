//! One merchant before one gateway, in memory: the client's `codec` writes and reads,
//! the gateway answers; no socket, a frozen clock.

use serde_json::{Value, json};
use wxkit::api::keys::{Keys, Secret, SignType, V2};
use wxkit::api::{self, Answer, Endpoint, ReadError, Stamp, codec, invoke};
use wxkit::mock::{Answered, Identity, Mock, Options};
use wxkit::wire::{Fields, Later, Reply, Request, xml};

pub const BASE: &str = "http://127.0.0.1:7780";
pub const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";
pub const NOTIFY: &str = "http://127.0.0.1:9/notify";
pub const OK: &str = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";

pub struct World {
    pub mock: Mock,
    pub keys: Keys,
    pub now: u64,
    pub calls: u64,
    pub later: Vec<Later>,
}

/// Signed as the row wants it, whatever the fields are.
pub fn signed_for(row: &Endpoint, fields: Fields) -> Fields {
    let only_hmac = row == &api::pay_v2::DOWNLOADFUNDFLOW;
    let usual = if only_hmac { SignType::HmacSha256 } else { SignType::Md5 };
    let sign_type = fields.get("sign_type").and_then(SignType::named).unwrap_or(usual);
    invoke::pay_v2(fields, &Secret::new(KEY), sign_type).params
}

pub fn world() -> World {
    with(Options::default())
}

pub fn with(options: Options) -> World {
    let keys = Keys {
        app_id: Some("wx00c0ffee00c0ffee".into()),
        app_secret: Some(Secret::new("0123456789abcdef0123456789abcdef")),
        mch_id: Some("1900000109".into()),
        v2: Some(V2::new(Secret::new(KEY))),
        v3: Identity::default().default_keys().v3,
        notify_url: Some(NOTIFY.into()),
        ..Keys::default()
    };
    // 2026-01-15 20:00:00 in Beijing.
    let mock = Mock::new(Identity::default(), options);
    World { mock, keys, now: 1_768_478_400, calls: 0, later: Vec::new() }
}

pub fn fields(text: &str) -> Fields {
    let pairs = text.split_whitespace().filter_map(|word| word.split_once('='));
    pairs.collect()
}

impl World {
    pub fn stamp(&mut self) -> Stamp {
        self.calls += 1;
        Stamp { now: self.now, nonce: format!("nonce{:020}", self.calls) }
    }

    pub fn send(&mut self, request: &Request) -> Answered {
        let stamp = self.stamp();
        let mut request = request.clone();
        if request.header("host").is_none() {
            request.headers.push(("host".into(), "127.0.0.1:7780".into()));
        }
        let answered = self.mock.answer(&request, &stamp);
        self.later.extend(answered.later.iter().cloned());
        answered
    }

    pub fn ask(&mut self, row: &str, said: &str) -> Reply {
        let stamp = self.stamp();
        let row = api::by_name(row).unwrap();
        let mut request = codec::write_request(row, &fields(said), &self.keys, &stamp, BASE).unwrap().request;
        request.headers.push(("user-agent".into(), "a test".into()));
        self.send(&request).reply
    }

    pub fn call(&mut self, row: &str, said: &str) -> Result<Answer, ReadError> {
        let reply = self.ask(row, said);
        codec::read_reply(api::by_name(row).unwrap(), &reply, &self.keys, self.now)
    }

    pub fn good(&mut self, row: &str, said: &str) -> Fields {
        self.call(row, said).unwrap_or_else(|e| panic!("{row} {said}: {e:?}")).fields
    }

    /// Code and text of a refusal.
    pub fn no(&mut self, row: &str, said: &str) -> (String, String) {
        match self.call(row, said) {
            Err(ReadError::Refused(refusal)) => (refusal.code, refusal.text),
            other => panic!("{row} {said}: {other:?}"),
        }
    }

    /// A signed message of these fields, whatever they are.
    pub fn signed(&self, row: &str, said: &str) -> Fields {
        let mut all = fields("appid=wx00c0ffee00c0ffee mch_id=1900000109 nonce_str=n");
        all.extend(fields(said).iter());
        signed_for(api::by_name(row).unwrap(), all)
    }

    /// Posts a message as it is.
    pub fn post_xml(&mut self, path: &str, message: &Fields) -> Fields {
        let request = Request::new("POST", path).with_body("text/xml", xml::write(message).unwrap());
        xml::read(&self.send(&request).reply.body).unwrap()
    }

    /// Code and text of a refusal of a message that a careful client would not even send.
    pub fn raw_no(&mut self, row: &str, said: &str) -> (String, String) {
        let (row, body) = (api::by_name(row).unwrap(), xml::write(&self.signed(row, said)).unwrap());
        let request = Request::new("POST", row.path).with_body("text/xml", body);
        let reply = self.send(&request).reply;
        match codec::read_reply(row, &reply, &self.keys, Stamp::TIMELESS.now) {
            Err(ReadError::Refused(refusal)) => (refusal.code, refusal.text),
            other => panic!("{} {said}: {other:?}", row.name),
        }
    }

    pub fn get(&mut self, path: &str) -> Value {
        let reply = self.send(&Request::new("GET", path)).reply;
        serde_json::from_slice(&reply.body).unwrap()
    }

    pub fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let request = Request::new("POST", path).with_body("application/json", body.to_string());
        let reply = self.send(&request).reply;
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }

    pub fn order(&mut self, number: &str, fee: u64) -> Fields {
        let said = format!("body=tea out_trade_no={number} total_fee={fee} trade_type=NATIVE product_id=p1");
        self.good("unifiedorder", &said)
    }

    pub fn pay(&mut self, number: &str) -> Value {
        let (status, order) = self.post(&format!("/_mock/orders/{number}/pay"), &json!({}));
        assert_eq!(status, 200, "{order}");
        order
    }

    pub fn paid_order(&mut self, number: &str, fee: u64) {
        self.order(number, fee);
        self.pay(number);
    }

    pub fn code(&mut self, scope: &str) -> String {
        let place = format!("redirect_uri=http://shop.test/back scope={scope} state=s1");
        let back = self.good("authorize", &place);
        let fields = Request::new("GET", back.get("location").unwrap()).query().unwrap();
        assert_eq!(fields.get("state"), Some("s1"));
        fields.get("code").unwrap().to_owned()
    }
}

pub fn is(said: &(String, String), code: &str, text: &str) {
    assert_eq!((said.0.as_str(), said.1.as_str()), (code, text));
}
