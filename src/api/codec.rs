//! The two-by-two: write and read, request and reply, for every row. This file
//! holds the order and nothing else; what a proof is, the row's scheme knows.
//!
//! Outgoing: complete → check → mark (a proof among the fields) → write → seal
//! (a proof around the message). Incoming: prove → parse → open → check. The
//! client is write-request + read-reply, the gateway read-request + write-reply,
//! and a notice is the same with the roles swapped.

use super::check::{Problem, check};
use super::endpoint::{Endpoint, Fill, Success};
use super::error::{ReadError, Refusal, WriteError};
use super::error_codes::{self, ErrorCode};
use super::fill::complete;
use super::keys::{Keyring, Keys, Stamp};
use super::scheme::{Columns, Envelope, Scheme, Turn};
use super::shape;
use crate::wire::{Fields, Reply, Request};

/// A request that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The request.
    pub request: Request,
    /// What it says, with all that was filled in and the proof among it.
    pub fields: Fields,
}

/// A request that is believed.
#[derive(Debug, Clone)]
pub struct Heard {
    /// What it says.
    pub fields: Fields,
    /// What is wrong with its fields all the same.
    pub problems: Vec<Problem>,
    /// What to answer with.
    pub keys: Keys,
}

impl Heard {
    /// The fields, if nothing is wrong with them.
    ///
    /// # Errors
    /// [`ReadError::Fields`].
    pub fn sound(self) -> Result<Fields, ReadError> {
        if self.problems.is_empty() { Ok(self.fields) } else { Err(ReadError::Fields(self.problems)) }
    }
}

/// What a reply says when it is believed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Its fields.
    pub fields: Fields,
    /// The file, for the calls that answer one: a bill, as text or GZIP.
    pub file: Option<Vec<u8>>,
}

impl From<Fields> for Answer {
    fn from(fields: Fields) -> Self {
        Self { fields, file: None }
    }
}

/// Writes a request: fills what the caller need not say, checks every field,
/// proves. `origin` is `https://host`, or the whole URL of a merchant's receiver.
///
/// # Errors
/// [`WriteError`]; nothing is half-written.
pub fn write_request(
    row: &Endpoint,
    fields: &Fields,
    keys: &Keys,
    stamp: &Stamp,
    origin: &str,
) -> Result<Written, WriteError> {
    let mut fields = complete(row, fields, keys, stamp)?;
    let problems = problems(row, &fields);
    if !problems.is_empty() {
        return Err(WriteError::Fields(problems));
    }
    let scheme = row.scheme.proof();
    scheme.mark(Turn::Request, Columns(row.fields), &mut fields, keys, stamp)?;
    let fields = shape::laid_out(row.layout, fields);
    let mut request = shape::request(row, &fields, origin).map_err(WriteError::Wire)?;
    let seal = scheme.seal(Envelope::Request(&request), keys, stamp)?;
    request.headers.extend(seal);
    Ok(Written { request, fields })
}

/// Reads a request: who it is from, whether that is proven, what it says. The
/// keys of the sender are found on the ring by what the message says of itself.
/// `now` is Unix time: an old message may be one that somebody repeats.
///
/// # Errors
/// [`ReadError`]; but not for fields that are missing or wrong, which the caller
/// may mind ([`Heard::sound`]) or not.
pub fn read_request(
    row: &Endpoint,
    request: &Request,
    ring: &dyn Keyring,
    now: u64,
) -> Result<Heard, ReadError> {
    let scheme = row.scheme.proof();
    let around = scheme.prove(Envelope::Request(request), ring, now)?;
    let mut fields = shape::read_request(row, request).map_err(ReadError::Wire)?;
    // Who was proved around it opens what is inside.
    let ring = around.as_ref().map_or(ring, |keys| keys as &dyn Keyring);
    let among = scheme.open(Turn::Request, Columns(row.fields), &mut fields, ring)?;
    let problems = problems(row, &fields);
    Ok(Heard { fields, problems, keys: among.or(around).unwrap_or_default() })
}

/// Writes a reply.
///
/// # Errors
/// No pay key, or a value that the shape cannot carry.
pub fn write_reply(row: &Endpoint, answer: Answer, keys: &Keys, stamp: &Stamp) -> Result<Reply, WriteError> {
    let scheme = row.scheme.proof();
    let mut fields = answer.fields;
    let bare = answer.file.map(|file| Reply::ok("text/plain", file));
    let bare = bare.or_else(|| shape::bare_reply(row.success, &fields));
    let mut reply = if let Some(reply) = bare {
        reply
    } else {
        scheme.mark(Turn::Reply, Columns(row.reply), &mut fields, keys, stamp)?;
        shape::reply(row, &fields).map_err(WriteError::Wire)?
    };
    let seal = scheme.seal(Envelope::Reply(&reply), keys, stamp)?;
    reply.headers.extend(seal);
    Ok(reply)
}

/// Reads a reply. Where its fields are proven they are not checked: WeChat may
/// leave out what its pages promise.
///
/// # Errors
/// [`ReadError`]; `Refused` carries WeChat's own words.
pub fn read_reply(row: &Endpoint, reply: &Reply, keys: &Keys, now: u64) -> Result<Answer, ReadError> {
    let scheme = row.scheme.proof();
    scheme.prove(Envelope::Reply(reply), keys, now)?;
    if let Some(answer) = bare_answer(row, reply) {
        return Ok(answer);
    }
    let strange = |error| shape::stranger(reply, error);
    let mut fields = shape::read_reply(row, reply).map_err(strange)?;
    scheme.open(Turn::Reply, Columns(row.reply), &mut fields, keys).map_err(|error| match error {
        ReadError::Wire(error) => strange(error),
        other => other,
    })?;
    if let Some((code, text)) = scheme.refusal(reply, &fields) {
        return Err(refused(row, code, text, fields));
    }
    match scheme.lacking(row.reply, &fields) {
        lacking if lacking.is_empty() => Ok(fields.into()),
        lacking => Err(ReadError::Fields(lacking)),
    }
}

