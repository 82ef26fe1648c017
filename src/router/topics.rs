//! The topics: who names them, who subscribes, and how many bytes they retain.

use std::collections::hash_map::HashMap;
use std::sync::Arc;

use super::endpoint::Endpoint;
use super::error::shortened;
use super::hashing::Hashing;
use super::interned::{Interned, MAX_NUMBERS};
use super::ordered::{Locked, Mutex, ENDPOINT_TOPICS, LEAF, TOPIC_TABLE};
use super::portions::{Full, Portions};
use super::record::json_string;
use super::router::check_length;
use super::topic::{Subscriber, Topic, TopicId};
use super::window::Window;
use super::{ContentsId, EndpointId, Limits, Router, RouterError};

/// Topics of a router. One that nobody names and that retains nothing is disposed.
pub(super) const MAX_TOPICS: usize = 65_536;

#[derive(Debug, Default)]
pub(super) struct Topics {
    table: Mutex<Table, TOPIC_TABLE>,
    /// Bytes of all retained values, by the windows that published them.
    retained: Mutex<Portions, LEAF>,
}

#[derive(Debug, Default)]
struct Table {
    /// A page chooses names, so that the hash is a keyed one.
    by_name: HashMap<Arc<str>, Arc<Topic>>,
    /// How many topics each window has made.
    made: Portions,
    last_id: u64,
}

/// The topics that one endpoint has named. Invariant: the endpoint is among the subscribers of exactly
/// the topics in `subscribed`.
#[derive(Debug, Default)]
pub(super) struct EndpointTopics(Mutex<Named, ENDPOINT_TOPICS>);

#[derive(Debug, Default)]
pub(super) struct Named {
    phase: Phase,
    published: Interned<Published>,
    subscribed: HashMap<u64, Arc<Topic>, Hashing>,
    numbers: HashMap<TopicId, u64, Hashing>,
}

/// A topic that an endpoint publishes.
#[derive(Debug)]
enum Published {
    Topic(Arc<Topic>),
    /// A name for which the router had no room. Each value looks for room again.
    Unmade(Box<str>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    #[default]
    Here,
    /// The document has ended. Records that it sent before may still arrive and be published.
    Ended,
    /// Nothing more comes.
    Disposed,
}

impl EndpointTopics {
    pub(super) fn lock(&self) -> Locked<'_, Named, ENDPOINT_TOPICS> {
        // Each change is whole before it can panic.
        self.0.lock()
    }
}

impl Topics {
    /// The topic of a name, which is made at its first use by a window.
    fn named(&self, name: &str, by: ContentsId) -> Result<Arc<Topic>, RouterError> {
        check_length("a topic's name", name)?;
        let mut table = self.table.lock();
        if let Some(known) = table.by_name.get(name) {
            return Ok(Arc::clone(known));
        }
        let whole = MAX_TOPICS as u64;
        let full = |Full { limit, .. }| RouterError::TooManyTopics { limit };
        table.made.take(by, 1, whole).map_err(full)?;
        table.last_id += 1;
        let name: Arc<str> = name.into();
        let topic = Arc::new(Topic::new(TopicId(table.last_id), &name, by));
        table.by_name.insert(name, Arc::clone(&topic));
        Ok(topic)
    }

    /// Disposes a topic if nobody names it any more and it retains nothing. Its name is looked up under
    /// the table's lock, and so is its use: the last thread that looks disposes it.
    fn dispose(&self, topic: Arc<Topic>) {
        let name = Arc::clone(&topic.head.name);
        drop(topic);
        let mut table = self.table.lock();
        let is_unused =
            |it: &Arc<Topic>| Arc::strong_count(it) == 1 && it.lock().retained.is_none();
        if table.by_name.get(&name).is_some_and(is_unused) {
            let made_by = table.by_name.remove(&name).map(|topic| topic.head.made_by);
            made_by.into_iter().for_each(|by| table.made.give_back(by, 1));
        }
    }

