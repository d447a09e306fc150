//! `mock keys`: the gateway's published keys of v3 as files, by the names that the
//! merchant platform gives them. Comes in: a directory; goes out: files, and the variables
//! that name them. It overwrites nothing that differs unless told.

use std::path::Path;

use serde_json::{Map, json};
use wxkit::api::Word;
use wxkit::mock::{Identity, KEY_FILES, KeyFile, KeyMode, PUB_KEY_ID};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::files;
use super::super::outcome::{Outcome, Purpose, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static FORCE: Flag = Flag::switch(
    "force",
    "目录里已有内容不同的同名文件时也覆盖",
    "Overwrite files of these names that hold something else",
);

/// `mock --keys`
pub static KEYS: Flag = Flag::text(
    "keys",
    "DIR",
    "把 v3 测试密钥写进这个目录，并在环境变量里指给程序（同 wxkit mock keys DIR）",
    "Write the test keys of v3 into this directory and name them in the variables (as wxkit mock keys DIR does)",
);

/// `mock keys`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "mock",
    name: "keys",
    about: Word::new(
        "把网关的 v3 测试密钥（公开的，只供测试）写进目录：商户私钥与证书、微信支付公钥、平台证书",
        "Write the gateway's test keys of v3 (published, for tests only) into a directory: the merchant's key and certificate, WeChat Pay's public key, the platform certificate",
    ),
    example: "mock keys ./wechat-keys",
    flags: &[&FORCE],
    words: Words::One("DIR", Word::new("目录，没有就建", "the directory; made if it is not there")),
    row: None,
    run: keys,
}];

fn keys(args: &Args, _: &Context) -> Result<Outcome, Error> {
    let dir = Path::new(args.word().unwrap_or("."));
    let rule = if args.has(&FORCE) { Existing::Overwritten } else { Existing::Kept };
    written(dir, rule)?;
    let pairs = variables(Some(dir), &Identity::default());
    let lines: Vec<String> =
        pairs.iter().map(|(name, value)| format!("export {name}={}", error::shell_word(value))).collect();
    let files: Vec<&str> = KEY_FILES.iter().map(|file| file.name).collect();
    let env: Map<_, _> = pairs.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let data = json!({ "directory": dir.display().to_string(), "files": files, "env": env });
    let said = Word::new(
        "{} 里有这些文件：{}（公开的测试密钥，线上一律无效）",
        "{} has these files: {} (published keys, for tests only: they are worth nothing live)",
    );
    let view = vec![
        View::Good(said.with([dir.display().to_string(), files.join(" ")])),
        View::Block(lines.join("\n")),
    ];
    Ok(Outcome { view, purpose: Purpose::Asked, ..Outcome::new(data, lines.join("\n")) })
}

/// What happens to a file that is there and holds something else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and that is an error.
    Kept,
    /// It is overwritten.
    Overwritten,
}

/// Writes the files; those that are there already stay untouched.
pub fn written(dir: &Path, existing: Existing) -> Result<(), Error> {
    if !dir.exists() {
        files::make_directory(dir)?;
    }
    let differs = |file: &&KeyFile| std::fs::read(dir.join(file.name)).is_ok_and(|bytes| bytes != file.bytes);
    if let Some(file) = KEY_FILES.iter().find(differs).filter(|_| existing == Existing::Kept) {
        let path = dir.join(file.name).display().to_string();
        let message =
            Word::new("{} 已存在，内容不是测试密钥", "{} is there already and holds something else");
        let hint = Word::new(
            "换一个目录；确实要覆盖就加 --force",
            "take another directory, or --force to overwrite it",
        );
        return Err(Error::usage(message.with([path])).hint(hint));
    }
    for file in &KEY_FILES {
        let path = dir.join(file.name);
        if std::fs::read(&path).is_ok_and(|bytes| bytes == file.bytes) {
            continue;
        }
        let path = path.display().to_string();
        if file.is_secret {
            files::write(&path, file.bytes)?;
        } else {
            files::write_report(&path, file.bytes)?;
        }
    }
    Ok(())
}

/// What a client of v3 has to know, and where its files are.
pub fn variables(dir: Option<&Path>, identity: &Identity) -> Vec<(&'static str, String)> {
    let v3 = identity.default_keys().v3;
    let (serial, key) = v3.map(|v3| (v3.serial, v3.api_v3_key)).unwrap_or_default();
    let key = key.map(|key| key.expose().to_owned()).unwrap_or_default();
    let mut all = vec![("WXKIT_SERIAL", serial), ("WXKIT_API_V3_KEY", key)];
    let has_public_key = identity.key_mode != KeyMode::Certificate;
    all.extend(has_public_key.then(|| ("WXKIT_WECHAT_KEY_ID", PUB_KEY_ID.to_owned())));
    if let Some(dir) = dir {
        let path = |name: &str| {
            std::path::absolute(dir.join(name)).unwrap_or_else(|_| dir.join(name)).display().to_string()
        };
        let wechat = if has_public_key { "pub_key.pem" } else { "platform_cert.pem" };
        all.extend([("WXKIT_PRIVATE_KEY", path("apiclient_key.pem")), ("WXKIT_WECHAT_KEY", path(wechat))]);
    }
    all
}
