//! Requests to windows: their askers, and the endpoints that they were given to.
//!
//! A call is in the table from its admission until it is settled. Therefore its asker can be
//! notified, whatever happens to its record, to the endpoint that has it, or to the window. A record
//! whose call is not in the table any more is not delivered.

use std::collections::hash_map::{Entry, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use super::deadlines::{Asked, Deadlines, Timeout};
use super::hashing::Hashing;
use super::ordered::{Locked, Mutex, CALLS};
use super::services::ServiceId;
use super::{steps, ContentsId, EndpointId, RouterError};

/// Names a request among all of the router's. Later ones have higher numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestNumber(u64);

impl RequestNumber {
    /// The request of this number, as [`RequestNumber::number`] gave it.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// A number below 2^53, exact in JavaScript.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// How an asker names its request: ids are each asker's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Ask {
    pub(super) asker: EndpointId,
    pub(super) id: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) ask: Ask,
    /// The asker's window.
    pub(super) from: ContentsId,
    pub(super) target: ContentsId,
    /// Bytes of its record.
    pub(super) bytes: usize,
    /// The service of the target that is asked. Its id holds while the record waits.
    pub(super) service: Option<ServiceId>,
    /// The endpoint that was given it. `None` while it is pending.
    pub(super) callee: Option<EndpointId>,
}

/// The calls that are not settled.
#[derive(Debug)]
pub(super) struct Calls {
    last_number: AtomicU64,
    tables: Mutex<Tables, CALLS>,
}

#[derive(Debug)]
struct Tables {
    open: HashMap<RequestNumber, Call>,
    numbers: HashMap<Ask, RequestNumber>,
    /// How many of `open` have no callee.
    waiting: usize,
    /// How many of `open` are each asker's.
    counts: HashMap<EndpointId, usize, Hashing>,
    deadlines: Arc<Deadlines>,
}

impl Calls {
    pub(super) fn new(deadlines: &Arc<Deadlines>) -> Self {
        let tables = Tables {
            open: HashMap::default(),
            numbers: HashMap::default(),
            waiting: 0,
            counts: HashMap::default(),
            deadlines: Arc::clone(deadlines),
        };
        Self { last_number: AtomicU64::new(0), tables: Mutex::new(tables) }
    }

    pub(super) fn next_number(&self) -> RequestNumber {
        RequestNumber(self.last_number.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// The number that the next request will have.
    pub(super) fn mark(&self) -> RequestNumber {
        RequestNumber(self.last_number.load(Ordering::Relaxed) + 1)
    }

    /// Whether any call has no callee yet.
    pub(super) fn has_pending(&self) -> bool {
        self.lock().waiting > 0
    }

    /// Opens a call. `enter` puts its record into a queue and returns the record's bytes and the service
    /// that it is for. No thread can settle the call in between.
    pub(super) fn open(
        &self,
        ask: Ask,
        (timeout, asked): (Timeout, impl FnOnce() -> Asked),
        (from, target): (ContentsId, ContentsId),
        enter: impl FnOnce(RequestNumber) -> Result<(usize, Option<ServiceId>), RouterError>,
    ) -> Result<(), RouterError> {
        let mut tables = self.lock();
        if tables.numbers.contains_key(&ask) {
            return Err(id_in_use(ask));
        }
        let number = self.next_number();
        let (bytes, service) = enter(number)?;
        tables.numbers.insert(ask, number);
        tables.open.insert(number, Call { ask, from, target, bytes, service, callee: None });
        tables.waiting += 1;
        tables.deadlines.add(ask, timeout, asked);
        *tables.counts.entry(ask.asker).or_default() += 1;
        Ok(())
    }

    /// How many calls of an asker are open.
    pub(super) fn count(&self, asker: EndpointId) -> usize {
        self.lock().counts.get(&asker).copied().unwrap_or_default()
    }

    /// Shows which calls are open, while none can be opened or settled.
    pub(super) fn look<T>(&self, look: impl FnOnce(&dyn Fn(RequestNumber) -> bool) -> T) -> T {
        let tables = self.lock();
        look(&|number| tables.open.contains_key(&number))
    }

    /// Notes that the call's record goes to an endpoint now. Returns the asker, or `None` if it has
    /// canceled the call.
    pub(super) fn hand_over(
        &self,
        number: RequestNumber,
        callee: EndpointId,
    ) -> Option<EndpointId> {
        let mut tables = self.lock();
        let call = tables.open.get_mut(&number).filter(|call| call.callee.is_none())?;
        call.callee = Some(callee);
        let asker = call.ask.asker;
        tables.waiting -= 1;
        Some(asker)
    }

    /// Settles a call by its answer. Only the endpoint that was given a call can answer it.
    pub(super) fn answered(&self, number: RequestNumber, by: EndpointId) -> Option<Call> {
        let mut tables = self.lock();
        let call = *tables.open.get(&number).filter(|call| call.callee == Some(by))?;
        tables.remove(number, &call);
        Some(call)
    }

    /// Settles a call that its asker cancels.
    pub(super) fn canceled(&self, ask: Ask) -> Option<(RequestNumber, Call)> {
        let mut tables = self.lock();
        let number = *tables.numbers.get(&ask)?;
        let call = *tables.open.get(&number)?;
        tables.remove(number, &call);
        Some((number, call))
    }

    /// Settles all calls that are wanted, in the order in which they were made.
    pub(super) fn end(
        &self,
        is_wanted: impl Fn(RequestNumber, &Call) -> bool,
    ) -> Vec<(RequestNumber, Call)> {
        let mut tables = self.lock();
        steps::add(tables.open.len());
        let all = tables.open.iter().map(|(&number, &call)| (number, call));
        let mut ended: Vec<_> = all.filter(|(number, call)| is_wanted(*number, call)).collect();
        ended.sort_unstable_by_key(|(number, _)| *number);
        ended.iter().for_each(|(number, call)| tables.remove(*number, call));
        ended
    }

    fn lock(&self) -> Locked<'_, Tables, CALLS> {
        // No change of the tables can panic half-way, so a poisoned lock holds whole tables.
        self.tables.lock()
    }
}

impl Tables {
    fn remove(&mut self, number: RequestNumber, call: &Call) {
        self.open.remove(&number);
        self.numbers.remove(&call.ask);
        self.deadlines.remove(call.ask);
        self.waiting -= usize::from(call.callee.is_none());
        if let Entry::Occupied(mut count) = self.counts.entry(call.ask.asker) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

pub(super) fn id_in_use(ask: Ask) -> RouterError {
    RouterError::BadPacket { reason: format!("its request id {} is in use", ask.id) }
}