    /// Takes room for the bytes of a value that a window has published.
    pub(super) fn retain(&self, by: ContentsId, bytes: u64, limits: &Limits) -> Result<(), Full> {
        self.retained.lock().take(by, bytes, limits.max_retained_bytes as u64)
    }

    pub(super) fn release(&self, by: ContentsId, bytes: u64) {
        self.retained.lock().give_back(by, bytes);
    }

    pub(super) fn retained_bytes(&self) -> u64 {
        self.retained.lock().all()
    }

    /// The names of all topics, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.table.lock().by_name.keys().map(ToString::to_string).collect();
        names.sort_unstable();
        names
    }

    pub(super) fn get(&self, name: &str) -> Option<Arc<Topic>> {
        self.table.lock().by_name.get(name).cloned()
    }

    /// Disposes the unused ones of some topics that were looked at.
    fn dispose_all(&self, topics: impl IntoIterator<Item = Arc<Topic>>) {
        topics.into_iter().for_each(|topic| self.dispose(topic));
    }
}

impl Router {
    /// Gives a topic a number, under which the main process publishes. Numbers are from 0 to 4,095. If
    /// the number stands for another topic, it stands for this one from now on. If the router has no
    /// room for a topic, each value is rejected until it has.
    ///
    /// # Errors
    /// [`RouterError::InvalidOption`] for a name that is empty or has more than 1,024 bytes,
    /// [`RouterError::TooManyTopics`] for a number out of range.
    pub fn name_topic(&self, number: u64, topic: &str) -> Result<(), RouterError> {
        self.name_topic_of(&self.main_endpoint(), number, topic)
    }

    /// Subscribes the main process to a topic. Its values carry this number, below 2^53, which
    /// should be a new one for each call. If it subscribes to the topic already, the new number
    /// replaces the earlier one. In either case it gets the retained value first (`Retained`), and then
    /// all later values (`Published`): no gap, and nothing twice.
    ///
    /// # Errors
    /// [`RouterError::InvalidOption`] for a name that is empty or has more than 1,024 bytes,
    /// [`RouterError::TooManyTopics`] if the main process has 4,096 subscriptions or the router 65,536
    /// topics, [`RouterError::BadPacket`] for a number of another topic.
    pub fn subscribe(&self, number: u64, topic: &str) -> Result<(), RouterError> {
        self.subscribe_endpoint(&self.main_endpoint(), self.main_window(), number, topic)
    }

    /// Ends the subscription of the main process that has this number. Values that wait still come.
    pub fn unsubscribe(&self, number: u64) {
        self.unsubscribe_endpoint(&self.main_endpoint(), number);
    }

    pub(super) fn name_topic_of(
        &self,
        endpoint: &Endpoint,
        number: u64,
        name: &str,
    ) -> Result<(), RouterError> {
        let by = endpoint.window.upgrade().map_or(ContentsId::MAIN, |window| window.contents);
        let made = match self.topics.named(name, by) {
            Ok(topic) => Some(topic),
            Err(RouterError::TooManyTopics { .. }) => None,
            Err(error) => return Err(error),
        };
        let mut named = endpoint.topics.lock();
        let published =
            made.clone().map_or_else(|| Published::Unmade(name.into()), Published::Topic);
        let set = match named.phase {
            Phase::Disposed => Ok(None),
            _ => named.published.set(number, published),
        };
        drop(named);
        let (earlier, result) = match set {
            Ok(earlier) => (earlier.and_then(Published::topic), Ok(())),
            Err(error) => (None, Err(error)),
        };
        self.topics.dispose_all(earlier.into_iter().chain(made));
        result
    }

    /// The topic that an endpoint publishes under a number. An error comes with the topic's name as
    /// JSON, or null.
    pub(super) fn published(
        &self,
        named: &mut Named,
        number: u64,
        by: ContentsId,
    ) -> Result<Arc<Topic>, (String, RouterError)> {
        let Some(published) = named.published.get_mut(number) else {
            let reason = format!("no topic was named under the number {number}");
            return Err(("null".into(), RouterError::BadPacket { reason }));
        };
        let made = match published {
            Published::Topic(topic) => Arc::clone(topic),
            Published::Unmade(name) => {
                let made = self.topics.named(name, by);
                let made = made.map_err(|error| (json_string(&shortened(name)), error))?;
                *published = Published::Topic(Arc::clone(&made));
                made
            }
        };
        Ok(made)
    }

