//! Paths with parameters: `/v3/…/out-trade-no/{out_trade_no}`, read and written
//! by the template of a row. A parameter is one whole segment, never empty,
//! percent-encoded.

use crate::wire::{Fields, WireError, query};

/// The name in a segment that stands for a parameter.
fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// How many parameters a template has: of two that fit, the one with fewer is meant.
pub(super) fn parameters(template: &str) -> usize {
    template.split('/').filter(|segment| parameter(segment).is_some()).count()
}

/// The parameters of a path that this template is about.
pub(super) fn read(template: &str, path: &str) -> Option<Result<Fields, WireError>> {
    if template == path || !template.contains('{') {
        return (template == path).then(|| Ok(Fields::new()));
    }
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut found = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => break,
            (Some(wanted), Some(given)) => match parameter(wanted) {
                Some(name) if !given.is_empty() => found.push((name, given)),
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
    let decoded = |(name, given): (&str, &str)| Ok((name.to_owned(), query::read_segment(given)?));
    Some(found.into_iter().map(decoded).collect())
}

/// The path of these parameters. One that is missing is empty, which `check`
/// does not let happen.
pub(super) fn write(template: &str, fields: &Fields) -> String {
    let spelt = |segment: &str| match parameter(segment) {
        Some(name) => query::escape(fields.get(name).unwrap_or_default()),
        None => segment.to_owned(),
    };
    template.split('/').map(spelt).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSE: &str = "/v3/orders/{out_trade_no}/close";

    fn read_pairs(path: &str) -> Option<Vec<(String, String)>> {
        let fields = read(CLOSE, path)?.unwrap();
        Some(fields.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect())
    }

    #[test]
    fn a_template_is_matched_segment_by_segment() {
        let found = |number: &str| Some(vec![("out_trade_no".to_owned(), number.to_owned())]);
        assert_eq!(read_pairs("/v3/orders/T1/close"), found("T1"));
        assert_eq!(read_pairs("/v3/orders/a+b%2Fc/close"), found("a+b/c"));
        for other in ["/v3/orders//close", "/v3/orders/T1", "/v3/orders/T1/close/", "/v3/orders/T1/open", ""]
        {
            assert_eq!(read_pairs(other), None, "{other}");
        }
        assert_eq!(read(CLOSE, "/v3/orders/%zz/close"), Some(Err(WireError::BadPercent { at: 0 })));
        assert_eq!(read("/a", "/a"), Some(Ok(Fields::new())));
        assert_eq!((parameters(CLOSE), parameters("/a")), (1, 0));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for number in ["T1", "a/b?c#d", "茶 +%", "{out_trade_no}"] {
            let fields: Fields = [("out_trade_no", number)].into_iter().collect();
            assert_eq!(read(CLOSE, &write(CLOSE, &fields)), Some(Ok(fields)), "{number}");
        }
    }
}
