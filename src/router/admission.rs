//! Admission: which queues of a window a record goes to, and whether there is room for it.

use std::sync::atomic::Ordering;

use super::counters::Counters;
use super::endpoint::Endpoint;
use super::error::EndReason;
use super::lanes::Lanes;
use super::queue::Queue;
use super::record::Record;
use super::services::ServiceId;
use super::shares::{kept_for_main, ShareId};
use super::window::Window;
use super::window_state::{Takers, WindowState};
use super::{ContentsId, EndpointId, Limits, Overflow, Router, RouterError};

/// The outcome for a record that was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    Waits,
    Dropped,
}

/// Messages and bytes that a window's queue would let in from the main process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Messages.
    pub records: usize,
    /// Bytes of their records: `[3,form,payload]` in UTF-8, and attachments.
    pub bytes: usize,
    /// Whether it is true until the main process has used it, whatever others send. It is then a part
    /// of what is kept for the main process (`shares.rs`). A lasting lease ends with the limits, the
    /// window's name, and when one more world of the window connects.
    pub is_lasting: bool,
}

impl Router {
    /// How much the main process may send to a window before its queue is at a bound, at least. If
    /// several worlds listen, each is to get its copy. If the window with that name has closed, there
    /// is room for as much as a queue may hold: each message is reported.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`].
    pub fn lease(&self, name: &str) -> Result<Lease, RouterError> {
        let limits = self.limits();
        match self.window_named(name) {
            Some(window) => Ok(window.lease(&limits)),
            None if self.has_closed(name) => {
                let (records, bytes) = (limits.max_queue_records, limits.max_queue_bytes);
                Ok(Lease { records, bytes, is_lasting: false })
            }
            None => Err(self.no_window(name, 1)),
        }
    }
}

impl Window {
    /// Lets a record in for all endpoints that listen to its lane. If there is none, the record is
    /// pending.
    pub(super) fn push(
        &self,
        sender: ContentsId,
        mut record: Record,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        let (state, mut counters) = (self.read(), self.counters.open());
        record.share = counters.shares.of(sender);
        self.give(&state, &mut counters, record, limits)
    }

    /// Does the same for a request, or for a call of a service of this name.
    pub(super) fn push_request(
        &self,
        (sender, asker): (ContentsId, EndpointId),
        request: Record,
        service: Option<&str>,
        limits: &Limits,
    ) -> Result<Option<ServiceId>, RouterError> {
        match service {
            Some(service) => {
                self.push_to_service((sender, asker), request, service, limits).map(Some)
            }
            None => self.push(sender, request, limits).map(|()| None),
        }
    }

    /// Lets a call of a service in. Returns the service as this window names it.
    fn push_to_service(
        &self,
        (sender, asker): (ContentsId, EndpointId),
        record: Record,
        service: &str,
        limits: &Limits,
    ) -> Result<ServiceId, RouterError> {
        let give = |state: &WindowState, service| {
            let mut counters = self.counters.open();
            let mut record = record.for_service(service);
            record.share = counters.shares.of(sender);
            self.give(state, &mut counters, record, limits)
        };
        let state = self.read();
        if let Some(known) = state.services.find(service) {
            return give(&state, known).map(|()| known);
        }
        drop(state);
        let mut state = self.write();
        let awaited = state.services.find_or_await(service, asker);
        let new = awaited.inspect_err(|_| self.counters.open().rejected())?;
        let given = give(&state, new);
        state.services.dispose_if_unused(new);
        given.map(|()| new)
    }

    /// Does the same for several records, without a moment between them. A record that is rejected
    /// stops no other.
    pub(super) fn push_all(
        &self,
        sender: ContentsId,
        records: &mut dyn Iterator<Item = Record>,
        limits: &Limits,
        rejected: &mut dyn FnMut(RouterError),
    ) {
        let (state, mut counters) = (self.read(), self.counters.open());
        let share = counters.shares.of(sender);
        for mut record in records {
            record.share = share;
            self.give(&state, &mut counters, record, limits).unwrap_or_else(&mut *rejected);
        }
    }

    fn give(
        &self,
        state: &WindowState,
        counters: &mut Counters,
        mut record: Record,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        if state.is_closed() {
            return Err(RouterError::TargetEnded(EndReason::Closed));
        }
        record.place = counters.next_place();
        let lane = record.exact_lane();
        let (queue, taker) = match state.takers(lane) {
            Takers::Nobody => (state.pending_or_new(lane), None),
            Takers::One(taker) => (Some(&taker.queue), Some(taker)),
            Takers::Several => return self.give_to_all(state, counters, record, limits),
        };
        // A service that a record names is served or has a queue.
        let queue = queue.ok_or(RouterError::TargetEnded(EndReason::Removed))?;
        match self.admit(state, counters, queue, &record, limits)? {
            Admission::Waits => {
                queue.push(record);
                taker.into_iter().for_each(|taker| self.ready.mark(taker));
            }
            Admission::Dropped => self.notify_sender(&record, self.full(counters, &record)),
        }
        Ok(())
    }

    /// A sender is notified of a rejection or a drop only if no endpoint got the record.
    fn give_to_all(
        &self,
        state: &WindowState,
        counters: &mut Counters,
        mut record: Record,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        record.prepare_copies();
        let mut results = Vec::new();
        for taker in state.listeners(record.lane()) {
            let result = self.admit(state, counters, &taker.queue, &record, limits);
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
            self.notify_sender(&record, self.full(counters, &record));
            return Ok(());
        }
        results.into_iter().next().map_or(Ok(()), |first| first.map(drop))
    }

