//! What crossed the wire, for `-v`: request and reply as lines, with every value
//! masked whose name says that it is a secret.

use colored::Colorize as _;
use wxkit::api::{Lang, Message};
use wxkit::wire::{Reply, Request};

use super::mask;

/// Longest body that is shown, in characters.
const LONGEST: usize = 4000;

/// `> POST https://… ` and the body.
pub fn request(request: &Request) -> String {
    let mut lines = vec![format!("> {} {}", request.method, mask::by_name(&request.url))];
    lines.extend(body(&request.body).iter().map(|line| format!("> {line}")));
    lines.join("\n").dimmed().to_string()
}

/// `< 200` and the body, or why there is none.
pub fn reply(reply: Result<&Reply, &Message>, lang: Lang) -> String {
    let lines = match reply {
        Err(error) => vec![format!("< {}", error.text(lang))],
        Ok(reply) => {
            let mut lines = vec![format!("< {}", reply.status)];
            lines.extend(body(&reply.body).iter().map(|line| format!("< {line}")));
            lines
        }
    };
    lines.join("\n").dimmed().to_string()
}

fn body(bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![format!("({} bytes)", bytes.len())] };
    let text: String = mask::by_name(text).chars().take(LONGEST).collect();
    text.lines().map(str::to_owned).collect()
}
