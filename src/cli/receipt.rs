//! A reply of pay v2 as a sentence for a person: what happened to whose money.
//! Comes in: the row and the fields of its reply; goes out: lines, where there is
//! something to say. The raw fields are shown below them by whoever asks.

use wxkit::api::endpoint::Endpoint;
use wxkit::api::pay_v2::{CLOSEORDER, MICROPAY, ORDERQUERY, REFUND, REFUNDQUERY, REVERSE};
use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::wire::Fields;

use super::error::shell_word;
use super::outcome::View;

/// What this reply says.
pub fn lines(row: &Endpoint, reply: &Fields) -> Vec<View> {
    match row.name {
        name if name == ORDERQUERY.name => vec![order(reply)],
        name if name == MICROPAY.name => vec![View::Good(paid(reply))],
        name if name == CLOSEORDER.name => {
            vec![View::Good(Word::new("订单已关闭", "the order is closed").into())]
        }
        name if name == REFUND.name => vec![refund(reply)],
        name if name == REFUNDQUERY.name => refunds(reply),
        name if name == REVERSE.name => vec![reversed(reply)],
        _ => Vec::new(),
    }
}

fn order(reply: &Fields) -> View {
    let said = match reply.get("trade_state").unwrap_or_default() {
        "SUCCESS" => return View::Good(paid(reply)),
        "REFUND" => {
            let message = Word::new("{}；之后有退款", "{}; refunded since, in whole or in part");
            return View::Good(message.with([paid(reply)]));
        }
        "NOTPAY" => Word::new("还没有支付", "not paid yet"),
        "CLOSED" => Word::new("已关闭，没有支付", "closed without a payment"),
        "REVOKED" => Word::new("已撤销", "reversed"),
        "USERPAYING" => Word::new("用户正在支付", "the customer is paying"),
        "PAYERROR" => Word::new("支付失败", "the payment failed"),
        "ACCEPT" => Word::new("已受理，等待扣款", "accepted, not charged yet"),
        _ => Word::new("状态不明", "the state is not one we know"),
    };
    View::Bad(said.into())
}

fn paid(reply: &Fields) -> Message {
    let (money, at) = (money(reply, "total_fee"), moment(reply.get("time_end").unwrap_or_default()));
    match at {
        Some(at) => Word::new("已支付 {}，{}", "paid, {}, at {}").with([money, at]),
        None => Word::new("已支付 {}", "paid, {}").with([money]),
    }
}

fn refund(reply: &Fields) -> View {
    let number = reply.filled("out_refund_no").unwrap_or_default();
    let query = format!("wxkit pay refund-query out_refund_no={}", shell_word(number));
    let said = Word::new(
        "退款 {} 已受理，还没有到账：用 {} 查结果",
        "the refund of {} is accepted, not done yet: {} tells the outcome",
    );
    View::Good(said.with([money(reply, "refund_fee"), query]))
}

/// The refunds of one reply; WeChat numbers them from 0.
fn refunds(reply: &Fields) -> Vec<View> {
    let names = (0..).map(|n| n.to_string());
    let states = names.map_while(|n| Some((reply.filled(&format!("refund_status_{n}"))?, n)));
    states.map(|(state, n)| one_refund(reply, state, &n)).collect()
}

fn one_refund(reply: &Fields, state: &str, n: &str) -> View {
    let number = reply.get(&format!("out_refund_no_{n}")).unwrap_or_default().to_owned();
    let money = money(reply, &format!("refund_fee_{n}"));
    let said = |word: Word| word.with([number.clone(), money.clone()]);
    match state {
        "SUCCESS" => {
            let at = reply.get(&format!("refund_success_time_{n}")).unwrap_or_default();
            let done = said(Word::new("{}：已退 {}", "{}: {} refunded"));
            View::Good(Word::new("{}，{}", "{}, at {}").with([Part::from(done), at.into()]))
        }
        "PROCESSING" => View::Say(said(Word::new("{}：{} 退款处理中", "{}: {} on its way"))),
        "REFUNDCLOSE" => View::Bad(said(Word::new("{}：{} 退款关闭", "{}: the refund of {} is closed"))),
        "CHANGE" => View::Bad(said(Word::new(
            "{}：{} 退不回去，需在商户平台处理",
            "{}: {} could not be paid back; handle it on the merchant platform",
        ))),
        _ => View::Bad(said(Word::new("{}：{} 状态不明", "{}: {} in a state we do not know"))),
    }
}

fn reversed(reply: &Fields) -> View {
    if reply.get("recall") == Some("Y") {
        let said = Word::new("还没有撤销成功，请再调用一次", "not reversed yet: call it again");
        return View::Bad(said.into());
    }
    View::Good(Word::new("已撤销", "reversed").into())
}

