//! The shop's calls to WeChat, through the rows of `api` as any client makes
//! them. Comes in: what the shop wants; goes out: what WeChat answered, its
//! signature checked, or its refusal; and how its notices are believed and answered.

use super::goods::{Api, Refused};
use crate::api::codec::{read_reply, read_request, write_request};
use crate::api::keys::Secret;
use crate::api::oa::{GETTICKET, SNS_ACCESS_TOKEN, SNS_USERINFO, STABLE_TOKEN};
use crate::api::pay_v2::{REFUND as REFUND_CALL, UNIFIEDORDER};
use crate::api::pay_v3::{JSAPI, REFUND as REFUND_V3, notice as notice_v3};
use crate::api::{Endpoint, Keys, Lang, ReadError, Stamp, notice};
use crate::wire::{Fields, Reply, Request};

/// The way to WeChat.
pub(super) struct WeChat<'a> {
    pub(super) keys: &'a Keys,
    pub(super) stamp: &'a Stamp,
    pub(super) send: &'a mut dyn FnMut(&Request) -> Reply,
}

impl WeChat<'_> {
    fn call(&mut self, row: &'static Endpoint, fields: &Fields, keys: &Keys) -> Result<Fields, Refused> {
        let no = |text: String| Refused { call: row.name, text };
        let written = write_request(row, fields, keys, self.stamp, "").map_err(|e| no(format!("{e:?}")))?;
        let mut request = written.request;
        // WeChat answers no v3 without.
        request.headers.push(("user-agent".into(), "hillside-tea/1.0".into()));
        match read_reply(row, &(self.send)(&request), keys, self.stamp.now) {
            Ok(answer) => Ok(answer.fields),
            Err(ReadError::Refused(refusal)) => Err(no(refusal.text)),
            Err(other) => Err(no(format!("{other:?}"))),
        }
    }

    /// The openid and nickname behind a code.
    pub(super) fn user(&mut self, code: &str, lang: Lang) -> Result<(String, String), Refused> {
        let keys = self.keys;
        let granted = self.call(&SNS_ACCESS_TOKEN, &[("code", code)].into_iter().collect(), keys)?;
        let said = |name: &str| granted.get(name).unwrap_or_default();
        let openid = said("openid").to_owned();
        let lang = if lang == Lang::En { "en" } else { "zh_CN" };
        let who = [("access_token", said("access_token")), ("openid", &openid), ("lang", lang)];
        let who = who.into_iter().collect();
        // A snapshot user has no profile, and may still buy tea.
        let nickname = self.call(&SNS_USERINFO, &who, keys).ok();
        let nickname = nickname.and_then(|user| user.get("nickname").map(str::to_owned)).unwrap_or_default();
        Ok((openid, nickname))
    }

    /// A jsapi ticket with its seconds.
    pub(super) fn ticket(&mut self) -> Result<(Secret, u64), Refused> {
        let token = self.call(&STABLE_TOKEN, &Fields::new(), self.keys)?;
        let access_token = token.get("access_token").map(Secret::new);
        let keys = Keys { access_token, ..self.keys.clone() };
        let given = self.call(&GETTICKET, &Fields::new(), &keys)?;
        let seconds = given.get("expires_in").and_then(|text| text.parse().ok());
        Ok((Secret::new(given.get("ticket").unwrap_or_default()), seconds.unwrap_or_default()))
    }

    /// Orders; comes back with the `prepay_id`.
    pub(super) fn order(&mut self, api: Api, wish: &Wish<'_>) -> Result<String, Refused> {
        let Wish { body, number, openid, notify_url, fee } = *wish;
        let fee = fee.to_string();
        let (row, fields) = match api {
            Api::V2 => (
                &UNIFIEDORDER,
                vec![("body", body), ("total_fee", &fee), ("openid", openid), ("trade_type", "JSAPI")],
            ),
            Api::V3 => {
                (&JSAPI, vec![("description", body), ("amount.total", &*fee), ("payer.openid", openid)])
            }
        };
        let both = [("out_trade_no", number), ("notify_url", notify_url)];
        let fields = fields.into_iter().chain(both).collect();
        let prepared = self.call(row, &fields, self.keys)?;
        Ok(prepared.get("prepay_id").unwrap_or_default().to_owned())
    }

    /// Gives all of it back.
    pub(super) fn refund(
        &mut self,
        api: Api,
        number: &str,
        fee: u64,
        notify_url: &str,
    ) -> Result<(), Refused> {
        let (fee, refund) = (fee.to_string(), format!("R{number}"));
        let (row, [total, back]) = match api {
            Api::V2 => (&REFUND_CALL, ["total_fee", "refund_fee"]),
            Api::V3 => (&REFUND_V3, ["amount.total", "amount.refund"]),
        };
        let fields = [
            ("out_trade_no", number),
            ("out_refund_no", &refund),
            (total, &fee),
            (back, &fee),
            ("notify_url", notify_url),
        ];
        self.call(row, &fields.into_iter().collect(), self.keys).map(drop)
    }

    /// Order number and amount of a payment notice whose proof is right.
    pub(super) fn paid(&self, api: Api, request: &Request) -> Option<(String, u64)> {
        let (row, state, fee) = match api {
            Api::V2 => (&notice::PAYMENT, "result_code", "total_fee"),
            Api::V3 => (&notice_v3::PAYMENT, "trade_state", "amount.total"),
        };
        self.told(row, request, state, fee)
    }

    /// Order number of a refund notice that could be decrypted.
    pub(super) fn refunded(&self, api: Api, request: &Request) -> Option<String> {
        let (row, fee) = match api {
            Api::V2 => (&notice::REFUND, "refund_fee"),
            Api::V3 => (&notice_v3::REFUND, "amount.refund"),
        };
        self.told(row, request, "refund_status", fee).map(|(number, _)| number)
    }

    /// Order number and amount of a notice of success, if it is to be believed.
    fn told(
        &self,
        row: &'static Endpoint,
        request: &Request,
        state: &str,
        fee: &str,
    ) -> Option<(String, u64)> {
        let told = read_request(row, request, self.keys, self.stamp.now).ok()?.sound().ok()?;
        let (number, fee) = (told.get("out_trade_no")?.to_owned(), told.get(fee)?.parse().ok()?);
        (told.get(state) == Some("SUCCESS")).then_some((number, fee))
    }
}

/// What a customer wants, and where the shop hears of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a> {
    pub(super) body: &'a str,
    /// Fen.
    pub(super) fee: u64,
    pub(super) number: &'a str,
    pub(super) openid: &'a str,
    pub(super) notify_url: &'a str,
}

/// What WeChat expects from a receiver that has it.
pub(super) fn received(api: Api) -> Reply {
    match api {
        Api::V2 => in_xml("SUCCESS", "OK"),
        Api::V3 => Reply::empty().with_status(204),
    }
}

/// What makes WeChat send it again.
pub(super) fn refused(api: Api) -> Reply {
    match api {
        Api::V2 => in_xml("FAIL", "NO"),
        Api::V3 => Reply::ok("application/json", r#"{"code":"FAIL","message":"NO"}"#).with_status(500),
    }
}

fn in_xml(code: &str, message: &str) -> Reply {
    let body = format!(
        "<xml><return_code><![CDATA[{code}]]></return_code><return_msg><![CDATA[{message}]]></return_msg></xml>"
    );
    Reply::ok("text/xml; charset=utf-8", body)
}
