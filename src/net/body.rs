//! Bodies on a socket: read whole up to a limit; written whole, in pieces, or,
//! when a fault wants it, cut in the middle.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use tokio::sync::mpsc;
use tokio::time::{Sleep, sleep};

/// So long the first half has to leave before the connection breaks.
const LEAVING: Duration = Duration::from_millis(100);

/// Why there is no body.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is longer than the limit.
    TooLong,
    /// Too much is half read already.
    NoRoom,
    /// The connection broke.
    Broken,
}

/// Most bytes of requests that are half read, all connections of this program together:
/// sixty-four of the longest there are. Whoever would need more is refused.
const MOST_HALF_READ: usize = 64 << 20;

/// What is held of one body until its end is there.
#[derive(Default)]
pub(super) struct Held(usize);

static HALF_READ: AtomicUsize = AtomicUsize::new(0);

impl Held {
    /// Takes room for so many more; false if there is none.
    pub(super) fn has_room(&mut self, more: usize) -> bool {
        self.0 += more;
        HALF_READ.fetch_add(more, Ordering::Relaxed) + more <= MOST_HALF_READ
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HALF_READ.fetch_sub(self.0, Ordering::Relaxed);
    }
}

/// Reads a body to its end, as long as there is room for what of it is there.
pub(super) async fn whole(
    mut body: Incoming,
    limit: usize,
    mut has_room: impl FnMut(usize) -> bool,
) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        if bytes.len() + data.len() > limit {
            return Err(Unread::TooLong);
        }
        // Most bodies come in one piece, and are not held at all.
        if !body.is_end_stream() && !has_room(data.len()) {
            return Err(Unread::NoRoom);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

/// The body of a reply.
pub(super) struct Payload {
    bytes: Option<Bytes>,
    /// What the head promises, if it promises anything.
    promised: Option<u64>,
    /// What comes behind the bytes at hand.
    then: Then,
}

enum Then {
    End,
    /// The connection breaks when this is over.
    Break(Pin<Box<Sleep>>),
    /// Whatever somebody sends.
    Pieces(mpsc::Receiver<Vec<u8>>),
}

impl Payload {
    /// All of it.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        let promised = Some(bytes.len() as u64);
        Self {
            bytes: Some(bytes.into()).filter(|bytes: &Bytes| !bytes.is_empty()),
            promised,
            then: Then::End,
        }
    }

    /// Half of it, and then nothing.
    pub(super) fn cut(mut bytes: Vec<u8>) -> Self {
        let promised = Some(bytes.len().max(1) as u64);
        bytes.truncate(bytes.len() / 2);
        Self { promised, then: Then::Break(Box::pin(sleep(LEAVING))), ..Self::whole(bytes) }
    }

    /// It, and whatever comes.
    pub(super) fn pieces(bytes: Vec<u8>, rest: mpsc::Receiver<Vec<u8>>) -> Self {
        Self { promised: None, then: Then::Pieces(rest), ..Self::whole(bytes) }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match &mut self.then {
            Then::End => Poll::Ready(None),
            Then::Break(sleep) => {
                sleep.as_mut().poll(cx).map(|()| Some(Err(io::ErrorKind::ConnectionAborted.into())))
            }
            Then::Pieces(rest) => {
                rest.poll_recv(cx).map(|piece| piece.map(|bytes| Ok(Frame::data(bytes.into()))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && matches!(self.then, Then::End)
    }

    fn size_hint(&self) -> SizeHint {
        self.promised.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
