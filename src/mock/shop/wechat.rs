//! The shop's calls to WeChat, through the rows of `api` as any client makes
//! them. Comes in: what the shop wants; goes out: what WeChat answered, its
//! signature checked, or its refusal.

use crate::api::codec::{read_reply, read_request, write_request};
use crate::api::keys::Secret;
use crate::api::oa::{GETTICKET, SNS_ACCESS_TOKEN, SNS_USERINFO, STABLE_TOKEN};
use crate::api::pay_v2::{REFUND as REFUND_CALL, UNIFIEDORDER};
use crate::api::{Endpoint, Keys, Lang, ReadError, Stamp, notice};
use crate::wire::{Fields, Reply, Request};

/// The way to WeChat.
pub(super) struct WeChat<'a> {
    pub(super) keys: &'a Keys,
    pub(super) stamp: &'a Stamp,
    pub(super) send: &'a mut dyn FnMut(&Request) -> Reply,
}

/// What was called, and WeChat's words.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) call: &'static str,
    pub(super) text: String,
}

impl WeChat<'_> {
    fn call(&mut self, row: &'static Endpoint, fields: &Fields, keys: &Keys) -> Result<Fields, Refused> {
        let no = |text: String| Refused { call: row.name, text };
        let written = write_request(row, fields, keys, self.stamp, "").map_err(|e| no(format!("{e:?}")))?;
        match read_reply(row, &(self.send)(&written.request), keys, self.stamp.now) {
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
    pub(super) fn order(
        &mut self,
        body: &str,
        fee: u64,
        number: &str,
        openid: &str,
        notify_url: &str,
    ) -> Result<String, Refused> {
        let fields = [
            ("body", body),
            ("out_trade_no", number),
            ("total_fee", &fee.to_string()),
            ("openid", openid),
            ("notify_url", notify_url),
            ("trade_type", "JSAPI"),
        ];
        let prepared = self.call(&UNIFIEDORDER, &fields.into_iter().collect(), self.keys)?;
        Ok(prepared.get("prepay_id").unwrap_or_default().to_owned())
    }

    /// Gives all of it back.
    pub(super) fn refund(&mut self, number: &str, fee: u64, notify_url: &str) -> Result<(), Refused> {
        let (fee, refund) = (fee.to_string(), format!("R{number}"));
        let fields = [
            ("out_trade_no", number),
            ("out_refund_no", &refund),
            ("total_fee", &fee),
            ("refund_fee", &fee),
            ("notify_url", notify_url),
        ];
        self.call(&REFUND_CALL, &fields.into_iter().collect(), self.keys).map(drop)
    }

    /// Order number and amount of a payment notice whose signature is right.
    pub(super) fn paid(&self, request: &Request) -> Option<(String, u64)> {
        let told =
            read_request(&notice::PAYMENT, request, self.keys, Stamp::TIMELESS.now).ok()?.sound().ok()?;
        let is_success = told.get("result_code") == Some("SUCCESS");
        let fee = told.get("total_fee")?.parse().ok()?;
        is_success.then_some((told.get("out_trade_no")?.to_owned(), fee))
    }

    /// Order number of a refund notice that could be decrypted.
    pub(super) fn refunded(&self, request: &Request) -> Option<String> {
        let told =
            read_request(&notice::REFUND, request, self.keys, Stamp::TIMELESS.now).ok()?.sound().ok()?;
        let is_success = told.get("refund_status") == Some("SUCCESS");
        is_success.then_some(told.get("out_trade_no")?.to_owned())
    }
}

/// What WeChat expects from the receiver of a notice.
pub(super) fn answer(code: &'static str) -> Reply {
    let message = if code == "SUCCESS" { "OK" } else { "NO" };
    let body = format!(
        "<xml><return_code><![CDATA[{code}]]></return_code><return_msg><![CDATA[{message}]]></return_msg></xml>"
    );
    Reply::ok("text/xml; charset=utf-8", body)
}
