//! The counters of one window, and whether the limits allow one more record.

use super::ordered::{Locked, Mutex, COUNTERS};
use super::record::Record;
use super::shares::{ShareId, Shares, Used};
use super::{ContentsId, Lanes, Limits};

/// Counts of records. At every moment `accepted = delivered + queued + dropped`.
///
/// A record that two worlds of a document listen to counts once for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Let into a queue.
    pub accepted: u64,
    /// Handed to the platform in a packet.
    pub delivered: u64,
    /// Waiting now.
    pub queued: u64,
    /// Bytes waiting now, attachments included.
    pub queued_bytes: u64,
    /// Let in, and dropped later.
    pub dropped: u64,
    /// Rejected, and the sender notified.
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

    fn leave(&mut self, used: Used) {
        self.queued -= used.records;
        self.queued_bytes -= used.bytes;
    }
}

/// The counts of a window, while a thread holds their lock.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counts: Counts,
    pub(super) shares: Shares,
    last_place: u32,
    /// Answers and nacks. They have bounds of their own and take no room of messages and requests.
    pub(super) answers: Used,
    /// Settled calls whose records are still in the queues. They count as dropped already.
    spent: Used,
}

impl Counters {
    /// Bytes of settled calls that may be in the queues, beside a part of the counted bytes.
    const MAX_SPENT: u64 = 64 << 10;
    /// Records that may be searched at any time.
    const FEW: u64 = 16;
    /// To look at a record costs as much as to send this many bytes.
    const LOOK: u64 = 64;

    /// The place of the next record among all that the window was sent; wraps around.
    pub(super) fn next_place(&mut self) -> u32 {
        self.last_place = self.last_place.wrapping_add(1);
        self.last_place
    }

    /// Counts a record in if the bounds and its sender's share allow it.
    pub(super) fn admit(
        &mut self,
        share: ShareId,
        bytes: usize,
        limits: &Limits,
        in_main: bool,
    ) -> bool {
        let fits = self.taken().is_below(bytes, limits)
            && self.shares.is_allowed(share, bytes, limits, in_main);
        if fits {
            self.enter(share, bytes);
        }
        fits
    }

    /// Counts a record in, even above the bounds.
    pub(super) fn admit_always(&mut self, share: ShareId, bytes: usize) {
        self.enter(share, bytes);
    }

    /// Queued messages and requests.
    pub(super) fn taken(&self) -> Used {
        let Counts { queued, queued_bytes, .. } = self.counts;
        Used { records: queued - self.answers.records, bytes: queued_bytes - self.answers.bytes }
    }

    fn enter(&mut self, share: ShareId, bytes: usize) {
        self.counts.accepted += 1;
        self.counts.queued += 1;
        self.counts.queued_bytes += bytes as u64;
        if share == ShareId::NONE {
            self.answers.add(bytes);
        } else {
            self.shares.enter(share, bytes);
        }
    }

    pub(super) fn delivered(&mut self, share: ShareId, used: Used) {
        self.counts.leave(used);
        self.counts.delivered += used.records;
        self.leave(share, used);
    }

    pub(super) fn dropped(&mut self, record: &Record) {
        record.publication().into_iter().for_each(|it| it.topic.count_dropped());
        self.drop_one(record.share, record.bytes());
    }

    /// Counts a record in whose place a later one comes as dropped.
    pub(super) fn replaced(&mut self, record: &Record) {
        record.publication().into_iter().for_each(|it| it.topic.count_replaced());
        self.drop_one(record.share, record.bytes());
    }

    fn drop_one(&mut self, share: ShareId, bytes: usize) {
        let used = Used::one(bytes);
        self.counts.leave(used);
        self.counts.dropped += 1;
        self.leave(share, used);
    }

    fn leave(&mut self, share: ShareId, used: Used) {
        if share == ShareId::NONE {
            self.answers.subtract(used);
        } else {
            self.shares.leave(share, used);
        }
    }

    /// Counts a call that was settled while it waited here as dropped. Its record leaves the queue
    /// when its turn comes, or with others like it.
    pub(super) fn settled(&mut self, asker: ContentsId, bytes: usize) {
        let share = self.shares.of(asker);
        self.drop_one(share, bytes);
        self.spent.records += 1;
        self.spent.bytes += bytes as u64;
    }

    /// Whether a search of the queues for settled calls costs less than those calls take. Each search
    /// is then paid for by the calls that were settled.
    pub(super) fn has_much_spent(&self) -> bool {
        let Used { records, bytes } = self.spent;
        let queued = self.counts.queued;
        queued + records <= Self::FEW
            || bytes > Self::MAX_SPENT + Self::LOOK * (queued + records)
            || records > queued + Self::LOOK
    }

    /// Notes that the record of a settled call is out of the queues.
    pub(super) fn spent_left(&mut self, bytes: usize) {
        self.spent.records = self.spent.records.saturating_sub(1);
        self.spent.bytes = self.spent.bytes.saturating_sub(bytes as u64);
    }

    /// The lanes whose oldest messages are dropped for others. While the main process has less than
    /// its part, its messages are not dropped; values that it published may be.
    pub(super) fn lanes_that_give_way(&self, limits: &Limits) -> Lanes {
        if self.shares.is_main_below(limits) {
            Lanes::FROM_OTHER.and(Lanes::PUBLISHED)
        } else {
            Lanes::DROPPABLE
        }
    }

    /// Counts a record that was let in and dropped at once.
    pub(super) fn dropped_on_arrival(&mut self) {
        self.counts.accepted += 1;
        self.counts.dropped += 1;
    }

    pub(super) fn rejected(&mut self) {
        self.counts.refused += 1;
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts
    }
}

/// One lock for all of a window's counters, so that the counts add up at every moment. A thread that
/// holds it may lock a queue, and never the other way round (`mod.rs`, Locking).
#[derive(Debug, Default)]
pub(super) struct WindowCounters(Mutex<Counters, COUNTERS>);

impl WindowCounters {
    pub(super) fn counts(&self) -> Counts {
        self.open().counts
    }

    pub(super) fn open(&self) -> Locked<'_, Counters, COUNTERS> {
        // Each change above is whole before it can panic, so a poisoned lock holds true counts.
        self.0.lock()
    }
}
