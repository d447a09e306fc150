//! The charsets in which a text is hashed by mistake, for every signature. Comes
//! in: the table under way; goes out: its edits. What a charset does stands in `draft`.

use super::super::cause;
use super::super::draft::charset::{Astral, Charset, Digits, Endian, Legacy, Lost, Radix, Reading, Times};
use super::edit::Class;
use super::list::List;

/// The text in another charset.
pub(super) fn edits(list: &mut List<'_, '_>) {
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
