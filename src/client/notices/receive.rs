//! The merchant's side of a notice: which kind it is, whether it is WeChat's, and
//! what it says. Comes in: the request as it came; goes out: a [`Received`]. Pure.

use super::Version;
use crate::api::codec::read_request;
use crate::api::notice::{NATIVE_CALLBACK, PAYMENT, REFUND};
use crate::api::pay_v3::notice::{OTHER, of};
use crate::api::{Endpoint, Keyring, Keys, ReadError, Stamp, Trust, Who};
use crate::wire::tree::{self, Nulls};
use crate::wire::{Fields, Request, xml};

/// What a merchant believes notices for.
#[derive(Debug, Clone, Default)]
pub struct Ears {
    /// Those of v2: the pay key.
    pub keys: Keys,
    /// Those of v3: WeChat Pay's keys and the APIv3 key.
    pub trust: Trust,
}

impl Keyring for Ears {
    fn keys(&self, _: Who<'_>) -> Option<Keys> {
        Some(self.keys.clone())
    }

    fn trust(&self) -> Option<Trust> {
        Some(self.trust.clone())
    }
}

/// A notice that came in.
#[derive(Debug)]
pub struct Received {
    /// What it looks like; payment if nothing tells.
    pub row: &'static Endpoint,
    /// What it says, decrypted where that is possible.
    pub fields: Fields,
    /// Why it is not believed.
    pub doubt: Option<ReadError>,
}

/// Reads a notice. Missing or odd fields are no reason for doubt: WeChat may leave
/// out what its pages promise. `now` is Unix time.
#[must_use]
pub fn receive(request: &Request, ears: &Ears, now: u64) -> Received {
    match Version::of(request) {
        Version::V2 => {
            let said = xml::read(&request.body).unwrap_or_default();
            let row = kind(&said);
            let heard = read_request(row, request, ears, Stamp::TIMELESS.now);
            received(said, heard.map(|heard| heard.fields), |_| row)
        }
        Version::V3 => {
            let said = tree::read(&request.body, Nulls::Empty).unwrap_or_default();
            // Every row of v3 proves and opens alike; which it is, is seen inside.
            let heard = read_request(&OTHER, request, ears, now);
            received(said, heard.map(|heard| heard.fields), |fields| {
                of(fields.get("event_type").unwrap_or_default(), fields)
            })
        }
    }
}

fn received(
    said: Fields,
    heard: Result<Fields, ReadError>,
    row: impl FnOnce(&Fields) -> &'static Endpoint,
) -> Received {
    let (fields, doubt) = match heard {
        Ok(fields) => (fields, None),
        Err(doubt) => (said, Some(doubt)),
    };
    Received { row: row(&fields), fields, doubt }
}

fn kind(fields: &Fields) -> &'static Endpoint {
    match () {
        () if fields.get("req_info").is_some() => &REFUND,
        () if fields.get("product_id").is_some() && fields.get("transaction_id").is_none() => {
            &NATIVE_CALLBACK
        }
        () => &PAYMENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::invoke;
    use crate::api::keys::{Secret, V2};

    #[test]
    fn a_notice_is_believed_for_its_signature_alone() {
        let v2 = V2::new(Secret::new("k"));
        let keys = Keys { v2: Some(v2.clone()), ..Keys::default() };
        let ears = Ears { keys, ..Ears::default() };
        let mut fields: Fields = [("return_code", "SUCCESS"), ("new", "1")].into_iter().collect();
        fields = invoke::pay_v2(fields, &v2.key, v2.sign_type).params;
        let request =
            |fields: &Fields| Request::new("POST", "/").with_body("text/xml", xml::write(fields).unwrap());
        let received = receive(&request(&fields), &ears, 0);
        assert!(received.doubt.is_none() && received.row.name == "pay_notify");
        fields.set("new", "2");
        assert!(matches!(receive(&request(&fields), &ears, 0).doubt, Some(ReadError::Seal { .. })));
        assert!(matches!(receive(&Request::new("POST", "/"), &ears, 0).doubt, Some(ReadError::Wire(_))));
        let native: Fields = [("product_id", "1")].into_iter().collect();
        assert_eq!(receive(&request(&native), &ears, 0).row.name, "native_callback");
    }
}
