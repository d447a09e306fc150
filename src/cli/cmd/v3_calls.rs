//! The calls of `v3 …`, each straight from its row: which of several rows is meant is
//! told by the fields. Comes in: fields as typed; goes out: WeChat's reply, proved, and
//! nested as it was sent.

use serde_json::{Value, json};
use wxkit::api::endpoint::{Endpoint, Kind};
use wxkit::api::pay_v3::{
    ABNORMAL_REFUND, APP, CLOSE, CODEPAY, COMBINE_APP, COMBINE_CLOSE, COMBINE_H5, COMBINE_JSAPI,
    COMBINE_NATIVE, COMBINE_QUERY, ECHO, FUNDFLOW, H5, JSAPI, NATIVE, PARTNER_APP, PARTNER_CLOSE,
    PARTNER_CODEPAY, PARTNER_H5, PARTNER_JSAPI, PARTNER_NATIVE, PARTNER_QUERY, PARTNER_QUERY_ID,
    PARTNER_REVERSE, QUERY, QUERY_ID, RECEIVER_ADD, RECEIVER_DELETE, REFUND, REFUND_QUERY, REVERSE, SPLIT,
    SPLIT_AMOUNTS, SPLIT_BILL, SPLIT_CONFIG, SPLIT_QUERY, SPLIT_RETURN, SPLIT_RETURN_QUERY, SUB_FUNDFLOW,
    TRADE_BILL, TRANSFER, TRANSFER_CANCEL, TRANSFER_QUERY, TRANSFER_QUERY_ID, UNFREEZE,
};
use wxkit::api::{Word, bill, invoke};
use wxkit::client::Called;
use wxkit::wire::Fields;
use wxkit::wire::tree::{self, Nulls};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::files;
use super::super::input;
use super::super::outcome::{Outcome, Purpose, View, nested, object, pairs};
use super::super::receipt;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::pay::{FORCE, KIND, OUT, PREPAY_ID, no_slip, spell, text_outcome};

/// Flags of every call by a row, and of those that answer a bill.
const CALL_FLAGS: &[&Flag] = &[&FORCE];
const BILL_FLAGS: &[&Flag] = &[&OUT, &FORCE];

/// A call that is nothing but its row.
const fn call_of(name: &'static str, row: &'static Endpoint, example: &'static str) -> Verb {
    Verb {
        noun: "v3",
        name,
        about: row.about,
        example,
        flags: CALL_FLAGS,
        words: Words::Fields,
        row: Some(row),
        run: call,
    }
}

/// A call that answers a bill.
const fn bill_of(name: &'static str, row: &'static Endpoint, example: &'static str) -> Verb {
    Verb { flags: BILL_FLAGS, run: bill, ..call_of(name, row, example) }
}

