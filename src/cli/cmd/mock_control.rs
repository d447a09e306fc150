//! The control plane of a running gateway as commands: `mock pay`, `cancel`, `refund`,
//! `fault`, `requests`, `orders`, `notices`, `reset`, `state`. Comes in: words; goes out:
//! what the gateway says to the same paths under `/_mock/`. Calls nobody but a gateway.

use serde_json::{Map, Value};
use wxkit::api::{Lang, Word};
use wxkit::wire::{Reply, Request, query};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::outcome::{Exit, Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::mock_access::CONTROL_TOKEN;

static CLEAR: Flag = Flag::switch("clear", "先取消全部故障", "Take all faults away first");
static FAULT_FLAGS: &[&Flag] = &[&CLEAR, &CONTROL_TOKEN];
static FLAGS: &[&Flag] = &[&CONTROL_TOKEN];

const ORDER: Word =
    Word::new("商户订单号，然后可以写 名字=值", "the merchant's number of the order, then name=value words");
const NARROWED: Word = Word::new(
    "名字=值 筛选（verdict=refused、path=/pay/refund），wait=10s 等待，count=N",
    "name=value words to narrow it (verdict=refused, path=/pay/refund), wait=10s to wait, count=N",
);
const ONE_OR_NARROWED: Word = Word::new(
    "订单号（可加 until=paid wait=10s），或 名字=值 筛选",
    "a number (until=paid wait=10s may follow), or name=value words to narrow the list",
);
const FAULTS: Word = Word::new(
    "故障，如 refund:SYSTEMERROR,count=1；不写则列出",
    "faults, such as refund:SYSTEMERROR,count=1; none lists them",
);
const KEPT: Word = Word::new(
    "不写则列出数量；save 名字 保存，load 名字 回到那时",
    "none counts what there is; save NAME keeps it, load NAME goes back",
);

const fn verb(
    name: &'static str,
    about: Word,
    example: &'static str,
    flags: &'static [&'static Flag],
    words: Words,
    run: fn(&Args, &Context) -> Result<Outcome, Error>,
) -> Verb {
    Verb { noun: "mock", name, about, example, flags, words, row: None, run }
}

/// `mock pay`, `cancel`, …
#[rustfmt::skip]
pub const VERBS: &[&Verb] = &[
    &verb("pay", Word::new("顾客在运行中的网关上付款", "The customer pays an order of a running gateway"), "mock pay 20250101001", FLAGS, Words::Many("ORDER", ORDER), pay),
    &verb("cancel", Word::new("关闭网关上未支付的订单", "Close an order of a running gateway that nobody has paid"), "mock cancel 20250101001", FLAGS, Words::Many("ORDER", ORDER), cancel),
    &verb("refund", Word::new("在网关的商户平台上退款", "Refund an order on the merchant's pages of a running gateway"), "mock refund 20250101001 refund_fee=1", FLAGS, Words::Many("ORDER", ORDER), refund),
    &verb("fault", Word::new("让网关的接口报错、超时或返回假数据", "Make calls of a running gateway fail, hang or lie"), "mock fault refund:SYSTEMERROR,count=1", FAULT_FLAGS, Words::Any("FAULT", FAULTS), fault),
    &verb("requests", Word::new("网关收到的调用及结果", "The calls that a running gateway got, and what came of them"), "mock requests verdict=refused", FLAGS, Words::Any("NAME=VALUE", NARROWED), requests),
    &verb("orders", Word::new("网关上的订单；可等待付款", "The orders of a running gateway; waits for them"), "mock orders 20250101001 until=paid wait=10s", FLAGS, Words::Any("ORDER|NAME=VALUE", ONE_OR_NARROWED), orders),
    &verb("notices", Word::new("网关发出的通知及每次发送", "The notices of a running gateway, with every attempt"), "mock notices state=delivered wait=10s", FLAGS, Words::Any("NAME=VALUE", NARROWED), notices),
    &verb("reset", Word::new("让运行中的网关忘掉一切", "Make a running gateway forget everything"), "mock reset", FLAGS, Words::None, reset),
    &verb("state", Word::new("网关里有多少东西；保存与恢复", "How much a running gateway holds; keep it and go back"), "mock state save before-refund", FLAGS, Words::Any("save|load NAME", KEPT), state),
];

/// Where a gateway is when nobody says where.
const USUAL: &str = "http://127.0.0.1:7780";

