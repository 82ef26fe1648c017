//! Requests to the main process that are neither answered nor canceled, by asker.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::calls::{id_in_use, Ask};
use super::deadlines::{Deadlines, Timeout};
use super::hashing::Hashing;
use super::ordered::{Locked, Mutex, OPEN_REQUESTS};
use super::{EndpointId, RouterError};

type Ids = HashMap<EndpointId, HashSet<u64>, Hashing>;

#[derive(Debug)]
pub(super) struct OpenRequests {
    ids: Mutex<Ids, OPEN_REQUESTS>,
    deadlines: Arc<Deadlines>,
}

impl OpenRequests {
    pub(super) fn new(deadlines: &Arc<Deadlines>) -> Self {
        Self { ids: Mutex::default(), deadlines: Arc::clone(deadlines) }
    }

    /// Notes a request before it can be answered. An id names one request at a time.
    pub(super) fn open(&self, ask: Ask, timeout: Timeout) -> Result<(), RouterError> {
        let mut open = self.lock();
        if !open.entry(ask.asker).or_default().insert(ask.id) {
            return Err(id_in_use(ask));
        }
        self.deadlines.add(ask, timeout, true);
        Ok(())
    }

    /// Removes a request that was answered or canceled. False if there is none.
    pub(super) fn close(&self, ask: Ask) -> bool {
        let mut open = self.lock();
        let was_open = open.get_mut(&ask.asker).is_some_and(|ids| ids.remove(&ask.id));
        if was_open {
            self.deadlines.remove(ask);
        }
        was_open
    }

    pub(super) fn count(&self, asker: EndpointId) -> usize {
        self.lock().get(&asker).map_or(0, HashSet::len)
    }

    /// Removes the time limits of askers that have ended: no endpoint is there to be notified.
    pub(super) fn unlimited(&self, askers: &[EndpointId]) {
        let open = self.lock();
        for (&asker, ids) in askers.iter().filter_map(|asker| open.get_key_value(asker)) {
            ids.iter().for_each(|&id| self.deadlines.remove(Ask { asker, id }));
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

    fn lock(&self) -> Locked<'_, Ids, OPEN_REQUESTS> {
        // No change can panic half-way, so a poisoned lock holds whole sets.
        self.ids.lock()
    }
}
