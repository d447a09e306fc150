//! Notices to merchants: when each attempt is due, what came of it, when to stop.
//! Comes in: a finished request and the outcomes of attempts; goes out: what to
//! send later. Knows nothing of what stands in a notice.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::faults::{self, Effect};
use super::ledger::Order;
use super::saved;
use crate::api;
use crate::api::endpoint::{Endpoint, Success};
use crate::wire::{Later, Reply, Request, xml};

/// Seconds between attempts: 15 repetitions in 24 h 4 min.
/// <https://pay.weixin.qq.com/wiki/doc/api/wxpay/ch/pay/NativePay/chapter8_8.shtml>
pub(super) const SCHEDULE: [u64; 15] =
    [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600];

/// Most attempts of one notice that are remembered.
const KEEP_ATTEMPTS: usize = 50;
/// So long a notice is held back when no other one comes.
const LONGEST_HOLD: Duration = Duration::from_secs(30);
/// So long after the one that overtakes it.
const OVERTAKING: Duration = Duration::from_millis(300);
/// Most characters of a reply that are remembered.
const EXCERPT: usize = 200;

/// Under a name of its own, or serde takes the reference for one into its input.
type RowName = &'static str;

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// Name of the row.
    #[serde(with = "saved::row")]
    pub(super) endpoint: RowName,
    pub(super) mch_id: String,
    pub(super) out_trade_no: String,
    pub(super) out_refund_no: Option<String>,
}

impl About {
    /// What happened to an order, or to a refund of it.
    pub(super) fn of(row: &'static Endpoint, order: &Order, out_refund_no: Option<String>) -> Self {
        let (mch_id, out_trade_no) = (order.ask.mch_id.clone(), order.ask.out_trade_no.clone());
        Self { endpoint: row.name, mch_id, out_trade_no, out_refund_no }
    }

    /// Whether a reply says that the merchant has it: by a status, or in words.
    fn is_received(&self, reply: &Reply) -> bool {
        match api::by_name(self.endpoint).map(|row| row.success) {
            Some(Success::Status) => matches!(reply.status, 200 | 204),
            _ => is_success(reply),
        }
    }
}

/// A notice.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Notice {
    pub(super) id: u64,
    pub(super) about: About,
    #[serde(with = "saved::request")]
    pub(super) request: Request,
    pub(super) state: State,
    pub(super) attempts: Vec<Attempt>,
    /// When the next attempt is due.
    pub(super) next_at: Option<u64>,
    /// Repetitions begun.
    repeated: usize,
    /// Attempts under way; the first is the one of the schedule.
    open: Vec<Ticket>,
}

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    Waiting,
    Delivered,
    GivenUp,
}

/// One attempt that ended.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) at: u64,
    pub(super) outcome: Outcome,
}