fn pay(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = on_order(args, ctx, "pay")?;
    Ok(with_order(said, Word::new("订单 {} 已付款", "order {} is paid")))
}

fn cancel(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = on_order(args, ctx, "close")?;
    Ok(with_order(said, Word::new("订单 {} 已关闭", "order {} is closed")))
}

fn refund(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = on_order(args, ctx, "refund")?;
    Ok(with_order(said, Word::new("订单 {} 已退款", "order {} is refunded")))
}

fn fault(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    if args.has(&CLEAR) {
        call(args, ctx, "DELETE", "faults", "")?;
    }
    let texts: Vec<&str> = args.words().collect();
    let method = if texts.is_empty() { "GET" } else { "POST" };
    let said = call(args, ctx, method, "faults", &texts.join("\n"))?;
    Ok(listed(said, "faults", "id", |fault| {
        let member = |(name, value): (&String, &Value)| format!("{name}={}", plain(value));
        fault.as_object().into_iter().flatten().map(member).collect::<Vec<_>>().join("  ")
    }))
}

fn requests(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = call(args, ctx, "GET", &narrowed("requests", args)?, "")?;
    Ok(listed(said, "requests", "id", |call| columns(call, &["method", "path", "verdict"])))
}

fn orders(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = call(args, ctx, "GET", &narrowed("orders", args)?, "")?;
    let row = |order: &Value| columns(order, &["out_trade_no", "trade_state", "total_fee"]);
    if said.get("out_trade_no").is_none() {
        return Ok(listed(said, "orders", "out_trade_no", row));
    }
    let (answer, line) = (plain(&said["trade_state"]), row(&said));
    Ok(Outcome::new(said, answer).show(View::Block(line)))
}

fn notices(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = call(args, ctx, "GET", &narrowed("notices", args)?, "")?;
    Ok(listed(said, "notices", "id", |notice| {
        columns(notice, &["id", "endpoint", "out_trade_no", "state", "url"])
    }))
}

fn reset(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let said = call(args, ctx, "POST", "reset", "")?;
    Ok(Outcome::new(said, "").show(View::Good(Word::new("网关已重置", "the gateway is as new").into())))
}

fn state(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let words: Vec<&str> = args.words().collect();
    let said = match words[..] {
        [] => call(args, ctx, "GET", "state", "")?,
        ["save", name] => call(args, ctx, "PUT", &format!("state/{}", query::escape(name)), "")?,
        ["load", name] => call(args, ctx, "POST", &format!("state/{}", query::escape(name)), "")?,
        _ => {
            let message = Word::new(
                "mock state 后面是 save 名字 或 load 名字",
                "behind mock state comes save NAME or load NAME",
            );
            return Err(Error::usage(message).next("wxkit mock state save before"));
        }
    };
    let shown = said.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), plain(value)));
    let view = View::Pairs(shown.collect());
    Ok(Outcome::new(said, "").show(view))
}

/// Does something to the order of the first word; the others go into the body.
fn on_order(args: &Args, ctx: &Context, what: &str) -> Result<Value, Error> {
    let mut words = args.words();
    let number = words.next().unwrap_or_default();
    let pairs = words.map(pair).collect::<Result<Map<_, _>, _>>()?;
    call(
        args,
        ctx,
        "POST",
        &format!("orders/{}/{what}", query::escape(number)),
        &Value::Object(pairs).to_string(),
    )
}

/// Money is a number, the rest is text.
fn pair(word: &str) -> Result<(String, Value), Error> {
    let (name, value) = halves(word)?;
    let number = value.parse::<u64>().ok().filter(|_| name.ends_with("_fee"));
    Ok((name.to_owned(), number.map_or_else(|| value.into(), Value::from)))
}

fn halves(word: &str) -> Result<(&str, &str), Error> {
    word.split_once('=').ok_or_else(|| {
        let message = Word::new("应写成 名字=值：{}", "name=value is wanted here: {}");
        Error::usage(message.with([error::typed(word)]))
    })
}

/// A list, or one of it, with what it is narrowed by.
fn narrowed(list: &str, args: &Args) -> Result<String, Error> {
    let mut words = args.words().peekable();
    let one = words.next_if(|word| list == "orders" && !word.contains('='));
    let place = one.map_or_else(|| list.to_owned(), |number| format!("{list}/{}", query::escape(number)));
    let pairs = words.map(halves).collect::<Result<Vec<_>, _>>()?;
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{name}={}", query::escape(value))).collect();
    Ok(if pairs.is_empty() { place } else { format!("{place}?{}", pairs.join("&")) })
}

