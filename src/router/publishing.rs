//! The way of a published value to each subscriber's own queue.
//!
//! Nothing that a subscriber's window does is an error of the publisher. The publisher is notified by nacks,
//! one for all of the same fate, with one of these addresses:
//!
//! - `["topic"]`: a name, a subscription or a value was rejected, or a value was not retained.
//! - `["topic","window"]`: copies for that window were dropped or rejected, or `to` names a window that
//!   is not there. It is `["topic",null]` for windows without a name, and `["topic",0]` for the main
//!   process.
//! - `[null]`: values under a number that stands for no topic.

use std::sync::atomic::Ordering;
use std::sync::Arc;

use super::admission::Admission;
use super::attachments::Shared;
use super::endpoint::Endpoint;
use super::error::shortened;
use super::parse::{publish_target, PublishTarget, Target};
use super::portions::{Amounts, Full};
use super::record::{json_string, Record};
use super::router::MAX_NAME;
use super::routing::Sender;
use super::topic::{Publication, Topic, TopicHead, TopicState};
use super::window::Window;
use super::{steps, Attachments, ContentsId, Limits, Payload, Router, RouterError};

/// Bytes that a retained value counts beside its text and attachments: an empty one takes memory too.
const RETAINED_BYTES: u64 = 256;

impl Router {
    /// Publishes a value of the main process to all endpoints that subscribe. `address`: the number of
    /// the topic ([`Router::name_topic`]), or with options `[number,to,retain,key]` as JSON:
    ///
    /// - `to`: an array of windows' names, of which the subscribers get it, or 0 for all. It names no
    ///   main process. An empty array is nobody.
    /// - `retain`: 1 if the value waits for newcomers until the next that is retained, or 0. If it is
    ///   undefined, nothing waits from then on. A value
    ///   that does not fit (`max_retained_bytes`) is delivered and not retained, and the earlier one
    ///   is not retained any more, because it is not the last one. The publisher gets a nack.
    /// - `key`: a string of at most 1,024 bytes, or 0. The value replaces what waits for a subscriber
    ///   under the same topic and key, from any publisher. If the value has no room then, both are
    ///   dropped.
    ///
    /// If nobody subscribes, nothing happens. A publisher that subscribes gets its own values. Dropped
    /// copies are counted, and reported by nacks (`publishing.rs`).
    ///
    /// # Errors
    /// [`RouterError::BadPacket`] for an address that is none, a number without a topic, or attachments
    /// that are not as many as the payload's form says; [`RouterError::InvalidOption`] for a key that is
    /// too long, or `retain` with `to`. Nothing is published then.
    pub fn publish(
        &self,
        address: &str,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<(), RouterError> {
        let target = publish_target(address)?;
        let attached = self.take_attachments(payload, &mut attachments)?;
        self.publish_from(&Sender::MAIN, &self.main_endpoint(), &target, (payload, attached))
            .map_err(|(_, error)| error)
    }

    /// Routes a record about a topic. An error is reported to its sender, and stops no other record.
    pub(super) fn route_topic(
        &self,
        from: &Sender<'_>,
        (endpoint, window): (&Arc<Endpoint>, &Arc<Window>),
        target: Target<'_>,
        value: (Payload<'_>, Shared),
    ) {
        let about = |topic: &str| json_string(&shortened(topic));
        let result = match target {
            Target::Name(number, topic) => {
                self.name_topic_of(endpoint, number, &topic).map_err(|error| (about(&topic), error))
            }
            Target::Subscribe(number, topic) => self
                .subscribe_endpoint(endpoint, window, number, &topic)
                .map_err(|error| (about(&topic), error)),
            Target::Publish(target) => self.publish_from(from, endpoint, &target, value),
            Target::Unsubscribe(number) => {
                self.unsubscribe_endpoint(endpoint, number);
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err((topic_json, error)) = result {
            self.undelivered.note(from.id, format!("[{topic_json}]").into(), error, 1);
        }
    }

    /// An error comes with the topic's name as JSON, or null.
    fn publish_from(
        &self,
        from: &Sender<'_>,
        endpoint: &Endpoint,
        target: &PublishTarget<'_>,
        (payload, attached): (Payload<'_>, Shared),
    ) -> Result<(), (String, RouterError)> {
        let mut named = endpoint.topics.lock();
        let topic = self.published(&mut named, target.number, from.contents)?;
        check(target).map_err(|error| (topic.head.brief_json.to_string(), error))?;
        topic.head.counts.published.fetch_add(1, Ordering::Relaxed);
        let windows = target.to.as_ref().map(|names| self.windows_of(from, &topic.head, names));
        let publication = Publication {
            publisher: from.id,
            contents: from.contents,
            topic: Arc::clone(&topic.head),
            key: target.key.as_deref().map(Into::into),
        };
        let shared = attached.published(Record::published_text(from.tag, payload), publication);
        let limits = self.limits();
        let mut state = topic.lock();
        let value = (!payload.is_undefined()).then_some(&shared);
        let retained = target.retain.then(|| self.retain(&mut state, value, &limits));
        steps::add(state.subscribers.len());
        for subscriber in state.subscribers.iter() {
            let contents = subscriber.window.contents;
            if windows.as_ref().is_none_or(|windows| windows.of(contents) > 0) {
                subscriber.give(Record::published(subscriber.number, shared.clone()), &limits);
            }
        }
        drop(state);
        if let Some(Err(error)) = retained {
            let address = format!("[{}]", topic.head.brief_json);
            self.undelivered.note(from.id, address.into(), error, 1);
        }
        Ok(())
    }

    /// The windows of names. Those that are not there are reported.
    fn windows_of(
        &self,
        from: &Sender<'_>,
        topic: &TopicHead,
        names: &[impl AsRef<str>],
    ) -> Amounts {
        let find = |name: &str| {
            let window = self.window_named(name);
            if window.is_none() {
                let address = topic.address(&json_string(&shortened(name)));
                self.undelivered.note(from.id, address, self.no_window(name, 1), 1);
            }
            window.map(|window| window.contents)
        };
        let mut windows = Amounts::default();
        for name in names {
            find(name.as_ref()).into_iter().for_each(|window| windows.set(window, 1));
        }
        windows
    }

    /// Puts a value, or nothing, in the place of what a topic retains.
    fn retain(
        &self,
        state: &mut TopicState,
        value: Option<&Shared>,
        limits: &Limits,
    ) -> Result<(), RouterError> {
        if let Some(earlier) = state.retained.take() {
            self.topics.release(publisher_of(&earlier), retained_bytes(&earlier));
        }
        let Some(value) = value else { return Ok(()) };
        let bytes = retained_bytes(value);
        let full = |Full { used, limit }| RouterError::NotRetained { bytes, used, limit };
        self.topics.retain(publisher_of(value), bytes, limits).map_err(full)?;
        state.retained = Some(value.clone());
        Ok(())
    }
}

impl Target<'_> {
    pub(super) fn is_of_topic(&self) -> bool {
        match self {
            Self::Name(..) | Self::Subscribe(..) | Self::Unsubscribe(_) | Self::Publish(_) => true,
            Self::Main(..)
            | Self::Window(_)
            | Self::Call(..)
            | Self::Answer(..)
            | Self::Abort(_)
            | Self::Invoke(_)
            | Self::Service(_) => false,
        }
    }
}

impl Topic {
    /// Bytes that its retained value counts.
    pub(super) fn retained_bytes(&self) -> u64 {
        self.lock().retained.as_ref().map_or(0, retained_bytes)
    }
}

impl TopicHead {
    /// The address of nacks for a window.
    fn address(&self, window_json: &str) -> Arc<str> {
        format!("[{},{window_json}]", self.brief_json).into()
    }
}

impl Window {
    /// Lets a copy in for an endpoint that subscribes, in the place of the one that it replaces. If the
    /// document has ended, nothing happens.
    pub(super) fn push_copy(&self, to: &Endpoint, mut copy: Record, limits: &Limits) {
        let state = self.read();
        let Some(publication) = copy.publication().filter(|_| state.has_endpoint(to)) else {
            return;
        };
        let mut counters = self.counters.open();
        let (share, has_key) =
            (counters.shares.of(publication.contents), publication.key.is_some());
        copy.share = share;
        copy.place = counters.next_place();
        if let Some(replaced) = has_key.then(|| to.queue.take_replaced(&copy)).flatten() {
            counters.replaced(&replaced);
        }
        let dropped = match self.admit(&state, &mut counters, &to.queue, &copy, limits) {
            Ok(Admission::Waits) => {
                to.queue.push(copy);
                self.ready.mark(to);
                return;
            }
            Ok(Admission::Dropped) => self.full(&counters, &copy),
            Err(rejected) => rejected,
        };
        copy.publication().into_iter().for_each(|it| it.topic.count_dropped());
        self.notify_publisher(&copy, dropped);
    }

    pub(super) fn notify_publisher(&self, copy: &Record, why: RouterError) {
        let Some(publication) = copy.publication() else { return };
        let window_json = match self.name() {
            Some(name) => json_string(&shortened(&name)),
            None if self.contents == ContentsId::MAIN => "0".into(),
            None => "null".into(),
        };
        let address = publication.topic.address(&window_json);
        self.undelivered.note(publication.publisher, address, why, 1);
    }
}

/// The window that published a value.
fn publisher_of(value: &Shared) -> ContentsId {
    value.publication().map_or(ContentsId::MAIN, |publication| publication.contents)
}

fn retained_bytes(value: &Shared) -> u64 {
    (value.text().len() + value.bytes()) as u64 + RETAINED_BYTES
}

fn check(target: &PublishTarget<'_>) -> Result<(), RouterError> {
    let length = target.key.as_ref().map_or(0, |key| key.len());
    let reason = if length > MAX_NAME {
        format!("conflate has at most {MAX_NAME} bytes, and this has {length}")
    } else if target.retain && target.to.is_some() {
        "retain is for all who subscribe, and does not go with to".into()
    } else {
        return Ok(());
    };
    Err(RouterError::InvalidOption { reason })
}
