//! What a reply shows. Comes in: what was expected and what came; goes out: a
//! verdict that names the finding. Pure.

use std::time::Duration;

use super::witness::Counted;
use crate::client::notices::Version;
use crate::net::SendError;
use crate::wire::{Reply, xml};

/// WeChat waits so long.
pub const WECHAT_WAITS: Duration = Duration::from_secs(5);
/// Most characters of a reply that are quoted.
const EXCERPT: usize = 120;

/// What a reply has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    /// SUCCESS, in whatever form.
    Accepted,
    /// SUCCESS, and in time.
    AcceptedInTime,
    /// Exactly what WeChat reads as SUCCESS.
    WellFormed,
    /// Anything but SUCCESS.
    Refused,
}

/// What came back for one copy.
#[derive(Debug, Clone)]
pub struct Observed {
    /// The reply, or why there is none.
    pub reply: Result<Reply, SendError>,
    /// How long it took.
    pub time: Duration,
}

/// How an item went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// Not as it should be.
    Failed(Finding),
    /// Not tried: it tells nothing after that other item, which did not pass.
    Untold(&'static str),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A yes to a message that should be refused.
    Accepted,
    /// Its body says no and its status yes: WeChat goes by the status.
    NoWithStatusOfYes {
        /// How the reply begins.
        start: String,
    },
    /// No yes to a message that should be accepted.
    NotAccepted {
        /// HTTP status.
        status: u16,
        /// How the reply begins.
        start: String,
    },
    /// No reply at all.
    NoReply {
        /// What happened to the connection.
        why: String,
    },
    /// The replies are right, and what was booked is not.
    Booked(Counted),
    /// Later than WeChat waits.
    Late {
        /// How long it took.
        ms: u64,
    },
    /// It means yes, and WeChat would not read it so.
    NotWechat {
        /// In which way.
        form: Form,
        /// How the reply begins.
        start: String,
    },
    /// Some of many at once went wrong.
    Some {
        /// How many.
        failed: usize,
        /// Of how many.
        of: usize,
        /// The first of them.
        first: Box<Finding>,
    },
}

/// How a reply differs from what WeChat reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Not 200.
    Status,
    /// Neither 200 nor 204.
    StatusV3,
    /// Not XML.
    NotXml,
    /// XML whose `return_code` is not exactly `SUCCESS`.
    Code,
}

/// Judges the replies to one item.
pub(super) fn judge(version: Version, expects: Expects, observed: &[Observed]) -> Verdict {
    let findings: Vec<Finding> = observed.iter().filter_map(|one| finding(version, expects, one)).collect();
    let (failed, of) = (findings.len(), observed.len());
    match findings.into_iter().next() {
        None if of == 0 => Verdict::Failed(Finding::NoReply { why: String::new() }),
        None => Verdict::Passed,
        Some(first) if of == 1 => Verdict::Failed(first),
        Some(first) => Verdict::Failed(Finding::Some { failed, of, first: Box::new(first) }),
    }
}

fn finding(version: Version, expects: Expects, observed: &Observed) -> Option<Finding> {
    let reply = match &observed.reply {
        Ok(reply) => reply,
        Err(error) => return Some(Finding::NoReply { why: why(error) }),
    };
    let late = observed.time > WECHAT_WAITS;
    let ms = u64::try_from(observed.time.as_millis()).unwrap_or(u64::MAX);
    match (meant(version, reply), expects) {
        (Meant::NoWithStatusOfYes, _) => Some(Finding::NoWithStatusOfYes { start: start(reply) }),
        (Meant::Yes, Expects::Refused) => Some(Finding::Accepted),
        (Meant::No, Expects::Refused) | (Meant::Yes, Expects::Accepted) => None,
        (Meant::No, _) => Some(Finding::NotAccepted { status: reply.status, start: start(reply) }),
        (Meant::Yes, Expects::AcceptedInTime) => late.then_some(Finding::Late { ms }),
        (Meant::Yes, Expects::WellFormed) => {
            misread(version, reply).map(|form| Finding::NotWechat { form, start: start(reply) })
        }
    }
}

fn why(error: &SendError) -> String {
    match error {
        SendError::Unreachable { why, .. } | SendError::Lost { why, .. } => why.to_string(),
        other => other.to_string(),
    }
}

/// What the receiver meant, however it wrote it: a form that WeChat does not read is a
/// finding of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    Yes,
    No,
    /// Of v3, where WeChat reads no body.
    NoWithStatusOfYes,
}

fn meant(version: Version, reply: &Reply) -> Meant {
    let is_2xx = (200..300).contains(&reply.status);
    match version {
        _ if !is_2xx => Meant::No,
        Version::V2 => {
            if means_success(reply) {
                Meant::Yes
            } else {
                Meant::No
            }
        }
        Version::V3 if reply.body.to_ascii_lowercase().windows(4).any(|part| part == b"fail") => {
            Meant::NoWithStatusOfYes
        }
        Version::V3 => Meant::Yes,
    }
}

