//! `pay …`: signatures of pay v2, and its calls, each straight from its row.

use serde_json::{Value, json};
use wxkit::api::bill::Bill;
use wxkit::api::endpoint::{Endpoint, Kind};
use wxkit::api::keys::{Secret, SignType};
use wxkit::api::pay_v2::{
    AUTHCODETOOPENID, CLOSEORDER, DOWNLOADBILL, DOWNLOADFUNDFLOW, MICROPAY, ORDERQUERY, REFUND, REFUNDQUERY,
    REPORT, REVERSE, SHORTURL, UNIFIEDORDER,
};
use wxkit::api::{Word, calendar, check, invoke};
use wxkit::explain::{Case, Scheme};
use wxkit::wire::{Fields, xml};

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::explained;
use super::super::files;
use super::super::input;
use super::super::outcome::{Outcome, Purpose, View, object, pairs};
use super::super::receipt;
use super::super::tally::{self, STATS, THREADS};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::pay_batch;

pub(super) static SIGN_TYPE: Flag = Flag::choice(
    "sign-type",
    &["MD5", "HMAC-SHA256"],
    "签名算法，默认看字段 sign_type，没有则 MD5",
    "Digest; by default what the field sign_type says, else MD5",
);
static XML: Flag = Flag::switch("xml", "打印签好名的完整请求 XML", "Print the whole signed request body");
pub(super) static BATCH: Flag = Flag::switch(
    "batch",
    "逐条验证：每行一条，v2 也可以是首尾相接的 XML",
    "Check many: one payload a line, of v2 also XML documents one after the other",
);
pub(super) static OUT: Flag =
    Flag::text("out", "FILE", "把账单写进文件，- 表示标准输出", "Write the bill into a file; - is stdout")
        .short('o');
pub(super) static FORCE: Flag =
    Flag::switch("force", "字段名像是写错了也照样发送", "Send although a name looks like a slip of the pen");
/// Flags of every call by a row.
const CALL_FLAGS: &[&Flag] = &[&FORCE];
pub(super) static PREPAY_ID: Flag =
    Flag::text("prepay-id", "ID", "unifiedorder 返回的 prepay_id", "prepay_id from unifiedorder");
pub(super) static KIND: Flag = Flag::choice(
    "kind",
    &["jsapi", "mini", "app"],
    "用在哪里，默认 jsapi",
    "Where they are used, jsapi by default",
);

/// A call that is nothing but its row.
const fn call_of(name: &'static str, row: &'static Endpoint, example: &'static str) -> Verb {
    Verb {
        noun: "pay",
        name,
        about: row.about,
        example,
        flags: CALL_FLAGS,
        words: Words::Fields,
        row: Some(row),
        run: call,
    }
}

/// `pay`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "pay",
        name: "sign",
        about: Word::new("计算支付 v2 签名", "Sign fields the pay v2 way"),
        example: "pay sign appid=wx… mch_id=10000100 body=test --key env:PAY_KEY",
        flags: &[&SIGN_TYPE, &XML],
        words: Words::Fields,
        row: None,
        run: sign_fields,
    },
    &Verb {
        noun: "pay",
        name: "verify",
        about: Word::new(
            "验证支付 v2 签名，不符时解释原因",
            "Check a pay v2 signature, and explain a wrong one",
        ),
        example: "pay verify --from notice.xml --key env:PAY_KEY",
        flags: &[&BATCH, &THREADS, &STATS, &SIGN_TYPE],
        words: Words::Fields,
        row: None,
        run: verify,
    },
    &Verb { run: order, ..call_of("order", &UNIFIEDORDER, "pay order body=茶 total_fee=1 openid=oUpF8…") },
    &call_of("query", &ORDERQUERY, "pay query out_trade_no=20250101…"),
    &call_of("close", &CLOSEORDER, "pay close out_trade_no=20250101…"),
    &call_of("refund", &REFUND, "pay refund out_trade_no=… out_refund_no=R1 total_fee=1 refund_fee=1 --yes"),
    &call_of("refund-query", &REFUNDQUERY, "pay refund-query out_refund_no=R1"),
    &Verb {
        flags: &[&OUT, &FORCE],
        run: bill,
        ..call_of("bill", &DOWNLOADBILL, "pay bill bill_date=20250101 -o bill.csv")
    },
    &Verb {
        flags: &[&OUT, &FORCE],
        run: bill,
        ..call_of("fundflow", &DOWNLOADFUNDFLOW, "pay fundflow bill_date=20250101 account_type=Basic")
    },
    &call_of("micropay", &MICROPAY, "pay micropay body=茶 total_fee=1 auth_code=13… --yes"),
    &call_of("reverse", &REVERSE, "pay reverse out_trade_no=… --yes"),
    &call_of("authcode-openid", &AUTHCODETOOPENID, "pay authcode-openid auth_code=13…"),
    &call_of("shorturl", &SHORTURL, "pay shorturl long_url='weixin://wxpay/bizpayurl?…'"),
    &call_of(
        "report",
        &REPORT,
        "pay report interface_url=https://api.mch.weixin.qq.com/pay/unifiedorder execute_time=120 return_code=SUCCESS",
    ),
    &Verb {
        noun: "pay",
        name: "call",
        about: Word::new("签名并调用任意支付 v2 接口", "Call any pay v2 path, signed"),
        example: "pay call /pay/orderquery out_trade_no=…",
        flags: &[],
        words: Words::PathAndFields,
        row: None,
        run: call_path,
    },
    &Verb {
        noun: "pay",
        name: "invoke",
        about: Word::new(
            "生成调起支付的参数（网页、小程序、App）",
            "Make the parameters that open the cashier (page, mini program, app)",
        ),
        example: "pay invoke --prepay-id wx2017… --kind app",
        flags: &[&PREPAY_ID, &KIND, &SIGN_TYPE],
        words: Words::None,
        row: None,
        run: invoke_params,
    },
];

