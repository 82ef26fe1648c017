//! One queue of records, first in, first out, filled from any thread.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{unbounded, Receiver, Sender};

use super::record::Record;
use super::RequestNumber;

/// Bounded by the window's account, not by itself.
#[derive(Debug)]
pub(super) struct Queue {
    back: Sender<Record>,
    front: Receiver<Record>,
    /// Records that were taken out and must go first.
    first: Mutex<VecDeque<Record>>,
}

impl Queue {
    pub(super) fn new() -> Self {
        let (back, front) = unbounded();
        Self { back, front, first: Mutex::default() }
    }

    pub(super) fn push(&self, record: Record) {
        // Cannot fail: this queue holds the receiver.
        let _ = self.back.send(record);
    }

    /// To take records out, one after the other, under one lock.
    pub(super) fn front(&self) -> Front<'_> {
        Front { queue: self, first: self.first() }
    }

    /// Takes the oldest message; whatever settles or wants to be settled stays where it is.
    pub(super) fn evict(&self) -> Option<Record> {
        let mut first = self.first();
        let at = first.iter().position(|record| record.sender().is_some());
        if let Some(evicted) = at.and_then(|at| first.remove(at)) {
            return Some(evicted);
        }
        while let Ok(record) = self.front.try_recv() {
            if record.sender().is_some() {
                return Some(record);
            }
            first.push_back(record);
        }
        None
    }

    /// Puts a record where it belongs among those of its lane.
    pub(super) fn insert(&self, record: Record) {
        let mut first = self.first();
        self.gather(&mut first);
        // From the back: records that come back do so in order, and each finds its place at once.
        let is_before = |it: &Record| it.lane == record.lane && record.is_later_than(it);
        let is_of_lane = |it: &Record| it.lane == record.lane;
        let after = first.iter().rposition(is_before).map(|at| at + 1);
        let at = after.or_else(|| first.iter().position(is_of_lane)).unwrap_or(first.len());
        first.insert(at, record);
    }

    /// Takes out what this holds of, in order.
    pub(super) fn take_where(&self, holds: impl Fn(&Record) -> bool) -> Vec<Record> {
        let mut first = self.first();
        self.gather(&mut first);
        let (taken, stay): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut *first).into_iter().partition(&holds);
        *first = stay;
        taken.into()
    }

    /// Takes out the request of a number.
    pub(super) fn take_request(&self, number: RequestNumber) -> Option<Record> {
        let mut first = self.first();
        self.gather(&mut first);
        let at = first.iter().position(|record| record.request_number() == Some(number))?;
        first.remove(at)
    }

    /// Takes out all there is, in order.
    pub(super) fn take(&self) -> Vec<Record> {
        let mut front = self.front();
        std::iter::from_fn(|| front.pop()).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.front.is_empty() && self.first().is_empty()
    }

    /// Puts all there is into the part that can be looked through.
    fn gather(&self, first: &mut VecDeque<Record>) {
        first.extend(self.front.try_iter());
    }

    fn first(&self) -> MutexGuard<'_, VecDeque<Record>> {
        // VecDeque's methods leave it whole when they panic, so a poisoned lock is still good.
        self.first.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The end where records come out.
pub(super) struct Front<'a> {
    queue: &'a Queue,
    first: MutexGuard<'a, VecDeque<Record>>,
}

impl Front<'_> {
    pub(super) fn pop(&mut self) -> Option<Record> {
        self.first.pop_front().or_else(|| self.queue.front.try_recv().ok())
    }

    /// Takes the next record out if this holds of it.
    pub(super) fn pop_if(&mut self, holds: impl FnOnce(&Record) -> bool) -> Option<Record> {
        let record = self.pop()?;
        if holds(&record) {
            return Some(record);
        }
        self.first.push_front(record);
        None
    }
}
