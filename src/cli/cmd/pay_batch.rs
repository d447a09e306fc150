//! `pay verify --batch`: many messages of pay v2 with one key. Comes in: a stream; goes out: how
//! many are right, and which are not. Plain messages are proven side by side, all others one by
//! one as `pay verify` does: the verdicts are the same. One thread takes 0.4 of the time of
//! `md5sum` over the same file (AVX-512, Zen 5; 1.1 without vectors): `benches/batch.sh`.

use wxkit::api::keys::{Secret, SignType};
use wxkit::api::scheme::many::{Many, Wrong};
use wxkit::api::scheme::pay_v2;
use wxkit::api::{Message, Word};
use wxkit::wire::batch::{At, Run};

use super::super::args::Args;
use super::super::error::Error;
use super::super::input;
use super::super::outcome::Outcome;
use super::super::tally::{self, Bads, Checks};
use super::super::wiring::Context;

/// Checks a stream of payloads without keeping them; with a digest that somebody named, all
/// with that one.
pub(super) fn verify(args: &Args, ctx: &Context, sign_type: Option<SignType>) -> Result<Outcome, Error> {
    let (key, stream) = (ctx.pay_key()?, ctx.stream(args)?);
    let name = stream.name().to_owned();
    tally::outcome(args, ctx.lang, stream, || Hands {
        many: Many::new(&key),
        key: &key,
        sign_type,
        name: &name,
    })
}

struct Hands<'k> {
    many: Many<At>,
    key: &'k Secret,
    /// Of all messages, whatever they say themselves.
    sign_type: Option<SignType>,
    name: &'k str,
}

impl Checks for Hands<'_> {
    fn check(&mut self, run: &Run, bad: &mut Bads) {
        let (mut pairs, mut wrong) = (Vec::with_capacity(32), Vec::new());
        let mut told = |at, verdict: Result<(), Wrong>| wrong.extend(verdict.err().map(|why| (at, why)));
        tally::one_by_one(run, self.name, bad, |at, payload| match self.sign_type {
            Some(sign_type) => alone(payload, self.key, Some(sign_type)),
            None => match self.many.check(payload, &mut pairs, at, &mut told) {
                Some(()) => Ok(()),
                None => alone(payload, self.key, None),
            },
        });
        self.many.finish(&mut told);
        for (at, why) in wrong {
            bad.add(at, || word(why).into());
        }
    }
}

fn alone(payload: &[u8], key: &Secret, sign_type: Option<SignType>) -> Result<(), Message> {
    let mut fields = input::read_bare(payload).map_err(|error| error.message)?;
    let said = input::said_type(&fields);
    let given = fields.get("sign").unwrap_or_default().trim().to_owned();
    let sign_type = match sign_type {
        Some(sign_type) => sign_type,
        None => said.map_err(|error| error.message)?.unwrap_or_else(|| SignType::of_signature(&given)),
    };
    fields.set("sign", given);
    pay_v2::verify_as(sign_type, &fields, key)
        .map(|_| ())
        .map_err(|broken| word(if broken.is_missing() { Wrong::Missing } else { Wrong::Other }).into())
}

const fn word(why: Wrong) -> Word {
    match why {
        Wrong::Missing => Word::new("没有 sign 字段", "there is no sign field"),
        Wrong::Other => Word::new("签名不符", "the signature does not match"),
    }
}
