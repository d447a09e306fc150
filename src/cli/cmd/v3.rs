//! `v3 sign|verify|encrypt|decrypt`: the `Authorization` header of a request, signed
//! messages, sealed fields and resources. Nothing here is sent.

use serde_json::{Value, json};
use wxkit::api::Word;
use wxkit::api::authorization::{authorize, signed_url};
use wxkit::api::keys::{Aead, Secret};
use wxkit::explain::{Asked, Case, Resource, Scheme};
use wxkit::wire::Fields;

use super::super::args::{Args, FROM, Flag};
use super::super::aside;
use super::super::error::{self, Error};
use super::super::explained;
use super::super::input;
use super::super::lacking;
use super::super::outcome::{Outcome, Purpose, View, pairs};
use super::super::paste;
use super::super::tally::{self, STATS, THREADS};
use super::super::unsealing;
use super::super::verb::{Verb, Words};
use super::super::wiring::{Context, Name};
use super::explain::{OTHER, others};
use super::pay::BATCH;
use super::v3_batch;

static BODY: Flag = Flag::text(
    "body",
    "TEXT|@FILE|-",
    "请求体，原样签名；上传文件时是 meta 的文本",
    "The body, signed as it stands; of an upload, the text of its meta part",
);

static CIPHER: Flag = Flag::text(
    "sealed",
    "BASE64",
    "微信支付用商户证书加密的字段（OAEP）",
    "A field that WeChat Pay sealed for the merchant's certificate (OAEP)",
);

/// `v3`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "v3",
        name: "sign",
        about: Word::new("计算 v3 请求的 Authorization 头", "Sign a v3 request: its Authorization header"),
        example: "v3 sign GET '/v3/pay/transactions/out-trade-no/A1?mchid=1900000109' --private-key apiclient_key.pem --cert apiclient_cert.pem",
        flags: &[&BODY],
        words: Words::Many(
            "METHOD URL",
            Word::new(
                "方法和地址（完整地址，或从 / 开始）",
                "Method and address, whole or from its first / on",
            ),
        ),
        row: None,
        run: sign,
    },
    &Verb {
        noun: "v3",
        name: "verify",
        about: Word::new(
            "验证 v3 的请求、应答或通知，不符时解释原因",
            "Check the signature of a v3 request, reply or notice, and explain a wrong one",
        ),
        example: "v3 verify notice.http --wechat-key pub_key.pem",
        flags: &[&BATCH, &THREADS, &STATS],
        words: Words::FileOrFields,
        row: None,
        run: verify,
    },
    &Verb {
        noun: "v3",
        name: "encrypt",
        about: Word::new(
            "用微信支付公钥或平台证书加密敏感字段",
            "Seal a sensitive field with WeChat Pay's public key or platform certificate",
        ),
        example: "v3 encrypt 张三 --wechat-key pub_key.pem --wechat-key-id PUB_KEY_ID_0119000001092026112600000000000001",
        flags: &[],
        words: Words::One(
            "TEXT",
            Word::new("明文；@文件 从文件读，- 从标准输入读", "The plain text; @FILE reads a file, - stdin"),
        ),
        row: None,
        run: encrypt,
    },
    &Verb {
        noun: "v3",
        name: "decrypt",
        about: Word::new(
            "解密通知、平台证书（AEAD）或敏感字段（OAEP）",
            "Open a notice or platform certificate (AEAD), or a sealed field (OAEP)",
        ),
        example: "v3 decrypt notice.json --api-v3-key file:apiv3.key",
        flags: &[&CIPHER, &OTHER],
        words: Words::FileOrFields,
        row: None,
        run: decrypt,
    },
];

fn sign(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let [method, url] = two(args)?;
    let body = args.text(&BODY).map_or(Ok(Vec::new()), named_bytes)?;
    let (keys, stamp) = (ctx.needed_v3()?, ctx.stamp());
    let method = method.to_ascii_uppercase();
    let signed = authorize(&keys, &method, &signed_url(url), &body, &stamp).map_err(error::of_rsa)?;
    let (string, timestamp) = (String::from_utf8_lossy(&signed.message), stamp.now.to_string());
    let data = json!({
        "authorization": signed.header, "signature": signed.signature, "string_to_sign": string,
        "timestamp": timestamp, "nonce_str": stamp.nonce, "serial_no": keys.serial,
    });
    let shown = pairs([("Authorization", &*signed.header), ("string_to_sign", "")]);
    let outcome = Outcome::new(data, &*signed.header).show(shown).show(View::Block(string.into_owned()));
    Ok(outcome.meant_for(Purpose::Sending))
}

