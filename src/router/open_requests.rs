//! Requests to the main process that are neither answered nor canceled, by asker.

use std::collections::hash_map::{Entry, HashMap};
use std::sync::Arc;

use super::calls::{id_in_use, Ask};
use super::deadlines::{Asked, Deadlines, Timeout};
use super::hashing::Hashing;
use super::ordered::{Locked, Mutex, OPEN_REQUESTS};
use super::{EndpointId, RouterError};

/// The ids of an asker, each with the service that is called, if one is.
type Ids = HashMap<u64, Option<Arc<str>>>;

type Open = HashMap<EndpointId, Ids, Hashing>;

/// A request that was open.
#[derive(Debug)]
pub(super) struct Closed {
    /// The service that it asked, if it did.
    pub(super) service: Option<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct OpenRequests {
    open: Mutex<Open, OPEN_REQUESTS>,
    deadlines: Arc<Deadlines>,
}

impl OpenRequests {
    pub(super) fn new(deadlines: &Arc<Deadlines>) -> Self {
        Self { open: Mutex::default(), deadlines: Arc::clone(deadlines) }
    }

    /// Notes a request before it can be answered. An id names one request at a time. `asked`: whom it asks,
    /// which only a request with a time limit keeps.
    pub(super) fn open(
        &self,
        ask: Ask,
        (timeout, asked): (Timeout, impl FnOnce() -> Asked),
        service: Option<&str>,
    ) -> Result<(), RouterError> {
        let mut open = self.lock();
        match open.entry(ask.asker).or_default().entry(ask.id) {
            Entry::Occupied(_) => return Err(id_in_use(ask)),
            Entry::Vacant(new) => drop(new.insert(service.map(Into::into))),
        }
        self.deadlines.add(ask, timeout, asked);
        Ok(())
    }

    /// Removes a request that was answered or canceled. `None` if there is none.
    pub(super) fn close(&self, ask: Ask) -> Option<Closed> {
        let mut open = self.lock();
        let service = open.get_mut(&ask.asker)?.remove(&ask.id)?;
        self.deadlines.remove(ask);
        Some(Closed { service })
    }

    #[cfg(test)]
    pub(super) fn services(&self) -> usize {
        self.lock().values().flat_map(Ids::values).flatten().count()
    }

    pub(super) fn count(&self, asker: EndpointId) -> usize {
        self.lock().get(&asker).map_or(0, HashMap::len)
    }

    /// Removes the time limits of askers that have ended: no endpoint is there to be notified.
    pub(super) fn unlimited(&self, askers: &[EndpointId]) {
        let open = self.lock();
        for (&asker, ids) in askers.iter().filter_map(|asker| open.get_key_value(asker)) {
            ids.keys().for_each(|&id| self.deadlines.remove(Ask { asker, id }));
        }
    }

    /// Removes the requests of askers from which nothing more can come.
    pub(super) fn dispose(&self, askers: &[EndpointId]) {
        self.unlimited(askers);
        let mut open = self.lock();
        for asker in askers {
            open.remove(asker);
        }
    }

    fn lock(&self) -> Locked<'_, Open, OPEN_REQUESTS> {
        // No change can panic half-way, so a poisoned lock holds whole sets.
        self.open.lock()
    }
}