/// `v3`
pub const VERBS: &[&Verb] = &[
    &Verb {
        about: Word::new(
            "下单：JSAPI、APP、H5、Native（trade_type= 指定）",
            "Place an order: JSAPI, APP, H5 or Native, as trade_type= says",
        ),
        run: order,
        ..call_of("order", &JSAPI, "v3 order description=茶 amount.total=1 payer.openid=oUpF8…")
    },
    &call_of("query", &QUERY, "v3 query out_trade_no=20250101…"),
    &call_of("close", &CLOSE, "v3 close out_trade_no=20250101…"),
    &call_of(
        "refund",
        &REFUND,
        "v3 refund out_trade_no=… out_refund_no=R1 amount.refund=1 amount.total=1 --yes",
    ),
    &call_of("refund-query", &REFUND_QUERY, "v3 refund-query out_refund_no=R1"),
    &call_of(
        "refund-abnormal",
        &ABNORMAL_REFUND,
        "v3 refund-abnormal refund_id=50… out_refund_no=R1 type=MERCHANT_BANK_CARD --yes",
    ),
    &bill_of("bill", &TRADE_BILL, "v3 bill bill_date=yesterday -o bill.csv"),
    &bill_of("fundflow", &FUNDFLOW, "v3 fundflow bill_date=2026-11-25 account_type=BASIC"),
    &Verb {
        run: sealed_bill,
        ..bill_of(
            "sub-fundflow",
            &SUB_FUNDFLOW,
            "v3 sub-fundflow sub_mchid=1900000109 bill_date=2026-11-25 account_type=BASIC",
        )
    },
    &call_of(
        "codepay",
        &CODEPAY,
        "v3 codepay description=茶 amount.total=1 payer.auth_code=13… scene_info.store_info.id=1 --yes",
    ),
    &call_of("reverse", &REVERSE, "v3 reverse out_trade_no=… --yes"),
    &Verb {
        about: Word::new(
            "合单下单：JSAPI、APP、H5、Native（trade_type= 指定）",
            "Place a combined order: JSAPI, APP, H5 or Native, as trade_type= says",
        ),
        run: order,
        ..call_of("combine-order", &COMBINE_JSAPI, "v3 combine-order --from combine.json")
    },
    &call_of("combine-query", &COMBINE_QUERY, "v3 combine-query combine_out_trade_no=C1"),
    &call_of("combine-close", &COMBINE_CLOSE, "v3 combine-close combine_out_trade_no=C1 --from orders.json"),
    &call_of("profitsharing-order", &SPLIT, "v3 profitsharing-order --from split.json --yes"),
    &call_of(
        "profitsharing-query",
        &SPLIT_QUERY,
        "v3 profitsharing-query out_order_no=S1 transaction_id=4200…",
    ),
    &call_of(
        "profitsharing-unfreeze",
        &UNFREEZE,
        "v3 profitsharing-unfreeze transaction_id=4200… out_order_no=S2 description=解冻 --yes",
    ),
    &call_of(
        "profitsharing-return",
        &SPLIT_RETURN,
        "v3 profitsharing-return out_order_no=S1 out_return_no=B1 return_mchid=19… amount=1 description=退 --yes",
    ),
    &call_of(
        "profitsharing-return-query",
        &SPLIT_RETURN_QUERY,
        "v3 profitsharing-return-query out_return_no=B1 out_order_no=S1",
    ),
    &call_of("profitsharing-amounts", &SPLIT_AMOUNTS, "v3 profitsharing-amounts transaction_id=4200…"),
    &call_of(
        "profitsharing-receiver-add",
        &RECEIVER_ADD,
        "v3 profitsharing-receiver-add type=PERSONAL_OPENID account=oUpF8… relation_type=STAFF",
    ),
    &call_of(
        "profitsharing-receiver-delete",
        &RECEIVER_DELETE,
        "v3 profitsharing-receiver-delete type=PERSONAL_OPENID account=oUpF8…",
    ),
    &call_of("profitsharing-config", &SPLIT_CONFIG, "v3 profitsharing-config sub_mchid=1900000109"),
    &bill_of("profitsharing-bill", &SPLIT_BILL, "v3 profitsharing-bill bill_date=yesterday"),
    &call_of("transfer-order", &TRANSFER, "v3 transfer-order --from transfer.json --yes"),
    &call_of("transfer-query", &TRANSFER_QUERY, "v3 transfer-query out_bill_no=T1"),
    &call_of("transfer-cancel", &TRANSFER_CANCEL, "v3 transfer-cancel out_bill_no=T1"),
    &call_of("echo", &ECHO, "v3 echo echo_message=hello"),
    &Verb {
        noun: "v3",
        name: "invoke",
        about: Word::new(
            "生成调起支付的参数（RSA 签名；网页、小程序、App）",
            "Make the parameters that open the cashier, signed with RSA (page, mini program, app)",
        ),
        example: "v3 invoke --prepay-id wx2017… --kind app",
        flags: &[&PREPAY_ID, &KIND],
        words: Words::None,
        row: None,
        run: invoke_params,
    },
];

/// Kinds of orders, with the rows of a merchant, of a partner and of a combined order.
static ORDERS: &[(&str, [&Endpoint; 3])] = &[
    ("JSAPI", [&JSAPI, &PARTNER_JSAPI, &COMBINE_JSAPI]),
    ("APP", [&APP, &PARTNER_APP, &COMBINE_APP]),
    ("H5", [&H5, &PARTNER_H5, &COMBINE_H5]),
    ("NATIVE", [&NATIVE, &PARTNER_NATIVE, &COMBINE_NATIVE]),
];

