//! The records of a queue whose topics have conflated values, by topic.
//!
//! The queue has a ticket in the place of each such record. If a ticket's turn comes, the topic's first
//! record leaves. If a value replaces an earlier one, the earlier one is taken out of the middle, the
//! new one goes to the end of its topic, and the tickets stay where they are. Therefore:
//!
//! - The records of a topic leave in the order in which they were published.
//! - Other records that come on and on do not keep a value back that is replaced on and on: it has the
//!   place of the first one.
//! - A replacement takes a constant number of steps on average.

use std::collections::hash_map::HashMap;
use std::collections::VecDeque;
use std::sync::Arc;

use super::hashing::Hashing;
use super::record::Record;
use super::steps;
use super::topic::TopicId;

/// Invariant: a record of a topic that is here is never in a slot of the queue behind one of the
/// topic's tickets.
#[derive(Debug, Default)]
pub(super) struct Conflated(HashMap<TopicId, Waiting, Hashing>);

/// Records of one topic. Invariant: `live <= tickets`, and the first entry of `records` is a record.
#[derive(Debug, Default)]
struct Waiting {
    /// `None` where a record was replaced.
    records: VecDeque<Option<Record>>,
    /// The number of the first entry; numbers count on.
    first: u64,
    /// Entries that are records.
    live: usize,
    /// Tickets in the queue.
    tickets: usize,
    /// The numbers of records by their keys. A page chooses keys, so that the hash is a keyed one.
    by_key: HashMap<Arc<str>, u64>,
}

impl Conflated {
    /// Whether a record belongs here: it has a key, or its topic has tickets.
    pub(super) fn is_for(&self, record: &Record) -> bool {
        record.publication().is_some_and(|publication| {
            publication.key.is_some()
                || (!self.0.is_empty() && self.0.contains_key(&publication.topic.id))
        })
    }

    /// Adds a record. Returns the topic if it needs a ticket.
    pub(super) fn push(&mut self, record: Record) -> Option<TopicId> {
        let publication = record.publication()?;
        let (topic, key) = (publication.topic.id, publication.key.clone());
        let waiting = self.0.entry(topic).or_default();
        if let Some(key) = key {
            waiting.by_key.insert(key, waiting.first + waiting.records.len() as u64);
        }
        waiting.records.push_back(Some(record));
        waiting.live += 1;
        if waiting.live <= waiting.tickets {
            return None;
        }
        waiting.tickets += 1;
        Some(topic)
    }

    /// Takes out the record that another replaces: that with the same topic and key. Its ticket stays.
    pub(super) fn take_replaced(&mut self, by: &Record) -> Option<Record> {
        let publication = by.publication()?;
        let waiting = self.0.get_mut(&publication.topic.id)?;
        let number = waiting.by_key.remove(publication.key.as_ref()?)?;
        let at = usize::try_from(number.checked_sub(waiting.first)?).ok()?;
        let record = waiting.records.get_mut(at)?.take();
        waiting.live -= usize::from(record.is_some());
        waiting.close_gaps();
        record
    }

    /// The record that a topic's next ticket stands for.
    pub(super) fn front(&self, topic: TopicId) -> Option<&Record> {
        self.0.get(&topic)?.records.front()?.as_ref()
    }

    /// Takes a ticket back and returns its record. There is none if more tickets than records are left.
    pub(super) fn redeem(&mut self, topic: TopicId) -> Option<Record> {
        let waiting = self.0.get_mut(&topic)?;
        let record = waiting.pop();
        waiting.tickets -= 1;
        if waiting.tickets == 0 {
            self.0.remove(&topic);
        }
        record
    }
}

impl Waiting {
    /// Empty entries that may stay: fewer are not worth moving the others.
    const MAX_EMPTY: usize = 16;

    fn pop(&mut self) -> Option<Record> {
        let record = self.records.pop_front().flatten()?;
        let number = self.first;
        self.first += 1;
        self.live -= 1;
        if let Some(key) = record.publication().and_then(|it| it.key.as_ref()) {
            if self.by_key.get(key) == Some(&number) {
                self.by_key.remove(key);
            }
        }
        self.close_gaps();
        Some(record)
    }

    fn close_gaps(&mut self) {
        while let Some(None) = self.records.front() {
            self.records.pop_front();
            self.first += 1;
        }
        if self.records.len() <= 2 * self.live + Self::MAX_EMPTY {
            return;
        }
        steps::add(self.records.len());
        self.records.retain(Option::is_some);
        for (number, record) in (self.first..).zip(self.records.iter().flatten()) {
            let key = record.publication().and_then(|it| it.key.as_ref());
            key.and_then(|key| self.by_key.get_mut(key)).into_iter().for_each(|it| *it = number);
        }
    }
}
