//! Windows: where records wait while nobody listens, and who listens.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::account::{Account, Books};
use super::endpoint::Endpoint;
use super::error::Gone;
use super::lane::Lanes;
use super::queue::Queue;
use super::ready::ReadyList;
use super::record::{json_string, Record};
use super::state::{State, Takers};
use super::undelivered::Undelivered;
use super::{Limits, Overflow, Room, RouterError};

/// The id of a window's webContents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentsId(pub u32);

impl ContentsId {
    /// The main process; webContents count from 1.
    pub const MAIN: Self = Self(0);
}

/// A window: a name in the table, or none, and what waits for its documents.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) contents: ContentsId,
    pub(super) account: Account,
    ready: Arc<ReadyList>,
    undelivered: Arc<Undelivered>,
    /// Locked for an instant only, and nothing else is locked under it.
    name: RwLock<Option<Name>>,
    state: RwLock<State>,
}

#[derive(Clone, Debug)]
struct Name {
    text: Arc<str>,
    json: Arc<str>,
}

/// Whether a record that was let in waits, or was given up at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Admission {
    Waits,
    Dropped,
}

impl Window {
    pub(super) fn new(
        contents: ContentsId,
        ready: &Arc<ReadyList>,
        undelivered: &Arc<Undelivered>,
    ) -> Self {
        Self {
            contents,
            ready: Arc::clone(ready),
            undelivered: Arc::clone(undelivered),
            account: Account::default(),
            name: RwLock::default(),
            state: RwLock::default(),
        }
    }

    pub(super) fn name(&self) -> Option<Arc<str>> {
        self.read_name().as_ref().map(|name| Arc::clone(&name.text))
    }

    /// The name as a JSON string, or `null`: how a sender is stamped on what it sends.
    pub(super) fn name_json(&self) -> Arc<str> {
        self.read_name().as_ref().map_or_else(|| "null".into(), |name| Arc::clone(&name.json))
    }

    pub(super) fn set_name(&self, name: Option<&str>) {
        let name = name.map(|name| Name { text: name.into(), json: json_string(name).into() });
        *self.name.write().unwrap_or_else(PoisonError::into_inner) = name;
    }

    /// Lets a record in, for everyone who listens to its lane or until somebody does.
    pub(super) fn push(&self, record: Record, limits: &Limits) -> Result<(), RouterError> {
        self.give(&self.read(), &mut self.account.open(), record, limits)
    }

    /// The same for records one after the other, without a moment between them. What refuses one
    /// stops no other.
    pub(super) fn push_all(
        &self,
        records: &mut dyn Iterator<Item = Record>,
        limits: &Limits,
        refused: &mut dyn FnMut(RouterError),
    ) {
        let (state, mut books) = (self.read(), self.account.open());
        for record in records {
            self.give(&state, &mut books, record, limits).unwrap_or_else(&mut *refused);
        }
    }

    fn give(
        &self,
        state: &State,
        books: &mut Books,
        mut record: Record,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        if state.closed {
            return Err(RouterError::TargetGone(Gone::Closed));
        }
        record.place = books.next_place();
        let (queue, taker) = match state.takers(record.lane) {
            Takers::Nobody => (state.hold_of(record.lane), None),
            Takers::One(taker) => (&taker.queue, Some(taker)),
            Takers::Several => return self.give_to_all(state, books, record, limits),
        };
        match self.admit(state, books, queue, &record, limits)? {
            Admission::Waits => {
                queue.push(record);
                taker.into_iter().for_each(|taker| self.ready.mark(taker));
            }
            Admission::Dropped => self.tell_of(&record, self.full(books, &record)),
        }
        Ok(())
    }

    /// A sender is told of a refusal or a drop only where nobody got the record.
    fn give_to_all(
        &self,
        state: &State,
        books: &mut Books,
        mut record: Record,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        record.prepare_copies();
        let mut results = Vec::new();
        for taker in state.listeners(record.lane) {
            let result = self.admit(state, books, &taker.queue, &record, limits);
            if result == Ok(Admission::Waits) {
                taker.queue.push(record.clone());
                self.ready.mark(taker);
            }
            results.push(result);
        }
        if results.contains(&Ok(Admission::Waits)) {
            return Ok(());
        }
        if results.contains(&Ok(Admission::Dropped)) {
            self.tell_of(&record, self.full(books, &record));
            return Ok(());
        }
        results.into_iter().next().map_or(Ok(()), |first| first.map(drop))
    }

    /// Lets replies or nacks in for one endpoint, above the bounds if need be: a request that was
    /// let in is always answered. False when that endpoint's document is gone.
    pub(super) fn push_answers(
        &self,
        endpoint: &Endpoint,
        answers: &mut dyn Iterator<Item = Record>,
    ) -> bool {
        let state = self.read();
        let here = state.has(endpoint);
        if here {
            let mut books = self.account.open();
            for record in answers {
                books.admit_always(&record);
                endpoint.queue.push(record);
            }
            self.ready.mark(endpoint);
        }
        here
    }

