//! One request as a tool hands it on. Data only.

/// One request, or the answer to one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// Path or URL with its query.
    pub(super) target: String,
    /// As it was sent.
    pub(super) body: String,
    /// The page that asked.
    pub(super) page: Option<String>,
}
