//! Requests to the main process that are neither answered nor given up, by asker.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::calls::{id_in_use, Ask};
use super::hashing::Hashing;
use super::{EndpointId, RouterError};

#[derive(Debug, Default)]
pub(super) struct OpenRequests(Mutex<HashMap<EndpointId, HashSet<u64>, Hashing>>);

impl OpenRequests {
    /// Notes a request, before it can be answered. An id names one at a time.
    pub(super) fn open(&self, ask: Ask) -> Result<(), RouterError> {
        let is_new = self.lock().entry(ask.asker).or_default().insert(ask.id);
        if is_new {
            Ok(())
        } else {
            Err(id_in_use(ask))
        }
    }

    /// A request was answered or given up. False where there was none.
    pub(super) fn close(&self, ask: Ask) -> bool {
        self.lock().get_mut(&ask.asker).is_some_and(|ids| ids.remove(&ask.id))
    }

    pub(super) fn count(&self, asker: EndpointId) -> usize {
        self.lock().get(&asker).map_or(0, HashSet::len)
    }

    /// Askers are gone.
    pub(super) fn forget(&self, askers: &[EndpointId]) {
        let mut open = self.lock();
        for asker in askers {
            open.remove(asker);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<EndpointId, HashSet<u64>, Hashing>> {
        // No change can panic half-way, so a poisoned lock holds whole sets.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
