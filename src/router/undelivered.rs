//! Messages and requests that were dropped or rejected, until their senders are notified. Those with
//! one sender, one target and one cause share a nack: a flood must not come back as a flood.
//!
//! Nacks that a page does not take are kept here, joined, and not in its queue. For rejected
//! requests the first and last id of each run is kept, so that a page that sends on and on takes no memory. No
//! nack is dropped. A page whose ids count up has a run or two.

use std::collections::hash_map::{Entry, HashMap};
use std::collections::VecDeque;
use std::sync::Arc;

use super::calls::Ask;
use super::error::{shortened, EndReason};
use super::hashing::Hashing;
use super::ordered::{Locked, Mutex, LEAF};
use super::record::{json_string, Record};
use super::{EndpointId, RouterError};

/// Open requests of one page, with answers and nacks that it has not taken. At this many, further
/// requests are rejected.
pub(super) const MAX_OPEN: usize = 100_000;

/// Answers and nacks that wait in a page's queue. At this many, its further nacks are joined here.
pub(super) const MAX_NACKS: usize = 1_000;

/// Fates of one page's messages that have a nack each. Further windows share one.
const MAX_FATES: usize = 1_000;

/// Nacks of a page that list the known names. Further ones are brief.
const MAX_LISTS: usize = 20;

/// Runs of rejected requests that a page has not taken. At this many, its packets are rejected. A page
/// whose ids count up never has as many.
const MAX_RUNS: usize = 100_000;

/// Stands for the other windows, behind [`MAX_FATES`].
const OTHERS_JSON: &str = "\"…\"";

/// A longer name is shortened where it is repeated, in bytes of its JSON string.
const LONG_NAME: usize = 600;

#[derive(Debug, Default)]
pub(super) struct Undelivered(Mutex<Notes, LEAF>);

#[derive(Debug, Default)]
struct Notes {
    by_sender: HashMap<EndpointId, Owed, Hashing>,
    /// Senders that may be notified now.
    due: Vec<EndpointId>,
}

/// The nacks that one sender is to get.
#[derive(Debug, Default)]
struct Owed {
    messages: HashMap<Fate, Count>,
    runs: VecDeque<Run>,
    is_due: bool,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Fate {
    /// The target's name as a JSON string.
    target_json: Arc<str>,
    code: &'static str,
    reason: Option<EndReason>,
}

#[derive(Debug)]
struct Count {
    messages: u64,
    first_error: RouterError,
}

/// Rejected requests of one cause whose ids follow one another.
#[derive(Debug)]
struct Run {
    first: u64,
    last: u64,
    cause: Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) code: &'static str,
    pub(super) reason: Option<EndReason>,
    pub(super) sentence: &'static str,
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
        let mut notes = self.lock();
        let owed = notes.owed(sender);
        let fate = owed.fate(sender, target_json, &error);
        match owed.messages.entry(fate) {
            Entry::Occupied(mut known) => known.get_mut().messages += messages,
            Entry::Vacant(new) => drop(new.insert(Count { messages, first_error: error })),
        }
    }

    /// Notes a rejected request. False if its asker has more runs than it may.
    pub(super) fn note_rejected(&self, ask: Ask, error: &RouterError) -> bool {
        let cause = Cause::of(error);
        let mut notes = self.lock();
        let owed = notes.owed(ask.asker);
        match owed.runs.back_mut().filter(|run| run.cause == cause) {
            Some(run) if (run.first..=run.last).contains(&ask.id) => {}
            Some(run) if run.last + 1 == ask.id => run.last = ask.id,
            _ => owed.runs.push_back(Run { first: ask.id, last: ask.id, cause }),
        }
        owed.runs.len() < MAX_RUNS
    }

    pub(super) fn has_rejected(&self, asker: EndpointId) -> bool {
        self.lock().by_sender.get(&asker).is_some_and(|owed| !owed.runs.is_empty())
    }

    /// Notes that a page took a packet: it may be notified again.
    pub(super) fn remind(&self, sender: EndpointId) {
        let mut notes = self.lock();
        if notes.by_sender.contains_key(&sender) {
            notes.owed(sender);
        }
    }

    /// The senders that may be notified, since the last call.
    pub(super) fn take_due(&self) -> Vec<EndpointId> {
        let mut notes = self.lock();
        let due = std::mem::take(&mut notes.due);
        for sender in &due {
            if let Some(owed) = notes.by_sender.get_mut(sender) {
                owed.is_due = false;
            }
        }
        due
    }

    /// The nacks for a sender: of all messages, and of this many runs of requests.
    pub(super) fn take(&self, sender: EndpointId, runs: usize) -> Vec<Record> {
        let mut notes = self.lock();
        let Some(owed) = notes.by_sender.get_mut(&sender) else { return Vec::new() };
        let mut nacks = owed.take_messages();
        let end = runs.min(owed.runs.len());
        nacks.extend(owed.runs.drain(..end).map(Run::nack));
        if owed.runs.is_empty() {
            notes.by_sender.remove(&sender);
        }
        nacks
    }

    /// Disposes the nacks of senders that have ended.
    pub(super) fn dispose(&self, senders: &[EndpointId]) {
        let mut notes = self.lock();
        for sender in senders {
            notes.by_sender.remove(sender);
        }
    }

    fn lock(&self) -> Locked<'_, Notes, LEAF> {
        // A thread that panicked may have taken a count with it. The counters are kept elsewhere.
        self.0.lock()
    }
}

impl Notes {
    /// The nacks of a sender, which are due from now on.
    fn owed(&mut self, sender: EndpointId) -> &mut Owed {
        let owed = self.by_sender.entry(sender).or_default();
        if !std::mem::replace(&mut owed.is_due, true) {
            self.due.push(sender);
        }
        owed
    }
}

impl Owed {
    fn fate(&self, sender: EndpointId, target_json: Arc<str>, error: &RouterError) -> Fate {
        let fate =
            Fate { target_json: echo(target_json), code: error.code(), reason: error.end_reason() };
        let is_new = || !self.messages.contains_key(&fate);
        if sender != EndpointId::MAIN && self.messages.len() >= MAX_FATES && is_new() {
            return Fate { target_json: OTHERS_JSON.into(), ..fate };
        }
        fate
    }

    fn take_messages(&mut self) -> Vec<Record> {
        let mut lists = 0;
        let mut nack = |(Fate { target_json, .. }, Count { messages, first_error }): (_, Count)| {
            lists += usize::from(matches!(first_error, RouterError::UnknownWindow { .. }));
            if lists > MAX_LISTS {
                Record::nack_briefly(&target_json, Cause::of(&first_error), messages)
            } else {
                Record::nack(&target_json, &first_error, messages)
            }
        };
        std::mem::take(&mut self.messages).into_iter().map(&mut nack).collect()
    }
}

impl Cause {
    fn of(error: &RouterError) -> Self {
        Self { code: error.code(), reason: error.end_reason(), sentence: error.brief() }
    }
}

impl Run {
    fn nack(self) -> Record {
        let Self { first, last, cause } = self;
        Record::nack_briefly(&first.to_string(), cause, last - first + 1)
    }
}

/// A name as it goes back to its sender.
fn echo(name_json: Arc<str>) -> Arc<str> {
    // The addresses of topics have shortened names.
    if name_json.len() <= LONG_NAME || name_json.starts_with('[') {
        return name_json;
    }
    json_string(&shortened(name_json.trim_start_matches('"'))).into()
}
