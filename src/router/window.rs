//! Windows: their names, their counters and their endpoints.

use std::sync::Arc;

use super::counters::WindowCounters;
use super::endpoint::Endpoint;
use super::lanes::{Lane, Lanes};
use super::ordered::{Read, RwLock, Written, LEAF, WINDOW_STATE};
use super::queue::Queue;
use super::ready_list::ReadyList;
use super::record::json_string;
use super::services::ServiceId;
use super::undelivered::Undelivered;
use super::window_state::WindowState;
use super::WorldAddress;

/// The id of a window's webContents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentsId(pub u32);

impl ContentsId {
    /// The main process; webContents count from 1.
    pub const MAIN: Self = Self(0);
}

/// A window, with or without a name, and the records that wait for its documents.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) contents: ContentsId,
    pub(super) counters: WindowCounters,
    pub(super) ready: Arc<ReadyList>,
    pub(super) undelivered: Arc<Undelivered>,
    /// A leaf among the locks (`mod.rs`, Locking).
    name: RwLock<Option<Name>, LEAF>,
    /// Why nothing in it listens, as the main process found out. A leaf among the locks.
    silence: RwLock<Option<Box<str>>, LEAF>,
    state: RwLock<WindowState, WINDOW_STATE>,
}

#[derive(Clone, Debug)]
struct Name {
    text: Arc<str>,
    json: Arc<str>,
}

impl Window {
    pub(super) fn new(
        contents: ContentsId,
        ready: &Arc<ReadyList>,
        undelivered: &Arc<Undelivered>,
    ) -> Self {
        Self {
            contents,
            ready: Arc::clone(ready),
            undelivered: Arc::clone(undelivered),
            counters: WindowCounters::default(),
            name: RwLock::default(),
            silence: RwLock::default(),
            state: RwLock::default(),
        }
    }

    pub(super) fn name(&self) -> Option<Arc<str>> {
        self.read_name().as_ref().map(|name| Arc::clone(&name.text))
    }

    /// The name as a JSON string, or `null`, for sender tags.
    pub(super) fn name_json(&self) -> Arc<str> {
        self.read_name().as_ref().map_or_else(|| "null".into(), |name| Arc::clone(&name.json))
    }

    pub(super) fn set_name(&self, name: Option<&str>) {
        let name = name.map(|name| Name { text: name.into(), json: json_string(name).into() });
        *self.name.write() = name;
    }

    pub(super) fn set_silence(&self, why: Option<&str>) {
        *self.silence.write() = why.map(Into::into);
    }

    /// `None` while any endpoint listens.
    pub(super) fn silence(&self) -> Option<String> {
        if self.has_listener() {
            return None;
        }
        let silence = self.silence.read();
        silence.as_deref().map(Into::into)
    }

    pub(super) fn describe(&self) -> String {
        match self.name() {
            Some(name) => format!("window {name:?}"),
            None if self.contents == ContentsId::MAIN => "the main process".into(),
            None => "a window without a name".into(),
        }
    }

    pub(super) fn join(&self, endpoint: Arc<Endpoint>) {
        self.write().endpoints.push(endpoint);
    }

    pub(super) fn endpoint_at(&self, world_address: WorldAddress) -> Option<Arc<Endpoint>> {
        self.read()
            .endpoints
            .iter()
            .find(|endpoint| endpoint.world_address == world_address)
            .cloned()
    }

    pub(super) fn endpoints(&self) -> Vec<Arc<Endpoint>> {
        self.read().endpoints.clone()
    }

    /// Pauses or resumes sending. Returns the endpoints that may have something to send.
    pub(super) fn set_paused(&self, paused: bool) -> Vec<Arc<Endpoint>> {
        let mut state = self.write();
        state.set_paused(paused);
        state.endpoints.clone()
    }

    pub(super) fn has_endpoint(&self, endpoint: &Endpoint) -> bool {
        self.read().has_endpoint(endpoint)
    }

    pub(super) fn is_paused(&self) -> bool {
        self.read().is_paused()
    }

    /// Whether any endpoint listens to any lane, or serves any service.
    pub(super) fn has_listener(&self) -> bool {
        let (lanes, state) = ([Lanes::FROM_MAIN, Lanes::FROM_OTHER, Lanes::REQUESTS], self.read());
        lanes.iter().any(|&lane| state.has_listener_for(lane)) || state.services.has_any_served()
    }

    /// Whether any endpoint listens to this lane.
    #[cfg(test)]
    pub(super) fn has_listener_for(&self, lane: Lanes) -> bool {
        self.read().has_listener_for(lane)
    }

    /// Whether any endpoint takes requests, or calls of a service.
    pub(super) fn takes_calls(&self, service: Option<ServiceId>) -> bool {
        self.read().has_taker(service.map_or(Lanes::REQUESTS.into(), Lane::from))
    }

    /// Whether a request is pending for a handler or a service.
    pub(super) fn has_pending_requests(&self) -> bool {
        let state = self.read();
        let is_pending = |queue: &Queue| !queue.is_empty();
        state.pending(Lanes::REQUESTS).is_some_and(is_pending)
            || state.services.pending_queues().any(is_pending)
    }

    /// Counts the waiting records and their bytes one by one, for tests of the counters. Records of
    /// settled calls may be in a queue and do not count.
    #[cfg(test)]
    pub(super) fn audit(&self, waits: &dyn Fn(&super::record::Record) -> bool) -> (u64, u64) {
        self.read().queues().fold((0, 0), |sum, queue| {
            let records = queue.take();
            let waiting: Vec<_> = records.iter().filter(|record| waits(record)).collect();
            let bytes: usize = waiting.iter().map(|record| record.bytes()).sum();
            let count = waiting.len() as u64;
            drop(waiting);
            records.into_iter().for_each(|record| queue.push(record));
            (sum.0 + count, sum.1 + bytes as u64)
        })
    }

    fn read_name(&self) -> Read<'_, Option<Name>, LEAF> {
        self.name.read()
    }

    // If a thread panicked while it held the lock, the counters may be off by the record that it
    // moved. To go on is better than to end the user's app.
    pub(super) fn read(&self) -> Read<'_, WindowState, WINDOW_STATE> {
        self.state.read()
    }

    pub(super) fn write(&self) -> Written<'_, WindowState, WINDOW_STATE> {
        self.state.write()
    }
}