/// Rows of a merchant with those of a partner.
static PARTNERS: &[(&Endpoint, &Endpoint)] = &[
    (&QUERY, &PARTNER_QUERY),
    (&QUERY_ID, &PARTNER_QUERY_ID),
    (&CLOSE, &PARTNER_CLOSE),
    (&CODEPAY, &PARTNER_CODEPAY),
    (&REVERSE, &PARTNER_REVERSE),
];

fn is_partner(fields: &Fields) -> bool {
    ["sp_mchid", "sp_appid", "sub_mchid"].iter().any(|name| fields.filled(name).is_some())
}

/// The row that these fields mean.
fn meant(row: &'static Endpoint, fields: &Fields) -> &'static Endpoint {
    let there = |name: &str| fields.filled(name).is_some();
    let row = match row {
        row if *row == QUERY && there("transaction_id") => &QUERY_ID,
        row if *row == TRANSFER_QUERY && there("transfer_bill_no") => &TRANSFER_QUERY_ID,
        row => row,
    };
    let of_partner = PARTNERS.iter().find(|(own, _)| *own == row && is_partner(fields));
    of_partner.map_or(row, |(_, partner)| partner)
}

/// The row of an order: by the kind that is named, else by who pays and where.
fn ordered(row: &Endpoint, fields: &mut Fields) -> Result<&'static Endpoint, Error> {
    let named = fields.remove("trade_type").filter(|kind| !kind.is_empty());
    let kind = match named.as_deref().map(str::to_ascii_uppercase).as_deref() {
        Some("MWEB") => "H5".to_owned(),
        Some(kind) => kind.to_owned(),
        None if fields.iter().any(|(name, _)| name.starts_with("scene_info.h5_info.")) => "H5".to_owned(),
        None => "JSAPI".to_owned(),
    };
    let Some((_, [own, partner, combined])) = ORDERS.iter().find(|(name, _)| *name == kind) else {
        let message = Word::new(
            "trade_type 是 JSAPI、APP、H5 或 NATIVE，不是 “{}”",
            "trade_type is JSAPI, APP, H5 or NATIVE, not \"{}\"",
        );
        return Err(Error::usage(message.with([kind])).next("wxkit v3 order --help"));
    };
    Ok(match () {
        () if *row == COMBINE_JSAPI => combined,
        () if is_partner(fields) => partner,
        () => own,
    })
}

/// A number alone is that of the order, refund or transfer.
fn named_number(row: &Endpoint, word: &str) -> String {
    let is_number =
        word.len() > 5 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-|*@".contains(&b));
    let is_wechats = word.len() == 28 && word.bytes().all(|b| b.is_ascii_digit());
    let name = match row.name {
        name if name == QUERY.name && is_wechats => "transaction_id",
        name if [QUERY.name, CLOSE.name, REVERSE.name].contains(&name) => "out_trade_no",
        name if name == REFUND_QUERY.name => "out_refund_no",
        name if name == TRANSFER_QUERY.name => "out_bill_no",
        _ => return word.to_owned(),
    };
    if is_number { format!("{name}={word}") } else { word.to_owned() }
}

/// A message as JSON with objects inside, or in any other shape.
pub(super) fn read(bytes: &[u8]) -> Result<Fields, Error> {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return Ok(tree::read(bytes, Nulls::Refused)?);
    }
    input::read(bytes)
}

/// Values that are objects or lists, as paths; the row knows which are only text.
fn opened(row: &Endpoint, fields: &Fields) -> Result<Fields, Error> {
    let mut open = Fields::new();
    for (name, value) in fields.iter() {
        let inside = format!("{{{}:{value}}}", Value::from(name));
        let is_inner = value.starts_with(['{', '[']) && row.field(name).is_none();
        match is_inner.then(|| tree::read(inside.as_bytes(), Nulls::Refused)) {
            Some(Ok(inner)) => open.extend(inner.iter()),
            Some(Err(wxkit::wire::WireError::Null { name })) => {
                return Err(wxkit::wire::WireError::Null { name }.into());
            }
            Some(Err(_)) | None => open.set(name, value),
        }
    }
    Ok(open)
}