/// `¥8.80`; other currencies as WeChat writes them, for not all have hundredths.
fn money(reply: &Fields, name: &str) -> String {
    let fen = reply.get(name).unwrap_or_default();
    match (fen.parse::<u64>(), reply.filled("fee_type").unwrap_or("CNY")) {
        (Ok(fen), "CNY") => format!("¥{}.{:02}", fen / 100, fen % 100),
        (_, currency) => format!("{fen} {currency}"),
    }
}

/// `yyyyMMddHHmmss` with signs between.
fn moment(time14: &str) -> Option<String> {
    let is_one = time14.len() == 14 && time14.bytes().all(|b| b.is_ascii_digit());
    let part = |from: usize, to: usize| &time14[from..to];
    is_one.then(|| {
        format!(
            "{}-{}-{} {}:{}:{}",
            part(0, 4),
            part(4, 6),
            part(6, 8),
            part(8, 10),
            part(10, 12),
            part(12, 14)
        )
    })
}

/// What a reply of pay v3 says.
pub fn v3_lines(row: &Endpoint, reply: &Fields) -> Vec<View> {
    let said = |name: &str| reply.filled(name).unwrap_or_default();
    if row.path.ends_with("/close") {
        return vec![View::Good(Word::new("订单已关闭", "the order is closed").into())];
    }
    match (said("trade_state"), said("status")) {
        ("", "") => Vec::new(),
        ("", status) => vec![v3_refund(reply, status)],
        ("SUCCESS" | "REFUND", _) => {
            let (money, at) = (money(reply, "amount.total"), said("success_time").to_owned());
            vec![View::Good(Word::new("已支付 {}，{}", "paid, {}, at {}").with([money, at]))]
        }
        _ => vec![order(reply)],
    }
}

fn v3_refund(reply: &Fields, status: &str) -> View {
    let number = reply.filled("out_refund_no").unwrap_or_default().to_owned();
    let money = money(reply, "amount.refund");
    match status {
        "SUCCESS" => {
            View::Good(Word::new("退款 {} 已到账：{}", "refund {} is done: {}").with([number, money]))
        }
        "PROCESSING" => {
            let query = format!("wxkit v3 refund-query out_refund_no={}", shell_word(&number));
            let word = Word::new(
                "退款 {} 已受理，还没有到账：用 {} 查结果",
                "the refund of {} is accepted, not done yet: {} tells the outcome",
            );
            View::Good(word.with([money, query]))
        }
        "CLOSED" => {
            View::Bad(Word::new("退款 {} 已关闭：{}", "refund {} is closed: {}").with([number, money]))
        }
        _ => {
            let word = Word::new(
                "退款 {} 异常：{}，需要处理（v3 refund-abnormal）",
                "refund {} failed: {}; it needs you (v3 refund-abnormal)",
            );
            View::Bad(word.with([number, money]))
        }
    }
}

#[cfg(test)]
mod tests {
    use wxkit::api::Lang;

    use super::*;

    fn english(row: &Endpoint, reply: &[(&str, &str)]) -> Vec<String> {
        let fields = reply.iter().copied().collect();
        let text = |view: View| match view {
            View::Good(said) | View::Bad(said) | View::Say(said) => said.text(Lang::En).into_owned(),
            _ => String::new(),
        };
        lines(row, &fields).into_iter().map(text).collect()
    }

    #[test]
    fn an_order_is_told_in_money_and_time() {
        let reply = [("trade_state", "SUCCESS"), ("total_fee", "880"), ("time_end", "20141030133525")];
        assert_eq!(english(&ORDERQUERY, &reply), ["paid, ¥8.80, at 2014-10-30 13:35:25"]);
        assert_eq!(english(&ORDERQUERY, &[("trade_state", "NOTPAY")]), ["not paid yet"]);
        let reply = [("trade_state", "SUCCESS"), ("total_fee", "880"), ("fee_type", "JPY")];
        assert_eq!(english(&ORDERQUERY, &reply), ["paid, 880 JPY"]);
    }

    #[test]
    fn every_refund_of_a_reply_has_its_line() {
        let reply = [
            ("out_refund_no_0", "R1"),
            ("refund_fee_0", "100"),
            ("refund_status_0", "SUCCESS"),
            ("refund_success_time_0", "2016-07-25 15:26:26"),
            ("out_refund_no_1", "R2"),
            ("refund_fee_1", "5"),
            ("refund_status_1", "PROCESSING"),
        ];
        let said = ["R1: ¥1.00 refunded, at 2016-07-25 15:26:26", "R2: ¥0.05 on its way"];
        assert_eq!(english(&REFUNDQUERY, &reply), said);
    }
}
