//! What of an ended document's queues may wait for the next document.

use std::collections::{HashMap, HashSet};

use super::record::Record;

/// Undelivered records, sorted by whether they may be delivered yet.
#[derive(Default)]
pub(super) struct Undelivered {
    /// Each message once, in order.
    pub(super) again: Vec<Record>,
    /// Answers, second copies, and messages of which another world took a copy: at most once
    /// comes before at least once.
    pub(super) spent: Vec<Record>,
}

pub(super) fn sort(records: Vec<Record>) -> Undelivered {
    let copies_here = count_copies(&records);
    let mut sorted = Undelivered::default();
    let mut seen = HashSet::new();
    for record in records {
        let text = record.text.as_ptr();
        let all_here = record.copies == 1 || copies_here.get(&text) == Some(&record.copies);
        // Only records for two worlds have a twin, so only they are looked up.
        let first = record.copies == 1 || seen.insert(text);
        if first && all_here && !record.lane.is_empty() {
            sorted.again.push(Record { copies: 1, ..record });
        } else {
            sorted.spent.push(record);
        }
    }
    sorted
}

/// Copies of a record share its text, and nothing else does.
fn count_copies(records: &[Record]) -> HashMap<*const u8, u8> {
    let mut copies = HashMap::new();
    for record in records.iter().filter(|record| record.copies > 1) {
        *copies.entry(record.text.as_ptr()).or_insert(0) += 1;
    }
    copies
}
