//! TOML as JSON: what a scenario hands on to those that read JSON (faults of a
//! gateway, bodies of a step) without knowing its members. Pure; what the members
//! mean is the business of those that read them.

use serde_json::{Map, Value as Json};
use toml_edit::{Array, Item, TableLike, Value as Toml};

/// A value; none where JSON has none like it: a date.
pub(super) fn json(value: &Toml) -> Option<Json> {
    match value {
        Toml::String(text) => Some(text.value().as_str().into()),
        Toml::Integer(number) => Some((*number.value()).into()),
        Toml::Float(number) => Some((*number.value()).into()),
        Toml::Boolean(truth) => Some((*truth.value()).into()),
        Toml::InlineTable(table) => object(table),
        Toml::Array(items) => list(items),
        Toml::Datetime(_) => None,
    }
}

/// A table, inline or under a heading of its own.
pub(super) fn object(table: &dyn TableLike) -> Option<Json> {
    let member = |(key, item): (&str, &Item)| {
        let value = match item.as_value() {
            Some(value) => json(value),
            None => object(item.as_table_like()?),
        };
        Some((key.to_owned(), value?))
    };
    table.iter().map(member).collect::<Option<Map<_, _>>>().map(Json::Object)
}

fn list(items: &Array) -> Option<Json> {
    items.iter().map(json).collect::<Option<Vec<_>>>().map(Json::Array)
}
