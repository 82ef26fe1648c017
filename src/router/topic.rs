//! One topic: who subscribes, and the value that it retains.

use std::collections::hash_map::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use super::attachments::Shared;
use super::endpoint::Endpoint;
use super::error::shortened;
use super::hashing::Hashing;
use super::ordered::{Locked, Mutex, TOPIC};
use super::record::{json_string, Record};
use super::window::Window;
use super::{ContentsId, EndpointId, Limits};

/// Names a topic among all of the router's. No id is given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TopicId(pub(super) u64);

/// The part of a topic that its values know.
#[derive(Debug)]
pub(super) struct TopicHead {
    pub(super) id: TopicId,
    /// The window that named it first, in whose portion it counts.
    pub(super) made_by: ContentsId,
    pub(super) name: Arc<str>,
    /// The name as a JSON string, shortened: for nacks.
    pub(super) brief_json: Box<str>,
    pub(super) counts: TopicCounts,
}

/// Counts of one topic, for all of its subscribers together.
#[derive(Debug, Default)]
pub(super) struct TopicCounts {
    /// Values, however many subscribe.
    pub(super) published: AtomicU64,
    /// Copies that were dropped or rejected, without those that were replaced.
    pub(super) dropped: AtomicU64,
    /// Copies in whose place a later value came.
    pub(super) replaced: AtomicU64,
}

/// A published value, as all its copies share it beside their text.
#[derive(Debug)]
pub(super) struct Publication {
    pub(super) publisher: EndpointId,
    pub(super) contents: ContentsId,
    pub(super) topic: Arc<TopicHead>,
    /// A later value with the same key replaces this one where it waits.
    pub(super) key: Option<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct Topic {
    pub(super) head: Arc<TopicHead>,
    state: Mutex<TopicState, TOPIC>,
}

/// A thread that holds the lock publishes or subscribes. Therefore all subscribers get values in one
/// order, and a newcomer has no gap.
#[derive(Debug, Default)]
pub(super) struct TopicState {
    pub(super) subscribers: Subscribers,
    pub(super) retained: Option<Shared>,
}

#[derive(Debug)]
pub(super) struct Subscriber {
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) window: Arc<Window>,
    /// The number that its copies carry.
    pub(super) number: u64,
}

/// The subscribers of a topic. An endpoint is among them once.
#[derive(Debug, Default)]
pub(super) struct Subscribers {
    all: Vec<Subscriber>,
    places: HashMap<EndpointId, usize, Hashing>,
}

impl Topic {
    pub(super) fn new(id: TopicId, name: &Arc<str>, made_by: ContentsId) -> Self {
        let brief_json = json_string(&shortened(name)).into();
        let (name, counts) = (Arc::clone(name), TopicCounts::default());
        let head = Arc::new(TopicHead { id, made_by, name, brief_json, counts });
        Self { head, state: Mutex::default() }
    }

    pub(super) fn lock(&self) -> Locked<'_, TopicState, TOPIC> {
        // Each change is whole before it can panic.
        self.state.lock()
    }

    /// Adds a subscriber, which gets the retained value first. If the endpoint subscribes already, the
    /// later number replaces the earlier one.
    pub(super) fn subscribe(&self, subscriber: Subscriber, limits: &Limits) {
        let mut state = self.lock();
        if let Some(retained) = &state.retained {
            subscriber.give(Record::retained(subscriber.number, retained.clone()), limits);
        }
        state.subscribers.insert(subscriber);
    }

    /// Removes an endpoint that subscribes under this number.
    pub(super) fn unsubscribe(&self, endpoint: EndpointId) {
        self.lock().subscribers.remove(endpoint);
    }
}

impl Subscriber {
    pub(super) fn give(&self, copy: Record, limits: &Limits) {
        self.window.push_copy(&self.endpoint, copy, limits);
    }
}

impl Subscribers {
    fn insert(&mut self, subscriber: Subscriber) {
        let end = self.all.len();
        match *self.places.entry(subscriber.endpoint.id).or_insert(end) {
            at if at == end => self.all.push(subscriber),
            at => self.all[at] = subscriber,
        }
    }

    fn remove(&mut self, endpoint: EndpointId) {
        let Some(at) = self.places.remove(&endpoint) else { return };
        self.all.swap_remove(at);
        if let Some(moved) = self.all.get(at) {
            self.places.insert(moved.endpoint.id, at);
        }
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Subscriber> {
        self.all.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

impl TopicHead {
    pub(super) fn count_dropped(&self) {
        self.counts.dropped.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_replaced(&self) {
        self.counts.replaced.fetch_add(1, Ordering::Relaxed);
    }
}