/// What is wrong with the fields of a request; the proof is the scheme's to judge.
fn problems(row: &Endpoint, fields: &Fields) -> Vec<Problem> {
    let mut problems = check(row.fields, fields);
    problems.extend(check(row.inside(), fields));
    problems.retain(|problem| row.field(&problem.field).is_none_or(|field| field.fill != Fill::Proof));
    problems
}

/// The answer of a reply that has no fields in its body.
fn bare_answer(row: &Endpoint, reply: &Reply) -> Option<Answer> {
    match row.success {
        Success::File => {
            let file = shape::file(row.answers, reply)?;
            Some(Answer { fields: Fields::new(), file: Some(file.to_owned()) })
        }
        Success::Redirect => {
            let to = |url| Fields::from_iter([("location", url)]).into();
            reply.header("location").map(to)
        }
        Success::Nothing | Success::Either => (reply.status == 204).then(Answer::default),
        Success::Status => matches!(reply.status, 200 | 204).then(Answer::default),
        Success::Fields => None,
    }
}

fn refused(row: &Endpoint, code: String, text: String, fields: Fields) -> ReadError {
    let any = || error_codes::message(&text).or_else(|| error_codes::find(&code));
    let known = match row.scheme {
        // Pay v2 has words that sound the same and mean another field.
        Scheme::PayV3(_) | Scheme::NoticeV3(_) => of_v3(&code, &text).or_else(any),
        _ => any(),
    };
    let known = known.or_else(|| error_codes::find(&text));
    ReadError::Refused(Box::new(Refusal { code, text, known, fields }))
}

