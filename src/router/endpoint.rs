//! Endpoints: one JS world of one document, with the queue of what goes to it.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use super::in_flight::InFlight;
use super::lanes::Lanes;
use super::queue::Queue;
use super::record::{is_later, json_string, Record};
use super::sender_tag::SenderTag;
use super::topics::EndpointTopics;
use super::window::Window;
use super::world_address::World;
use super::{Limits, RouterError, WorldAddress};

/// Names an endpoint. No id is given twice. A reloaded page is another endpoint, so that records for
/// the earlier one cannot reach it.
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
    pub(super) world_address: WorldAddress,
    /// The origin of its document as a JSON string. `None` for the usual one, of files.
    pub(super) origin_json: Option<Box<str>>,
    pub(super) window: Weak<Window>,
    pub(super) queue: Queue,
    pub(super) in_flight: InFlight,
    /// Answers and nacks in its queue: those that it has not taken.
    pub(super) pending_answers: AtomicUsize,
    /// Whether its packets are rejected: it takes no nacks, and too many wait for it.
    pub(super) is_rejected: AtomicBool,
    /// The topics that it publishes to and subscribes to.
    pub(super) topics: EndpointTopics,
    /// How many services it serves.
    pub(super) serves: AtomicUsize,
    listening: AtomicU8,
    /// By lane, the place of the last record that it took. 0 before the first.
    taken: [AtomicU32; Lanes::LISTENED],
    /// Whether the router's list of endpoints with something to send names this one.
    on_ready_list: AtomicBool,
}

impl Endpoint {
    pub(super) fn new(
        id: EndpointId,
        world_address: WorldAddress,
        origin: Option<&str>,
        window: &Arc<Window>,
    ) -> Self {
        Self {
            id,
            world_address,
            origin_json: origin.map(|origin| json_string(origin).into()),
            window: Arc::downgrade(window),
            queue: Queue::default(),
            in_flight: InFlight::default(),
            pending_answers: AtomicUsize::new(0),
            is_rejected: AtomicBool::new(false),
            topics: EndpointTopics::default(),
            serves: AtomicUsize::new(0),
            listening: AtomicU8::new(0),
            taken: Default::default(),
            on_ready_list: AtomicBool::new(false),
        }
    }

    /// The number of its document.
    pub(super) fn document(&self) -> u64 {
        self.world_address.document()
    }

    /// If several worlds have a handler, the one with the highest rank gets a call. A window's own
    /// document ranks above its subframes', and the page above the preload.
    pub(super) fn rank(&self) -> (bool, World) {
        (!self.world_address.is_subframe(), self.world_address.world())
    }

    /// The tag of records that it sends.
    pub(super) fn sender_tag(&self, window: &Window) -> SenderTag {
        let name = window.name_json();
        SenderTag::Window(match &self.origin_json {
            None => name,
            Some(origin) => format!("[{name},{origin}]").into(),
        })
    }

    pub(super) fn listening(&self) -> Lanes {
        Lanes::from_bits(self.listening.load(Ordering::Acquire))
    }

    pub(super) fn set_listening(&self, lanes: Lanes) {
        self.listening.store(lanes.bits(), Ordering::Release);
    }

    /// Notes that a record leaves for this endpoint now.
    pub(super) fn take(&self, record: &Record) {
        if record.lane().is_empty() {
            self.pending_answers.fetch_sub(1, Ordering::Relaxed);
        } else if record.lane() != Lanes::PUBLISHED {
            self.note_taken(record.lane(), record.place);
            record.shared.note_taken();
        }
    }

    /// Notes the place of the last record of a lane that left for this endpoint.
    pub(super) fn note_taken(&self, lane: Lanes, place: u32) {
        self.taken[lane.index()].store(place, Ordering::Release);
    }

    /// Whether it has taken a record that was sent after this one.
    pub(super) fn has_had_later(&self, record: &Record) -> bool {
        let last = self.taken[record.lane().index()].load(Ordering::Acquire);
        last != 0 && is_later(last, record.place)
    }

    /// The answer, or a nack in its place if the page has no room for it. `waiting`: bytes of answers
    /// that wait for its window.
    pub(super) fn settling(&self, answer: Record, waiting: u64, limits: &Limits) -> Record {
        let Some(id) = answer.answers().filter(|_| self.id != EndpointId::MAIN) else {
            return answer;
        };
        let bytes = answer.bytes();
        if waiting + bytes as u64 <= limits.max_queue_bytes as u64 {
            return answer;
        }
        Record::nack(&id.to_string(), &RouterError::AnswerTooLong { waiting, bytes }, 1)
    }

    /// True for the caller that must put the endpoint on the ready list.
    pub(super) fn enter_ready_list(&self) -> bool {
        !self.on_ready_list.swap(true, Ordering::AcqRel)
    }

    pub(super) fn leave_ready_list(&self) {
        // A swap and not a store: a thread that found the endpoint on the list did not put it there
        // again. Its record must be visible to the thread that looks into the queue next.
        self.on_ready_list.swap(false, Ordering::AcqRel);
    }
}