fn named_type(args: &Args) -> Option<SignType> {
    args.text(&SIGN_TYPE).and_then(SignType::named)
}

fn sign_type(args: &Args, ctx: &Context, fields: &Fields) -> Result<SignType, Error> {
    let said = input::said_type(fields)?;
    Ok(named_type(args).or(said).unwrap_or(ctx.settings.sign_type))
}

/// The fields of a message of pay v2.
fn message(args: &Args, ctx: &Context) -> Result<Fields, Error> {
    let fields = ctx.fields(args)?;
    input::said_type(&fields)?;
    Ok(fields)
}

/// A number alone is an order: WeChat's numbers have 28 digits.
fn named_number(row: &Endpoint, word: &str) -> String {
    let is_number = word.len() > 5 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-|*".contains(&b));
    let is_wechats = word.len() == 28 && word.bytes().all(|b| b.is_ascii_digit());
    let name = if is_wechats { "transaction_id" } else { "out_trade_no" };
    let takes_one = [&ORDERQUERY, &CLOSEORDER, &REVERSE].iter().any(|known| known.name == row.name);
    if takes_one && is_number { format!("{name}={word}") } else { word.to_owned() }
}

/// Writes values as WeChat does: `native`, `yesterday`; says so.
pub(super) fn spell(fields: &mut Fields, row: &Endpoint, ctx: &Context) {
    let given: Vec<(String, String)> = fields.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    for (name, value) in given {
        let kind = row.fields.iter().find(|field| field.matches(&name)).map(|field| field.kind);
        let meant = match kind {
            Some(Kind::Choice(words)) if !words.contains(&value.as_str()) => {
                words.iter().find(|word| word.eq_ignore_ascii_case(&value)).map(|word| (*word).to_owned())
            }
            Some(Kind::Date8) if matches!(value.as_str(), "yesterday" | "昨天") => {
                Some(calendar::date8(ctx.stamp().now.saturating_sub(DAY)))
            }
            Some(Kind::Date10) if matches!(value.as_str(), "yesterday" | "昨天") => {
                Some(calendar::datetime(ctx.stamp().now.saturating_sub(DAY)).chars().take(10).collect())
            }
            _ => None,
        };
        if let Some(meant) = meant {
            let said = Word::new("{}={} 按 {} 发送", "{}={} is sent as {}");
            ctx.stage.note(&said.with([&name, &value, &meant].map(String::as_str)));
            fields.set(&name, meant);
        }
    }
}

/// Seconds of a day.
const DAY: u64 = 86_400;

/// The fields of a call: none that was probably meant to be another one which is
/// there too.
fn call_fields(args: &Args, ctx: &Context, row: &Endpoint) -> Result<Fields, Error> {
    let mut fields = ctx.fields_of(args, |word| named_number(row, word))?;
    spell(&mut fields, row, ctx);
    input::said_type(&fields)?;
    no_slip(args, row, &fields)?;
    Ok(fields)
}