/// The row of pay v3 that a message is, else the one of its code.
fn of_v3(code: &str, text: &str) -> Option<&'static ErrorCode> {
    use error_codes::pay_v3::{CODES, TEXTS};
    let said = error_codes::message(text).filter(|known| TEXTS.contains(known));
    said.or_else(|| CODES.iter().find(|known| known.code == code || known.also.contains(&code)))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::endpoint::{Certificate, Field, Format, Host, Kind, Layout, Method, Money, Need, Spot};
    use super::super::keys::{Secret, SignType, V2, Who};
    use super::super::scheme::{Believed, Proof};
    use super::super::{Word, meant, notice, oa, pay_v2, rows};
    use super::*;
    use crate::wire::{WireError, xml};

    fn keys(sign_type: SignType) -> Keys {
        Keys {
            app_id: Some("wx2421b1c4370ec43b".into()),
            app_secret: Some(Secret::new("s")),
            access_token: Some(Secret::new("t")),
            mch_id: Some("1900000109".into()),
            notify_url: Some("https://shop.example/n".into()),
            v2: Some(V2 { key: Secret::new("k".repeat(32)), sign_type }),
            v3: None,
        }
    }

    fn others() -> Keys {
        Keys { v2: Some(V2::new(Secret::new("another"))), ..keys(SignType::Md5) }
    }

    const NOW: u64 = 1_768_478_400;

    fn stamp() -> Stamp {
        Stamp { now: NOW, nonce: "n".repeat(32) }
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().copied().collect()
    }

    // Every row, both messages, both ways.

    /// A value that passes `check`; another one for another number.
    fn value(field: &Field, number: usize) -> String {
        match field.kind {
            Kind::Text | Kind::Encrypted if field.max == 0 || field.max > 24 => {
                format!("茶 <{number}> & ]]> \"+%")
            }
            Kind::Text | Kind::Encrypted => (number % 10).to_string(),
            Kind::OwnNo => format!("R@{}", number % 1_000_000),
            Kind::Alphanumeric => format!("B{}", number % 1_000_000),
            Kind::Date10 => "2026-01-15".into(),
            Kind::Rfc3339 => "2026-01-15T20:00:00+08:00".into(),
            Kind::Fen | Kind::FenOrZero | Kind::Int => (number + 1).to_string(),
            Kind::Unix => format!("17{:08}", number % 100_000_000),
            Kind::Time14 => "20260115200000".into(),
            Kind::Date8 => "20260115".into(),
            Kind::DateTime => "2026-01-15 20:00:00".into(),
            Kind::Choice(words) => words[number % words.len()].into(),
            Kind::Bool => number.is_multiple_of(2).to_string(),
            Kind::Url => format!("https://a.example/茶?n={number}#x"),
            Kind::NotifyUrl => format!("https://a.example/{number}"),
            Kind::Ip => "2001:db8::1".into(),
            Kind::Json => format!("{{\"n\": [{number}]}}"),
            Kind::OrderNo => format!("T-{:06}", number % 1_000_000),
            Kind::Sign => "0".repeat(32),
            Kind::AuthCode => "131234567890123456".into(),
        }
    }

    /// Some of these fields, by the bits of a number.
    fn some<'a>(spec: impl Iterator<Item = &'a Field>, bits: usize) -> Fields {
        let own = |field: &&Field| !matches!(field.fill, Fill::Proof | Fill::SignType);
        let chosen = |(n, field): (usize, &'a Field)| {
            let there = field.need != Need::Optional || (bits >> (n % 64)) & 1 == 1;
            // Lists count from 0, and every item is there.
            let inner = if field.name.contains('.') { "0" } else { "1" };
            let name = field.name.replace("$n", "0").replace("$m", inner);
            there.then(|| (name, value(field, bits % 1_000_000 + n)))
        };
        spec.filter(own).enumerate().filter_map(chosen).collect()
    }

    fn sorted(fields: &Fields) -> Vec<(&str, &str)> {
        let mut pairs: Vec<_> = fields.iter().collect();
        pairs.sort_unstable();
        pairs
    }

    fn is_proven(row: &Endpoint) -> bool {
        !matches!(row.scheme, Scheme::Oa)
    }

    fn is_v3(row: &Endpoint) -> bool {
        matches!(row.scheme, Scheme::PayV3(_) | Scheme::NoticeV3(_))
    }

    proptest::proptest! {
        #[test]
        fn requests_of_every_row_are_read_as_they_were_written(bits: usize, hmac: bool) {
            let keys = keys(if hmac { SignType::HmacSha256 } else { SignType::Md5 });
            for row in rows().filter(|row| !is_v3(row)) {
                let said = some(row.fields.iter().chain(row.inside()).copied(), bits);
                let origin = row.host.origin().unwrap_or("https://shop.example/n");
                let written = write_request(row, &said, &keys, &stamp(), origin).unwrap();
                let heard = read_request(row, &written.request, &keys, NOW).unwrap();
                assert_eq!(heard.problems, [], "{}", row.name);
                for (name, value) in said.iter() {
                    assert_eq!(heard.fields.get(name), Some(value), "{}.{name}", row.name);
                }
                if row.inside().is_empty() {
                    assert_eq!(sorted(&heard.fields), sorted(&written.fields), "{}", row.name);
                }
                assert_eq!(read_request(row, &written.request, &others(), NOW).is_err(), is_proven(row), "{}", row.name);
            }
        }

        #[test]
        fn replies_of_every_row_are_read_as_they_were_written(bits: usize, hmac: bool) {
            let keys = keys(if hmac { SignType::HmacSha256 } else { SignType::Md5 });
            for row in rows().filter(|row| row.success == Success::Fields && !is_v3(row)) {
                let mut said = some(row.reply.iter().copied(), bits);
                said.extend([("errcode", "0"), ("return_code", "SUCCESS"), ("result_code", "SUCCESS")]);
                let reply = write_reply(row, said.clone().into(), &keys, &stamp()).unwrap();
                let told = read_reply(row, &reply, &keys, NOW).unwrap().fields;
                for (name, value) in said.iter() {
                    assert_eq!(told.get(name), Some(value), "{}.{name}", row.name);
                }
                let signed = told.get("sign").is_some();
                assert_eq!(read_reply(row, &reply, &others(), NOW).is_err(), signed, "{}", row.name);
            }
        }
    }

    #[test]
    fn what_the_row_says_is_signed() {
        let keys = keys(SignType::Md5);
        let signed = |row: &Endpoint| {
            let said = fields(&[("return_code", "SUCCESS"), ("result_code", "SUCCESS")]);
            let reply = write_reply(row, said.into(), &keys, &stamp()).unwrap();
            xml::read(&reply.body).unwrap().get("sign").is_some()
        };
        let pay = rows().filter(|row| is_proven(row) && !is_v3(row));
        let unsigned: Vec<_> = pay.filter(|row| !signed(row)).map(|row| row.name).collect();
        assert_eq!(unsigned, ["downloadbill", "downloadfundflow", "report", "pay_notify", "refund_notify"]);
    }

    #[test]
    fn a_reply_is_believed_for_its_signature() {
        let (row, keys) = (&pay_v2::ORDERQUERY, keys(SignType::Md5));
        let said = fields(&[("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("total_fee", "1")]);
        let good = write_reply(row, said.into(), &keys, &stamp()).unwrap();
        let changed = |change: &dyn Fn(&mut Fields)| {
            let mut fields = xml::read(&good.body).unwrap();
            change(&mut fields);
            Reply::ok("text/xml", xml::write(&fields).unwrap())
        };
        let doubt = |change: &dyn Fn(&mut Fields)| match read_reply(row, &changed(change), &keys, NOW) {
            Err(ReadError::Seal { broken, .. }) => broken,
            other => panic!("{other:?}"),
        };
        assert!(!doubt(&|fields| fields.set("total_fee", "2")).is_missing());
        assert!(doubt(&|fields| drop(fields.remove("sign"))).is_missing());
        // The right one is told even for a message that has none.
        let missing = doubt(&|fields| drop(fields.remove("sign")));
        let right = xml::read(&good.body).unwrap();
        assert_eq!(Some(missing.right.expected.as_str()), right.get("sign"));
        let unarmed = Keys { v2: None, ..keys.clone() };
        assert_eq!(read_reply(row, &good, &unarmed, NOW), Err(ReadError::NoPayKey));
        // A signed refusal is believed for its signature too.
        let no = changed(&|fields| fields.extend([("result_code", "FAIL"), ("err_code", "ORDERNOTEXIST")]));
        assert!(matches!(read_reply(row, &no, &keys, NOW), Err(ReadError::Seal { .. })));
    }

    #[test]
    fn without_a_signature_it_says_all_that_it_has_to() {
        let keys = keys(SignType::Md5);
        let lacks =
            |row: &Endpoint, body: &str| match read_reply(row, &Reply::ok("text/plain", body), &keys, NOW) {
                Err(ReadError::Fields(problems)) => problems.iter().map(|p| p.field.clone()).collect(),
                Ok(_) => String::new(),
                other => panic!("{other:?}"),
            };
        assert_eq!(lacks(&oa::TOKEN, r#"{"access_token":"t","expires_in":7200}"#), "");
        assert_eq!(lacks(&oa::TOKEN, r#"{"access_token":"","expires_in":7200}"#), "access_token");
        assert_eq!(lacks(&oa::TOKEN, r#"{"access_token":null,"expires_in":7200}"#), "access_token");
        assert_eq!(lacks(&oa::SNS_AUTH, "{}"), "errcode");
        assert_eq!(lacks(&oa::SNS_AUTH, r#"{"errcode":0}"#), "");
        assert_eq!(lacks(&oa::SNS_USERINFO, r#"{"nickname":"n"}"#), "openid");
        for value in ["[\"abc\"]", "{\"access_token\":\"abc\"}", "7200", "true"] {
            for (row, name) in
                [(&oa::TOKEN, "access_token"), (&oa::GETTICKET, "ticket"), (&oa::SNS_USERINFO, "openid")]
            {
                let body = format!("{{\"{name}\":{value},\"expires_in\":7200}}");
                let told = read_reply(row, &Reply::ok("text/plain", body), &keys, NOW);
                assert!(matches!(told, Err(ReadError::Wire(WireError::NotText { .. }))), "{value}: {told:?}");
            }
        }
    }

    #[test]
    fn a_request_is_answered_with_the_keys_of_its_sender() {
        let row = &pay_v2::ORDERQUERY;
        let ring = |who: Who<'_>| (who.mch_id == "1900000109").then(|| keys(SignType::Md5));
        let ask = |keys: &Keys| {
            let said = fields(&[("out_trade_no", "T-000001")]);
            read_request(row, &write_request(row, &said, keys, &stamp(), "").unwrap().request, &ring, NOW)
        };
        let heard = ask(&keys(SignType::HmacSha256)).unwrap();
        // In the digest of the question, whatever the ring says.
        assert_eq!(heard.keys.v2.map(|v2| v2.sign_type), Some(SignType::HmacSha256));
        let stranger = Keys { mch_id: Some("1".into()), ..keys(SignType::Md5) };
        assert_eq!(ask(&stranger).err(), Some(ReadError::Nobody));
        assert!(matches!(ask(&others()), Err(ReadError::Seal { .. })));
    }

    #[test]
    fn believed_fields_may_be_odd_all_the_same() {
        let keys = keys(SignType::Md5);
        let mut odd = fields(&[("appid", "wx2421b1c4370ec43b"), ("out_trade_no", "T1")]);
        pay_v2::CLOSEORDER
            .scheme
            .proof()
            .mark(Turn::Request, Columns(&[]), &mut odd, &keys, &stamp())
            .unwrap();
        let request = Request::new("POST", "/").with_body("text/xml", xml::write(&odd).unwrap());
        let heard = read_request(&pay_v2::CLOSEORDER, &request, &keys, NOW).unwrap();
        let named: Vec<_> = heard.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(named, ["mch_id", "nonce_str", "out_trade_no"]);
        assert!(matches!(heard.sound(), Err(ReadError::Fields(problems)) if problems.len() == 3));
    }

    #[test]
    fn nothing_odd_is_written() {
        let keys = keys(SignType::Md5);
        let write = |row: &Endpoint, pairs: &[(&str, &str)], keys: &Keys| {
            write_request(row, &fields(pairs), keys, &stamp(), "").map(|written| written.fields)
        };
        let bad = write(&pay_v2::CLOSEORDER, &[("out_trade_no", "T1")], &keys);
        assert!(matches!(bad, Err(WriteError::Fields(problems)) if problems[0].field == "out_trade_no"));
        let good = [("out_trade_no", "T-000001")];
        let nobody = Keys { app_id: None, ..keys.clone() };
        assert_eq!(write(&pay_v2::CLOSEORDER, &good, &nobody), Err(WriteError::NoSetting(Fill::AppId)));
        let unarmed = Keys { v2: None, ..keys.clone() };
        assert_eq!(write(&pay_v2::CLOSEORDER, &good, &unarmed), Err(WriteError::NoPayKey));
        let refund = some(notice::REFUND.fields.iter().chain(notice::REFUND.inside()).copied(), 0);
        let refund: Vec<_> = refund.iter().collect();
        assert_eq!(write(&notice::REFUND, &refund, &unarmed), Err(WriteError::NoPayKey));
        let unwritable = write(&pay_v2::CLOSEORDER, &[good[0], ("attach", "\u{1}")], &keys);
        assert!(matches!(unwritable, Err(WriteError::Wire(WireError::Unwritable { .. }))));
    }

    #[test]
    fn each_scheme_says_no_in_its_own_words() {
        let keys = keys(SignType::Md5);
        let no = |row: &Endpoint, reply: &Reply| match read_reply(row, reply, &keys, NOW) {
            Err(ReadError::Refused(refusal)) => (refusal.code, refusal.text, refusal.known.map(|k| k.code)),
            other => panic!("{other:?}"),
        };
        let told = |code: &str, text: &str, known| (code.to_owned(), text.to_owned(), known);
        let json = Reply::ok("text/plain", r#"{"errcode":40013,"errmsg":"invalid appid"}"#);
        assert_eq!(no(&oa::TOKEN, &json), told("40013", "invalid appid", Some("40013")));
        // A page that says no instead of leading on speaks like its family.
        assert_eq!(no(&oa::AUTHORIZE, &json), told("40013", "invalid appid", Some("40013")));
        let said = |text: &str| Reply::ok("text/xml", format!("<xml>{text}</xml>"));
        let protocol = said("<return_code>FAIL</return_code><return_msg>签名错误</return_msg>");
        assert_eq!(no(&pay_v2::ORDERQUERY, &protocol), told("签名错误", "签名错误", Some("SIGNERROR")));
        let bill = "<return_code>FAIL</return_code><return_msg>No Bill Exist</return_msg>\
                    <error_code>20002</error_code>";
        let (code, text, _) = no(&pay_v2::DOWNLOADBILL, &said(bill));
        assert_eq!((&*code, &*text), ("20002", "No Bill Exist"));
        let business = fields(&[
            ("return_code", "SUCCESS"),
            ("result_code", "FAIL"),
            ("err_code", "ORDERNOTEXIST"),
            ("err_code_des", "订单不存在"),
        ]);
        let reply = write_reply(&pay_v2::ORDERQUERY, business.into(), &keys, &stamp()).unwrap();
        assert_eq!(
            no(&pay_v2::ORDERQUERY, &reply),
            told("ORDERNOTEXIST", "订单不存在", Some("ORDERNOTEXIST"))
        );
        let fail = said("<return_code>FAIL</return_code><return_msg>later</return_msg>");
        assert_eq!(no(&notice::REFUND, &fail), told("later", "later", None));
    }

    #[test]
    fn bills_pages_and_strangers() {
        let keys = keys(SignType::Md5);
        let bill = Answer { fields: Fields::new(), file: Some(b"\xef\xbb\xbf`1,`2".to_vec()) };
        let reply = write_reply(&pay_v2::DOWNLOADBILL, bill.clone(), &keys, &stamp()).unwrap();
        assert_eq!(read_reply(&pay_v2::DOWNLOADBILL, &reply, &keys, NOW), Ok(bill));
        let on: Answer = fields(&[("location", "https://shop.example/?code=1")]).into();
        let reply = write_reply(&oa::AUTHORIZE, on.clone(), &keys, &stamp()).unwrap();
        assert_eq!((reply.status, read_reply(&oa::AUTHORIZE, &reply, &keys, NOW)), (302, Ok(on)));
        let page = Reply::ok("text/html", "  <html>\n <b>sign in</b>").with_status(200);
        let start = "<html> <b>sign in</b>".to_owned();
        for row in [&oa::TOKEN, &pay_v2::ORDERQUERY, &notice::PAYMENT] {
            let stranger = ReadError::NotWeChat { status: 200, start: start.clone() };
            assert_eq!(read_reply(row, &page, &keys, NOW), Err(stranger), "{}", row.name);
        }
        let down = Reply::ok("text/plain", "bad gateway").with_status(502);
        assert!(matches!(
            read_reply(&pay_v2::DOWNLOADBILL, &down, &keys, NOW),
            Err(ReadError::NotWeChat { .. })
        ));
        let half = Reply::ok("text/xml", "<xml><return_code>");
        let down = half.clone().with_status(502);
        assert!(matches!(
            read_reply(&pay_v2::REFUND, &down, &keys, NOW),
            Err(ReadError::NotWeChat { status: 502, .. })
        ));
        assert!(matches!(read_reply(&pay_v2::REFUND, &half, &keys, NOW), Err(ReadError::Wire(_))));
        let mute = Reply::ok("text/xml", "<xml><a>1</a></xml>");
        for row in [&pay_v2::REFUND, &notice::REFUND] {
            assert_eq!(read_reply(row, &mute, &keys, NOW), Err(ReadError::Wire(WireError::Stray { at: 0 })));
        }
    }

    #[test]
    fn what_need_not_be_said_is_filled_in() {
        let write = |row: &Endpoint, pairs: &[(&str, &str)], sign_type: SignType| {
            write_request(row, &fields(pairs), &keys(sign_type), &stamp(), "").unwrap()
        };
        let order = [("body", "tea"), ("total_fee", "1"), ("openid", "o1")];
        let filled = |sign_type: SignType, name: &str| {
            let written = write(&pay_v2::UNIFIEDORDER, &order, sign_type);
            written.fields.get(name).map(str::to_owned)
        };
        // MD5 is what WeChat takes when nothing is said.
        assert_eq!(filled(SignType::Md5, "sign_type"), None);
        assert_eq!(filled(SignType::HmacSha256, "sign_type").as_deref(), Some("HMAC-SHA256"));
        assert_eq!(filled(SignType::Md5, "nonce_str"), Some("n".repeat(32)));
        assert_eq!(filled(SignType::Md5, "out_trade_no"), Some(format!("1768478400{}", "n".repeat(16))));
        assert_eq!(filled(SignType::Md5, "notify_url").as_deref(), Some("https://shop.example/n"));
        assert_eq!(filled(SignType::Md5, "trade_type").as_deref(), Some("JSAPI"));
        // 2026-01-15 12:00:00 UTC.
        let paid =
            [("openid", "o1"), ("cash_fee", "1"), ("transaction_id", "4"), ("out_trade_no", "T-000001")];
        let paid = write(&notice::PAYMENT, &[&paid[..], &order[1..2]].concat(), SignType::Md5);
        assert_eq!(paid.fields.get("time_end"), Some("20260115200000"));
        let heard = read_request(&notice::REFUND, &refunded(&[]).unwrap().request, &keys(SignType::Md5), NOW)
            .unwrap();
        assert_eq!(heard.fields.get("success_time"), Some("2026-01-15 20:00:00"));
    }

    fn refunded(more: &[(&str, &str)]) -> Result<Written, WriteError> {
        let mut said = fields(&[
            ("transaction_id", "4"),
            ("out_trade_no", "T-000001"),
            ("refund_id", "5"),
            ("out_refund_no", "R1"),
            ("total_fee", "1"),
            ("refund_fee", "1"),
            ("settlement_refund_fee", "1"),
        ]);
        said.extend(more.iter().copied());
        write_request(&notice::REFUND, &said, &keys(SignType::Md5), &stamp(), "https://shop.example/n")
    }

    #[test]
    fn what_is_hidden_is_checked_hidden_and_found() {
        let Err(WriteError::Fields(problems)) = refunded(&[("refund_fee", "0.01")]) else { panic!() };
        assert_eq!(problems[0].field, "refund_fee");
        let written = refunded(&[]).unwrap();
        assert_eq!(written.request.url, "https://shop.example/n");
        assert!(written.fields.get("refund_fee").is_none() && written.fields.get("req_info").is_some());
        let heard = read_request(&notice::REFUND, &written.request, &keys(SignType::Md5), NOW).unwrap();
        assert_eq!((heard.fields.get("refund_fee"), heard.fields.get("req_info")), (Some("1"), None));
        let other = read_request(&notice::REFUND, &written.request, &others(), NOW);
        assert!(matches!(other, Err(ReadError::ReqInfo(_))));
        // A receipt hides nothing, and needs no key.
        let receipt = fields(&[("return_code", "SUCCESS"), ("return_msg", "OK")]);
        let reply = write_reply(&notice::REFUND, receipt.clone().into(), &Keys::default(), &stamp()).unwrap();
        assert_eq!(read_reply(&notice::REFUND, &reply, &Keys::default(), NOW), Ok(receipt.into()));
    }

    /// As seen in logs of merchants and in the samples of the official pages.
    #[test]
    fn bodies_look_as_wechats_do() {
        let keys = keys(SignType::Md5);
        let body = |request: &Request| String::from_utf8(request.body.clone()).unwrap();
        let write = |row: &Endpoint, pairs: &[(&str, &str)]| {
            write_request(row, &fields(pairs), &keys, &stamp(), "").unwrap().request
        };
        let asked = write(&pay_v2::CLOSEORDER, &[("out_trade_no", "T-000001")]);
        assert!(body(&asked).starts_with("<xml><appid><![CDATA[wx2421b1c4370ec43b]]></appid><mch_id>"));
        assert!(!asked.certificate);
        let ids = [("out_trade_no", "T-000001"), ("out_refund_no", "R1")];
        let fees = [("total_fee", "1"), ("refund_fee", "1")];
        assert!(write(&pay_v2::REFUND, &[ids, fees].concat()).certificate);
        let paid = [("openid", "o1"), ("cash_fee", "1"), ("transaction_id", "4"), ("total_fee", "1")];
        let told = body(&write(&notice::PAYMENT, &[&paid[..], &ids[..1]].concat()));
        assert!(
            told.starts_with("<xml><appid><![CDATA[wx2421b1c4370ec43b]]></appid>\n<bank_type>"),
            "{told}"
        );
        assert!(told.contains("\n<total_fee>1</total_fee>\n"), "{told}");
        let refund = body(&refunded(&[]).unwrap().request);
        assert!(refund.starts_with("<xml><return_code>SUCCESS</return_code>"), "{refund}");
        let reply = |row: &Endpoint, pairs: &[(&str, &str)]| {
            let reply = write_reply(row, fields(pairs).into(), &keys, &stamp()).unwrap();
            String::from_utf8(reply.body).unwrap()
        };
        let token = [("access_token", "ACCESS_TOKEN"), ("expires_in", "7200")];
        assert_eq!(reply(&oa::TOKEN, &token), r#"{"access_token":"ACCESS_TOKEN","expires_in":7200}"#);
        let paid =
            reply(&pay_v2::ORDERQUERY, &[("return_code", "SUCCESS"), ("total_fee", "1"), ("attach", "1")]);
        assert!(paid.contains("<total_fee>1</total_fee>\n<attach><![CDATA[1]]></attach>"), "{paid}");
    }

    // The order, seen by a scheme that has a proof among the fields and one
    // around the message, and rows of the shapes that v3 has.

    #[derive(Debug)]
    struct Both;

    fn proof(message: Envelope<'_>, key: &str) -> String {
        let mut text = String::new();
        let (head, body) = match message {
            Envelope::Request(asked) => (format!("{} {}", asked.method, asked.url), &asked.body),
            Envelope::Reply(told) => (told.status.to_string(), &told.body),
        };
        write!(text, "{key} {head} {}", String::from_utf8_lossy(body)).unwrap();
        text
    }

    fn key(ring: &dyn Keyring) -> Option<Keys> {
        ring.keys(Who { app_id: "", mch_id: "" })
    }

    impl Proof for Both {
        fn mark(
            &self,
            _: Turn,
            _: Columns,
            fields: &mut Fields,
            _: &Keys,
            _: &Stamp,
        ) -> Result<(), WriteError> {
            fields.set("mark", "1");
            Ok(())
        }

        fn seal(
            &self,
            message: Envelope<'_>,
            keys: &Keys,
            _: &Stamp,
        ) -> Result<Vec<(String, String)>, WriteError> {
            let key = keys.mch_id.as_deref().ok_or(WriteError::NoPayKey)?;
            Ok(vec![("x-proof".into(), proof(message, key))])
        }

        fn prove(&self, message: Envelope<'_>, ring: &dyn Keyring, _: u64) -> Believed {
            let given = match message {
                Envelope::Request(asked) => asked.header("x-proof"),
                Envelope::Reply(told) => told.header("x-proof"),
            };
            let keys = key(ring).ok_or(ReadError::Nobody)?;
            let right = proof(message, keys.mch_id.as_deref().unwrap_or_default());
            if given == Some(&*right) { Ok(Some(keys)) } else { Err(ReadError::Nobody) }
        }

        fn open(&self, _: Turn, _: Columns, fields: &mut Fields, _: &dyn Keyring) -> Believed {
            fields.remove("mark").map(|_| None).ok_or(ReadError::NoPayKey)
        }

        fn refusal(&self, reply: &Reply, fields: &Fields) -> Option<(String, String)> {
            let code = fields.get("code").filter(|_| reply.status >= 400)?;
            Some((code.to_owned(), fields.get("message").unwrap_or_default().to_owned()))
        }
    }

    const OUT_TRADE_NO: &Field = &Field::must("out_trade_no", Kind::OrderNo, 32).at(Spot::Path);
    const MCHID: &Field = &Field::must("mchid", Kind::Text, 32).filled(Fill::MchId);

    const ROW: Endpoint = Endpoint {
        name: "query",
        method: Method::Get,
        host: Host::Mch,
        path: "/v3/pay/transactions/out-trade-no/{out_trade_no}",
        scheme: Scheme::MadeUp(&Both),
        sends: Format::Empty,
        answers: Format::Json,
        success: Success::Fields,
        layout: Layout::OneLine,
        fields: &[
            OUT_TRADE_NO,
            &MCHID.at(Spot::Query),
            &Field::may("Wechatpay-Serial", Kind::Text, 0).at(Spot::Header),
        ],
        reply: &[
            &Field::must("trade_state", Kind::Text, 0),
            &Field::may("Request-ID", Kind::Text, 0).at(Spot::Header),
        ],
        told_by: &[],
        errors: &[],
        certificate: Certificate::NotNeeded,
        money: Money::Still,
        leaves: crate::api::endpoint::Leaves::Nothing,
        about: Word::new("", ""),
        page: "",
    };

    static QUERY: Endpoint = ROW;

    static LATEST: Endpoint =
        Endpoint { path: "/v3/pay/transactions/out-trade-no/latest", fields: &[], ..ROW };

    static CLOSE: Endpoint = Endpoint {
        method: Method::Post,
        path: "/v3/pay/transactions/out-trade-no/{out_trade_no}/close",
        sends: Format::Json,
        success: Success::Nothing,
        fields: &[OUT_TRADE_NO, MCHID],
        ..ROW
    };

    static UNBIND: Endpoint = Endpoint {
        method: Method::Delete,
        path: "/v3/users/{openid}",
        success: Success::Nothing,
        fields: &[&Field::must("openid", Kind::Text, 0).at(Spot::Path)],
        ..ROW
    };

    const ORIGIN: &str = "https://api.mch.weixin.qq.com";

    fn written(row: &Endpoint, pairs: &[(&str, &str)]) -> Request {
        write_request(row, &fields(pairs), &keys(SignType::Md5), &stamp(), ORIGIN).unwrap().request
    }

    fn heard(row: &Endpoint, request: &Request) -> Result<Fields, ReadError> {
        read_request(row, request, &keys(SignType::Md5), NOW)?.sound()
    }

    #[test]
    fn fields_travel_in_path_query_header_and_body() {
        let number = "T|0001*a";
        let request = written(&QUERY, &[("out_trade_no", number), ("Wechatpay-Serial", "5157F09E")]);
        let url = "/v3/pay/transactions/out-trade-no/T%7C0001%2Aa?mchid=1900000109&mark=1";
        assert_eq!(request.url, format!("{ORIGIN}{url}"));
        assert_eq!((request.method.as_str(), request.body.len()), ("GET", 0));
        assert_eq!(request.header("wechatpay-serial"), Some("5157F09E"));
        let told = heard(&QUERY, &request).unwrap();
        let all = [("Wechatpay-Serial", "5157F09E"), ("mchid", "1900000109"), ("out_trade_no", number)];
        assert_eq!(sorted(&told), all);
        let request = written(&CLOSE, &[("out_trade_no", "T-000001")]);
        assert_eq!(request.path(), "/v3/pay/transactions/out-trade-no/T-000001/close");
        assert_eq!(request.body, br#"{"mchid":"1900000109","mark":"1"}"#);
        assert_eq!(
            sorted(&heard(&CLOSE, &request).unwrap()),
            all.map(|(n, v)| { if n == "out_trade_no" { (n, "T-000001") } else { (n, v) } })[1..]
        );
        let request = written(&UNBIND, &[("openid", "o/1")]);
        assert_eq!((request.method.as_str(), request.path()), ("DELETE", "/v3/users/o%2F1"));
        assert_eq!(heard(&UNBIND, &request).unwrap().get("openid"), Some("o/1"));
    }

    #[test]
    fn a_header_holds_no_line_break() {
        let said = fields(&[("out_trade_no", "T-000001"), ("Wechatpay-Serial", "1\r\nx: y")]);
        let written = write_request(&QUERY, &said, &keys(SignType::Md5), &stamp(), ORIGIN);
        let name = "Wechatpay-Serial".to_owned();
        assert_eq!(written.err(), Some(WriteError::Wire(WireError::Unwritable { name })));
    }

    #[test]
    fn the_path_outweighs_what_stands_elsewhere() {
        let mut request = written(&CLOSE, &[("out_trade_no", "T-000001")]);
        request.url.push_str("?out_trade_no=T-000002");
        request.body = br#"{"mchid":"1","mark":"1","out_trade_no":"T-000003"}"#.to_vec();
        request.headers = Both.seal(Envelope::Request(&request), &keys(SignType::Md5), &stamp()).unwrap();
        assert_eq!(heard(&CLOSE, &request).unwrap().get("out_trade_no"), Some("T-000001"));
    }

    #[test]
    fn a_path_is_looked_up_by_the_row_that_leaves_less_open() {
        let rows = || [&QUERY, &LATEST, &CLOSE, &UNBIND].into_iter();
        let at = |path: &str| meant(rows(), path).map(|row| row.path);
        let below = "/v3/pay/transactions/out-trade-no";
        assert_eq!(at(&format!("{below}/latest")), Some(LATEST.path));
        assert_eq!(at(&format!("{below}/T1")), Some(QUERY.path));
        assert_eq!(at(&format!("{below}/T1/close")), Some(CLOSE.path));
        assert_eq!(at("/v3/users/o1"), Some(UNBIND.path));
        assert_eq!(at("/v3/users/"), None);
        assert!(QUERY != LATEST && &QUERY == rows().next().unwrap());
    }

    #[test]
    fn nothing_is_a_good_answer() {
        let keys = keys(SignType::Md5);
        for row in [&CLOSE, &UNBIND] {
            let reply = write_reply(row, Answer::default(), &keys, &stamp()).unwrap();
            assert_eq!((reply.status, reply.body.len()), (204, 0));
            assert_eq!(read_reply(row, &reply, &keys, NOW), Ok(Answer::default()));
        }
        let no = fields(&[("code", "ORDER_CLOSED"), ("message", "订单已关闭")]);
        let mut reply = write_reply(&CLOSE, no.into(), &keys, &stamp()).unwrap().with_status(400);
        assert_eq!(read_reply(&CLOSE, &reply, &keys, NOW), Err(ReadError::Nobody), "the status is sealed");
        reply.headers = Both.seal(Envelope::Reply(&reply), &keys, &stamp()).unwrap();
        let Err(ReadError::Refused(refusal)) = read_reply(&CLOSE, &reply, &keys, NOW) else { panic!() };
        assert_eq!((&*refusal.code, &*refusal.text), ("ORDER_CLOSED", "订单已关闭"));
    }

    #[test]
    fn headers_of_a_reply_are_fields_too() {
        let keys = keys(SignType::Md5);
        let said = fields(&[("trade_state", "SUCCESS"), ("Request-ID", "08F7")]);
        let reply = write_reply(&QUERY, said.clone().into(), &keys, &stamp()).unwrap();
        assert_eq!(reply.body, br#"{"trade_state":"SUCCESS","mark":"1"}"#);
        assert_eq!(reply.header("request-id"), Some("08F7"));
        assert_eq!(read_reply(&QUERY, &reply, &keys, NOW).unwrap().fields, said);
    }

    /// What a scheme sees is in this order: it proves the bytes before anyone
    /// parses them, and opens the fields before anyone checks them.
    #[test]
    fn the_proof_around_comes_first_on_the_way_in_and_last_on_the_way_out() {
        let good = written(&CLOSE, &[("out_trade_no", "T-000001")]);
        let with = |body: &str| Request { body: body.into(), ..good.clone() };
        let sealed = |body: &str| {
            let mut request = with(body);
            request.headers = Both.seal(Envelope::Request(&request), &keys(SignType::Md5), &stamp()).unwrap();
            request
        };
        // The seal is over what was written, mark and all.
        assert_eq!(heard(&CLOSE, &good).unwrap().get("mchid"), Some("1900000109"));
        assert_eq!(heard(&CLOSE, &with("{")), Err(ReadError::Nobody));
        assert_eq!(heard(&CLOSE, &sealed("{")), Err(ReadError::Wire(WireError::Truncated { at: 1 })));
        assert_eq!(heard(&CLOSE, &sealed("{}")), Err(ReadError::NoPayKey), "not opened");
        assert!(matches!(heard(&CLOSE, &sealed(r#"{"mark":"1"}"#)), Err(ReadError::Fields(_))));
        // And nothing is marked or sealed that is not complete and checked.
        let unsealed = Keys { mch_id: None, ..keys(SignType::Md5) };
        let write =
            |pairs: &[(&str, &str)]| write_request(&CLOSE, &fields(pairs), &unsealed, &stamp(), ORIGIN).err();
        assert_eq!(write(&[("out_trade_no", "T1")]), Some(WriteError::NoSetting(Fill::MchId)));
        assert!(matches!(write(&[("out_trade_no", "T1"), ("mchid", "1")]), Some(WriteError::Fields(_))));
        let complete = write(&[("out_trade_no", "T-000001"), ("mchid", "1")]);
        assert_eq!(complete, Some(WriteError::NoPayKey));
    }
}
