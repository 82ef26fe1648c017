//! A window's state at one moment: its endpoints, and the records that no endpoint listens to yet.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use super::endpoint::Endpoint;
use super::lanes::{Lane, Lanes};
use super::queue::Queue;
use super::record::Record;
use super::services::Services;
use super::EndpointId;

/// Endpoints of ended documents that may still send: packets that a page sent before its end may
/// arrive later and are routed. No record goes to such an endpoint.
const MAX_ENDED: usize = 16;

/// To send to a window, a read lock is enough: queues take records through a shared reference.
/// Invariant: while an endpoint listens to a lane, the lane's pending queue is empty. `services` has
/// the same of services.
#[derive(Debug, Default)]
pub(super) struct WindowState {
    phase: Phase,
    pub(super) endpoints: Vec<Arc<Endpoint>>,
    ended: VecDeque<EndpointId>,
    pending: [OnceLock<Queue>; Lanes::LISTENED],
    pub(super) services: Services,
}

/// Which records a window lets in and out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Records come in and go out.
    #[default]
    Open,
    /// Records only come in: it is not known which document the window has.
    Paused,
    /// No record comes in. Nothing follows this phase.
    Closed,
}

/// The endpoints that a record of a lane goes to.
pub(super) enum Takers<'a> {
    /// The record is pending.
    Nobody,
    One(&'a Arc<Endpoint>),
    /// All endpoints that listen.
    Several,
}

impl WindowState {
    pub(super) fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    pub(super) fn is_paused(&self) -> bool {
        self.phase == Phase::Paused
    }

    pub(super) fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    pub(super) fn set_paused(&mut self, paused: bool) {
        if !self.is_closed() {
            self.phase = if paused { Phase::Paused } else { Phase::Open };
        }
    }

    pub(super) fn close(&mut self) {
        self.phase = Phase::Closed;
    }

    pub(super) fn has_endpoint(&self, endpoint: &Endpoint) -> bool {
        self.endpoints.iter().any(|known| known.id == endpoint.id)
    }

    /// All endpoints that listen. A request goes to one of them, and a call of a service to one that
    /// serves it.
    pub(super) fn takers(&self, lane: Lane) -> Takers<'_> {
        if lane.lanes() == Lanes::REQUESTS {
            return self.answerer(lane).map_or(Takers::Nobody, Takers::One);
        }
        let lane = lane.lanes();
        let mut listeners = self.listeners(lane);
        match (listeners.next(), listeners.next()) {
            (None, _) => Takers::Nobody,
            (Some(one), None) => Takers::One(one),
            _ => Takers::Several,
        }
    }

    /// The endpoint that gets requests, or calls of a service.
    fn answerer(&self, lane: Lane) -> Option<&Arc<Endpoint>> {
        match lane.service() {
            Some(service) => self.services.server(service),
            None => self.listeners(Lanes::REQUESTS).max_by_key(|endpoint| endpoint.rank()),
        }
    }

    /// Whether anybody takes records of a lane, or calls of a service.
    pub(super) fn has_taker(&self, lane: Lane) -> bool {
        match lane.service() {
            Some(service) => self.services.is_served(service),
            None => self.has_listener_for(lane.lanes()),
        }
    }

    /// The endpoint for a record that comes back from another: the first listener that has taken no
    /// later record of the lane. A request goes to any.
    pub(super) fn next_taker(&self, record: &Record) -> Option<Arc<Endpoint>> {
        if record.lane() == Lanes::REQUESTS {
            return self.answerer(record.exact_lane()).cloned();
        }
        self.listeners(record.lane()).find(|endpoint| !endpoint.has_had_later(record)).cloned()
    }

    /// Whether an endpoint of the window has taken a later record of the lane.
    pub(super) fn is_overtaken(&self, record: &Record) -> bool {
        record.lane() != Lanes::REQUESTS
            && self.endpoints.iter().any(|endpoint| endpoint.has_had_later(record))
    }

    pub(super) fn has_listener_for(&self, lane: Lanes) -> bool {
        self.listeners(lane).next().is_some()
    }

    pub(super) fn listeners(&self, lane: Lanes) -> impl Iterator<Item = &Arc<Endpoint>> {
        self.endpoints.iter().filter(move |endpoint| endpoint.listening().contains(lane))
    }

    /// Keeps endpoints that have ended, because they may still send. Returns those that are to be
    /// disposed.
    pub(super) fn keep_ended(&mut self, endpoints: &[EndpointId]) -> Vec<EndpointId> {
        self.ended.extend(endpoints);
        let over = self.ended.len().saturating_sub(MAX_ENDED);
        self.ended.drain(..over).collect()
    }

    pub(super) fn take_ended(&mut self) -> Vec<EndpointId> {
        self.ended.drain(..).collect()
    }

    /// Takes the longest waiting record of some lanes out of a queue, or else out of another of the
    /// window's.
    pub(super) fn evict(&self, queue: &Queue, lanes: Lanes) -> Option<Record> {
        queue.evict(lanes).or_else(|| {
            // Calls of services are not dropped for others.
            let pending = self.pending.iter().filter_map(OnceLock::get);
            self.endpoint_queues().chain(pending).find_map(|queue| queue.evict(lanes))
        })
    }

    /// The queues of records that no endpoint listens to yet.
    pub(super) fn pending_queues(&self) -> impl Iterator<Item = &Queue> {
        self.pending.iter().filter_map(OnceLock::get).chain(self.services.pending_queues())
    }

    pub(super) fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.endpoint_queues().chain(self.pending_queues())
    }

    /// Takes the records that are wanted out of all queues.
    pub(super) fn take_where(&self, is_wanted: &dyn Fn(&Record) -> bool) -> Vec<Record> {
        let mut taken = Vec::new();
        for queue in self.queues() {
            taken.append(&mut queue.take_where(is_wanted));
        }
        taken
    }

    fn endpoint_queues(&self) -> impl Iterator<Item = &Queue> {
        self.endpoints.iter().map(|endpoint| &endpoint.queue)
    }

    pub(super) fn pending(&self, lane: Lanes) -> Option<&Queue> {
        self.pending[lane.index()].get()
    }

    /// The queue of records that nobody takes. A service that a record names has one while nobody
    /// serves it.
    pub(super) fn pending_or_new(&self, lane: Lane) -> Option<&Queue> {
        match lane.service() {
            Some(service) => self.services.pending(service),
            None => Some(self.pending[lane.lanes().index()].get_or_init(Queue::default)),
        }
    }

    /// Takes out all pending records of a lane, in order.
    pub(super) fn take_pending(&mut self, lane: Lanes) -> Vec<Record> {
        self.pending[lane.index()].take().map_or_else(Vec::new, |pending| pending.take())
    }
}
