//! How much of a window's queue each sender has. No sender can take the room of the others.
//!
//! A sender is a window, with all its documents and worlds, or the main process. The main process may
//! use the whole queue, and a quarter is kept for it. A window may have at most three times as much
//! as is left to windows after that. The first that sends all it can has three quarters of their
//! part, the next three quarters of the rest. Something is always left for another window, and while
//! records come and go the shares become equal.

use std::collections::HashMap;

use super::hashing::Hashing;
use super::{steps, ContentsId, Limits};

/// Records, and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) records: u64,
    pub(super) bytes: u64,
}

impl Used {
    pub(super) fn add(&mut self, bytes: usize) {
        self.records += 1;
        self.bytes += bytes as u64;
    }

    pub(super) fn one(bytes: usize) -> Self {
        Self { records: 1, bytes: bytes as u64 }
    }

    /// Whether one more record of these bytes is within the bounds.
    pub(super) fn is_below(self, bytes: usize, limits: &Limits) -> bool {
        self.records < limits.max_queue_records as u64
            && self.bytes + bytes as u64 <= limits.max_queue_bytes as u64
    }

    pub(super) fn subtract(&mut self, other: Self) {
        self.records -= other.records;
        self.bytes -= other.bytes;
    }
}

/// Names a sender's share in one window. It is small, because every waiting record has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShareId(u16);

impl Default for ShareId {
    fn default() -> Self {
        Self::NONE
    }
}

impl ShareId {
    /// Answers and nacks count for their receiver and are in no sender's share.
    pub(super) const NONE: Self = Self(u16::MAX);
    pub(super) const MAIN: Self = Self(0);

    fn index(self) -> usize {
        self.0.into()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Share {
    used: Used,
    /// Its window has closed.
    is_closed: bool,
}

/// The part of a queue that is kept for the main process is one divided by this.
const MAIN_PART: u64 = 4;
/// The part of a queue of this length that no window can take.
pub(super) fn kept_for_main(most: u64) -> u64 {
    most / MAIN_PART
}

/// A window may have this many times as much as is left.
const TIMES_LEFT: u64 = 3;
/// At this many senders, those that have no records here are disposed for the first time.
const FEW: usize = 64;
/// Shares. Senders beyond them have one share together.
const MAX: usize = 60_000;

/// Records that closed windows sent and that wait for a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leftovers {
    /// No window with records here has closed.
    None,
    /// All that waited for a listener at the last search were dropped.
    Searched,
    /// There may be some.
    Unsearched,
}

#[derive(Debug)]
pub(super) struct Shares {
    /// The first is the main process's.
    all: Vec<Share>,
    unused: Vec<ShareId>,
    by_sender: HashMap<ContentsId, ShareId, Hashing>,
    /// The sender that was looked for last.
    last: (ContentsId, ShareId),
    /// At this many senders, those that have no records here are disposed.
    dispose_at: usize,
    /// All windows together.
    windows: Used,
    leftovers: Leftovers,
}

impl Default for Shares {
    fn default() -> Self {
        Self {
            all: vec![Share::default()],
            unused: Vec::new(),
            by_sender: HashMap::default(),
            last: (ContentsId::MAIN, ShareId::MAIN),
            dispose_at: FEW,
            windows: Used::default(),
            leftovers: Leftovers::None,
        }
    }
}

impl Shares {
    pub(super) fn of(&mut self, sender: ContentsId) -> ShareId {
        if self.last.0 != sender {
            self.last = (sender, self.find(sender));
        }
        self.last.1
    }

    fn find(&mut self, sender: ContentsId) -> ShareId {
        if sender == ContentsId::MAIN {
            return ShareId::MAIN;
        }
        if let Some(&known) = self.by_sender.get(&sender) {
            return known;
        }
        if self.by_sender.len() >= self.dispose_at {
            self.dispose_unused();
        }
        let id = self.unused.pop().unwrap_or_else(|| self.add());
        self.all[id.index()].is_closed = false;
        self.by_sender.insert(sender, id);
        id
    }

    fn add(&mut self) -> ShareId {
        let at = self.all.len().min(MAX);
        if at == self.all.len() {
            self.all.push(Share::default());
        }
        u16::try_from(at).map_or(ShareId::NONE, ShareId)
    }

    fn dispose_unused(&mut self) {
        steps::add(self.by_sender.len());
        let Self { all, unused, by_sender, .. } = self;
        by_sender.retain(|_, id| {
            let is_used = all[id.index()].used.records > 0;
            if !is_used && id.index() < MAX {
                unused.push(*id);
            }
            is_used
        });
        self.last = (ContentsId::MAIN, ShareId::MAIN);
        self.dispose_at = FEW + 2 * self.by_sender.len();
    }

    /// Whether a sender may have one more record of these bytes. `in_main`: in the queue of the main
    /// process, which keeps nothing for itself.
    pub(super) fn is_allowed(
        &self,
        id: ShareId,
        bytes: usize,
        limits: &Limits,
        in_main: bool,
    ) -> bool {
        let Some(share) = self.all.get(id.index()).filter(|_| id != ShareId::MAIN) else {
            return true;
        };
        let left = |most: usize, now: u64| {
            let most = most as u64;
            let kept = if in_main { 0 } else { kept_for_main(most) };
            (most - kept).saturating_sub(now)
        };
        let records = left(limits.max_queue_records, self.windows.records);
        let bytes_after = self.windows.bytes + bytes as u64;
        let left_after = left(limits.max_queue_bytes, bytes_after);
        share.used.records < TIMES_LEFT * records
            && share.used.bytes + bytes as u64 <= TIMES_LEFT * left_after
    }

    /// The records of the main process.
    pub(super) fn main(&self) -> Used {
        self.all[ShareId::MAIN.index()].used
    }

    /// Whether the main process has less than the part that is kept for it.
    pub(super) fn is_main_below(&self, limits: &Limits) -> bool {
        let main = self.main();
        main.records < kept_for_main(limits.max_queue_records as u64)
            && main.bytes < kept_for_main(limits.max_queue_bytes as u64)
    }

    pub(super) fn enter(&mut self, id: ShareId, bytes: usize) {
        if let Some(share) = self.all.get_mut(id.index()) {
            share.used.add(bytes);
            if id != ShareId::MAIN {
                self.windows.add(bytes);
            }
        }
    }

    pub(super) fn leave(&mut self, id: ShareId, used: Used) {
        if let Some(share) = self.all.get_mut(id.index()) {
            share.used.subtract(used);
            if id != ShareId::MAIN {
                self.windows.subtract(used);
            }
        }
    }

    /// Notes that a sender's window has closed.
    pub(super) fn sender_closed(&mut self, sender: ContentsId) {
        if let Some(id) = self.by_sender.get(&sender) {
            let share = &mut self.all[id.index()];
            share.is_closed = share.used.records > 0;
            if share.is_closed {
                self.leftovers = Leftovers::Unsearched;
            }
        }
    }

    /// Notes that records of closed windows may be pending again.
    pub(super) fn look_again(&mut self) {
        if self.leftovers == Leftovers::Searched {
            self.leftovers = Leftovers::Unsearched;
        }
    }

    /// Whether leftovers are to be searched for now; they count as searched from then on.
    pub(super) fn begin_search(&mut self) -> bool {
        let is_due = self.leftovers == Leftovers::Unsearched;
        if is_due {
            self.leftovers = Leftovers::Searched;
        }
        is_due
    }

    pub(super) fn is_of_closed(&self, id: ShareId) -> bool {
        self.all.get(id.index()).is_some_and(|share| share.is_closed)
    }
}