/// How an attempt ended.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Outcome {
    /// The merchant answered; whether with SUCCESS, and how the reply begins.
    Answered { status: u16, success: bool, start: String },
    /// No answer.
    Failed { why: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Ticket {
    number: u64,
    purpose: Purpose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Purpose {
    Scheduled,
    Resent,
}

/// All notices; the oldest are forgotten when there are too many.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Notices {
    #[serde(skip)]
    limit: usize,
    #[serde(skip)]
    speed: u32,
    next_id: u64,
    next_ticket: u64,
    by_id: BTreeMap<u64, Notice>,
    by_ticket: HashMap<u64, u64>,
    /// Those that wait for the next one.
    held: Vec<u64>,
}

impl Notices {
    pub(super) fn new(limit: usize, speed: u32) -> Self {
        Self {
            limit: limit.max(1),
            speed: speed.max(1),
            next_id: 1,
            next_ticket: 1,
            by_id: BTreeMap::new(),
            by_ticket: HashMap::new(),
            held: Vec::new(),
        }
    }

    /// What was written down, ready for use again.
    pub(super) fn revived(self, limit: usize, speed: u32) -> Self {
        // Numbers that are taken would be given away again.
        let last = self.by_id.last_key_value().map_or(0, |(last, _)| last + 1);
        let open = self.by_id.values().flat_map(|notice| &notice.open).map(|ticket| ticket.number + 1);
        let next_ticket = open.max().unwrap_or(0).max(self.next_ticket);
        let next_id = last.max(self.next_id);
        Self { limit: limit.max(1), speed: speed.max(1), next_id, next_ticket, ..self }
    }

    /// The attempts that were due or under way when it was written down, with the
    /// time that is left of their waiting.
    pub(super) fn overdue(&mut self, now: u64) -> Vec<Later> {
        self.by_ticket.clear();
        let waiting = self.by_id.iter_mut().filter(|(_, notice)| notice.state == State::Waiting);
        let again = waiting.filter_map(|(id, notice)| {
            notice.id = *id;
            notice.open.retain(|ticket| ticket.purpose == Purpose::Scheduled);
            let number = notice.open.first()?.number;
            let after = Duration::from_secs(notice.next_at.unwrap_or(now).saturating_sub(now));
            self.by_ticket.insert(number, notice.id);
            Some(Later { after, request: notice.request.clone(), ticket: number })
        });
        again.collect()
    }

    /// None, but numbers go on: a late outcome meets nobody.
    pub(super) fn emptied(&self) -> Self {
        let (next_id, next_ticket) = (self.next_id, self.next_ticket);
        Self { next_id, next_ticket, ..Self::new(self.limit, self.speed) }
    }

    /// Numbers go on where another list has come to: a late outcome meets nobody else.
    pub(super) fn go_on_from(&mut self, other: &Self) {
        self.next_id = self.next_id.max(other.next_id);
        self.next_ticket = self.next_ticket.max(other.next_ticket);
    }

    /// Takes a notice over and says when it is to be sent: once, unless a fault
    /// wants copies or frees one that was held back.
    pub(super) fn send(&mut self, about: About, request: Request, faults: &[Effect], now: u64) -> Vec<Later> {
        let holds = faults.contains(&Effect::Hold);
        let usual = if holds { LONGEST_HOLD } else { Duration::ZERO };
        let delay = faults::delay(faults).unwrap_or(usual);
        let copies =
            faults.iter().map(|fault| if let Effect::Copies(more) = fault { *more } else { 0 }).sum();
        let mut notice = self.room_for(about, request);
        let mut later = vec![self.attempt(&mut notice, Purpose::Scheduled, delay, now)];
        later.extend((0..copies).map(|_| self.attempt(&mut notice, Purpose::Resent, delay, now)));
        let id = notice.id;
        self.by_id.insert(id, notice);
        for held in std::mem::take(&mut self.held) {
            later.extend(self.extra(held, OVERTAKING, now));
        }
        self.held.extend(holds.then_some(id));
        later
    }

    /// Records a notice that could not even be written.
    pub(super) fn unwritten(&mut self, about: About, request: Request, why: String, at: u64) {
        let mut notice = self.room_for(about, request);
        notice.state = State::GivenUp;
        notice.attempts.push(Attempt { at, outcome: Outcome::Failed { why } });
        self.by_id.insert(notice.id, notice);
    }

    fn room_for(&mut self, about: About, request: Request) -> Notice {
        if self.by_id.len() == self.limit
            && let Some((_, oldest)) = self.by_id.pop_first()
        {
            for ticket in oldest.open {
                self.by_ticket.remove(&ticket.number);
            }
        }
        let id = self.next_id;
        self.next_id += 1;
        Notice {
            id,
            about,
            request,
            state: State::Waiting,
            attempts: Vec::new(),
            next_at: None,
            repeated: 0,
            open: Vec::new(),
        }
    }

    /// One more attempt at once, outside the schedule.
    pub(super) fn resend(&mut self, id: u64, now: u64) -> Option<Later> {
        self.extra(id, Duration::ZERO, now)
    }

    fn extra(&mut self, id: u64, after: Duration, now: u64) -> Option<Later> {
        let mut notice = self.by_id.remove(&id)?;
        let next_at = notice.next_at;
        let later = self.attempt(&mut notice, Purpose::Resent, after, now);
        notice.next_at = next_at;
        self.by_id.insert(id, notice);
        Some(later)
    }

    /// Records how an attempt ended; the next one of the schedule, if it is due.
    pub(super) fn delivered(
        &mut self,
        ticket: u64,
        outcome: &Result<Reply, String>,
        now: u64,
    ) -> Option<Later> {
        let mut notice = self.by_id.remove(&self.by_ticket.remove(&ticket)?)?;
        let place = notice.open.iter().position(|open| open.number == ticket);
        let purpose = place.map(|place| notice.open.remove(place).purpose);
        let success = notice.record(outcome, now);
        let mut later = None;
        if success {
            notice.state = State::Delivered;
            notice.next_at = None;
        } else if purpose == Some(Purpose::Scheduled) && notice.state == State::Waiting {
            later = self.repeat(&mut notice, now);
        }
        self.by_id.insert(notice.id, notice);
        later
    }

    /// Whether an attempt is still to be made.
    pub(super) fn wants(&self, ticket: u64) -> bool {
        let notice = self.by_ticket.get(&ticket).and_then(|id| self.by_id.get(id));
        notice.is_some_and(|notice| {
            let mine = notice.open.iter().find(|open| open.number == ticket);
            mine.is_some_and(|t| t.purpose == Purpose::Resent || notice.state == State::Waiting)
        })
    }

    /// What the notice of this attempt is about.
    pub(super) fn about(&self, ticket: u64) -> Option<&About> {
        self.by_id.get(self.by_ticket.get(&ticket)?).map(|notice| &notice.about)
    }

    /// The notices, oldest first.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &Notice> {
        self.by_id.values()
    }

    fn repeat(&mut self, notice: &mut Notice, now: u64) -> Option<Later> {
        let Some(seconds) = SCHEDULE.get(notice.repeated) else {
            notice.state = State::GivenUp;
            notice.next_at = None;
            return None;
        };
        notice.repeated += 1;
        let after = Duration::from_secs(*seconds) / self.speed;
        Some(self.attempt(notice, Purpose::Scheduled, after, now))
    }

    fn attempt(&mut self, notice: &mut Notice, purpose: Purpose, after: Duration, now: u64) -> Later {
        let number = self.next_ticket;
        self.next_ticket += 1;
        self.by_ticket.insert(number, notice.id);
        notice.open.push(Ticket { number, purpose });
        notice.next_at = Some(now + after.as_secs());
        Later { after, request: notice.request.clone(), ticket: number }
    }
}