    /// Lets answers or nacks in for one endpoint, above the bounds if need be, because a request that
    /// was let in is always settled. If the page has no room for an answer, it gets a nack instead.
    /// False if the endpoint's document has ended.
    pub(super) fn push_answers(
        &self,
        endpoint: &Endpoint,
        answers: &mut dyn Iterator<Item = Record>,
        limits: &Limits,
    ) -> bool {
        let state = self.read();
        let here = state.has_endpoint(endpoint);
        if here {
            let mut counters = self.counters.open();
            for answer in answers {
                let record = endpoint.settling(answer, counters.answers.bytes, limits);
                endpoint.pending_answers.fetch_add(1, Ordering::Relaxed);
                counters.admit_always(record.share, record.bytes());
                endpoint.queue.push(record);
            }
            self.ready.mark(endpoint);
        }
        here
    }

    /// The part that is kept for the main process, as far as it is free, or else all that is free at
    /// this moment.
    pub(super) fn lease(&self, limits: &Limits) -> Lease {
        // Each world may come to listen.
        let copies = self.read().endpoints.len().max(1) as u64;
        let counters = self.counters.open();
        let (taken, main) = (counters.taken(), counters.shares.main());
        let free = |most: usize, taken: u64| (most as u64).saturating_sub(taken);
        let records = free(limits.max_queue_records, taken.records);
        let bytes = free(limits.max_queue_bytes, taken.bytes);
        let lasting = |free: u64, most: usize, main: u64| {
            free.min(kept_for_main(most as u64).saturating_sub(main)) / copies
        };
        let kept_records = lasting(records, limits.max_queue_records, main.records);
        let kept_bytes = lasting(bytes, limits.max_queue_bytes, main.bytes);
        let lease = |records: u64, bytes: u64, is_lasting| {
            let count = |many| usize::try_from(many).unwrap_or(usize::MAX);
            Lease { records: count(records), bytes: count(bytes), is_lasting }
        };
        if kept_records > 0 && kept_bytes > 0 {
            lease(kept_records, kept_bytes, true)
        } else {
            lease(records / copies, bytes / copies, false)
        }
    }

    /// Counts a record in for a queue, in the place of others if the policy says so.
    pub(super) fn admit(
        &self,
        state: &WindowState,
        counters: &mut Counters,
        queue: &Queue,
        record: &Record,
        limits: &Limits,
    ) -> Result<Admission, RouterError> {
        // A request is rejected under every policy, so that its promise settles.
        let droppable = Lanes::DROPPABLE.contains(record.lane());
        let in_main = self.contents == ContentsId::MAIN;
        while !counters.admit(record.share, record.bytes(), limits, in_main) {
            if self.drop_leftovers(state, counters) {
                continue;
            }
            match limits.overflow {
                Overflow::DropNewest if droppable => {
                    counters.dropped_on_arrival();
                    return Ok(Admission::Dropped);
                }
                Overflow::DropOldest if droppable && record.bytes() <= limits.max_queue_bytes => {
                    let lanes = counters.lanes_that_give_way(limits);
                    let oldest = state.evict(queue, lanes).or_else(|| {
                        // One of the sender's own, if there is none of others.
                        let own = record.share == ShareId::MAIN;
                        own.then(|| state.evict(queue, Lanes::DROPPABLE)).flatten()
                    });
                    let oldest = oldest.ok_or_else(|| self.reject(counters, record))?;
                    let full = self.full(counters, &oldest);
                    if oldest.publication().is_some() {
                        self.notify_publisher(&oldest, full.clone());
                    }
                    self.drop_record(counters, &oldest, full);
                }
                _ => return Err(self.reject(counters, record)),
            }
        }
        Ok(Admission::Waits)
    }

    /// Drops pending records of closed windows on lanes without listeners. False if there are none.
    fn drop_leftovers(&self, state: &WindowState, counters: &mut Counters) -> bool {
        if !counters.shares.begin_search() {
            return false;
        }
        let mut any = false;
        for pending in state.pending_queues() {
            // Calls of closed windows were settled when they closed.
            let is_left = |record: &Record| {
                counters.shares.is_of_closed(record.share)
                    && (record.sender().is_some() || self.contents == ContentsId::MAIN)
            };
            for record in pending.take_where(&is_left) {
                counters.dropped(&record);
                state.services.note_dropped();
                any = true;
            }
        }
        any
    }

    /// Drops a record that was let in. If it is a message, its sender is notified, unless a world took
    /// a copy or another copy still waits.
    pub(super) fn drop_record(&self, counters: &mut Counters, record: &Record, why: RouterError) {
        counters.dropped(record);
        if record.shared.is_last_copy() && !record.shared.is_taken() {
            self.notify_sender(record, why);
        }
    }

    fn notify_sender(&self, message: &Record, why: RouterError) {
        if let Some(sender) = message.sender() {
            self.undelivered.note(sender, self.name_json(), why, 1);
        }
    }

    fn reject(&self, counters: &mut Counters, record: &Record) -> RouterError {
        counters.rejected();
        self.full(counters, record)
    }

    pub(super) fn full(&self, counters: &Counters, record: &Record) -> RouterError {
        let counts = counters.counts();
        RouterError::QueueFull {
            target: self.describe(),
            records: usize::try_from(counts.queued).unwrap_or(usize::MAX),
            bytes: usize::try_from(counts.queued_bytes).unwrap_or(usize::MAX),
            record_bytes: record.bytes(),
        }
    }
}
