//! What may stand at the cursor of a shell, as data.

/// The shells that have a script.
pub const SHELLS: &[&str] = &["bash", "zsh", "fish", "powershell", "elvish"];

/// One thing that may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// As it is typed.
    pub value: String,
    /// What it is, in a line; may be empty.
    pub about: String,
}

/// What belongs at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// One of these, or something that nobody knows.
    These(Vec<Candidate>),
    /// The name of a file.
    File,
}
