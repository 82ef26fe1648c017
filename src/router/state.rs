//! What is so in a window at a moment: who is there, and what waits until somebody listens.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use super::endpoint::Endpoint;
use super::lane::Lanes;
use super::queue::Queue;
use super::record::Record;
use super::EndpointId;

/// How many endpoints may still have last words: what a page sent while it was leaving may still
/// arrive and is routed; nothing goes to it any more.
const MAX_RETIRED: usize = 16;

/// Reading is enough to send to a window: queues take records through a shared reference.
/// Invariant: a lane's hold is empty while an endpoint listens to that lane.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) closed: bool,
    /// Nothing is taken out of the queues: it is not sure which document is there.
    pub(super) paused: bool,
    pub(super) endpoints: Vec<Arc<Endpoint>>,
    retired: VecDeque<EndpointId>,
    hold: [OnceLock<Queue>; Lanes::COUNT],
}

/// Whom a record of a lane goes to.
pub(super) enum Takers<'a> {
    /// It waits.
    Nobody,
    One(&'a Arc<Endpoint>),
    /// All who listen.
    Several,
}

impl State {
    pub(super) fn has(&self, endpoint: &Endpoint) -> bool {
        self.endpoints.iter().any(|known| known.id == endpoint.id)
    }

    /// Everyone who listens, but a request goes to one.
    pub(super) fn takers(&self, lane: Lanes) -> Takers<'_> {
        if lane == Lanes::REQUESTS {
            return self.answerer().map_or(Takers::Nobody, Takers::One);
        }
        let mut listeners = self.listeners(lane);
        match (listeners.next(), listeners.next()) {
            (None, _) => Takers::Nobody,
            (Some(one), None) => Takers::One(one),
            _ => Takers::Several,
        }
    }

    fn answerer(&self) -> Option<&Arc<Endpoint>> {
        self.listeners(Lanes::REQUESTS).max_by_key(|endpoint| endpoint.rank())
    }

    /// Whom a record goes to that comes back from an endpoint: the first listener that it does
    /// not come too late for. A request never does.
    pub(super) fn next_taker(&self, record: &Record) -> Option<Arc<Endpoint>> {
        if record.lane == Lanes::REQUESTS {
            return self.answerer().cloned();
        }
        self.listeners(record.lane).find(|endpoint| !endpoint.has_had_later(record)).cloned()
    }

    /// Whether it would come too late for whoever listens next.
    pub(super) fn is_overtaken(&self, record: &Record) -> bool {
        record.lane != Lanes::REQUESTS
            && self.endpoints.iter().any(|endpoint| endpoint.has_had_later(record))
    }

    pub(super) fn has_listener_for(&self, lane: Lanes) -> bool {
        self.listeners(lane).next().is_some()
    }

    pub(super) fn listeners(&self, lane: Lanes) -> impl Iterator<Item = &Arc<Endpoint>> {
        self.endpoints.iter().filter(move |endpoint| endpoint.listening().contains(lane))
    }

    /// Keeps endpoints for their last words. Returns those whose time is over.
    pub(super) fn retire(&mut self, endpoints: &[EndpointId]) -> Vec<EndpointId> {
        self.retired.extend(endpoints);
        let over = self.retired.len().saturating_sub(MAX_RETIRED);
        self.retired.drain(..over).collect()
    }

    pub(super) fn take_retired(&mut self) -> Vec<EndpointId> {
        self.retired.drain(..).collect()
    }

    /// Takes the longest waiting record of some lanes out of a queue, or else out of another of the
    /// window's.
    pub(super) fn evict(&self, queue: &Queue, lanes: Lanes) -> Option<Record> {
        queue.evict(lanes).or_else(|| self.queues().find_map(|queue| queue.evict(lanes)))
    }

    /// What waits for a listener.
    pub(super) fn holds(&self) -> impl Iterator<Item = &Queue> {
        self.hold.iter().filter_map(OnceLock::get)
    }

    pub(super) fn queues(&self) -> impl Iterator<Item = &Queue> {
        let endpoints = self.endpoints.iter().map(|endpoint| &endpoint.queue);
        endpoints.chain(self.holds())
    }

    pub(super) fn held(&self, lane: Lanes) -> Option<&Queue> {
        self.hold[lane.index()].get()
    }

    pub(super) fn hold_of(&self, lane: Lanes) -> &Queue {
        self.hold[lane.index()].get_or_init(Queue::default)
    }

    /// Takes out all that waits for a listener of a lane, in order.
    pub(super) fn take_hold(&mut self, lane: Lanes) -> Vec<Record> {
        self.hold[lane.index()].take().map_or_else(Vec::new, |hold| hold.take())
    }
}
