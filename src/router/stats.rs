//! The counters, as JSON.

use std::sync::atomic::Ordering;

use serde_json::{json, Map, Value};

use super::error::shortened;
use super::topic::Topic;
use super::{Counts, Router};

/// Topics that the counters list, by their names. Further ones are counted together.
const MAX_LISTED: usize = 100;

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

    /// The counters of the topics: the first 100 by their names in `topics`, of names up to 100
    /// characters, how many `more` there are, and all `retainedBytes`.
    #[must_use]
    pub fn topic_stats_json(&self) -> String {
        let all = self.topics.all();
        let listed = all.iter().take(MAX_LISTED);
        let topics: Map<_, _> =
            listed.map(|topic| (shortened(&topic.head.name).into(), topic_value(topic))).collect();
        json!({
            "topics": topics,
            "more": all.len().saturating_sub(MAX_LISTED),
            "retainedBytes": self.topics.retained_bytes(),
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

fn topic_value(topic: &Topic) -> Value {
    let counts = &topic.head.counts;
    let subscribers = topic.lock().subscribers.len();
    json!({
        "subscribers": subscribers,
        "retainedBytes": topic.retained_bytes(),
        "published": counts.published.load(Ordering::Relaxed),
        "dropped": counts.dropped.load(Ordering::Relaxed),
        "replaced": counts.replaced.load(Ordering::Relaxed),
    })
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