    pub(super) fn subscribe_endpoint(
        &self,
        endpoint: &Arc<Endpoint>,
        window: &Arc<Window>,
        number: u64,
        name: &str,
    ) -> Result<(), RouterError> {
        let topic = self.topics.named(name, window.contents)?;
        let mut named = endpoint.topics.lock();
        let result = match named.phase {
            Phase::Here => named.enter(number, &topic),
            _ => Ok(()),
        };
        if named.phase == Phase::Here && result.is_ok() {
            let (endpoint, window) = (Arc::clone(endpoint), Arc::clone(window));
            topic.subscribe(Subscriber { endpoint, window, number }, &self.limits());
        }
        drop(named);
        self.topics.dispose(topic);
        result
    }

    pub(super) fn unsubscribe_endpoint(&self, endpoint: &Endpoint, number: u64) {
        let mut named = endpoint.topics.lock();
        let Some(topic) = named.subscribed.remove(&number) else { return };
        named.numbers.remove(&topic.head.id);
        topic.unsubscribe(endpoint.id);
        drop(named);
        self.topics.dispose(topic);
    }

    /// Ends the subscriptions of an endpoint whose document has ended. Values that it sent before may
    /// still be published.
    pub(super) fn end_subscriptions(&self, endpoint: EndpointId) {
        if let Some(endpoint) = self.endpoint(endpoint) {
            self.end_topics(&endpoint, Phase::Ended);
        }
    }

    /// Disposes what an endpoint has named, because nothing more comes from it.
    pub(super) fn dispose_topics(&self, endpoint: &Endpoint) {
        self.end_topics(endpoint, Phase::Disposed);
    }

    fn end_topics(&self, endpoint: &Endpoint, phase: Phase) {
        let mut named = endpoint.topics.lock();
        named.phase = named.phase.max(phase);
        named.numbers.clear();
        let mut over: Vec<_> = named.subscribed.drain().map(|(_, topic)| topic).collect();
        over.iter().for_each(|topic| topic.unsubscribe(endpoint.id));
        if phase == Phase::Disposed {
            over.extend(named.published.take().filter_map(Published::topic));
        }
        drop(named);
        self.topics.dispose_all(over);
    }
}

impl Published {
    fn topic(self) -> Option<Arc<Topic>> {
        match self {
            Self::Topic(topic) => Some(topic),
            Self::Unmade(_) => None,
        }
    }
}

impl Named {
    /// Notes a subscription under a number.
    fn enter(&mut self, number: u64, topic: &Arc<Topic>) -> Result<(), RouterError> {
        if let Some(other) = self.subscribed.get(&number).filter(|it| it.head.id != topic.head.id) {
            let reason =
                format!("the number {number} stands for the topic {}", other.head.brief_json);
            return Err(RouterError::BadPacket { reason });
        }
        let earlier = self.numbers.get(&topic.head.id).copied();
        if earlier.is_none() && self.subscribed.len() >= MAX_NUMBERS {
            return Err(RouterError::TooManyTopics { limit: MAX_NUMBERS as u64 });
        }
        earlier.map(|earlier| self.subscribed.remove(&earlier));
        self.numbers.insert(topic.head.id, number);
        self.subscribed.insert(number, Arc::clone(topic));
        Ok(())
    }

    /// The names of the topics that it subscribes to.
    pub(super) fn subscribed(&self) -> impl Iterator<Item = String> + '_ {
        self.subscribed.values().map(|topic| topic.head.name.to_string())
    }

    /// How many topics it subscribes to.
    #[cfg(test)]
    pub(super) fn subscriptions(&self) -> usize {
        self.subscribed.len()
    }
}
