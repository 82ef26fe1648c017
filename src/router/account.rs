//! The books of one window: what was let in, where it went, and what the bounds allow.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::record::Record;
use super::Limits;

/// Counts of records. At every moment `accepted = delivered + queued + dropped`.
///
/// A record that two worlds of a document listen to counts once for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Let into a queue.
    pub accepted: u64,
    /// Handed to the platform in a frame.
    pub delivered: u64,
    /// Waiting now.
    pub queued: u64,
    /// Bytes waiting now, attachments included.
    pub queued_bytes: u64,
    /// Let in, and given up since.
    pub dropped: u64,
    /// Not let in; the sender was told.
    pub refused: u64,
}

impl Counts {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            accepted: self.accepted + other.accepted,
            delivered: self.delivered + other.delivered,
            queued: self.queued + other.queued,
            queued_bytes: self.queued_bytes + other.queued_bytes,
            dropped: self.dropped + other.dropped,
            refused: self.refused + other.refused,
        }
    }

    fn fits(&self, record: &Record, limits: &Limits) -> bool {
        self.queued < limits.max_queue_records as u64
            && self.queued_bytes + record.bytes() as u64 <= limits.max_queue_bytes as u64
    }

    fn enter(&mut self, record: &Record) {
        self.accepted += 1;
        self.queued += 1;
        self.queued_bytes += record.bytes() as u64;
    }
}

/// The counts as they change, by whoever has them in hand.
#[derive(Debug, Default)]
pub(super) struct Books {
    counts: Counts,
    last_place: u32,
}

impl Books {
    /// The place of the next record among all that the window was sent; wraps around.
    pub(super) fn next_place(&mut self) -> u32 {
        self.last_place = self.last_place.wrapping_add(1);
        self.last_place
    }

    /// Books a record in if both bounds allow it.
    pub(super) fn admit(&mut self, record: &Record, limits: &Limits) -> bool {
        let fits = self.counts.fits(record, limits);
        if fits {
            self.counts.enter(record);
        }
        fits
    }

    /// Books a record in whatever the bounds say.
    pub(super) fn admit_always(&mut self, record: &Record) {
        self.counts.enter(record);
    }

    pub(super) fn dropped(&mut self, record: &Record) {
        self.counts.queued -= 1;
        self.counts.queued_bytes -= record.bytes() as u64;
        self.counts.dropped += 1;
    }

    /// A record that was let in and given up at once.
    pub(super) fn dropped_on_arrival(&mut self) {
        self.counts.accepted += 1;
        self.counts.dropped += 1;
    }

    pub(super) fn refused(&mut self) {
        self.counts.refused += 1;
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts
    }
}

/// One lock for all of a window's books, so that what `counts` shows adds up at every moment,
/// whichever threads are at work. Queues may be looked into while it is held, never the other way
/// round.
#[derive(Debug, Default)]
pub(super) struct Account(Mutex<Books>);

impl Account {
    pub(super) fn delivered(&self, records: u64, bytes: usize) {
        let counts = &mut self.open().counts;
        counts.queued -= records;
        counts.queued_bytes -= bytes as u64;
        counts.delivered += records;
    }

    pub(super) fn dropped(&self, record: &Record) {
        self.open().dropped(record);
    }

    pub(super) fn counts(&self) -> Counts {
        self.open().counts
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Books> {
        // Each change above is whole before it can panic, so a poisoned lock holds true counts.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
