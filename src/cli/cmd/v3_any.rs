//! `v3 call`, for paths without a row, and `v3 certs`, the platform certificates. Comes
//! in: a method, a path, a body; goes out: what WeChat says, proved. A body from a file
//! is signed and sent byte for byte.

use serde_json::{Value, json};
use wxkit::api::Word;
use wxkit::api::endpoint::Method;
use wxkit::api::pay_v3::{CERTIFICATES, ROWS};
use wxkit::wire::{Fields, tree};

use super::super::args::{Args, FROM, Flag};
use super::super::error::Error;
use super::super::files;
use super::super::input;
use super::super::outcome::{Outcome, View, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static OUT_DIR: Flag = Flag::text(
    "out",
    "DIR",
    "把证书写进这个目录：wechatpay_序列号.pem",
    "Write the certificates into this directory, as wechatpay_SERIAL.pem",
)
.short('o');

/// `v3`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "v3",
        name: "call",
        about: Word::new("签名并调用任意 v3 接口", "Call any v3 path, signed and proved"),
        example: "v3 call GET '/v3/merchant-service/complaints-v2?limit=5&offset=0'",
        flags: &[],
        words: Words::MethodPathAndFields,
        row: None,
        run: call,
    },
    &Verb {
        noun: "v3",
        name: "certs",
        about: Word::new(
            "下载、解密、验证并保存平台证书；说明商户是否已用微信支付公钥",
            "Download, open, prove and keep the platform certificates; tells a merchant in public-key mode",
        ),
        example: "v3 certs --out . --api-v3-key file:apiv3.key",
        flags: &[&OUT_DIR],
        words: Words::None,
        row: None,
        run: certs,
    },
];

/// Method, path, and the words that are fields.
fn target(args: &Args) -> Result<(Method, String, Vec<&str>), Error> {
    let mut words = args.words();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let method = Method::named(&method.to_ascii_uppercase()).ok_or_else(|| {
        let message = Word::new(
            "“{}” 不是 GET、POST、PUT、PATCH 或 DELETE",
            "\"{}\" is no GET, POST, PUT, PATCH or DELETE",
        );
        Error::usage(message.with([super::super::error::typed(method)]))
            .next(format!("wxkit {}", VERBS[0].example))
    })?;
    let plain = path.bytes().all(|b| matches!(b, b'!'..=b'~') && !b"\"<>\\^`{}|#".contains(&b));
    let steps = path.split('?').next().unwrap_or_default();
    if !path.starts_with('/') || !plain || steps.split('/').any(|step| matches!(step, "." | "..")) {
        let message = Word::new("路径 “{}” 不能照样发送", "the path \"{}\" cannot be sent as it is");
        return Err(Error::usage(message.with([super::super::error::typed(path)])).hint(Word::new(
            "路径从 / 开始，其余字符要写成百分号编码：签名按线上的样子计算",
            "it begins with /, and other characters are percent-encoded: what is signed is what crosses the wire",
        )));
    }
    Ok((method, path.to_owned(), words.collect()))
}

fn call(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (method, path, words) = target(args)?;
    let fields = match args.text(&FROM) {
        Some(source) if words.is_empty() && !matches!(method, Method::Get | Method::Delete) => {
            let text = String::from_utf8_lossy(&input::bytes_of(source)?).into_owned();
            Fields::from_iter([("", text)])
        }
        Some(source) => {
            let mut fields = tree::read(&input::bytes_of(source)?, tree::Nulls::Refused)?;
            input::add_words(&mut fields, words.into_iter())?;
            written(method, &fields)?
        }
        None => {
            let mut fields = Fields::new();
            input::add_words(&mut fields, words.into_iter())?;
            written(method, &fields)?
        }
    };
    let called = ctx.call_v3_path(method, &path, &fields)?;
    let data: Value = serde_json::from_slice(&called.reply.body).unwrap_or_else(|_| json!({}));
    let text = serde_json::to_string_pretty(&data).unwrap_or_default();
    let done = Word::new("HTTP {}", "HTTP {}").with([called.reply.status.to_string()]);
    let outcome = Outcome::new(data.clone(), data.to_string()).show(View::Good(done));
    Ok(if called.reply.body.is_empty() { outcome } else { outcome.show(View::Block(text)) })
}

