//! How things that serde does not know by itself are written into the state: fields,
//! rows, requests, maps, shared things. Owns shapes only; what is written is decided
//! where it lives.

/// Fields as a list of pairs.
pub(super) mod fields {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::wire::Fields;

    pub(in crate::mock) fn serialize<S: Serializer>(fields: &Fields, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(fields.iter())
    }

    pub(in crate::mock) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Fields, D::Error> {
        Ok(Vec::<(String, String)>::deserialize(from)?.into_iter().collect())
    }
}

/// A row by its name.
pub(super) mod row {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(in crate::mock) fn serialize<S: Serializer>(name: &&'static str, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(name)
    }

    pub(in crate::mock) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<&'static str, D::Error> {
        let name = String::deserialize(from)?;
        let row = crate::api::by_name(&name).map(|row| row.name);
        row.ok_or_else(|| D::Error::custom(format!("no row is named {name}")))
    }
}

/// A request; its body may be anything but UTF-8.
pub(super) mod request {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::wire::Request;

    #[derive(Serialize, Deserialize)]
    struct Shape {
        method: String,
        url: String,
        headers: Vec<(String, String)>,
        body: Body,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Body {
        Text(String),
        Bytes(Vec<u8>),
    }

    pub(in crate::mock) fn serialize<S: Serializer>(request: &Request, to: S) -> Result<S::Ok, S::Error> {
        let Request { method, url, headers, body, .. } = request.clone();
        let body = String::from_utf8(body).map_or_else(|not| Body::Bytes(not.into_bytes()), Body::Text);
        Shape { method, url, headers, body }.serialize(to)
    }

    pub(in crate::mock) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Request, D::Error> {
        let Shape { method, url, headers, body } = Shape::deserialize(from)?;
        let body = match body {
            Body::Text(text) => text.into_bytes(),
            Body::Bytes(bytes) => bytes,
        };
        Ok(Request { headers, body, ..Request::new(&method, url) })
    }
}

/// A map whose keys are no strings, as a list of pairs.
pub(super) mod pairs {
    use std::collections::HashMap;
    use std::hash::Hash;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::mock) fn serialize<S, K, V>(map: &HashMap<K, V>, to: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
        K: Serialize,
        V: Serialize,
    {
        to.collect_seq(map)
    }

    pub(in crate::mock) fn deserialize<'a, D, K, V>(from: D) -> Result<HashMap<K, V>, D::Error>
    where
        D: Deserializer<'a>,
        K: Deserialize<'a> + Eq + Hash,
        V: Deserialize<'a>,
    {
        Ok(Vec::<(K, V)>::deserialize(from)?.into_iter().collect())
    }
}

/// Something shared, as if it were not.
pub(super) mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::mock) fn serialize<S, T>(thing: &Arc<T>, to: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
        T: Serialize,
    {
        thing.as_ref().serialize(to)
    }

    pub(in crate::mock) fn deserialize<'a, D, T>(from: D) -> Result<Arc<T>, D::Error>
    where
        D: Deserializer<'a>,
        T: Deserialize<'a>,
    {
        T::deserialize(from).map(Arc::new)
    }
}
