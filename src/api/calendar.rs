//! Unix time as WeChat writes it: Beijing time (UTC+8, no summer time), in five
//! shapes. Pure arithmetic, after Howard Hinnant's civil calendar.

const BEIJING: u64 = 8 * 3600;
const DAY: u64 = 86_400;

/// A moment on the Beijing clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    year: u64,
    month: u64,
    day: u64,
    second: u64,
}

impl Moment {
    const fn at(unix: u64) -> Self {
        let local = unix.saturating_add(BEIJING);
        let z = local / DAY + 719_468;
        let era = z / 146_097;
        let of_era = z % 146_097;
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self {
            year: year + era * 400 + if month <= 2 { 1 } else { 0 },
            month,
            day: of_year - (153 * shifted + 2) / 5 + 1,
            second: local % DAY,
        }
    }

    const fn clock(self) -> (u64, u64, u64) {
        (self.second / 3600, self.second / 60 % 60, self.second % 60)
    }
}

/// `yyyyMMddHHmmss`
#[must_use]
pub fn time14(unix: u64) -> String {
    let (moment, (h, m, s)) = (Moment::at(unix), Moment::at(unix).clock());
    // One number with two digits for each part: no year before 1970 needs a zero.
    let parts = [moment.month, moment.day, h, m, s];
    parts.into_iter().fold(moment.year, |all, part| all.saturating_mul(100).saturating_add(part)).to_string()
}

/// `yyyyMMdd`
#[must_use]
pub fn date8(unix: u64) -> String {
    let moment = Moment::at(unix);
    format!("{:04}{:02}{:02}", moment.year, moment.month, moment.day)
}

/// `yyyy-MM-dd HH:mm:ss`
#[must_use]
pub fn datetime(unix: u64) -> String {
    let (moment, (h, m, s)) = (Moment::at(unix), Moment::at(unix).clock());
    format!("{:04}-{:02}-{:02} {h:02}:{m:02}:{s:02}", moment.year, moment.month, moment.day)
}

/// `2026-11-26T10:00:00+08:00`
#[must_use]
pub fn rfc3339(unix: u64) -> String {
    format!("{}+08:00", datetime(unix).replace(' ', "T"))
}

/// The moment of such a text, in any zone; none before 1970, and of what is no such text.
#[must_use]
pub fn from_rfc3339(text: &str) -> Option<u64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let second = number(11..13)? * 3600 + number(14..16)? * 60 + number(17..19)?;
    let zone = text.get(19..)?.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| zone.get(range)?.parse::<i64>().ok();
    let offset = match zone.as_bytes() {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), ..] => {
            (part(1..3)? * 3600 + part(4..6)? * 60) * if *sign == b'+' { 1 } else { -1 }
        }
        _ => return None,
    };
    // The year begins in March, so that the leap day is its last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    u64::try_from(days * 86_400 + second - offset).ok()
}

/// Whether `unix` is at or behind the moment `yyyyMMddHHmmss`; texts of this
/// shape sort as the moments do.
#[must_use]
pub fn is_past(time14_text: &str, unix: u64) -> bool {
    time14(unix).as_str() >= time14_text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: `TZ=Asia/Shanghai date -d @N`.
    #[test]
    fn moments_are_those_of_the_beijing_clock() {
        assert_eq!(time14(0), "19700101080000");
        assert_eq!(time14(1_414_587_457), "20141029205737");
        assert_eq!(datetime(1_709_222_399), "2024-02-29 23:59:59");
        assert_eq!(rfc3339(1_709_222_399), "2024-02-29T23:59:59+08:00");
        assert_eq!(date8(1_709_222_400), "20240301");
        assert_eq!(date8(1_735_660_800), "20250101");
        assert_eq!(date8(951_753_600), "20000229");
    }

    /// Expected values: `date -d TEXT +%s`.
    #[test]
    fn moments_with_a_zone_are_read() {
        for (text, unix) in [
            ("2026-11-26T10:00:00+08:00", 1_795_658_400),
            ("2024-02-29T15:59:59Z", 1_709_222_399),
            ("2024-03-01T00:00:00.250+08:00", 1_709_222_400),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-12-31T22:30:00-05:30", 978_321_600),
        ] {
            assert_eq!(from_rfc3339(text), Some(unix), "{text}");
        }
        assert_eq!(rfc3339(1_795_658_400), "2026-11-26T10:00:00+08:00");
        for text in ["", "2026-11-26", "2026-11-26T10:00:00", "1969-12-31T23:59:59Z", "2026-11-26T1é:00:00Z"]
        {
            assert_eq!(from_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn deadlines_pass() {
        assert!(!is_past("20141029205738", 1_414_587_457));
        assert!(is_past("20141029205737", 1_414_587_457));
    }
}
