//! One queue of records, first in, first out, filled from any thread.

use std::collections::hash_map::HashMap;
use std::collections::VecDeque;

use super::conflated::Conflated;
use super::hashing::Hashing;
use super::lanes::{Lane, Lanes};
use super::ordered::{Locked, Mutex, QUEUE};
use super::record::{is_later, Record};
use super::steps;

/// The window's counters bound it. No method takes more steps than there are records. Methods that
/// are called for each record take a constant number on average.
#[derive(Debug, Default)]
pub(super) struct Queue(Mutex<Records, QUEUE>);

#[derive(Debug, Default)]
struct Records {
    /// `None` where a record was taken out of the middle.
    slots: VecDeque<Option<Record>>,
    /// Slots that have a record or a ticket.
    used: usize,
    /// Records.
    count: usize,
    /// Those that a ticket stands for.
    conflated: Conflated,
    /// By lane: no slot before this one has a record of the lane.
    searched: [usize; Lanes::COUNT],
}

impl Queue {
    pub(super) fn push(&self, record: Record) {
        self.lock().push(record);
    }

    /// The front, where records are taken out one after the other under one lock.
    pub(super) fn front(&self) -> Front<'_> {
        Front(self.lock())
    }

    /// Takes the oldest record of some lanes.
    pub(super) fn evict(&self, lanes: Lanes) -> Option<Record> {
        self.lock().evict(lanes)
    }

    /// Inserts records by their places among those of their lane: behind the last that was sent
    /// before, or else before the first. If the lane has none, they go to the end.
    pub(super) fn insert_all(&self, records: Vec<Record>) {
        self.lock().insert_all(records);
    }

    /// Takes out the published value that another replaces.
    pub(super) fn take_replaced(&self, by: &Record) -> Option<Record> {
        let mut records = self.lock();
        let replaced = records.conflated.take_replaced(by);
        records.count -= usize::from(replaced.is_some());
        replaced
    }

    /// Takes out the records that are wanted, in order. Published values stay.
    pub(super) fn take_where(&self, is_wanted: &dyn Fn(&Record) -> bool) -> Vec<Record> {
        let mut records = self.lock();
        steps::add(records.slots.len());
        let mut taken = Vec::new();
        for record in records.take_slots() {
            if record.lane() != Lanes::PUBLISHED && is_wanted(&record) {
                records.count -= 1;
                taken.push(record);
            } else {
                records.push_slot(record);
            }
        }
        taken
    }

    /// Takes out all there is, in order.
    pub(super) fn take(&self) -> Vec<Record> {
        let mut all = std::mem::take(&mut *self.lock());
        std::iter::from_fn(|| all.pop()).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn len(&self) -> usize {
        self.lock().count
    }

    fn lock(&self) -> Locked<'_, Records, QUEUE> {
        // VecDeque's methods leave it whole when they panic, so a poisoned lock is still good.
        self.0.lock()
    }
}

impl Records {
    /// Slots that an empty queue keeps memory for.
    const KEPT: usize = 1_024;
    /// Empty slots that may stay: fewer are not worth moving the others.
    const MAX_EMPTY: usize = 64;

    fn push(&mut self, record: Record) {
        self.count += 1;
        if !self.conflated.is_for(&record) {
            self.push_slot(record);
        } else if let Some(topic) = self.conflated.push(record) {
            self.push_slot(Record::ticket_of(topic));
        }
    }

    /// Adds a record or ticket that is counted already.
    fn push_slot(&mut self, record: Record) {
        self.slots.push_back(Some(record));
        self.used += 1;
    }

    /// Takes out all slots, to push them again. The counts of records stay.
    fn take_slots(&mut self) -> impl DoubleEndedIterator<Item = Record> {
        self.used = 0;
        self.searched = Default::default();
        std::mem::take(&mut self.slots).into_iter().flatten()
    }

    fn peek(&mut self) -> Option<&Record> {
        loop {
            let front = self.slots.front()?.as_ref();
            let ticket = front.and_then(Record::ticket);
            let is_there = match ticket {
                Some(topic) => self.conflated.front(topic).is_some(),
                None => front.is_some(),
            };
            if is_there {
                break;
            }
            self.pop_slot();
            ticket.and_then(|topic| self.conflated.redeem(topic));
        }
        let front = self.slots.front()?.as_ref()?;
        front.ticket().map_or(Some(front), |topic| self.conflated.front(topic))
    }

