//! What befalls the whole string, whatever is signed: separators, ends, blanks,
//! entities, the order of few entries, its charset. Comes in: the table of a
//! signature; goes out: more rows of it. What a field means is not known here.

use std::sync::Arc;

use super::super::cause::{self, Cause};
use super::super::draft::charset::{Astral, Charset, Digits, Endian, Legacy, Lost, Radix, Reading, Times};
use super::super::draft::{Damage, Glue, Tie};
use super::edit::{Class, Tier};
use super::list::List;

/// `&times` read as an entity, the other `&` left alone or escaped.
pub(super) fn entities(list: &mut List<'_, '_>, more: u32) {
    list.put(cause::J_TIMES, Class::Damage, &[], |d| d.damage = Some(Damage::Entity)).rare(more);
    let has_times = list.right.entries.iter().any(|e| e.name.starts_with("times"));
    if has_times {
        list.put(cause::J_TIMES, Class::Damage, &[], |d| {
            d.join = "&amp;";
            d.damage = Some(Damage::Entity);
        })
        .rare(more);
    }
}

/// Wrong separators, ends and blanks.
pub(super) fn separators(list: &mut List<'_, '_>, cause: &'static Cause) {
    for (index, join) in JOINS.iter().enumerate() {
        let tier = if index < 10 { Tier::Usual } else { Tier::Wide };
        joined(list, cause, join, u32::from(index > 4), tier);
    }
    indented(list, cause);
    for end in ["&", "\n", "\r\n", " ", "&&", "?", ";", ","] {
        list.put(cause, Class::End, &[], move |d| d.end = end.into()).rare(if end == "&" { 0 } else { 3 });
    }
    for front in ["&", "?", " ", "\n", "\u{feff}", "&&"] {
        list.put(cause, Class::Front, &[], move |d| d.front = front).rare(if matches!(front, "&" | "?") {
            0
        } else {
            2
        });
    }
    for entry in 0..list.right.entries.len() {
        list.put(cause, Class::Lead, &[entry], move |d| {
            d.entries[entry].tie = Tie::Glued;
        })
        .rare(2);
        for blanks in 1..=24 {
            let lead = " ".repeat(blanks);
            let many = list.right.entries.len() > 6;
            let edit =
                list.put(cause, Class::Lead, &[entry], move |d| d.entries[entry].lead = lead.clone().into());
            edit.rare(2 + u32::from(blanks > 1));
            // Few fields: blanks of every width can be tried together with more.
            if blanks > 1 && many {
                edit.wide();
            }
        }
        for lead in ["\n", "\t", "\r\n", "&", "amp;"] {
            list.put(cause, Class::Lead, &[entry], move |d| d.entries[entry].lead = lead.into())
                .rare(1)
                .wide();
        }
    }
}

/// The fields are joined by something else; the key like them, or as it should be.
fn joined(list: &mut List<'_, '_>, cause: &'static Cause, join: &'static str, more: u32, tier: Tier) {
    list.put(cause, Class::Join, &[], move |d| d.join = join).rare(more).tier = tier;
    if list.right.tail.is_empty() {
        return;
    }
    let edit = list.put(cause, Class::Join, &[], move |d| {
        d.join = join;
        if d.tail.first() == Some(&Glue::Join) {
            d.tail = AMP_KEY;
        }
    });
    edit.rare(more).tier = tier;
}

/// The key behind its usual `&`, whatever joins the fields.
const AMP_KEY: &[Glue] = &[Glue::Text("&key="), Glue::Secret];

const JOINS: &[&str] = &[
    "", ", ", "& ", "\n", ",", " & ", "&\n", "&amp;", ";", " ", "|", "&&", "+", "\r\n", "; ", "&\r\n", "%26",
    " &", "\\n", "\t", "#", "?", ":", "-", "_", "/", "&\t", "\\u0026",
];