fn two(args: &Args) -> Result<[&str; 2], Error> {
    let words: Vec<&str> = args.words().collect();
    <[&str; 2]>::try_from(words).map_err(|words| {
        let message = Word::new(
            "要方法和地址两个词，得到 {} 个",
            "a method and an address are needed: two words, not {}",
        );
        Error::usage(message.with([words.len().to_string()])).next(format!("wxkit {}", VERBS[0].example))
    })
}

/// A text, or the bytes of `@FILE` or `-`.
fn named_bytes(text: &str) -> Result<Vec<u8>, Error> {
    match text.strip_prefix('@') {
        Some(path) => input::bytes_of(path),
        None if text == "-" => input::bytes_of("-"),
        None => Ok(text.as_bytes().to_vec()),
    }
}

fn encrypt(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let plain = named_bytes(args.word().unwrap_or_default())?;
    let key = ctx.sealing_key()?;
    let cipher = key.seal(&plain, &ctx.stamp()).map_err(error::of_rsa)?;
    let data = json!({ "cipher": cipher, "serial": key.id });
    let shown = pairs([("cipher", &*cipher), ("Wechatpay-Serial", &key.id)]);
    Ok(Outcome::new(data, &*cipher).show(shown).meant_for(Purpose::Sending))
}

fn decrypt(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    if let Some(cipher) = args.text(&CIPHER) {
        return Ok(plain(&[ctx.unsealed(cipher)?]));
    }
    let handed = input::handed(args.words(), args.text(&FROM))?;
    let mut words = Fields::new();
    input::add_words(&mut words, handed.pairs.into_iter())?;
    let texts = match handed.source {
        Some(source) => {
            let all = sealed(&source.bytes()?)?;
            all.iter().map(|one| opened(one, args, ctx)).collect::<Result<Vec<_>, _>>()?
        }
        None => vec![opened(&named(&words)?, args, ctx)?],
    };
    Ok(plain(&texts))
}

fn plain(opened: &[Secret]) -> Outcome {
    let texts: Vec<&str> = opened.iter().map(Secret::expose).collect();
    let data = match &*texts {
        [one] => json!({ "plain": one }),
        all => json!({ "plain": all }),
    };
    let text = texts.join("\n");
    Outcome::new(data, &*text).show(View::Block(text.clone())).meant_for(Purpose::Sending)
}

/// A resource as it was handed in, name by name.
fn named(words: &Fields) -> Result<Resource, Error> {
    let resource = Resource::of(words).ok_or_else(|| no_resource("ciphertext"))?;
    if resource.nonce.is_empty() { Err(no_resource("nonce")) } else { Ok(resource) }
}

/// What a resource holds; if it does not open, why.
fn opened(resource: &Resource, args: &Args, ctx: &Context) -> Result<Secret, Error> {
    let aead = Aead { nonce: &resource.nonce, associated_data: &resource.associated_data };
    ctx.opened(aead, &resource.ciphertext).or_else(|error| {
        let unsealed = unsealing::unseal(resource, &others(args, ctx)?, ctx)?;
        let said = unsealed.as_ref().and_then(unsealing::remedy);
        Err(match said {
            Some(said) => error.hint(said),
            None => error,
        })
    })
}

/// Every resource in a notice, a reply of certificates, or a resource alone.
fn sealed(bytes: &[u8]) -> Result<Vec<Resource>, Error> {
    let from = bytes.iter().position(|byte| *byte == b'{').unwrap_or_default();
    let value: Value = serde_json::from_slice(&bytes[from..]).map_err(|_| no_resource("ciphertext"))?;
    let mut found = Vec::new();
    collect(&value, &mut found);
    if found.is_empty() { Err(no_resource("ciphertext")) } else { Ok(found) }
}

fn collect(value: &Value, found: &mut Vec<Resource>) {
    match value {
        Value::Object(members) if members.contains_key("ciphertext") => {
            let texts = members.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
            found.extend(Resource::of(&texts.collect()));
        }
        Value::Object(members) => members.values().for_each(|inner| collect(inner, found)),
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, found)),
        _ => {}
    }
}

