//! What the keepers of one store share: how the store is, the log, and the watch
//! over whether it can still be written. A store that is only read serves what it
//! has until that ends; who runs it wants to know before.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::event::{Deed, Event, Log};
use crate::net;
use crate::store::{Store, StoreError};

/// How often writing is tried while all is well, and while it is not: rare enough
/// to wear out no disk, often enough to tell long before a lease ends.
const WATCH: (Duration, Duration) = (Duration::from_secs(15), Duration::from_secs(2));

/// What is wrong with a store, as far as it was tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Troubles {
    /// It could not be read.
    pub read: Option<StoreError>,
    /// It could not be written.
    pub write: Option<StoreError>,
}

impl Troubles {
    /// The worst of them: what cannot be read serves nobody.
    #[must_use]
    pub fn worst(&self) -> Option<(Deed, &StoreError)> {
        let read = self.read.as_ref().map(|error| (Deed::Read, error));
        read.or(self.write.as_ref().map(|error| (Deed::Write, error)))
    }

    /// Notes how a deed went; tells whether trouble began or ended by it.
    fn note(&mut self, deed: Deed, error: Option<&StoreError>) -> Option<Event> {
        let was = self.worst().is_some();
        let place = match deed {
            Deed::Read => &mut self.read,
            Deed::Write => &mut self.write,
        };
        *place = error.cloned();
        match (was, self.worst()) {
            (false, Some((deed, error))) => Some(Event::StoreLost(deed, error.clone())),
            (true, None) => Some(Event::StoreBack),
            _ => None,
        }
    }
}

/// What every keeper of a store needs besides its lease.
pub struct Surroundings {
    store: Arc<dyn Store>,
    /// Its place, which tells it from others.
    place: String,
    troubles: Mutex<Troubles>,
    /// Becomes true when nobody watches any longer.
    leave: net::watch::Sender<bool>,
    /// Who is told.
    pub log: Log,
}

impl Surroundings {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, log: Log) -> Self {
        let (place, leave) = (store.place(), net::watch::Sender::new(false));
        Self { store, place, troubles: Mutex::default(), leave, log }
    }

    /// Whether they are about the store of this place.
    #[must_use]
    pub fn are_of(&self, store: &dyn Store) -> bool {
        self.place == store.place()
    }

    /// What is wrong.
    #[must_use]
    pub fn troubles(&self) -> Troubles {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes how a deed went; tells the log when trouble begins or ends.
    pub fn note(&self, deed: Deed, error: Option<&StoreError>) {
        // Another fetcher is no trouble of the store.
        if matches!(error, Some(StoreError::Busy { .. } | StoreError::Overtaken { .. })) {
            return;
        }
        let event = self.troubles.lock().unwrap_or_else(PoisonError::into_inner).note(deed, error);
        if let Some(event) = event {
            (self.log)(event);
        }
    }

    /// Ends the watch.
    pub fn leave(&self) {
        self.leave.send_replace(true);
    }

    /// Tries to write, again and again, until it is left.
    pub async fn watch(self: Arc<Self>) {
        let mut stop = self.leave.subscribe();
        while !*stop.borrow_and_update() {
            let store = Arc::clone(&self.store);
            let written = net::blocking(move || store.try_write()).await;
            self.note(Deed::Write, written.as_ref().err());
            let pause = if written.is_ok() { WATCH.0 } else { WATCH.1 };
            net::select! {
                () = net::sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_only_read_is_lost_once_and_back_once() {
        let no = StoreError::Refused { server: "r".into(), why: "READONLY".into() };
        let mut troubles = Troubles::default();
        assert_eq!(troubles.note(Deed::Write, Some(&no)), Some(Event::StoreLost(Deed::Write, no.clone())));
        for _ in 0..100 {
            assert_eq!(troubles.note(Deed::Read, None), None);
            assert_eq!(troubles.note(Deed::Write, Some(&no)), None);
        }
        assert_eq!(troubles.worst(), Some((Deed::Write, &no)));
        assert_eq!(troubles.note(Deed::Read, Some(&no)), None);
        assert_eq!(troubles.note(Deed::Write, None), None);
        assert_eq!(troubles.note(Deed::Read, None), Some(Event::StoreBack));
    }
}
