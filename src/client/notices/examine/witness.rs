//! What a receiver did, as far as its owner lets us count it: a command or an address that
//! tells one number. Comes in: who counts; goes out: the number before and after an item.
//! Decides nothing.

use std::sync::Arc;
use std::time::Duration;

use crate::net::{self, Said, Transport};
use crate::wire::Request;

/// Who counts what was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// A line for the shell, which prints a number.
    Command(String),
    /// An address whose reply is a number.
    Url(String),
}

/// Why there is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mute {
    /// It failed, in the words of the system or of its status.
    Failed(String),
    /// It said something else.
    NoNumber(String),
    /// It took too long.
    Late,
}

/// The number around one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Before it was sent.
    pub before: i64,
    /// After its replies.
    pub after: i64,
}

/// What an item has to do to the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// One more: the order is paid.
    Once,
    /// Nothing: it is paid already, or the notice is none.
    Nothing,
    /// Whatever it does: refunds may be counted or not.
    Any,
}

/// A count that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(10);
/// A receiver that answers first and works behind has so long until its work is seen.
const WORKING: Duration = Duration::from_secs(5);
/// What is done twice is done the second time within so long after a reply.
const SETTLING: Duration = Duration::from_millis(250);
/// Where nobody knows what has to happen, a second without a change is the end of it.
const CALM: Duration = Duration::from_secs(1);

impl Witness {
    /// The number now.
    ///
    /// # Errors
    /// [`Mute`].
    pub async fn count(&self, transport: &Arc<dyn Transport>) -> Result<i64, Mute> {
        let telling = async {
            match self {
                Self::Command(line) => match net::told_by(line).await {
                    Ok(Said { code: 0, stdout, .. }) => Ok(stdout),
                    Ok(Said { code, .. }) => Err(Mute::Failed(format!("exit code {code}"))),
                    Err(error) => Err(Mute::Failed(error.to_string())),
                },
                Self::Url(url) => match transport.send(&Request::new("GET", url)).await {
                    Ok(reply) if reply.status == 200 => Ok(reply.body),
                    Ok(reply) => Err(Mute::Failed(format!("HTTP {}", reply.status))),
                    Err(error) => Err(Mute::Failed(error.to_string())),
                },
            }
        };
        let said = net::timeout(PATIENCE, telling).await.unwrap_or(Err(Mute::Late))?;
        let said = String::from_utf8_lossy(&said);
        said.trim().parse().map_err(|_| Mute::NoNumber(said.trim().chars().take(40).collect()))
    }

    /// The number once the effect of an item can be seen.
    pub(super) async fn settled(
        &self,
        transport: &Arc<dyn Transport>,
        before: i64,
        due: Effect,
    ) -> Result<Counted, Mute> {
        let mut waited = Duration::ZERO;
        while due == Effect::Once && waited < WORKING && self.count(transport).await? == before {
            net::sleep(SETTLING).await;
            waited += SETTLING;
        }
        net::sleep(SETTLING).await;
        Ok(Counted { before, after: self.count(transport).await? })
    }

    /// The number once it has not moved for a second, or after five.
    ///
    /// # Errors
    /// [`Mute`].
    pub async fn calm(&self, transport: &Arc<dyn Transport>, before: i64) -> Result<Counted, Mute> {
        let (mut after, mut still, mut waited) = (before, Duration::ZERO, Duration::ZERO);
        while still < CALM && waited < WORKING {
            net::sleep(SETTLING).await;
            let now = self.count(transport).await?;
            still = if now == after { still + SETTLING } else { Duration::ZERO };
            (after, waited) = (now, waited + SETTLING);
        }
        Ok(Counted { before, after })
    }
}

impl Counted {
    /// Whether it is as it has to be.
    pub(super) const fn is(self, due: Effect) -> bool {
        match due {
            Effect::Once => self.after == self.before + 1,
            Effect::Nothing => self.after == self.before,
            Effect::Any => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_is_once_and_nothing_else_is() {
        for (after, once, nothing) in
            [(3, false, true), (4, true, false), (5, false, false), (2, false, false)]
        {
            let counted = Counted { before: 3, after };
            assert_eq!((counted.is(Effect::Once), counted.is(Effect::Nothing)), (once, nothing), "{after}");
            assert!(counted.is(Effect::Any));
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_a_number_is_a_count() {
        let transport: Arc<dyn Transport> =
            Arc::new(crate::net::Http::new(crate::net::Options::default()).unwrap());
        let told = |line: &str| net::block_on(Witness::Command(line.to_owned()).count(&transport)).unwrap();
        assert_eq!(told("echo ' 12'"), Ok(12));
        assert_eq!(told("echo many"), Err(Mute::NoNumber("many".to_owned())));
        assert_eq!(told("exit 3"), Err(Mute::Failed("exit code 3".to_owned())));
    }
}
