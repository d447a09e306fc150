//! `mock ca`: the certificate of the gateway's CA, for programs and machines that are to
//! trust it. Its key stays where it is.

use serde_json::json;
use wxkit::api::Word;

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::{Outcome, View};
use super::super::trust::Trust;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static OUT: Flag =
    Flag::text("out", "FILE", "把证书（PEM）写进这个文件", "Write the certificate into this file, as PEM");

/// `mock ca`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "mock",
    name: "ca",
    about: Word::new(
        "网关的 CA 证书：第一次使用时生成，只签发微信与本机的域名",
        "The CA certificate of the gateway: made on first use, good for WeChat's names and this machine's only",
    ),
    example: "mock ca --out wxkit-ca.pem",
    flags: &[&OUT],
    words: Words::None,
    row: None,
    run: ca,
}];

fn ca(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let trust = Trust::kept(ctx)?;
    let pem = trust.certificate();
    let kept = trust.path().display().to_string();
    let data = json!({ "certificate": pem, "file": args.text(&OUT).unwrap_or(&kept) });
    let outcome = Outcome::new(data, pem.trim_end());
    let Some(path) = args.text(&OUT) else {
        return Ok(outcome.show(View::Block(pem.trim_end().to_owned())));
    };
    trust.hand_out(path)?;
    let said = Word::new(
        "CA 证书已写入 {}：交给要信任网关的程序；私钥留在 {} 旁边，不要外传",
        "the CA certificate is in {}, for programs that are to trust the gateway; its key stays beside {} and is for nobody else",
    );
    Ok(outcome.show(View::Good(said.with([path, &kept]))))
}