/// The fields of a call, and the row they mean.
fn asked(
    args: &Args,
    ctx: &Context,
    choose: impl Fn(&'static Endpoint, &mut Fields) -> Result<&'static Endpoint, Error>,
) -> Result<(&'static Endpoint, Fields), Error> {
    let row = args.row()?;
    let fields = ctx.fields_by(args, |word| named_number(row, word), read)?;
    let mut fields = opened(row, &fields)?;
    let row = choose(row, &mut fields)?;
    spell(&mut fields, row, ctx);
    no_slip(args, row, &fields)?;
    Ok((row, fields))
}

fn call(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (row, fields) = asked(args, ctx, |row, fields| Ok(meant(row, fields)))?;
    let called = ctx.call_v3(row, &fields)?;
    Ok(answered(row, &called))
}

/// WeChat's reply as it was sent, opened where it was sealed for us.
fn body(row: &Endpoint, called: &Called) -> Value {
    let mut data = serde_json::from_slice(&called.reply.body).unwrap_or_else(|_| json!({}));
    for (name, value) in called.answer.fields.iter() {
        let is_sealed = row.reply_field(name).is_some_and(|field| field.kind == Kind::Encrypted);
        let place = format!("/{}", name.replace('.', "/"));
        if let Some(member) = data.pointer_mut(&place).filter(|_| is_sealed) {
            *member = value.into();
        }
    }
    data
}

/// Which field of a reply is its answer, the first that is there.
const ANSWERS: &[&str] = &[
    "trade_state",
    "status",
    "state",
    "result",
    "unsplit_amount",
    "max_ratio",
    "echo_message",
    "refund_id",
    "combine_transaction_id",
    "out_trade_no",
    "account",
];

fn answered(row: &Endpoint, called: &Called) -> Outcome {
    let fields = &called.answer.fields;
    let answer = ANSWERS.iter().find_map(|name| fields.filled(name)).unwrap_or_default();
    let mut outcome = Outcome::new(body(row, called), answer);
    outcome.view.extend(receipt::v3_lines(row, fields));
    if fields.is_empty() { outcome } else { outcome.show(pairs(fields.iter())) }
}

fn bill(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (row, fields) = asked(args, ctx, |row, _| Ok(row))?;
    let told = ctx.call_v3(row, &fields)?.answer.fields;
    let said = |name: &str| told.get(name).unwrap_or_default();
    let file = ctx.bill_file(said("download_url"))?.answer.file.unwrap_or_default();
    let plain = bill::proved(file, said("hash_value")).map_err(|why| error::of_bill(&why))?;
    handed_out(args, &plain, &said("hash_value").into())
}

/// A bill of several files, each sealed with a key that is sealed for the merchant: they are
/// opened, proved one by one and joined in their order.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4013071238>
fn sealed_bill(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (row, fields) = asked(args, ctx, |row, _| Ok(row))?;
    let told = ctx.call_v3(row, &fields)?.answer.fields;
    let said = |n: usize, name: &str| told.get(&format!("download_bill_list.{n}.{name}")).unwrap_or_default();
    let place = |n: &usize| said(*n, "bill_sequence").parse::<u64>().unwrap_or_default();
    let is_there = |n: &usize| !said(*n, "download_url").is_empty();
    let mut order: Vec<usize> = (0..told.len()).take_while(is_there).collect();
    order.sort_by_key(place);
    let (mut plain, mut hashes) = (Vec::new(), Vec::new());
    for n in order {
        let file = ctx.bill_file(said(n, "download_url"))?.answer.file.unwrap_or_default();
        let opened = ctx.opened_file(said(n, "encrypt_key"), said(n, "nonce"), &file)?;
        plain.extend(bill::proved(opened, said(n, "hash_value")).map_err(|why| error::of_bill(&why))?);
        hashes.push(said(n, "hash_value"));
    }
    handed_out(args, &plain, &json!(hashes))
}

/// A proved bill, into a file or as text.
fn handed_out(args: &Args, plain: &[u8], hash: &Value) -> Result<Outcome, Error> {
    let Some(path) = args.text(&OUT).filter(|path| *path != "-") else { return Ok(text_outcome(plain)) };
    files::write(path, plain)?;
    let wrote = Word::new("{} 字节写入 {}，SHA-1 相符", "{} bytes written to {}; its SHA-1 is right");
    let data = json!({ "file": path, "bytes": plain.len(), "hash_value": hash });
    Ok(Outcome::new(data, path).show(View::Good(wrote.with([plain.len().to_string(), path.into()]))))
}

fn order(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (row, fields) = asked(args, ctx, ordered)?;
    let called = ctx.call_v3(row, &fields).map_err(|error| of_kind(row, &fields, error))?;
    let (sent, reply) = (&called.sent, &called.answer.fields);
    let number =
        ["out_trade_no", "combine_out_trade_no"].iter().find_map(|name| Some((*name, sent.get(name)?)));
    let params = order_invoke(ctx, row, sent, reply.filled("prepay_id"))?;
    let mut data = body(row, &called);
    if let Some((name, number)) = number {
        data[name] = number.into();
    }
    data["invoke"] = params.as_ref().map_or(Value::Null, |params| object(params, &[]));
    let answer = ["code_url", "h5_url", "prepay_id"].iter().find_map(|name| reply.filled(name));
    let mut outcome = Outcome::new(data, answer.unwrap_or_default())
        .show(View::Good(Word::new("已下单", "the order is made").into()))
        .show(pairs(number.into_iter().chain(reply.iter())));
    if let Some(url) = reply.filled("code_url") {
        outcome = outcome.show(View::TerminalQr(url.to_owned()));
    }
    if let Some(params) = params {
        let head = Word::new("调起支付的参数", "parameters that open the cashier");
        outcome = outcome.show(View::Head(head.into())).show(pairs(params.iter()));
    }
    Ok(outcome)
}

/// An order that nobody pays is perhaps meant to be one of another kind.
fn of_kind(row: &Endpoint, fields: &Fields, error: Error) -> Error {
    let of_nobody = row.path.ends_with("/jsapi") && fields.iter().all(|(name, _)| !name.ends_with("openid"));
    if error.code != "fields.invalid" || !of_nobody {
        return error;
    }
    error.hint(Word::new(
        "不写 trade_type 就是 JSAPI，要付款用户的 openid；扫码用 trade_type=NATIVE，另有 APP、H5",
        "without trade_type it is JSAPI, which needs the payer's openid; trade_type=NATIVE is a QR code, others are APP and H5",
    ))
}

/// The second signature, for the kinds of payment whose page or app needs one.
fn order_invoke(
    ctx: &Context,
    row: &Endpoint,
    sent: &Fields,
    prepay_id: Option<&str>,
) -> Result<Option<Fields>, Error> {
    let Some(prepay_id) = prepay_id else { return Ok(None) };
    // The cashier runs in the sub account where there is one.
    let first =
        |names: &[&str]| names.iter().find_map(|name| sent.filled(name)).unwrap_or_default().to_owned();
    let app_id = first(&["sub_appid", "appid", "sp_appid", "combine_appid"]);
    let merchant = first(&["sub_mchid", "mchid", "sp_mchid", "combine_mchid"]);
    let (keys, stamp) = (ctx.needed_v3()?, ctx.stamp());
    let signed = if row.path.ends_with("/app") {
        invoke::app_v3(&app_id, &merchant, prepay_id, &keys, &stamp)
    } else {
        invoke::jsapi_v3(&app_id, prepay_id, &keys, &stamp)
    };
    Ok(Some(signed.map_err(error::of_rsa)?.params))
}

fn invoke_params(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let prepay_id = args.needed(&PREPAY_ID)?;
    let id = prepay_id.strip_prefix("prepay_id=").unwrap_or(prepay_id);
    let (app_id, keys, stamp) = (ctx.app_id()?, ctx.needed_v3()?, ctx.stamp());
    let kind = args.text(&KIND).unwrap_or("jsapi");
    let signed = if kind == "app" {
        invoke::app_v3(&app_id, &keys.mch_id, id, &keys, &stamp)
    } else {
        invoke::jsapi_v3(&app_id, id, &keys, &stamp)
    };
    let signed = signed.map_err(error::of_rsa)?;
    let params = nested(&signed.params, &[]);
    let data = json!({ "kind": kind, "params": params, "string_to_sign": signed.message });
    let list = signed.params.iter().chain([("string_to_sign", &*signed.message)]);
    Ok(Outcome::new(data, params.to_string()).show(pairs(list)).meant_for(Purpose::Sending))
}