fn no_resource(name: &str) -> Error {
    let message = Word::new("没有 {}", "there is no {}").with([name]);
    Error::usage(message)
        .hint(Word::new(
            "给出通知的整个正文、它的 resource，或 ciphertext= nonce= associated_data=",
            "hand in the whole body of the notice, its resource, or ciphertext= nonce= associated_data=",
        ))
        .next("wxkit v3 decrypt notice.json")
}

fn verify(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    if args.has(&BATCH) {
        return v3_batch::verify(args, ctx);
    }
    tally::refuse_alone(args)?;
    let handed = input::handed(args.words(), args.text(&FROM))?;
    let mut fields = Fields::new();
    input::add_words(&mut fields, handed.pairs.into_iter())?;
    let pasted = paste::bytes(handed.source.unwrap_or(input::Source::File("-")), ctx)?;
    proved(&pasted, fields, ctx)
}

/// Whether a message of v3 is signed right; and if not, why.
pub(super) fn proved(pasted: &[u8], fields: Fields, ctx: &Context) -> Result<Outcome, Error> {
    let asked = Asked { scheme: None, fields, signed: false };
    let (mut case, missing) = match paste::read(pasted, &asked)? {
        Ok(reading) => (reading.case, reading.missing),
        Err(aside) => return aside::answer(&aside, ctx.lang),
    };
    let (what, key) = match case.scheme {
        Scheme::V3Verify => ("reply", Name::WechatKey),
        Scheme::V3 => ("request", Name::PrivateKey),
        _ => return Err(no_v3(&case)),
    };
    // A message that brings its own key proves nothing where the right one is known.
    let own = case.secret.take();
    ctx.hand_key(&mut case)?;
    if case.secret.is_some() {
        case.others.extend(own.map(|own| ("public_key".to_owned(), own)));
    } else {
        case.secret = Some(own.ok_or_else(|| error::missing(key))?);
    }
    let is_notice = case.fields.get("body").is_some_and(|body| body.contains("\"event_type\""));
    let mut outcome = explained::verdict(&case, ctx.lang);
    if !missing.is_empty() {
        outcome = lacking::told(outcome, &case, &missing, ctx.lang);
    }
    if case.scheme == Scheme::V3Verify {
        outcome = of_named_key(outcome, &case, ctx)?;
    }
    outcome.data["what"] = if is_notice { "notice" } else { what }.into();
    outcome.data["key_id"] = json!(case.fields.get("serial").or(case.fields.get("serial_no")));
    Ok(outcome)
}

/// No for a message whose serial is none of the keys that were given, whichever of them fits: the
/// serial names the key. <https://pay.weixin.qq.com/doc/v3/merchant/4013053420>
fn of_named_key(mut outcome: Outcome, case: &Case, ctx: &Context) -> Result<Outcome, Error> {
    let serial = case.fields.filled("serial").or(case.fields.filled("Wechatpay-Serial"));
    let Some(serial) = serial.filter(|_| outcome.data["valid"] == true) else { return Ok(outcome) };
    let known = ctx.wechat_keys()?;
    if known.is_empty() || known.iter().any(|key| key.may_be(serial)) {
        return Ok(outcome);
    }
    let ids: Vec<String> = known.into_iter().map(|key| key.id).map(named_key).collect();
    let (message, hint) = error::of_another_key(serial, &ids);
    outcome.data["valid"] = false.into();
    outcome.data["reason"] = json!({
        "id": "unknown_key", "message": message.text(ctx.lang), "more": [hint.text(ctx.lang)], "next": [],
    });
    outcome.view = vec![View::Bad(message), View::Say(hint.into())];
    Ok(Outcome { answer: "invalid".to_owned(), ..outcome.no() })
}

/// A public key without an id is at least that.
fn named_key(id: String) -> String {
    if id.is_empty() { "PUB_KEY_ID_…".to_owned() } else { id }
}

/// Something else that is signed; `explain` knows them all.
fn no_v3(case: &Case) -> Error {
    let message = Word::new(
        "这不是 v3 的请求、应答或通知，读到的签名属于 {}",
        "this is no request, reply or notice of v3; what was read is signed as {}",
    );
    let hint = Word::new("explain 认得所有签名", "explain knows every signature");
    Error::usage(message.with([case.scheme.name()])).hint(hint).next("wxkit explain FILE")
}
