//! The merchant's side of a notice: which kind it is, whether it is WeChat's, and
//! what it says. Comes in: the request as it came; goes out: a [`Received`]. Pure.

use crate::api::codec::{self, ReadError};
use crate::api::notice::{NATIVE_CALLBACK, PAYMENT, REFUND};
use crate::api::{Endpoint, Keys};
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
    let fields = match xml::read(&request.body) {
        Ok(fields) => fields,
        Err(error) => {
            let doubt = Some(ReadError::Wire(error));
            return Received { row: &PAYMENT, fields: Fields::new(), doubt };
        }
    };
    let row = kind(&fields);
    match codec::open_request(row, fields.clone(), keys) {
        Ok(opened) => Received { row, fields: opened, doubt: None },
        Err(ReadError::Fields(_)) => Received { row, fields: opened_anyway(row, fields, keys), doubt: None },
        Err(doubt) => Received { row, fields, doubt: Some(doubt) },
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

/// The proof held; only the fields are odd.
fn opened_anyway(row: &Endpoint, mut fields: Fields, keys: &Keys) -> Fields {
    if let (crate::api::endpoint::Scheme::ReqInfo(_), Some(key)) = (row.scheme, &keys.pay_key) {
        let _ = crate::api::scheme::req_info::open(&mut fields, key);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::endpoint::SignTypeRule;
    use crate::api::keys::{Secret, SignType};
    use crate::api::scheme::pay_v2;

    #[test]
    fn a_notice_is_believed_for_its_signature_alone() {
        let keys = Keys { pay_key: Some(Secret::new("k")), ..Keys::default() };
        let mut fields: Fields = [("return_code", "SUCCESS"), ("new", "1")].into_iter().collect();
        pay_v2::seal(&mut fields, &Secret::new("k"), SignTypeRule::Free, SignType::Md5);
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
