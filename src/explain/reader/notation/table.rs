//! The table of notations, a row for each, and what each is called. Of equal
//! readings the first row counts.

use super::super::cursor::{Fuel, is_quote, near};
use super::super::tree::Found;
use super::{
    calls, columns, grid, lines, literal, markup, multipart, print_r, printed, query, serialize, turns,
    var_dump, xml,
};
use crate::api::Word;

/// One way to write names and values down.
pub(in super::super) struct Notation {
    /// What it is called, from what was found.
    pub(in super::super) name: fn(&str) -> Word,
    /// What becomes of escapes in its values.
    pub(in super::super) escapes: Escapes,
    /// How much it takes to be misread as it.
    pub(in super::super) class: Class,
    /// Every place in a text where it stands.
    pub(in super::super) find: fn(&str, &Fuel) -> Found,
}

/// What becomes of `\/` and `\u8336` in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Escapes {
    /// They are its own and undone: what is left belongs to the value.
    Undone,
    /// It has none: those of a log around it are left.
    Left,
}

/// How sure a reading is: of two the stricter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Class {
    /// Any line with a name and something behind it.
    Lines,
    /// Values without quotes: they end where the next name begins.
    Printed,
    /// Everything is quoted, counted or tagged.
    Strict,
}

/// All of them; of equal readings the first counts.
pub(in super::super) const TABLE: &[Notation] = &[
    row(literal_name, Escapes::Undone, Class::Strict, literal::find),
    row(|_| Word::new("XML", "XML"), Escapes::Left, Class::Strict, xml::find),
    row(|_| Word::new("print_r 输出", "a print_r"), Escapes::Left, Class::Strict, print_r::find),
    row(|_| Word::new("var_dump 输出", "a var_dump"), Escapes::Left, Class::Strict, var_dump::find),
    row(
        |_| Word::new("PHP serialize 串", "a PHP serialize()"),
        Escapes::Left,
        Class::Strict,
        serialize::find,
    ),
    row(query_name, Escapes::Left, Class::Strict, query::find),
    row(|_| Word::new("multipart 表单", "a multipart form"), Escapes::Left, Class::Strict, multipart::find),
    row(
        |_| Word::new("HTML 或 XML 属性", "tags and attributes"),
        Escapes::Left,
        Class::Printed,
        markup::find,
    ),
    row(|_| Word::new("表格", "a table"), Escapes::Left, Class::Printed, grid::find),
    row(
        |_| Word::new("逐个设值的调用", "calls that set values"),
        Escapes::Undone,
        Class::Printed,
        calls::find,
    ),
    row(
        |_| Word::new("打印出的 map 或对象", "a printed map or object"),
        Escapes::Left,
        Class::Printed,
        printed::find,
    ),
    row(
        |_| Word::new("逐行的 名称和值", "lines of names and values"),
        Escapes::Left,
        Class::Lines,
        lines::find,
    ),
    row(
        |_| Word::new("逐行的 名称和值", "lines of names and values"),
        Escapes::Left,
        Class::Lines,
        columns::find,
    ),
    row(
        |_| Word::new("名称和值交替的行", "names and values in turn"),
        Escapes::Undone,
        Class::Lines,
        turns::find,
    ),
];

const fn row(
    name: fn(&str) -> Word,
    escapes: Escapes,
    class: Class,
    find: fn(&str, &Fuel) -> Found,
) -> Notation {
    Notation { name, escapes, class, find }
}

fn literal_name(text: &str) -> Word {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Word::new("JSON", "JSON");
    }
    let frame = frame(text);
    match () {
        () if frame.contains("=>") => Word::new("PHP 数组或 Ruby hash", "a PHP array or Ruby hash"),
        () if frame.contains("('', '')") => Word::new("Python 字典", "a Python dict"),
        () => Word::new("对象字面量", "an object literal"),
    }
}

/// What stands around the strings of a literal.
fn frame(text: &str) -> String {
    let mut out = String::new();
    let mut inside: Option<char> = None;
    let mut chars = near(text, 4096).chars();
    while let Some(c) = chars.next() {
        match inside {
            Some(_) if c == '\\' => _ = chars.next(),
            Some(quote) if c != quote => {}
            Some(_) => {
                inside = None;
                out.push(c);
            }
            None => {
                inside = is_quote(c).then_some(c);
                out.push(c);
            }
        }
    }
    out
}

fn query_name(text: &str) -> Word {
    if text.contains("jsapi_ticket=") || text.contains("&key=") {
        Word::new("待签名字符串", "a string to sign")
    } else {
        Word::new("查询串", "a query string")
    }
}