/// Refuses a name that was probably meant to be another one which is there too.
pub(super) fn no_slip(args: &Args, row: &Endpoint, fields: &Fields) -> Result<(), Error> {
    let slip = check::unknown(row.fields, fields)
        .into_iter()
        .find_map(|(name, near)| Some((name, near.filter(|near| fields.filled(near).is_some())?)));
    match slip {
        Some((name, near)) if !args.has(&FORCE) => {
            let message = Word::new(
                "有 {} 又有 {}：像是写错了，没有发送",
                "there is {} beside {}: it looks like a slip of the pen, nothing was sent",
            );
            Err(Error::usage(message.with([name, near])).hint(Word::new(
                "删掉其中一个；确实要发送就加 --force",
                "drop one of them; --force sends both",
            )))
        }
        _ => Ok(()),
    }
}

fn sign_fields(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let fields = ctx.fields(args)?;
    let key = ctx.pay_key()?;
    let sign_type = sign_type(args, ctx, &fields)?;
    let signed = invoke::pay_v2(fields, &key, sign_type);
    let (sign, string) = (signed.signature, ctx.shown(&signed.canonical));
    let lints =
        explained::noted(&signed_case(&signed.params, key, &sign), ctx.lang, |lint| ctx.stage.note(lint));
    let mut data = json!({
        "sign": sign, "sign_type": sign_type.as_str(), "string_to_sign": string, "lints": lints,
    });
    if args.has(&XML) {
        let body = xml::write(&signed.params)?;
        data["xml"] = Value::from(&*body);
        return Ok(Outcome::new(data, &*body).show(View::Block(body)).meant_for(Purpose::Sending));
    }
    let list = [("sign", &*sign), ("sign_type", sign_type.as_str()), ("string_to_sign", &string)];
    Ok(Outcome::new(data, &*sign).show(pairs(list)))
}

/// What was just signed, as a case to look at.
fn signed_case(params: &Fields, key: Secret, sign: &str) -> Case {
    let mut fields = params.clone();
    fields.remove("sign");
    explained::case(Scheme::PayV2, fields, key, sign)
}

fn verify(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    if args.has(&BATCH) {
        return pay_batch::verify(args, ctx, named_type(args));
    }
    tally::refuse_alone(args)?;
    let case = explained::signed_message(message(args, ctx)?, ctx.pay_key()?)?;
    Ok(explained::verdict(&Case { sign_type: named_type(args).or(case.sign_type), ..case }, ctx.lang))
}

fn call(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let row = args.row()?;
    let called = ctx.call(row, &call_fields(args, ctx, row)?)?;
    let fields = called.answer.fields;
    let answer = ANSWERS.iter().find_map(|name| fields.filled(name)).unwrap_or_default();
    let mut outcome = Outcome::of_fields(&fields, row.reply, answer);
    outcome.view.splice(0..0, receipt::lines(row, &fields));
    Ok(outcome)
}

/// Which field of a reply is its answer, the first that is there.
const ANSWERS: &[&str] = &[
    "trade_state",
    "refund_id",
    "refund_status_0",
    "openid",
    "short_url",
    "transaction_id",
    "recall",
    "result_code",
    "return_code",
];

fn call_path(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let called = ctx.call_path(args.word().unwrap_or_default(), &message(args, ctx)?)?;
    if let Some(bill) = called.answer.file {
        return Ok(text_outcome(&bill));
    }
    let fields = called.answer.fields;
    let answer = ANSWERS.iter().find_map(|name| fields.filled(name)).unwrap_or_default();
    Ok(Outcome::of_fields(&fields, &[], answer))
}

fn bill(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let row = args.row()?;
    let called = ctx.call(row, &call_fields(args, ctx, row)?)?;
    let bill = called.answer.file.unwrap_or_default();
    let Some(path) = args.text(&OUT).filter(|path| *path != "-") else {
        if std::str::from_utf8(&bill).is_err() {
            let hint = Word::new("GZIP 账单请用 --out 写进文件", "a GZIP bill goes into a file: use --out");
            return Err(Error::usage(Word::new("账单是二进制的", "the bill is binary")).hint(hint));
        }
        return Ok(text_outcome(&bill));
    };
    files::write(path, &bill)?;
    let said =
        Word::new("{} 字节写入 {}", "{} bytes written to {}").with([bill.len().to_string(), path.into()]);
    Ok(Outcome::new(json!({ "file": path, "bytes": bill.len() }), path).show(View::Good(said)))
}

