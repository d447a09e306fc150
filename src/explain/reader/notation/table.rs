//! The table of notations, a row for each, and what each is called. Of equal
//! readings the first row counts.

use super::super::cursor::Fuel;
use super::super::tree::Found;
use super::{calls, lines, literal, multipart, print_r, printed, query, serialize, var_dump, xml};
use crate::api::Word;

/// One way to write names and values down.
pub(in super::super) struct Notation {
    /// What it is called, from what was found.
    pub(in super::super) name: fn(&str) -> Word,
    /// How much it takes to be misread as it.
    pub(in super::super) class: Class,
    /// Every place in a text where it stands.
    pub(in super::super) find: fn(&str, &Fuel) -> Found,
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
    Notation { name: literal_name, class: Class::Strict, find: literal::find },
    Notation { name: |_| Word::new("XML", "XML"), class: Class::Strict, find: xml::find },
    Notation {
        name: |_| Word::new("print_r 输出", "a print_r"), class: Class::Strict, find: print_r::find
    },
    Notation {
        name: |_| Word::new("var_dump 输出", "a var_dump"),
        class: Class::Strict,
        find: var_dump::find,
    },
    Notation {
        name: |_| Word::new("PHP serialize 串", "a PHP serialize()"),
        class: Class::Strict,
        find: serialize::find,
    },
    Notation { name: query_name, class: Class::Strict, find: query::find },
    Notation {
        name: |_| Word::new("multipart 表单", "a multipart form"),
        class: Class::Strict,
        find: multipart::find,
    },
    Notation {
        name: |_| Word::new("逐个设值的调用", "calls that set values"),
        class: Class::Printed,
        find: calls::find,
    },
    Notation {
        name: |_| Word::new("打印出的 map 或对象", "a printed map or object"),
        class: Class::Printed,
        find: printed::find,
    },
    Notation {
        name: |_| Word::new("逐行的 名称和值", "lines of names and values"),
        class: Class::Lines,
        find: lines::find,
    },
];

fn literal_name(text: &str) -> Word {
    match () {
        () if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => Word::new("JSON", "JSON"),
        () if text.contains("=>") => Word::new("PHP 数组或 Ruby hash", "a PHP array or Ruby hash"),
        () if text.contains("('") && text.contains("', '") => Word::new("Python 字典", "a Python dict"),
        () => Word::new("对象字面量", "an object literal"),
    }
}

fn query_name(text: &str) -> Word {
    if text.contains("jsapi_ticket=") || text.contains("&key=") {
        Word::new("待签名字符串", "a string to sign")
    } else {
        Word::new("查询串", "a query string")
    }
}
