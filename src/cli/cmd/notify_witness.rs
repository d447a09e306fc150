//! Who counts what a receiver has booked, for the commands that send it notices. Comes in:
//! `--verify-cmd` or `--verify-url`; goes out: a witness, and what it says around a replay.

use wxkit::api::Word;
use wxkit::client::notices::Version;
use wxkit::client::notices::examine::{Counted, Witness};
use wxkit::wire::{Fields, Request, json, xml};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::wiring::Context;

/// `--verify-cmd`
pub static VERIFY_CMD: Flag = Flag::text(
    "verify-cmd",
    "COMMAND",
    "数入账次数的命令，输出一个整数：付款应只加一",
    "Command that prints how often something was booked: a payment has to add one",
);
/// `--verify-url`
pub static VERIFY_URL: Flag =
    Flag::text("verify-url", "URL", "给出同一个数的地址", "Address that gives the same number");

/// Who counts what was booked.
pub fn witness(args: &Args) -> Result<Option<Witness>, Error> {
    match (args.text(&VERIFY_CMD), args.address(&VERIFY_URL)?) {
        (Some(_), Some(_)) => {
            let message = Word::new(
                "--verify-cmd 与 --verify-url 只能写一个",
                "--verify-cmd and --verify-url exclude each other",
            );
            Err(Error::usage(message))
        }
        (Some(line), None) => Ok(Some(Witness::Command(line.to_owned()))),
        (None, url) => Ok(url.map(|url| Witness::Url(url.to_owned()))),
    }
}

/// The number before, and who is asked again after.
pub struct Before<'a> {
    witness: &'a Witness,
    count: i64,
}

impl<'a> Before<'a> {
    /// Counts for the first time.
    pub fn counted(witness: &'a Witness, ctx: &Context) -> Result<Self, Error> {
        let transport = ctx.watched_transport()?;
        let count = ctx.wait(witness.count(&transport))?.map_err(|mute| error::of_exam(mute.into()))?;
        Ok(Self { witness, count })
    }

    /// Counts again once nothing moves any more.
    pub fn after(&self, ctx: &Context) -> Result<Counted, Error> {
        let transport = ctx.watched_transport()?;
        let calm = ctx.wait(self.witness.calm(&transport, self.count))?;
        calm.map_err(|mute| error::of_exam(mute.into()))
    }
}

/// How many different events these notices tell of: what is sent again tells of the same.
pub fn events(notices: &[Request]) -> usize {
    let mut known: Vec<String> = notices.iter().map(about).collect();
    known.sort_unstable();
    known.dedup();
    known.len()
}

/// What a notice is about, as far as it says so in clear: WeChat signs each copy anew.
fn about(notice: &Request) -> String {
    let fields = match Version::of(notice) {
        Version::V2 => xml::read(&notice.body),
        Version::V3 => json::read(&notice.body),
    };
    let fields: Fields = fields.unwrap_or_default();
    let names = ["id", "req_info", "transaction_id", "out_trade_no"];
    let named = names.iter().find_map(|name| fields.filled(name)).map(str::to_owned);
    named.unwrap_or_else(|| String::from_utf8_lossy(&notice.body).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_tell_of_one_event() {
        let v2 = |no: &str, nonce: &str| {
            let fields = [("out_trade_no", no), ("nonce_str", nonce)].into_iter().collect();
            Request::new("POST", "/").with_body("text/xml", xml::write(&fields).unwrap())
        };
        let v3 = |id: &str| {
            let mut request = Request::new("POST", "/")
                .with_body("application/json", format!(r#"{{"id":"{id}","resource":{{}}}}"#));
            request.headers.push(("wechatpay-signature".into(), "x".into()));
            request
        };
        assert_eq!(events(&[v2("A", "1"), v2("A", "2"), v2("B", "1")]), 2);
        assert_eq!(events(&[v3("x"), v3("x"), v3("y"), v2("A", "1")]), 3);
        assert_eq!(events(&[]), 0);
    }
}
