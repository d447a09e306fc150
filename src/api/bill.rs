//! A bill as rows: comes in as the text that WeChat sends, goes out as columns,
//! rows and totals. Pure. Every value stands behind a back-tick, so that tables do
//! not round it, and a comma inside a value is told from one between values by it.
//! <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6>

use crate::sign::{Case, Digest};
use crate::wire::{WireError, gzip};

/// A bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bill<'a> {
    /// The names of the columns, as WeChat writes them.
    pub columns: Vec<&'a str>,
    /// A line for each trade or movement, a value for each column.
    pub rows: Vec<Vec<String>>,
    /// Names and values of the last line.
    pub totals: Vec<(&'a str, String)>,
}

impl<'a> Bill<'a> {
    /// Reads a bill; `None` if the text is none.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let columns: Vec<&str> = lines.next().filter(|head| !head.starts_with(TICK))?.split(',').collect();
        let mut records: Vec<Record> = Vec::new();
        for line in lines {
            match (line.strip_prefix(TICK), records.last_mut()) {
                (Some(values), _) => records.push(Record::Values(values.to_owned())),
                // A goods name with a line break goes on without a back-tick; the
                // names of the totals do not: they stand before the last line alone.
                (None, Some(Record::Values(values))) if !is_totals_head(text, line) => {
                    *values += "\n";
                    *values += line;
                }
                (None, _) => records.push(Record::Names(line)),
            }
        }
        let (rows, totals) = divided(records);
        Some(Self { columns, rows, totals })
    }
}

/// What is wrong with the file of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillError {
    /// It does not unpack.
    Packed(WireError),
    /// Its digest is not the one that was told.
    OtherDigest {
        /// As told.
        told: String,
        /// Of the file.
        own: String,
    },
}

/// The bill of a file that came, text or GZIP: its SHA-1, unpacked, has to be the one
/// that was told in a signed reply, for the file itself is not signed.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4013071227>
///
/// # Errors
/// [`BillError`]; nothing of it is to be believed then.
pub fn proved(file: Vec<u8>, hash_value: &str) -> Result<Vec<u8>, BillError> {
    let plain = if gzip::is_packed(&file) { gzip::unpacked(&file).map_err(BillError::Packed)? } else { file };
    let own = digest(&plain);
    if own.eq_ignore_ascii_case(hash_value) {
        return Ok(plain);
    }
    Err(BillError::OtherDigest { told: hash_value.to_owned(), own })
}

/// The digest that is told of a bill: SHA-1 of it unpacked, in hex.
#[must_use]
pub fn digest(bill: &[u8]) -> String {
    String::clone(&Digest::Sha1.of(&[], bill).hex(Case::Lower))
}

const TICK: char = '`';

enum Record<'a> {
    Names(&'a str),
    Values(String),
}

/// Whether this line is followed by one line only.
fn is_totals_head(text: &str, line: &str) -> bool {
    let end = line.as_ptr() as usize - text.as_ptr() as usize + line.len();
    text[end..].lines().filter(|rest| !rest.trim().is_empty()).take(2).count() == 1
}

fn divided(records: Vec<Record<'_>>) -> (Vec<Vec<String>>, Vec<(&str, String)>) {
    let (mut rows, mut names, mut totals) = (Vec::new(), None, Vec::new());
    for record in records {
        match (record, names) {
            (Record::Names(line), _) => names = Some(line),
            (Record::Values(line), None) => rows.push(values(&line)),
            (Record::Values(line), Some(names)) => totals = names.split(',').zip(values(&line)).collect(),
        }
    }
    (rows, totals)
}

/// The values behind the first back-tick.
fn values(line: &str) -> Vec<String> {
    line.split(",`").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the shape of the official page, with a comma and a line break in a name.
    const TEXT: &str = "\u{feff}交易时间,商户订单号,商品名称,费率\r\n\
        `2014-11-10 16:33:45,`A1,`茶, 大杯,`0.60%\r\n\
        `2014-11-10 16:46:14,`A2,`杯\n子,`0.60%\r\n\
        总交易单数,总交易额\r\n`2,`0.02\r\n";

    #[test]
    fn columns_rows_and_totals() {
        let bill = Bill::read(TEXT).unwrap();
        assert_eq!(bill.columns, ["交易时间", "商户订单号", "商品名称", "费率"]);
        assert_eq!(bill.rows[0], ["2014-11-10 16:33:45", "A1", "茶, 大杯", "0.60%"]);
        assert_eq!(bill.rows[1], ["2014-11-10 16:46:14", "A2", "杯\n子", "0.60%"]);
        assert_eq!(bill.rows.len(), 2);
        assert_eq!(bill.totals, [("总交易单数", "2".to_owned()), ("总交易额", "0.02".to_owned())]);
    }

    #[test]
    fn a_day_without_rows_and_what_is_no_bill() {
        let bill = Bill::read("a,b\r\n总,额\r\n`0,`0.00\r\n").unwrap();
        assert_eq!((bill.rows.len(), bill.totals.len()), (0, 2));
        assert_eq!(Bill::read(""), None);
        assert_eq!(Bill::read("`1,`2"), None);
        assert_eq!(Bill::read("a,b\r\n`1,`2").unwrap().rows, [["1", "2"]]);
    }
}