/// Asks the gateway; what it says.
fn call(args: &Args, ctx: &Context, method: &str, path: &str, body: &str) -> Result<Value, Error> {
    let base = ctx.settings.base.as_deref().unwrap_or(USUAL).trim_end_matches('/');
    let mut request =
        Request::new(method, format!("{base}/_mock/{path}")).with_body("application/json", body);
    if args.text(&CONTROL_TOKEN).is_some() {
        let token = ctx.secret_of(&CONTROL_TOKEN, args)?;
        request.headers.push(("authorization".into(), format!("Bearer {}", token.expose())));
    }
    let transport = ctx.transport()?;
    let replied = ctx.wait(transport.send(&request))?.map_err(|away| error::of_send(&away));
    if ctx.settings.verbose {
        let shown = replied.clone().map(repeated);
        ctx.stage.wire(&as_typed(&request), shown.as_ref().map_err(|away| &away.message));
    }
    let reply = replied.map_err(|away| away.next("wxkit mock"))?;
    let said = serde_json::from_slice::<Value>(&reply.body).ok().filter(Value::is_object);
    match said {
        Some(said) if reply.status == 200 => Ok(said),
        said => Err(refused(ctx, base, &reply, said.as_ref())),
    }
}

/// The request as it may be shown: a secret that was typed for an order stands in an address
/// no more than in an error.
fn as_typed(request: &Request) -> Request {
    Request { url: error::typed(&request.url), body: cut(&request.body), ..request.clone() }
}

/// A refusal repeats what was asked; what is given is the gateway's own.
fn repeated(reply: Reply) -> Reply {
    if reply.status == 200 { reply } else { Reply { body: cut(&reply.body), ..reply } }
}

fn cut(body: &[u8]) -> Vec<u8> {
    error::typed(&String::from_utf8_lossy(body)).into_bytes()
}

fn refused(ctx: &Context, base: &str, reply: &Reply, said: Option<&Value>) -> Error {
    let Some((said, code)) = said.and_then(|said| Some((said, said["error"]["code"].as_str()?))) else {
        let message = Word::new("{} 不是 wxkit 的网关（HTTP {}）", "{} is no gateway of wxkit's (HTTP {})");
        let hint = Word::new("用 --base 指出网关在哪里", "tell with --base where the gateway is");
        return Error::usage(message.with([base.to_owned(), reply.status.to_string()])).hint(hint);
    };
    let lang = if ctx.lang == Lang::Zh { "zh" } else { "en" };
    let words =
        [&said["error"][lang], &said["error"]["why"][lang]].map(|part| part.as_str().unwrap_or_default());
    let exit = if reply.status == 400 { Exit::Usage } else { Exit::No };
    let message = Word::new("网关：{}（{}）", "the gateway: {} ({})");
    let text = words.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    Error::new("mock.refused", exit, message.with([error::typed(&text), code.to_owned()]))
}

/// What became of an order.
fn with_order(said: Value, word: Word) -> Outcome {
    let number = plain(&said["out_trade_no"]);
    let outcome = Outcome::new(said, number.as_str());
    outcome.show(View::Good(word.with([number.as_str()])))
}

/// A list as lines; the answer is one id a line.
fn listed(said: Value, name: &str, id: &str, line: impl Fn(&Value) -> String) -> Outcome {
    let rows = said[name].as_array().cloned().unwrap_or_default();
    let ids: Vec<String> = rows.iter().map(|row| plain(&row[id])).collect();
    let lines: Vec<String> = rows.iter().map(line).collect();
    let view = if lines.is_empty() {
        View::Say(Word::new("没有", "none").into())
    } else {
        View::Block(lines.join("\n"))
    };
    Outcome::new(said, ids.join("\n")).show(view)
}

fn columns(row: &Value, names: &[&str]) -> String {
    names.iter().map(|name| plain(&row[*name])).collect::<Vec<_>>().join("  ")
}

/// A value without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn money_is_a_number_and_the_rest_is_text() {
        assert_eq!(pair("refund_fee=7").unwrap(), ("refund_fee".into(), json!(7)));
        assert_eq!(pair("openid=7").unwrap(), ("openid".into(), json!("7")));
        assert!(pair("x").is_err());
    }
}
