//! The counters, as JSON.

use std::sync::atomic::Ordering;

use serde_json::{json, Map, Value};

use super::{Counts, Router};

impl Router {
    /// All counts: `windows` by name, `unnamed` windows together, `closed` windows together,
    /// `mainProcess`, their `total`, and the records and packets rejected before they had a target.
    #[must_use]
    pub fn stats_json(&self) -> String {
        let mut named = Map::new();
        let mut unnamed = Counts::default();
        let main = self.main_window().counters.counts();
        let mut total = main.plus(self.closed());
        for window in self.all_windows() {
            let counts = window.counters.counts();
            total = total.plus(counts);
            match window.name() {
                Some(name) => drop(named.insert(name.to_string(), value(counts))),
                None => unnamed = unnamed.plus(counts),
            }
        }
        json!({
            "windows": named,
            "unnamed": value(unnamed),
            "closed": value(self.closed()),
            "mainProcess": value(main),
            "total": value(total),
            "unknownWindow": self.unknown_window.load(Ordering::Relaxed),
            "badPackets": self.bad_packets.load(Ordering::Relaxed),
        })
        .to_string()
    }

    /// The counters of the window of this name.
    #[must_use]
    pub fn counts(&self, name: &str) -> Option<Counts> {
        self.window_named(name).map(|window| window.counters.counts())
    }

    /// The counters of the main process.
    #[must_use]
    pub fn main_counts(&self) -> Counts {
        self.main_window().counters.counts()
    }
}

fn value(counts: Counts) -> Value {
    json!({
        "accepted": counts.accepted,
        "delivered": counts.delivered,
        "queued": counts.queued,
        "queuedBytes": counts.queued_bytes,
        "dropped": counts.dropped,
        "refused": counts.refused,
    })
}
