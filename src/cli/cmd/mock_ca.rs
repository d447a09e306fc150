//! `mock ca`: the certificate of the gateway's CA, for programs and machines that are to
//! trust it. Its key stays where it is.

use std::io::Read as _;

use serde_json::json;
use wxkit::api::Word;

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::{Outcome, Purpose, View};
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
        return Ok(outcome.show(View::Block(pem.trim_end().to_owned())).meant_for(Purpose::Asked));
    };
    if holds_something_else(path) {
        let message = Word::new("{} 已存在，内容不是证书", "{} is there already and is no certificate");
        let hint = Word::new("换一个文件名，或先移走它", "name another file, or move it away first");
        return Err(Error::usage(message.with([path])).hint(hint));
    }
    trust.hand_out(path)?;
    let said = Word::new(
        "CA 证书已写入 {}：交给要信任网关的程序；私钥留在 {} 旁边，不要外传",
        "the CA certificate is in {}, for programs that are to trust the gateway; its key stays beside {} and is for nobody else",
    );
    Ok(outcome.show(View::Good(said.with([path, &kept]))))
}

/// Whether there is a file that nobody wants overwritten.
fn holds_something_else(path: &str) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    let mut first = Vec::new();
    let opened = std::path::Path::new(path).is_file().then(|| std::fs::File::open(path));
    let read = opened.and_then(Result::ok).map(|file| file.take(BEGIN.len() as u64).read_to_end(&mut first));
    read.is_some() && !first.is_empty() && first != BEGIN
}
