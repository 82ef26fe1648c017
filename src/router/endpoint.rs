//! Endpoints: one JS world of one document, with the queue of what goes to it.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Weak};

use super::lane::Lanes;
use super::queue::Queue;
use super::window::Window;

/// Names an endpoint. Never given twice: a reloaded page is another endpoint, so what was meant
/// for the old one cannot reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EndpointId(u64);

impl EndpointId {
    /// The main process. Reserved: windows may be named "main", so it has no name.
    pub const MAIN: Self = Self(0);

    /// The id of this number, as [`EndpointId::number`] gave it.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// A number below 2^53, exact in JavaScript.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) id: EndpointId,
    pub(super) link: u64,
    pub(super) window: Weak<Window>,
    pub(super) queue: Queue,
    listening: AtomicU8,
    /// Whether the router's list of endpoints with something to send names this one.
    on_ready_list: AtomicBool,
}

impl Endpoint {
    pub(super) fn new(id: EndpointId, link: u64, window: &Arc<Window>) -> Self {
        Self {
            id,
            link,
            window: Arc::downgrade(window),
            queue: Queue::new(),
            listening: AtomicU8::new(0),
            on_ready_list: AtomicBool::new(false),
        }
    }

    /// Links are twice the document's number plus the world.
    pub(super) fn document(&self) -> u64 {
        self.link >> 1
    }

    pub(super) fn listening(&self) -> Lanes {
        Lanes::from_bits(self.listening.load(Ordering::Acquire))
    }

    pub(super) fn set_listening(&self, lanes: Lanes) {
        self.listening.store(lanes.bits(), Ordering::Release);
    }

    /// True for the caller that must put the endpoint on the ready list.
    pub(super) fn enter_ready_list(&self) -> bool {
        !self.on_ready_list.swap(true, Ordering::AcqRel)
    }

    pub(super) fn leave_ready_list(&self) {
        self.on_ready_list.store(false, Ordering::Release);
    }
}