fn means_success(reply: &Reply) -> bool {
    if let Ok(fields) = xml::read(&reply.body)
        && let Some(code) = fields.get("return_code")
    {
        return code.trim().eq_ignore_ascii_case("SUCCESS");
    }
    let text = String::from_utf8_lossy(&reply.body).to_ascii_lowercase();
    text.contains("success") && !text.contains("fail")
}

/// Why WeChat would send again although the receiver meant yes.
fn misread(version: Version, reply: &Reply) -> Option<Form> {
    if version.accepts(reply) {
        return None;
    }
    Some(match version {
        Version::V3 => Form::StatusV3,
        Version::V2 if reply.status != 200 => Form::Status,
        Version::V2 if xml::read(&reply.body).is_err() => Form::NotXml,
        Version::V2 => Form::Code,
    })
}

fn start(reply: &Reply) -> String {
    let text = String::from_utf8_lossy(&reply.body[..reply.body.len().min(4 * EXCERPT)]).into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &str, ms: u64) -> Observed {
        let reply = Ok(Reply::ok("text/xml", body).with_status(status));
        Observed { reply, time: Duration::from_millis(ms) }
    }

    const OK: &str = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";
    const NO: &str = "<xml><return_code>FAIL</return_code><return_msg>no SUCCESS</return_msg></xml>";

    #[test]
    fn yes_is_read_in_every_form_but_only_one_is_wechats() {
        for (body, form) in [
            (OK, None),
            ("<xml><return_code> SUCCESS </return_code></xml>", Some(Form::Code)),
            ("<xml><return_code>success</return_code></xml>", Some(Form::Code)),
            ("success", Some(Form::NotXml)),
            ("{\"code\":\"SUCCESS\"}", Some(Form::NotXml)),
        ] {
            let one = said(200, body, 1);
            assert_eq!(finding(Version::V2, Expects::Accepted, &one), None, "{body}");
            assert_eq!(finding(Version::V2, Expects::Refused, &one), Some(Finding::Accepted), "{body}");
            let found = match finding(Version::V2, Expects::WellFormed, &one) {
                Some(Finding::NotWechat { form, .. }) => Some(form),
                None => None,
                other => panic!("{other:?}"),
            };
            assert_eq!(found, form, "{body}");
        }
        assert!(matches!(
            finding(Version::V2, Expects::WellFormed, &said(204, "success", 1)),
            Some(Finding::NotWechat { form: Form::Status, .. })
        ));
    }

    #[test]
    fn no_is_everything_else() {
        for one in [said(200, NO, 1), said(200, "", 1), said(500, OK, 1), said(200, "success? fail", 1)] {
            assert_eq!(finding(Version::V2, Expects::Refused, &one), None);
            assert!(matches!(
                finding(Version::V2, Expects::Accepted, &one),
                Some(Finding::NotAccepted { .. })
            ));
        }
        let dead = Observed { reply: Err(SendError::TooLong { limit: 1 }), time: Duration::ZERO };
        assert!(matches!(finding(Version::V2, Expects::Refused, &dead), Some(Finding::NoReply { .. })));
    }

    #[test]
    fn late_is_later_than_wechat_waits() {
        assert_eq!(finding(Version::V2, Expects::AcceptedInTime, &said(200, OK, 5000)), None);
        assert_eq!(
            finding(Version::V2, Expects::AcceptedInTime, &said(200, OK, 5001)),
            Some(Finding::Late { ms: 5001 })
        );
    }

    #[test]
    fn some_of_many_are_counted() {
        let eight: Vec<_> = (0..8).map(|n| said(200, if n == 3 { NO } else { OK }, 1)).collect();
        let Verdict::Failed(Finding::Some { failed, of, .. }) = judge(Version::V2, Expects::Accepted, &eight)
        else {
            panic!()
        };
        assert_eq!((failed, of), (1, 8));
        assert_ne!(judge(Version::V2, Expects::Accepted, &[]), Verdict::Passed);
    }

    #[test]
    fn v3_goes_by_the_status_and_a_no_needs_one() {
        let of = |expects, status, body: &str| finding(Version::V3, expects, &said(status, body, 1));
        for (status, body) in
            [(200, ""), (204, ""), (200, "{\"code\":\"SUCCESS\",\"message\":\"成功\"}"), (200, OK)]
        {
            assert_eq!(of(Expects::WellFormed, status, body), None, "{status} {body}");
            assert_eq!(of(Expects::Refused, status, body), Some(Finding::Accepted), "{status} {body}");
        }
        for body in ["{\"code\":\"FAIL\",\"message\":\"失败\"}", NO] {
            assert_eq!(of(Expects::Refused, 401, body), None);
            for expects in [Expects::Refused, Expects::Accepted] {
                assert!(matches!(of(expects, 200, body), Some(Finding::NoWithStatusOfYes { .. })), "{body}");
            }
        }
        let created = of(Expects::WellFormed, 201, "");
        assert!(matches!(created, Some(Finding::NotWechat { form: Form::StatusV3, .. })));
        assert!(matches!(of(Expects::Accepted, 500, ""), Some(Finding::NotAccepted { status: 500, .. })));
    }
}
