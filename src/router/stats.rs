//! The counters, as JSON.

use std::sync::atomic::Ordering;

use serde_json::{json, Map, Value};

use super::services::State;
use super::topic::Topic;
use super::window::Window;
use super::{Counts, Router};

/// Topics that the counters list, of all and of each window: the first by their names.
const MAX_LISTED: usize = 100;

impl Router {
    /// All counts: `windows` by name, `unnamed` windows together, `closed` windows together,
    /// `mainProcess`, their `total`, and the records and packets rejected before they had a target. If
    /// there are topics: the first 100 `topics` by name, how many `moreTopics` there are, and all
    /// `retainedBytes`. A window with subscriptions has the names of its topics in `topics`.
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
                Some(name) => drop(named.insert(name.to_string(), with_names(counts, &window))),
                None => unnamed = unnamed.plus(counts),
            }
        }
        let mut stats = json!({
            "windows": named,
            "unnamed": value(unnamed),
            "closed": value(self.closed()),
            "mainProcess": with_names(main, self.main_window()),
            "total": value(total),
            "unknownWindow": self.unknown_window.load(Ordering::Relaxed),
            "badPackets": self.bad_packets.load(Ordering::Relaxed),
        });
        self.add_topics(&mut stats);
        stats.to_string()
    }

    fn add_topics(&self, stats: &mut Value) {
        let all = self.topics.names();
        if all.is_empty() {
            return;
        }
        let mut topics = Map::new();
        for name in all.iter().take(MAX_LISTED) {
            let topic = self.topics.get(name);
            topic.into_iter().for_each(|it| drop(topics.insert(name.clone(), topic_value(&it))));
        }
        stats["topics"] = topics.into();
        stats["moreTopics"] = all.len().saturating_sub(MAX_LISTED).into();
        stats["retainedBytes"] = self.topics.retained_bytes().into();
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

/// The counters of a window, and if there are any: the topics that it subscribes to, the services that it
/// serves, and how many calls wait for services that it does not serve. 100 of each.
fn with_names(counts: Counts, window: &Window) -> Value {
    let mut value = value(counts);
    let mut names = Vec::new();
    for endpoint in window.endpoints() {
        names.extend(endpoint.topics.lock().subscribed());
    }
    names.sort_unstable();
    names.dedup();
    names.truncate(MAX_LISTED);
    if !names.is_empty() {
        value["topics"] = names.into();
    }
    let state = window.read();
    let served = state.services.names(State::is_served);
    if !served.is_empty() {
        value["services"] = first(served).into();
    }
    for name in first(state.services.names(State::is_awaited)) {
        let calls = state.services.find(&name).map_or(0, |id| state.services.awaiting(id));
        value["awaitedServices"][name] = calls.into();
    }
    value
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

fn first(mut names: Vec<String>) -> Vec<String> {
    names.truncate(MAX_LISTED);
    names
}
