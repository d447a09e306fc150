//! The merchant's side of a notice: which kind it is, whether it is WeChat's, and
//! what it says. Comes in: the request as it came; goes out: a [`Received`]. Pure.

use crate::api::codec::read_request;
use crate::api::notice::{NATIVE_CALLBACK, PAYMENT, REFUND};
use crate::api::{Endpoint, Keys, ReadError, Stamp};
use crate::wire::{Fields, Request, xml};

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
/// out what its pages promise.
#[must_use]
pub fn receive(request: &Request, keys: &Keys) -> Received {
    let said = xml::read(&request.body).unwrap_or_default();
    let row = kind(&said);
    match read_request(row, request, keys, Stamp::TIMELESS.now) {
        Ok(heard) => Received { row, fields: heard.fields, doubt: None },
        Err(doubt) => Received { row, fields: said, doubt: Some(doubt) },
    }
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
        let mut fields: Fields = [("return_code", "SUCCESS"), ("new", "1")].into_iter().collect();
        fields = invoke::pay_v2(fields, &v2.key, v2.sign_type).params;
        let request =
            |fields: &Fields| Request::new("POST", "/").with_body("text/xml", xml::write(fields).unwrap());
        let received = receive(&request(&fields), &keys);
        assert!(received.doubt.is_none() && received.row.name == "pay_notify");
        fields.set("new", "2");
        assert!(matches!(receive(&request(&fields), &keys).doubt, Some(ReadError::Seal { .. })));
        assert!(matches!(receive(&Request::new("POST", "/"), &keys).doubt, Some(ReadError::Wire(_))));
        let native: Fields = [("product_id", "1")].into_iter().collect();
        assert_eq!(receive(&request(&native), &keys).row.name, "native_callback");
    }
}