    /// What may be let in for all who listen to the main process.
    pub(super) fn room(&self, limits: &Limits) -> Room {
        let copies = self.read().listeners(Lanes::FROM_MAIN).count().max(1);
        let counts = self.account.counts();
        let rest = |most: usize, now: u64| {
            most.saturating_sub(usize::try_from(now).unwrap_or(usize::MAX)) / copies
        };
        Room {
            records: rest(limits.max_queue_records, counts.queued),
            bytes: rest(limits.max_queue_bytes, counts.queued_bytes),
        }
    }

    /// Books a record in for a queue, if need be in the place of others.
    fn admit(
        &self,
        state: &State,
        books: &mut Books,
        queue: &Queue,
        record: &Record,
        limits: &Limits,
    ) -> Result<Admission, RouterError> {
        // A request is refused, whatever the policy: refused, its promise settles.
        let droppable = record.sender().is_some();
        while !books.admit(record, limits) {
            match limits.overflow {
                Overflow::DropNewest if droppable => {
                    books.dropped_on_arrival();
                    return Ok(Admission::Dropped);
                }
                Overflow::DropOldest if droppable && record.bytes() <= limits.max_queue_bytes => {
                    let oldest = state.evict(queue).ok_or_else(|| self.refuse(books, record))?;
                    let full = self.full(books, &oldest);
                    self.give_up(books, &oldest, full);
                }
                _ => return Err(self.refuse(books, record)),
            }
        }
        Ok(Admission::Waits)
    }

    /// Drops a record that was let in. The sender of a message is told, unless some world took a
    /// copy of it or another copy is still on its way.
    pub(super) fn give_up(&self, books: &mut Books, record: &Record, why: RouterError) {
        books.dropped(record);
        if record.shared.is_last_copy() && !record.shared.is_taken() {
            self.tell_of(record, why);
        }
    }

    fn tell_of(&self, message: &Record, why: RouterError) {
        if let Some(sender) = message.sender() {
            self.undelivered.note(sender, self.name_json(), why, 1);
        }
    }

    fn refuse(&self, books: &mut Books, record: &Record) -> RouterError {
        books.refused();
        self.full(books, record)
    }

    fn full(&self, books: &Books, record: &Record) -> RouterError {
        let counts = books.counts();
        RouterError::QueueFull {
            target: self.describe(),
            records: usize::try_from(counts.queued).unwrap_or(usize::MAX),
            bytes: usize::try_from(counts.queued_bytes).unwrap_or(usize::MAX),
            record_bytes: record.bytes(),
        }
    }

    pub(super) fn describe(&self) -> String {
        match self.name() {
            Some(name) => format!("window {name:?}"),
            None if self.contents == ContentsId::MAIN => "the main process".into(),
            None => "a window without a name".into(),
        }
    }

    pub(super) fn join(&self, endpoint: Arc<Endpoint>) {
        self.write().endpoints.push(endpoint);
    }

    pub(super) fn endpoint_by_link(&self, link: u64) -> Option<Arc<Endpoint>> {
        self.read().endpoints.iter().find(|endpoint| endpoint.link == link).cloned()
    }

    pub(super) fn endpoints(&self) -> Vec<Arc<Endpoint>> {
        self.read().endpoints.clone()
    }

    /// Stops or resumes taking records out. Returns who may have something to send.
    pub(super) fn set_paused(&self, paused: bool) -> Vec<Arc<Endpoint>> {
        let mut state = self.write();
        state.paused = paused;
        state.endpoints.clone()
    }

    pub(super) fn has(&self, endpoint: &Endpoint) -> bool {
        self.read().has(endpoint)
    }

    pub(super) fn is_paused(&self) -> bool {
        self.read().paused
    }

    /// Whether something waits for a listener of this lane.
    pub(super) fn holds(&self, lane: Lanes) -> bool {
        self.read().held(lane).is_some_and(|hold| !hold.is_empty())
    }

    /// What really waits, counted record by record: for tests of the books.
    #[cfg(test)]
    pub(super) fn audit(&self) -> (u64, u64) {
        self.read().queues().fold((0, 0), |sum, queue| {
            let records = queue.take();
            let bytes: usize = records.iter().map(Record::bytes).sum();
            let count = records.len() as u64;
            records.into_iter().for_each(|record| queue.push(record));
            (sum.0 + count, sum.1 + bytes as u64)
        })
    }

    fn read_name(&self) -> RwLockReadGuard<'_, Option<Name>> {
        self.name.read().unwrap_or_else(PoisonError::into_inner)
    }

    // A poisoned lock: some thread panicked while it held it. The books may then be off by the
    // record in its hands; going on is better than taking the user's app down.
    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}
