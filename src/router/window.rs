//! Windows: where records wait while nobody listens, and who listens.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::account::Account;
use super::endpoint::Endpoint;
use super::lane::Lanes;
use super::queue::Queue;
use super::record::{json_string, Record};
use super::rehold;
use super::{EndpointId, Limits, Overflow, RouterError};

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
    /// Locked for an instant only, and nothing else is locked under it.
    name: RwLock<Option<Name>>,
    state: RwLock<State>,
}

/// Reading is enough to send to a window: queues take records through a shared reference.
/// Invariant: a lane's hold is empty while an endpoint listens to that lane.
#[derive(Debug, Default)]
struct State {
    closed: bool,
    /// Nothing is taken out of the queues: it is not sure which document is there.
    paused: bool,
    endpoints: Vec<Arc<Endpoint>>,
    /// Endpoints of the document that ended last. What such a page sent while it was leaving may
    /// still arrive and is routed; nothing goes to it any more.
    retired: Vec<EndpointId>,
    hold: [Option<Queue>; Lanes::COUNT],
}

#[derive(Clone, Debug)]
struct Name {
    text: Arc<str>,
    json: Arc<str>,
}

impl Window {
    pub(super) fn new(contents: ContentsId) -> Self {
        Self {
            contents,
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

    /// Lets a record in, for everyone who listens to its lane or until somebody does. Returns
    /// the endpoints that now have something to send.
    pub(super) fn push(
        &self,
        record: Record,
        limits: &Limits,
    ) -> Result<Vec<Arc<Endpoint>>, RouterError> {
        let state = self.read();
        if state.closed {
            return Err(RouterError::TargetGone);
        }
        let listeners = state.listeners(record.lane);
        if listeners.is_empty() {
            drop(state);
            return self.push_to_hold(record, limits);
        }
        let copies = u8::try_from(listeners.len()).unwrap_or(u8::MAX);
        let give = |endpoint: &Arc<Endpoint>| {
            self.admit(&state, &endpoint.queue, Record { copies, ..record.clone() }, limits)
        };
        let results: Vec<_> = listeners.iter().map(give).collect();
        // A sender is told of a refusal only where nobody got the record.
        if results.iter().any(Result::is_ok) {
            return Ok(listeners);
        }
        results.into_iter().next().unwrap_or(Ok(())).map(|()| listeners)
    }

    /// Lets a reply or nack in for one endpoint, above the bounds if need be: a request that was
    /// let in is always answered. False when that endpoint's document is gone.
    pub(super) fn push_answer(&self, endpoint: &Endpoint, record: Record) -> bool {
        let state = self.read();
        let here = state.has(endpoint);
        if here {
            self.account.admit_always(&record);
            endpoint.queue.push(record);
        }
        here
    }

    fn push_to_hold(
        &self,
        record: Record,
        limits: &Limits,
    ) -> Result<Vec<Arc<Endpoint>>, RouterError> {
        let mut state = self.write();
        // Somebody may have begun to listen, or closed the window, between the two locks.
        if state.closed || !state.listeners(record.lane).is_empty() {
            drop(state);
            return self.push(record, limits);
        }
        let lane = record.lane;
        state.hold_of(lane);
        if let Some(hold) = &state.hold[lane.index()] {
            self.admit(&state, hold, record, limits)?;
        }
        Ok(Vec::new())
    }

    fn admit(
        &self,
        state: &State,
        queue: &Queue,
        record: Record,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        while !self.account.admit(&record, limits) {
            // A request is refused, whatever the policy: refused, its promise settles.
            match limits.overflow {
                Overflow::DropNewest if record.lane != Lanes::REQUESTS => {
                    self.account.dropped_on_arrival();
                    return Ok(());
                }
                Overflow::DropOldest
                    if record.lane != Lanes::REQUESTS
                        && record.bytes() <= limits.max_queue_bytes =>
                {
                    let oldest = state.evict(queue).ok_or_else(|| self.full(&record))?;
                    self.account.dropped(&oldest);
                }
                _ => return Err(self.full(&record)),
            }
        }
        queue.push(record);
        Ok(())
    }

    fn full(&self, record: &Record) -> RouterError {
        self.account.refused();
        let counts = self.account.counts();
        RouterError::QueueFull {
            target: self.describe(),
            records: usize::try_from(counts.queued).unwrap_or(usize::MAX),
            bytes: usize::try_from(counts.queued_bytes).unwrap_or(usize::MAX),
            record_bytes: record.bytes(),
        }
    }

    fn describe(&self) -> String {
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

    /// Changes what an endpoint listens to: what waited for a lane goes to its first listener;
    /// what an endpoint did not take before its last listener left waits again.
    pub(super) fn listen(&self, endpoint: &Endpoint, lanes: Lanes) {
        if endpoint.listening() == lanes {
            return;
        }
        let mut state = self.write();
        if !state.has(endpoint) {
            return;
        }
        let before = endpoint.listening();
        endpoint.set_listening(lanes);
        for lane in lanes.without(before).each() {
            for record in state.hold[lane.index()].take().iter().flat_map(Queue::take) {
                endpoint.queue.push(record);
            }
        }
        let left = before.without(lanes);
        if !left.is_empty() {
            let (back, stay): (Vec<_>, Vec<_>) =
                endpoint.queue.take().into_iter().partition(|record| left.contains(record.lane));
            stay.into_iter().for_each(|record| endpoint.queue.push(record));
            self.hold_again(&mut state, back);
        }
    }

    /// A document is gone: its endpoints leave, their undelivered messages wait for the next
    /// document, their undelivered answers are dropped. Returns the endpoints to forget.
    pub(super) fn end_document(&self, document: u64) -> Vec<EndpointId> {
        let mut state = self.write();
        let (gone, stay): (Vec<_>, Vec<_>) =
            state.endpoints.drain(..).partition(|endpoint| endpoint.document() == document);
        state.endpoints = stay;
        gone.iter().for_each(|endpoint| endpoint.set_listening(Lanes::NONE));
        let undelivered = gone.iter().flat_map(|endpoint| endpoint.queue.take()).collect();
        self.hold_again(&mut state, undelivered);
        if gone.is_empty() {
            return Vec::new();
        }
        let retired = gone.iter().map(|endpoint| endpoint.id).collect();
        std::mem::replace(&mut state.retired, retired)
    }

    /// Puts back to wait what may be delivered yet and has no listener; drops the others.
    fn hold_again(&self, state: &mut State, records: Vec<Record>) {
        let undelivered = rehold::sort(records);
        undelivered.spent.iter().for_each(|record| self.account.dropped(record));
        for record in undelivered.again {
            if state.listeners(record.lane).is_empty() {
                state.hold_of(record.lane).push(record);
            } else {
                self.account.dropped(&record);
            }
        }
    }

    /// Stops or resumes taking records out. Returns who may have something to send.
    pub(super) fn set_paused(&self, paused: bool) -> Vec<Arc<Endpoint>> {
        let mut state = self.write();
        state.paused = paused;
        state.endpoints.clone()
    }

    pub(super) fn is_paused(&self) -> bool {
        self.read().paused
    }

    /// Takes the longest waiting records of a lane out of the hold.
    pub(super) fn take_held(&self, lane: Lanes, count: usize) -> Vec<Record> {
        let state = self.write();
        let hold = state.hold[lane.index()].iter();
        hold.flat_map(|hold| std::iter::from_fn(|| hold.pop())).take(count).collect()
    }

    /// Drops all that waits in lanes, as when a window gives its name up.
    pub(super) fn drop_held(&self) {
        self.drop_hold(&mut self.write());
    }

    /// The window is gone: all that waits for it is dropped. Returns the endpoints to forget.
    pub(super) fn close(&self) -> Vec<EndpointId> {
        let mut state = self.write();
        state.closed = true;
        self.drop_hold(&mut state);
        let gone: Vec<_> = state.endpoints.drain(..).collect();
        for endpoint in &gone {
            endpoint.queue.take().iter().for_each(|record| self.account.dropped(record));
        }
        let retired = std::mem::take(&mut state.retired);
        gone.iter().map(|endpoint| endpoint.id).chain(retired).collect()
    }

    fn drop_hold(&self, state: &mut State) {
        for record in state.hold.iter_mut().filter_map(Option::take).flat_map(|hold| hold.take()) {
            self.account.dropped(&record);
        }
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

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn has(&self, endpoint: &Endpoint) -> bool {
        self.endpoints.iter().any(|known| known.id == endpoint.id)
    }

    fn listeners(&self, lane: Lanes) -> Vec<Arc<Endpoint>> {
        let listens = |endpoint: &&Arc<Endpoint>| endpoint.listening().contains(lane);
        self.endpoints.iter().filter(listens).cloned().collect()
    }

    /// Gives up the longest waiting message of a queue, or else of another of the window's.
    fn evict(&self, queue: &Queue) -> Option<Record> {
        queue.evict().or_else(|| self.queues().find_map(Queue::evict))
    }

    fn queues(&self) -> impl Iterator<Item = &Queue> {
        let endpoints = self.endpoints.iter().map(|endpoint| &endpoint.queue);
        endpoints.chain(self.hold.iter().flatten())
    }

    fn hold_of(&mut self, lane: Lanes) -> &Queue {
        self.hold[lane.index()].get_or_insert_with(Queue::new)
    }
}
