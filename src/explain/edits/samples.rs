//! Secrets that everybody has read: keys and tickets of documentation and
//! samples. Comes in: a secret; goes out: whether it is one of them. A secret
//! that is kept somewhere never belongs here.

/// Keys that stand in documentation and samples.
pub(super) const SAMPLE_KEYS: &[&str] = &[
    "192006250b4c09247ec02edce69f6a2d",
    "qazwsxedcrfvtgbyhnujmikolp111111",
    "8934e7d15453e97507ef794cf7b0519d",
    "e10adc3949ba59abbe56e057f20f883e",
    "12345678901234567890123456789012",
    "1234567890abcdef1234567890abcdef",
];

/// The tickets of the official samples.
pub(super) const SAMPLE_TICKETS: &[&str] = &[
    "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
    "bxLdikRXVbTPdHSM05e5u5sUoXNKd8-41ZO3MhKoyN5OfkWITDGgnr2fwJ0m9E8NYzWKVZvdVtaUgWvsdshFKA",
];

/// Whether a value stands in public documentation.
pub(in crate::explain) fn is_sample(secret: &str) -> bool {
    SAMPLE_KEYS.contains(&secret) || SAMPLE_TICKETS.contains(&secret)
}
