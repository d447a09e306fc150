//! A day's trades and movements of money from the own ledger, in WeChat's format: one
//! line a value row, each value behind a back-tick, amounts in yuan, times of Beijing.
//! Comes in: orders and a day; goes out: the text. Unlike WeChat's, a day's bill is
//! ready at once. How it is asked for and handed out, the doors know.

use super::ledger::{Order, Payment, Refund};
use crate::api::calendar::{date8, datetime};

/// Columns of every trade bill.
const TRADE: &str = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,\
                     交易状态,付款银行,货币种类,应结订单金额,代金券金额,";
/// Columns of bills that show refunds.
const REFUNDED: &str = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,";
/// Columns of bills that show refunds only.
const REFUND_TIMES: &str = "退款申请时间,退款成功时间,";
const TRADE_END: &str = "商品名称,商户数据包,手续费,费率,订单金额,";
const TRADE_SUM: &str =
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
const FLOW: &str = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),\
                    资金变更提交申请人,备注,业务凭证号";
const FLOW_SUM: &str = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

/// One line of the day: a payment, or a refund of one.
pub(super) struct Line<'a> {
    order: &'a Order,
    payment: &'a Payment,
    refund: Option<&'a Refund>,
}

/// Which of the three bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    All,
    Success,
    Refund,
}

impl Line<'_> {
    fn at(&self) -> u64 {
        self.refund.map_or(self.payment.at, |refund| refund.at)
    }
}

/// What these orders say about the day (`yyyyMMdd`), in the order it happened.
pub(super) fn day<'a>(orders: impl Iterator<Item = &'a Order>, day: &str) -> Vec<Line<'a>> {
    let paid = orders.filter_map(|order| order.payment.as_ref().map(|payment| (order, payment)));
    let mut lines: Vec<Line<'a>> = paid
        .flat_map(|(order, payment)| {
            let refunds = order.refunds.iter().map(Some);
            std::iter::once(None).chain(refunds).map(move |refund| Line { order, payment, refund })
        })
        .filter(|line| date8(line.at()) == day)
        .collect();
    lines.sort_by_key(Line::at);
    lines
}