impl Notice {
    fn record(&mut self, outcome: &Result<Reply, String>, at: u64) -> bool {
        let outcome = match outcome {
            Ok(reply) => Outcome::Answered {
                status: reply.status,
                success: self.about.is_received(reply),
                start: excerpt(&String::from_utf8_lossy(&reply.body[..reply.body.len().min(4 * EXCERPT)])),
            },
            Err(why) => Outcome::Failed { why: excerpt(why) },
        };
        let success = matches!(outcome, Outcome::Answered { success: true, .. });
        if self.attempts.len() == KEEP_ATTEMPTS {
            self.attempts.remove(0);
        }
        self.attempts.push(Attempt { at, outcome });
        success
    }
}

/// Whether a merchant's reply makes WeChat stop: well-formed XML that says SUCCESS.
fn is_success(reply: &Reply) -> bool {
    let fields = xml::read(&reply.body);
    reply.status == 200 && fields.is_ok_and(|fields| fields.get("return_code") == Some("SUCCESS"))
}

fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About { endpoint: "pay_notify", mch_id: "1".into(), out_trade_no: "T1".into(), out_refund_no: None }
    }

    fn sent(notices: &mut Notices, faults: &[Effect]) -> Vec<Later> {
        notices.send(about(), Request::new("POST", "http://a/"), faults, 0)
    }

    fn first(notices: &mut Notices) -> Later {
        sent(notices, &[]).remove(0)
    }

    fn said(body: &str) -> Reply {
        Reply::ok("text/xml", body)
    }

    const OK: &str = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";

    #[test]
    fn a_notice_is_repeated_on_the_official_schedule_and_then_given_up() {
        let mut notices = Notices::new(10, 1);
        let mut later = Some(first(&mut notices));
        let mut seconds = Vec::new();
        let mut now = 0;
        while let Some(due) = later {
            now += due.after.as_secs();
            seconds.push(now);
            assert!(notices.wants(due.ticket));
            later = notices.delivered(due.ticket, &Err("refused".into()), now);
        }
        // The official page gives the sum: 24 h 4 min.
        let official =
            [0, 15, 30, 60, 240, 840, 2040, 3840, 5640, 7440, 11040, 21840, 32640, 43440, 65040, 86640];
        assert_eq!(seconds, official);
        let notice = notices.all().next().unwrap();
        assert_eq!((notice.state, notice.attempts.len(), notice.next_at), (State::GivenUp, 16, None));
    }

    #[test]
    fn only_well_formed_success_stops_it() {
        for bad in ["success", "SUCCESS", "", "<xml><return_code>FAIL</return_code></xml>", &OK[..30]] {
            let mut notices = Notices::new(10, 1);
            let first = first(&mut notices);
            assert!(notices.delivered(first.ticket, &Ok(said(bad)), 0).is_some(), "{bad}");
        }
        let mut notices = Notices::new(10, 1);
        let first = first(&mut notices);
        assert!(notices.delivered(first.ticket, &Ok(said(OK)), 0).is_none());
        assert!(notices.delivered(first.ticket, &Ok(said(OK)), 0).is_none());
        assert_eq!(notices.all().next().map(|n| (n.state, n.attempts.len())), Some((State::Delivered, 1)));
    }

    #[test]
    fn speed_divides_the_waiting() {
        let mut notices = Notices::new(10, 100);
        let first = first(&mut notices);
        let next = notices.delivered(first.ticket, &Err("x".into()), 0).unwrap();
        assert_eq!(next.after, Duration::from_millis(150));
    }

    #[test]
    fn a_resent_notice_does_not_start_a_second_schedule() {
        let mut notices = Notices::new(10, 1);
        let first = first(&mut notices);
        let extra = notices.resend(1, 0).unwrap();
        assert!(notices.delivered(extra.ticket, &Err("x".into()), 1).is_none());
        let second = notices.delivered(first.ticket, &Err("x".into()), 1).unwrap();
        let extra = notices.resend(1, 2).unwrap();
        assert!(notices.delivered(extra.ticket, &Ok(said(OK)), 2).is_none());
        assert!(!notices.wants(second.ticket));
        assert!(notices.resend(9, 2).is_none());
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut notices = Notices::new(2, 1);
        for _ in 0..5 {
            first(&mut notices);
        }
        assert_eq!((notices.all().count(), notices.by_ticket.len()), (2, 2));
        assert!(!notices.wants(1) && notices.wants(5));
    }

    #[test]
    fn faults_send_copies_late_and_out_of_order() {
        let mut notices = Notices::new(10, 1);
        assert_eq!(sent(&mut notices, &[Effect::Copies(2)]).len(), 3);
        assert_eq!(sent(&mut notices, &[Effect::Delay(5000)])[0].after, Duration::from_secs(5));
        let held = sent(&mut notices, &[Effect::Hold]).remove(0);
        assert_eq!(held.after, LONGEST_HOLD);
        let both = sent(&mut notices, &[]);
        assert_eq!([both[0].after, both[1].after], [Duration::ZERO, OVERTAKING]);
        // Answered out of order, it is not sent again when its own time comes.
        assert!(notices.delivered(both[1].ticket, &Ok(said(OK)), 1).is_none());
        assert!(!notices.wants(held.ticket));
        assert_eq!(sent(&mut notices, &[]).len(), 1);
    }
}
