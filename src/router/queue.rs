//! One queue of records, first in, first out, filled from any thread.

use std::collections::VecDeque;

use super::lanes::Lanes;
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
    /// Slots that have a record.
    count: usize,
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

    /// Takes out the records that are wanted, in order.
    pub(super) fn take_where(&self, is_wanted: impl Fn(&Record) -> bool) -> Vec<Record> {
        let mut records = self.lock();
        steps::add(records.slots.len());
        let mut taken = Vec::new();
        let all = std::mem::take(&mut *records).slots;
        for record in all.into_iter().flatten() {
            if is_wanted(&record) {
                taken.push(record);
            } else {
                records.push(record);
            }
        }
        taken
    }

    /// Takes out all there is, in order.
    pub(super) fn take(&self) -> Vec<Record> {
        std::mem::take(&mut *self.lock()).slots.into_iter().flatten().collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lock().count == 0
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
        self.slots.push_back(Some(record));
        self.count += 1;
    }

    fn peek(&mut self) -> Option<&Record> {
        while let Some(None) = self.slots.front() {
            self.pop_slot();
        }
        self.slots.front()?.as_ref()
    }

    fn pop(&mut self) -> Option<Record> {
        self.peek()?;
        let record = self.pop_slot();
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
        self.slots.pop_front().flatten()
    }

    fn evict(&mut self, lanes: Lanes) -> Option<Record> {
        let start = lanes.each().map(|lane| self.searched[lane.index()]).min()?;
        let is_one = |slot: &Option<Record>| {
            steps::add(1);
            slot.as_ref().is_some_and(|record| lanes.contains(record.lane))
        };
        let found = self.slots.range(start..).position(is_one).map(|at| start + at);
        let end = found.map_or(self.slots.len(), |at| at + 1);
        for lane in lanes.each() {
            let searched = &mut self.searched[lane.index()];
            *searched = end.max(*searched);
        }
        let record = self.slots.get_mut(found?)?.take();
        self.count -= 1;
        self.close_gaps();
        record
    }

    fn close_gaps(&mut self) {
        if self.slots.len() <= 2 * self.count + Self::MAX_EMPTY {
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
        let there = std::mem::take(self).slots;
        let mut places: [VecDeque<u32>; Lanes::COUNT] = Default::default();
        for record in there.iter().flatten().filter(|record| !record.lane.is_empty()) {
            places[record.lane.index()].push_back(record.place);
        }
        let has_none_there = |record: &Record| places[record.lane.index()].is_empty();
        let (last, between): (Vec<_>, Vec<_>) = records.into_iter().partition(has_none_there);
        let mut coming: [VecDeque<Record>; Lanes::COUNT] = Default::default();
        between.into_iter().for_each(|record| coming[record.lane.index()].push_back(record));
        self.merge(there, &mut coming, &mut places);
        last.into_iter().for_each(|record| self.push(record));
    }

    /// Merges the records that come with those that are there. `coming` and `places` are by lane.
    fn merge(
        &mut self,
        there: VecDeque<Option<Record>>,
        coming: &mut [VecDeque<Record>; Lanes::COUNT],
        places: &mut [VecDeque<u32>; Lanes::COUNT],
    ) {
        let mut begun = [false; Lanes::COUNT];
        for record in there.into_iter().flatten() {
            if record.lane.is_empty() {
                self.push(record);
                continue;
            }
            let lane = record.lane.index();
            if !std::mem::replace(&mut begun[lane], true) {
                self.push_before(&mut coming[lane], places[lane].front());
            }
            places[lane].pop_front();
            self.push(record);
            self.push_before(&mut coming[lane], places[lane].front());
        }
    }

    /// Pushes those that were sent before the record of a place, or all if there is none.
    fn push_before(&mut self, coming: &mut VecDeque<Record>, place: Option<&u32>) {
        let is_before = |record: &Record| place.is_none_or(|&place| is_later(place, record.place));
        while coming.front().is_some_and(is_before) {
            coming.pop_front().into_iter().for_each(|record| self.push(record));
        }
    }
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