/// The lines of this bill; none where there is none.
pub(super) fn of_kind(mut lines: Vec<Line<'_>>, kind: Kind) -> Option<Vec<Line<'_>>> {
    lines.retain(|line| kind == Kind::All || (kind == Kind::Refund) == line.refund.is_some());
    (!lines.is_empty()).then_some(lines)
}

/// The trade bill of these lines.
pub(super) fn trade_text(lines: &[Line<'_>], kind: Kind) -> String {
    let times = if kind == Kind::Refund { REFUND_TIMES } else { "" };
    let refunded = if kind == Kind::Success { "" } else { REFUNDED };
    let asked = if kind == Kind::Success { "" } else { "申请退款金额," };
    // The byte order mark is WeChat's.
    let mut out = format!("\u{feff}{TRADE}{times}{refunded}{TRADE_END}{asked}费率备注\r\n");
    for line in lines {
        out.push_str(&row(&trade_values(line, kind)));
    }
    out.push_str(TRADE_SUM);
    out.push_str("\r\n");
    out.push_str(&row(&trade_sums(lines)));
    out
}

fn trade_values(line: &Line<'_>, kind: Kind) -> Vec<String> {
    let Line { order, payment, refund } = line;
    let sum = |fee: u64| if refund.is_some() { yuan(0) } else { yuan(fee) };
    let status = if refund.is_some() { "REFUND" } else { "SUCCESS" };
    let mut values = vec![
        datetime(line.at()),
        order.ask.app_id.clone(),
        order.ask.mch_id.clone(),
        order.ask.sub_mch_id.clone().unwrap_or_else(|| "0".into()),
        order.ask.device.clone().unwrap_or_default(),
        payment.transaction_id.clone(),
        order.ask.out_trade_no.clone(),
        payment.openid.clone(),
        order.ask.trade_type.clone(),
        status.to_owned(),
        payment.bank_type.clone(),
        order.ask.currency.clone(),
        sum(order.settled()),
        sum(payment.coupon_fee()),
    ];
    if kind == Kind::Refund {
        values.extend(std::iter::repeat_n(datetime(line.at()), 2));
    }
    if kind != Kind::Success {
        values.extend(refund_values(*refund));
    }
    let (body, attach) = (order.ask.subject.as_str(), order.ask.attach.as_str());
    values.extend([body, attach, "0.00000", "0.60%"].map(str::to_owned));
    values.push(sum(order.ask.total_fee));
    if kind != Kind::Success {
        values.push(yuan(refund.map_or(0, |refund| refund.fee)));
    }
    values.push(String::new());
    values
}

fn refund_values(refund: Option<&Refund>) -> Vec<String> {
    let Some(refund) = refund else { return ["0", "0", "0.00", "0.00", "", ""].map(str::to_owned).to_vec() };
    vec![
        refund.id.clone(),
        refund.out_refund_no.clone(),
        yuan(refund.fee),
        yuan(0),
        "ORIGINAL".into(),
        "SUCCESS".into(),
    ]
}

fn trade_sums(lines: &[Line<'_>]) -> Vec<String> {
    let paid = || lines.iter().filter(|line| line.refund.is_none());
    let settled: u64 = paid().map(|line| line.order.settled()).sum();
    let total: u64 = paid().map(|line| line.order.ask.total_fee).sum();
    let refunded: u64 = lines.iter().filter_map(|line| line.refund).map(|refund| refund.fee).sum();
    vec![
        lines.len().to_string(),
        yuan(settled),
        yuan(refunded),
        yuan(0),
        "0.00000".into(),
        yuan(total),
        yuan(refunded),
    ]
}

/// The bill of funds of these lines.
pub(super) fn flow_text(lines: &[Line<'_>]) -> String {
    let mut out = format!("\u{feff}{FLOW}\r\n");
    let (mut earned, mut spent) = (0, 0);
    for line in lines {
        let fee = line.refund.map_or(line.order.ask.total_fee, |refund| refund.fee);
        *if line.refund.is_some() { &mut spent } else { &mut earned } += fee;
        out.push_str(&row(&flow_values(line, fee, i128::from(earned) - i128::from(spent))));
    }
    let refunds = lines.iter().filter(|line| line.refund.is_some()).count();
    let counts = [lines.len(), lines.len() - refunds, refunds].map(|n| n.to_string());
    let [all, incomes, expenses] = counts;
    out.push_str(FLOW_SUM);
    out.push_str("\r\n");
    out.push_str(&row(&[all, incomes, yuan(earned), expenses, yuan(spent)]));
    out
}

fn flow_values(line: &Line<'_>, fee: u64, balance: i128) -> Vec<String> {
    let Line { order, payment, refund } = line;
    let (id, name, way) = match refund {
        Some(refund) => (&refund.id, "退款", "支出"),
        None => (&payment.transaction_id, "交易", "收入"),
    };
    let voucher = refund.map_or(&order.ask.out_trade_no, |refund| &refund.out_refund_no);
    let sign = if balance < 0 { "-" } else { "" };
    vec![
        datetime(line.at()),
        id.clone(),
        payment.transaction_id.clone(),
        name.into(),
        name.into(),
        way.into(),
        yuan(fee),
        format!("{sign}{}", yuan(u64::try_from(balance.unsigned_abs()).unwrap_or(u64::MAX))),
        refund.map_or_else(|| "system".into(), |_| format!("{}API", order.ask.mch_id)),
        refund.map_or_else(String::new, |_| format!("退款总金额{}元;含手续费0.00元", yuan(fee))),
        voucher.clone(),
    ]
}

/// Values that would break the table lose what breaks it.
fn row(values: &[String]) -> String {
    let values: Vec<String> =
        values.iter().map(|value| format!("`{}", value.replace([',', '\r', '\n', '`'], " "))).collect();
    format!("{}\r\n", values.join(","))
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_in_yuan() {
        assert_eq!([yuan(0), yuan(1), yuan(101), yuan(123_456)], ["0.00", "0.01", "1.01", "1234.56"]);
    }

    #[test]
    fn every_value_has_its_column() {
        let columns = |head: &str| head.split(',').filter(|name| !name.is_empty()).count();
        assert_eq!(columns(TRADE) + columns(REFUNDED) + columns(TRADE_END) + 2, 27);
        assert_eq!(columns(TRADE_SUM), trade_sums(&[]).len());
        assert_eq!(row(&["a,b".into(), "c".into()]), "`a b,`c\r\n");
    }
}