/// The text as it is for people and pipes; for scripts rows beside it.
pub(super) fn text_outcome(bill: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bill).into_owned();
    let mut data = json!({ "text": text });
    if let Some(read) = Bill::read(&text) {
        let named = |row: &Vec<String>| -> Value {
            let values = read.columns.iter().zip(row);
            Value::Object(values.map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect())
        };
        data["columns"] = read.columns.iter().copied().collect();
        data["rows"] = read.rows.iter().map(named).collect();
        let totals = read.totals.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into()));
        data["totals"] = Value::Object(totals.collect());
    }
    Outcome::new(data, &*text).show(View::Block(text)).meant_for(Purpose::Sending)
}

fn order(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let called = ctx.call(&UNIFIEDORDER, &call_fields(args, ctx, &UNIFIEDORDER)?)?;
    let (sent, reply) = (&called.sent, &called.answer.fields);
    let part = |name: &str| reply.filled(name).map(str::to_owned);
    let (prepay_id, code_url, mweb_url) = (part("prepay_id"), part("code_url"), part("mweb_url"));
    let out_trade_no = sent.get("out_trade_no").unwrap_or_default();
    let invoke = order_invoke(ctx, sent, prepay_id.as_deref())?;
    let mut data = object(reply, UNIFIEDORDER.reply);
    data["out_trade_no"] = out_trade_no.into();
    data["prepay_id"] = prepay_id.clone().into();
    data["code_url"] = code_url.clone().into();
    data["mweb_url"] = mweb_url.clone().into();
    data["invoke"] = invoke.as_ref().map_or(Value::Null, |params| object(params, &[]));
    let answer = code_url.clone().or_else(|| mweb_url.clone()).or_else(|| prepay_id.clone());
    let facts = [
        ("out_trade_no", Some(out_trade_no.to_owned())),
        ("prepay_id", prepay_id),
        ("code_url", code_url.clone()),
        ("mweb_url", mweb_url),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let mut outcome = Outcome::new(data, answer.unwrap_or_default())
        .show(View::Good(Word::new("已下单", "the order is made").into()))
        .show(pairs(facts));
    if let Some(url) = code_url {
        outcome = outcome.show(View::TerminalQr(url));
    }
    if let Some(params) = invoke {
        let head = Word::new("调起支付的参数", "parameters that open the cashier");
        outcome = outcome.show(View::Head(head.into())).show(pairs(params.iter()));
    }
    Ok(outcome)
}

/// The second signature, for the kinds of payment whose page or app needs one.
fn order_invoke(ctx: &Context, sent: &Fields, prepay_id: Option<&str>) -> Result<Option<Fields>, Error> {
    let Some(prepay_id) = prepay_id else { return Ok(None) };
    let part = |name: &str| sent.filled(name).unwrap_or_default();
    let sign_type = sent.get("sign_type").and_then(SignType::named).unwrap_or(SignType::Md5);
    let (key, stamp) = (ctx.pay_key()?, ctx.stamp());
    // The cashier runs in the sub account where there is one.
    let app_id = sent.filled("sub_appid").unwrap_or_else(|| part("appid"));
    let merchant = sent.filled("sub_mch_id").unwrap_or_else(|| part("mch_id"));
    Ok(match part("trade_type") {
        "JSAPI" => Some(invoke::jsapi(app_id, prepay_id, &key, sign_type, &stamp).params),
        "APP" => Some(invoke::app(app_id, merchant, prepay_id, &key, sign_type, &stamp).params),
        _ => None,
    })
}

fn invoke_params(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let prepay_id = args.needed(&PREPAY_ID)?;
    let id = prepay_id.strip_prefix("prepay_id=").unwrap_or(prepay_id);
    let (app_id, key, stamp) = (ctx.app_id()?, ctx.pay_key()?, ctx.stamp());
    let sign_type = sign_type(args, ctx, &Fields::new())?;
    let kind = args.text(&KIND).unwrap_or("jsapi");
    let signed = if kind == "app" {
        invoke::app(&app_id, &ctx.mch_id()?, id, &key, sign_type, &stamp)
    } else {
        invoke::jsapi(&app_id, id, &key, sign_type, &stamp)
    };
    let string = ctx.shown(&signed.canonical);
    let data = json!({ "kind": kind, "params": object(&signed.params, &[]), "string_to_sign": string });
    let compact = object(&signed.params, &[]).to_string();
    let mut list: Vec<(&str, &str)> = signed.params.iter().collect();
    list.push(("string_to_sign", &string));
    Ok(Outcome::new(data, compact).show(pairs(list)).meant_for(Purpose::Sending))
}
