//! `multipart/form-data`: a head with a name, a blank line, the value.

use super::super::cursor::Fuel;
use super::super::tree::{Found, Tree};

const HEAD: &str = "form-data; name=\"";

/// All parts of a text as one.
pub(super) fn find(text: &str, fuel: &Fuel) -> Found {
    let mut pairs = Vec::new();
    for (at, _) in text.match_indices(HEAD).take(512) {
        let part = &text[at + HEAD.len()..];
        let Some((name, value)) = value(part, fuel) else { break };
        pairs.push((name, Tree::Text(value)));
    }
    let span = text.find(HEAD).unwrap_or(0)..text.len();
    if pairs.len() > 1 { vec![(span.clone(), Tree::Map(pairs, span))] } else { Vec::new() }
}

fn value(part: &str, fuel: &Fuel) -> Option<(String, String)> {
    let (name, rest) = part.split_once('"')?;
    let blank = rest.find("\r\n\r\n").map(|i| i + 4).or_else(|| rest.find("\n\n").map(|i| i + 2))?;
    let value = &rest[blank..];
    let end = value.find("\n--")?;
    fuel.burn(blank + end)?;
    Some((name.to_owned(), value[..end].trim_end_matches('\r').to_owned()))
}
