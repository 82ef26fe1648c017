//! Messages that were given up or refused, until their senders are told. Those with one sender,
//! one target and one cause are told of together: a flood must not come back as a flood.

use std::collections::hash_map::{Entry, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::Gone;
use super::record::Record;
use super::{EndpointId, RouterError};

#[derive(Debug, Default)]
pub(super) struct Undelivered(Mutex<HashMap<Fate, Count>>);

#[derive(Debug, PartialEq, Eq, Hash)]
struct Fate {
    sender: EndpointId,
    /// The target's name as a JSON string.
    target_json: Arc<str>,
    code: &'static str,
    gone: Option<Gone>,
}

#[derive(Debug)]
struct Count {
    messages: u64,
    first_error: RouterError,
}

impl Undelivered {
    pub(super) fn note(
        &self,
        sender: EndpointId,
        target_json: Arc<str>,
        error: RouterError,
        messages: u64,
    ) {
        if messages == 0 {
            return;
        }
        let fate = Fate { sender, target_json, code: error.code(), gone: error.gone() };
        match self.lock().entry(fate) {
            Entry::Occupied(mut known) => known.get_mut().messages += messages,
            Entry::Vacant(new) => drop(new.insert(Count { messages, first_error: error })),
        }
    }

    /// What each sender is to be told, since the last call.
    pub(super) fn take(&self) -> Vec<(EndpointId, Record)> {
        let mut noted = self.lock();
        if noted.is_empty() {
            return Vec::new();
        }
        let noted = std::mem::take(&mut *noted);
        let nack = |(fate, count): (Fate, Count)| {
            let nack = Record::nack(&fate.target_json, &count.first_error, count.messages);
            (fate.sender, nack)
        };
        noted.into_iter().map(nack).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Fate, Count>> {
        // A count may be lost with the thread that panicked; the books are kept elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
