//! One queue of records, first in, first out, filled from any thread.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{unbounded, Receiver, Sender};

use super::record::Record;

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

    pub(super) fn pop(&self) -> Option<Record> {
        self.pop_after(&mut self.first())
    }

    /// Takes the oldest record that waits for a listener; replies and nacks stay where they are.
    pub(super) fn evict(&self) -> Option<Record> {
        let mut first = self.first();
        let at = first.iter().position(|record| !record.lane.is_empty());
        if let Some(evicted) = at.and_then(|at| first.remove(at)) {
            return Some(evicted);
        }
        while let Ok(record) = self.front.try_recv() {
            if !record.lane.is_empty() {
                return Some(record);
            }
            first.push_back(record);
        }
        None
    }

    /// Takes out all there is, in order.
    pub(super) fn take(&self) -> Vec<Record> {
        let mut first = self.first();
        std::iter::from_fn(|| self.pop_after(&mut first)).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.front.is_empty() && self.first().is_empty()
    }

    fn pop_after(&self, first: &mut VecDeque<Record>) -> Option<Record> {
        first.pop_front().or_else(|| self.front.try_recv().ok())
    }

    fn first(&self) -> MutexGuard<'_, VecDeque<Record>> {
        // VecDeque's methods leave it whole when they panic, so a poisoned lock is still good.
        self.first.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