/// Fields as they are sent: in the query, or as one body whose numbers are numbers
/// where any row says so.
fn written(method: Method, fields: &Fields) -> Result<Fields, Error> {
    if fields.is_empty() || matches!(method, Method::Get | Method::Delete) {
        return Ok(fields.clone());
    }
    let bare = |name: &str, value: &str| {
        let known = ROWS.iter().find_map(|row| row.field(name));
        known.map_or(value.starts_with(['{', '[']), wxkit::api::Field::is_bare)
    };
    Ok(Fields::from_iter([("", tree::write(fields, bare)?)]))
}

fn certs(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let called = match ctx.call_v3(&CERTIFICATES, &Fields::new()) {
        Err(error) if is_public_key_mode(&error) => return Ok(public_key_mode()),
        called => called?,
    };
    let fields = &called.answer.fields;
    let said = |n: usize, name: &str| fields.get(&format!("data.{n}.{name}"));
    let entries = (0..).map_while(|n| Some((n, said(n, "serial_no")?)));
    let (mut list, mut rows, mut wrote) = (Vec::new(), Vec::new(), Vec::new());
    for (n, serial) in entries {
        let [effective, expires] =
            ["effective_time", "expire_time"].map(|name| said(n, name).unwrap_or_default());
        list.push(json!({ "serial": serial, "effective": effective, "expires": expires }));
        rows.push((serial.to_owned(), format!("{effective} – {expires}")));
        if let Some(pem) = said(n, "certificate") {
            let file = format!("wechatpay_{}.pem", named(serial)?);
            if let Some(kept) = ctx.kept_certificates() {
                files::make_directory(&kept)?;
                files::write(&kept.join(&file).display().to_string(), pem.as_bytes())?;
            }
            if let Some(dir) = args.text(&OUT_DIR) {
                let path = std::path::Path::new(dir).join(&file).display().to_string();
                files::write(&path, pem.as_bytes())?;
                wrote.push(path);
            }
        }
    }
    let data = json!({ "certificates": list, "mode": "certificate", "files": wrote });
    let serials: Vec<String> = rows.iter().map(|(serial, _)| serial.clone()).collect();
    let proved = Word::new(
        "已解密、验证并保存 {} 张平台证书，之后的调用会用到它们",
        "platform certificates opened, proved and kept for later calls: {}",
    );
    let outcome = Outcome::new(data, serials.join("\n"))
        .show(View::Good(proved.with([rows.len().to_string()])))
        .show(pairs(rows));
    let told = Word::new("写入 {}：用 --wechat-key 给出", "written to {}: name it with --wechat-key");
    Ok(wrote.iter().fold(outcome, |outcome, path| outcome.show(View::Say(told.with([path.as_str()])))))
}

/// A serial is a part of a file name only if it is one.
fn named(serial: &str) -> Result<&str, Error> {
    let is_serial = !serial.is_empty() && serial.bytes().all(|b| b.is_ascii_hexdigit());
    if is_serial { Ok(serial) } else { Err(Error::bug("a serial number that is none")) }
}

/// New merchants have no platform certificates, and WeChat says so with a 404.
fn is_public_key_mode(error: &Error) -> bool {
    let code = error.upstream.as_ref().and_then(|fields| fields.get("code"));
    code == Some("RESOURCE_NOT_EXISTS")
}

fn public_key_mode() -> Outcome {
    let said = Word::new(
        "这个商户没有平台证书：它用微信支付公钥",
        "this merchant has no platform certificates: it uses WeChat Pay's public key",
    );
    let next = Word::new(
        "在商户平台“账户中心 → API安全”下载 pub_key.pem，用 --wechat-key 与 --wechat-key-id PUB_KEY_ID_… 给出",
        "download pub_key.pem from the merchant platform (API security), and give it with --wechat-key and --wechat-key-id PUB_KEY_ID_…",
    );
    Outcome::new(json!({ "certificates": [], "mode": "public_key" }), "public_key")
        .show(View::Good(said.into()))
        .show(View::Say(next.into()))
}