/// A template over several lines keeps its indentation.
fn indented(list: &mut List<'_, '_>, cause: &'static Cause) {
    // Only few fields are written as one template.
    let tier = if list.right.entries.len() > 6 { Tier::Wide } else { Tier::Usual };
    for indent in 2..=24 {
        let join = &INDENTED[..=indent];
        let more = if matches!(indent, 2 | 4 | 8 | 12 | 13 | 16) { 2 } else { 4 };
        joined(list, cause, join, more, tier);
    }
    for indent in [2, 4, 8, 12, 16] {
        joined(list, cause, &NEW_LINE_INDENTED[..indent + 2], 3, tier);
    }
}

const INDENTED: &str = "&                        ";
const NEW_LINE_INDENTED: &str = "&\n                ";

/// Every order of a few entries.
pub(super) fn permutations(count: usize) -> Vec<Arc<[u16]>> {
    let mut all: Vec<Vec<u16>> = vec![Vec::new()];
    for index in 0..u16::try_from(count.min(6)).unwrap_or_default() {
        all = all
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |at| [&order[..at], &[index], &order[at..]].concat())
            })
            .collect();
    }
    all.into_iter().map(Arc::from).collect()
}

/// The text in another charset.
pub(super) fn charsets(list: &mut List<'_, '_>) {
    use Charset::{Ascii, Crossed, Entities, Escaped, Latin1, Legacy as Old, LowByte, Mojibake, Utf16};
    let mut put = |cause, more, charset: Charset| {
        list.put(cause, Class::Charset, &[], move |d| d.charset = charset).rare(more);
    };
    for (index, legacy) in
        [Legacy::Gbk, Legacy::Gb18030, Legacy::Big5, Legacy::Cp1252, Legacy::ShiftJis].into_iter().enumerate()
    {
        let more = u32::from(index > 2) * 2;
        let cause = if legacy == Legacy::Cp1252 { cause::P_ENC_QMARK } else { cause::P_ENC_GBK };
        put(cause, more, Old(legacy));
        put(cause, more + 4, Charset::LegacyUnits(legacy));
        put(cause::P_ENC_MOJI, more + 1, Crossed(legacy, Reading::Latin1));
        put(cause::P_ENC_MOJI, more + 1, Crossed(legacy, Reading::Utf8));
        put(cause::P_ENC_MOJI, more + 1, Crossed(legacy, Reading::Cp1252));
    }
    for reading in [Reading::Latin1, Reading::Cp1252, Reading::Gbk] {
        put(cause::P_ENC_MOJI, 0, Mojibake(reading, Times::Once));
        put(cause::P_ENC_MOJI, 1, Mojibake(reading, Times::Twice));
    }
    for lost in [Lost::PerChar, Lost::PerUnit, Lost::PerByte, Lost::Gone] {
        let more = u32::from(matches!(lost, Lost::PerByte | Lost::Gone));
        put(cause::P_ENC_QMARK, more, Latin1(lost));
        put(cause::P_ENC_QMARK, more, Ascii(lost));
    }
    put(cause::P_ENC_U16, 0, Utf16(Endian::Little));
    put(cause::P_ENC_U16, 0, Utf16(Endian::Big));
    put(cause::P_ENC_U16, 0, LowByte);
    put(cause::P_ENC_UESC, 0, Escaped(Digits::Lower));
    put(cause::P_ENC_UESC, 0, Escaped(Digits::Upper));
    put(cause::P_XMLESC, 1, Entities(Radix::Ten));
    put(cause::P_XMLESC, 1, Entities(Radix::Sixteen));
    for text in ["", "?", "??", "\u{fffd}", "\u{fffd}\u{fffd}", "*", " ", "????", "[emoji]"] {
        put(cause::P_ENC_ASTRAL, u32::from(text.len() > 2), Charset::Astral(Astral::Becomes(text)));
    }
    put(cause::P_ENC_ASTRAL, 0, Charset::Astral(Astral::Surrogates));
    for endian in [Endian::Little, Endian::Big] {
        list.put(cause::P_ENC_U16, Class::Charset, &[], move |d| {
            (d.charset, d.front) = (Utf16(endian), "\u{feff}");
        });
    }
}
