//! The time limits that pages give their requests. The router has no clock: the caller passes what a
//! clock shows, in milliseconds. A request's time begins at the first look at the clock after its
//! admission.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::calls::Ask;
use super::ordered::{Locked, Mutex, LEAF};
use super::record::json_string;
use super::{steps, EndpointId};

/// Ends of settled requests that are kept, beside as many as there are open ones. To remove them then
/// costs each of them no more than a constant.
const MAX_SPENT: usize = 64;

/// How long an asker waits, in milliseconds. `None` without a limit.
pub(super) type Timeout = Option<u32>;

/// Whom a request asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The main process.
    Main,
    /// A window.
    Window,
    /// A method of a service, by the names of both as error sentences have them: `files.read`.
    Method(Box<str>),
}

/// A request that has no answer and whose time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// The asker.
    pub asker: EndpointId,
    /// The asker's id of it.
    pub id: u64,
    /// How long the asker wanted to wait, in milliseconds.
    pub timeout_ms: u32,
    /// Whom it asks.
    pub asked: Asked,
}

/// As JSON, `[asker,id,ms,asked]`: `asked` is 1 for the main process, 0 for a window, or the names of a method.
impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asker, id, timeout_ms, asked } = self;
        write!(f, "[{},{id},{timeout_ms},", asker.number())?;
        match asked {
            Asked::Main => f.write_str("1]"),
            Asked::Window => f.write_str("0]"),
            Asked::Method(names) => write!(f, "{}]", json_string(names)),
        }
    }
}

/// The open requests with a time limit. They are here exactly as long as they are in [`Calls`] or
/// [`OpenRequests`], which both add and remove them.
///
/// [`Calls`]: super::calls::Calls
/// [`OpenRequests`]: super::open_requests::OpenRequests
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    /// Whether the clock is to be looked at: a request has come, or the last one is settled.
    is_clock_due: AtomicBool,
    /// The number of requests here. If there is none, a request that is settled takes no lock.
    count: AtomicUsize,
    table: Mutex<Table, LEAF>,
}

#[derive(Debug, Default)]
struct Table {
    limits: HashMap<Ask, Limit>,
    /// The ends of times that have begun, the earliest first. Some are of settled requests.
    ends: BinaryHeap<Reverse<(u64, Ask)>>,
    /// Requests since the last look at the clock. Some of them may be settled.
    new: Vec<Ask>,
}

#[derive(Debug)]
struct Limit {
    timeout_ms: u32,
    asked: Asked,
    /// `None` until its time begins.
    end: Option<u64>,
}

impl Deadlines {
    /// Adds a request that is let in.
    pub(super) fn add(&self, ask: Ask, timeout: Timeout, asked: impl FnOnce() -> Asked) {
        let Some(timeout_ms) = timeout else { return };
        let asked = asked();
        let mut table = self.lock();
        // A page may have a call and a request to main of one id: the later time holds.
        table.limits.insert(ask, Limit { timeout_ms, asked, end: None });
        table.new.push(ask);
        self.count.store(table.limits.len(), Ordering::Relaxed);
        self.is_clock_due.store(true, Ordering::Relaxed);
    }

    /// Removes a request that is settled.
    pub(super) fn remove(&self, ask: Ask) {
        if self.count.load(Ordering::Relaxed) == 0 {
            return;
        }
        let mut table = self.lock();
        table.limits.remove(&ask);
        self.count.store(table.limits.len(), Ordering::Relaxed);
        if table.limits.is_empty() {
            self.is_clock_due.store(true, Ordering::Relaxed);
        }
    }

    /// Whether any open request has a time limit.
    pub(super) fn has_any(&self) -> bool {
        self.count.load(Ordering::Relaxed) > 0
    }

    /// Whether [`Deadlines::look`] is to be called.
    pub(super) fn is_clock_due(&self) -> bool {
        self.is_clock_due.load(Ordering::Relaxed)
    }

    /// The requests whose time is over by now, the earliest first, and in how many milliseconds the
    /// next one's is.
    pub(super) fn look(&self, now: u64) -> (Vec<Late>, Option<u64>) {
        let mut table = self.lock();
        self.is_clock_due.store(false, Ordering::Relaxed);
        table.begin(now);
        let mut late = Vec::new();
        let next = loop {
            let Some(&Reverse((end, ask))) = table.ends.peek() else { break None };
            let is_open = table.is_open(end, ask);
            if is_open && end > now {
                break Some(end - now);
            }
            table.ends.pop();
            if let Some(limit) = is_open.then(|| table.limits.remove(&ask)).flatten() {
                let Limit { timeout_ms, asked, .. } = limit;
                late.push(Late { asker: ask.asker, id: ask.id, timeout_ms, asked });
            }
        };
        self.count.store(table.limits.len(), Ordering::Relaxed);
        (late, next)
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        let count = self.lock().limits.len();
        assert_eq!(count, self.count.load(Ordering::Relaxed));
        count
    }

    fn lock(&self) -> Locked<'_, Table, LEAF> {
        // No change can panic half-way, so a poisoned lock holds a whole table.
        self.table.lock()
    }
}

impl Table {
    fn begin(&mut self, now: u64) {
        for ask in std::mem::take(&mut self.new) {
            let Some(limit) = self.limits.get_mut(&ask).filter(|limit| limit.end.is_none()) else {
                continue;
            };
            let end = now + u64::from(limit.timeout_ms);
            limit.end = Some(end);
            self.ends.push(Reverse((end, ask)));
        }
        if self.ends.len() > MAX_SPENT + 2 * self.limits.len() {
            steps::add(self.ends.len());
            let ends = std::mem::take(&mut self.ends);
            let is_open = |&Reverse((end, ask)): &_| self.is_open(end, ask);
            self.ends = ends.into_iter().filter(is_open).collect();
        }
    }

    /// Whether a request waits for this end, and not for that of a time before.
    fn is_open(&self, end: u64, ask: Ask) -> bool {
        self.limits.get(&ask).is_some_and(|limit| limit.end == Some(end))
    }
}
