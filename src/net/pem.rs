//! DER as a section of PEM. Reads none: that is [`crate::sign`]'s, and the TLS library's.

use crate::sign::base64_text;

/// Letters of a line.
const WIDTH: usize = 64;

/// A section with its label.
pub(super) fn section(label: &str, der: &[u8]) -> String {
    let text = base64_text(der);
    let lines: Vec<&str> =
        (0..text.len()).step_by(WIDTH).map(|at| &text[at..text.len().min(at + WIDTH)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