    /// The record that was in a slot, or that its ticket stands for.
    fn redeemed(&mut self, slot: Record) -> Option<Record> {
        match slot.ticket() {
            Some(topic) => self.conflated.redeem(topic),
            None => Some(slot),
        }
    }

    fn pop(&mut self) -> Option<Record> {
        self.peek()?;
        let slot = self.pop_slot()?;
        let record = self.redeemed(slot);
        self.count -= 1;
        if self.count == 0 && self.slots.capacity() > Self::KEPT {
            *self = Self::default();
        }
        record
    }

    fn pop_slot(&mut self) -> Option<Record> {
        for searched in &mut self.searched {
            *searched = searched.saturating_sub(1);
        }
        let slot = self.slots.pop_front().flatten();
        self.used -= usize::from(slot.is_some());
        slot
    }

    fn evict(&mut self, lanes: Lanes) -> Option<Record> {
        loop {
            let slot = self.evict_slot(lanes)?;
            // More tickets than records may be left.
            if let Some(record) = self.redeemed(slot) {
                self.count -= 1;
                return Some(record);
            }
        }
    }

    fn evict_slot(&mut self, lanes: Lanes) -> Option<Record> {
        let start = lanes.each().map(|lane| self.searched[lane.index()]).min()?;
        let is_one = |slot: &Option<Record>| {
            steps::add(1);
            slot.as_ref().is_some_and(|record| lanes.contains(record.lane()))
        };
        let found = self.slots.range(start..).position(is_one).map(|at| start + at);
        let end = found.map_or(self.slots.len(), |at| at + 1);
        for lane in lanes.each() {
            let searched = &mut self.searched[lane.index()];
            *searched = end.max(*searched);
        }
        let slot = self.slots.get_mut(found?)?.take();
        self.used -= 1;
        self.close_gaps();
        slot
    }

    fn close_gaps(&mut self) {
        if self.slots.len() <= 2 * self.used + Self::MAX_EMPTY {
            return;
        }
        steps::add(self.slots.len());
        let before = self.searched;
        let is_there = |slot: &&Option<Record>| slot.is_some();
        self.searched = before.map(|end| self.slots.range(..end).filter(is_there).count());
        self.slots.retain(Option::is_some);
    }

    fn insert_all(&mut self, mut records: Vec<Record>) {
        // Mostly in order already, which takes one look at each.
        records.sort_by(Record::by_place);
        steps::add(records.len() + self.slots.len());
        self.count += records.len();
        let there: Vec<_> = self.take_slots().collect();
        let mut lanes = ByLane::default();
        for record in there.iter().filter(|record| !record.lane().is_empty()) {
            lanes.entry(record.exact_lane()).or_default().places.push_back(record.place);
        }
        let mut last = Vec::new();
        for record in records {
            match lanes.get_mut(&record.exact_lane()) {
                Some(lane) => lane.coming.push_back(record),
                None => last.push(record),
            }
        }
        for record in there {
            let Some(lane) = lanes.get_mut(&record.exact_lane()) else {
                self.push_slot(record);
                continue;
            };
            if !std::mem::replace(&mut lane.has_begun, true) {
                self.push_before(lane);
            }
            lane.places.pop_front();
            self.push_slot(record);
            self.push_before(lane);
        }
        last.into_iter().for_each(|record| self.push_slot(record));
    }

    /// Pushes the records that come and were sent before the next that is there, or all if there is
    /// none.
    fn push_before(&mut self, lane: &mut Merging) {
        let next = lane.places.front();
        let is_before = |record: &Record| next.is_none_or(|&place| is_later(place, record.place));
        while lane.coming.front().is_some_and(is_before) {
            lane.coming.pop_front().into_iter().for_each(|record| self.push_slot(record));
        }
    }
}

pub(super) type ByLane = HashMap<Lane, Merging, Hashing>;

/// Records of one lane or service that come to a queue, and the places of those that are there.
#[derive(Debug, Default)]
pub(super) struct Merging {
    pub(super) coming: VecDeque<Record>,
    places: VecDeque<u32>,
    /// Whether the first that is there was pushed.
    has_begun: bool,
}

/// The end of a queue where records are taken out, under its lock.
pub(super) struct Front<'a>(Locked<'a, Records, QUEUE>);

impl Front<'_> {
    /// Takes the next record out if it is wanted.
    pub(super) fn pop_if(&mut self, is_wanted: impl FnOnce(&Record) -> bool) -> Option<Record> {
        steps::add(1);
        if self.0.peek().is_some_and(is_wanted) {
            self.0.pop()
        } else {
            None
        }
    }
}
