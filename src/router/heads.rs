//! Single records that can go at once. Their payloads stay where they are: the router is asked about
//! the head of a record, and decides. A record that is admitted here counts as delivered, and the
//! caller hands it to its target. A record that is not admitted has changed nothing. It is routed as
//! text then, waits if it has to, and gets its error if there is one.
//!
//! Admission, shares, counters, credit and open requests are those of every record. Nothing is
//! overtaken, because nothing is admitted here while the queue of its target has a record.

use std::sync::atomic::Ordering;
use std::sync::Arc;

use super::calls::Ask;
use super::deadlines::Asked;
use super::endpoint::Endpoint;
use super::lanes::Lane;
use super::services::ServiceId;
use super::shares::{ShareId, Used};
use super::window::Window;
use super::window_state::Takers;
use super::{ContentsId, EndpointId, Lanes, Limits, Router, WorldAddress};

/// Where an endpoint is, and who its records come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointAddress {
    /// Its window.
    pub contents: ContentsId,
    /// Its world, in the window.
    pub world_address: WorldAddress,
    /// The sender tag of its records, as JSON.
    pub sender_tag: String,
}

impl Router {
    /// The edition of the tables of names and endpoints. It changes with them: an address and the
    /// window of a name are the same as long as the edition is.
    #[must_use]
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::Acquire)
    }

    /// Where an endpoint is. `None` if there is no such endpoint.
    #[must_use]
    pub fn address_of(&self, id: EndpointId) -> Option<EndpointAddress> {
        let (endpoint, window) = self.endpoint_in_window(id)?;
        Some(EndpointAddress {
            contents: window.contents,
            world_address: endpoint.world_address,
            sender_tag: endpoint.sender_tag(&window).as_json().into(),
        })
    }

    /// The endpoint that listens to a lane in the window of a name. `None` if none does, or several.
    #[must_use]
    pub fn only_listener(&self, name: &str, lane: Lanes) -> Option<EndpointId> {
        let window = self.window_named(name)?;
        let state = window.read();
        match state.takers(lane.into()) {
            Takers::One(taker) => Some(taker.id),
            Takers::Nobody | Takers::Several => None,
        }
    }

    /// Admits a request of a page to the main process, without a time limit. `lanes`: those that its
    /// packet names. `service`: the number of the service that it calls ([`Router::main_service`]), if it
    /// does. `bytes`: at least those of its record. `edition`: that of the tables from which its sender
    /// tag is.
    #[must_use]
    pub fn admit_request(
        &self,
        (from, lanes): (EndpointId, Lanes),
        (id, service): (u64, Option<u32>),
        bytes: usize,
        edition: u64,
    ) -> bool {
        let Some((asker, window)) = self.sender(from, lanes) else { return false };
        let Some(called) = self.called_in_main(service) else { return false };
        if edition != self.edition() {
            return false;
        }
        let main = self.main_endpoint();
        // No thread makes a packet for the main process meanwhile.
        let _packets = main.in_flight.lock();
        let ask = Ask { asker: from, id };
        let is_open = self.check_open_requests(from, Some(&asker.pending_answers)).is_ok()
            && self.open_requests.open(ask, (None, || Asked::Main), called.name.as_deref()).is_ok();
        if !is_open {
            return false;
        }
        let pass = Pass { from: window.contents, lane: called.lane, bytes };
        let admitted = self.main_window().pass(&pass, &main, &self.limits());
        if !admitted {
            self.open_requests.close(ask);
        }
        admitted
    }

    /// `None` for a number of no service.
    fn called_in_main(&self, service: Option<u32>) -> Option<Called> {
        let Some(number) = service else {
            return Some(Called { lane: Lanes::REQUESTS.into(), name: None });
        };
        let service = ServiceId::from_number(number)?;
        let name = self.main_window().service_name(service)?;
        Some(Called { lane: service.into(), name: Some(name) })
    }

    /// Admits the answer of the main process to a request. `bytes`: at least those of its packet.
    /// The main process gets its own answers with its packets.
    #[must_use]
    pub fn admit_answer(&self, to: EndpointId, id: u64, bytes: usize) -> bool {
        if to == EndpointId::MAIN {
            return false;
        }
        // The clock is to be looked at when a request with a time limit is settled.
        if self.deadlines.has_any() {
            return false;
        }
        let admitted = self
            .send_at_once(to, bytes, |window, to, limits| window.pass_answer(to, bytes, limits));
        if admitted {
            self.open_requests.close(Ask { asker: to, id });
        }
        admitted
    }

    /// Admits a message of the main process to an endpoint. `edition`: that of the tables by which
    /// the endpoint was found. `bytes`: at least those of its packet.
    #[must_use]
    pub fn admit_message(&self, to: EndpointId, bytes: usize, edition: u64) -> bool {
        let pass = Pass { from: ContentsId::MAIN, lane: Lanes::FROM_MAIN.into(), bytes };
        edition == self.edition() && self.pass_message(&pass, to)
    }

    /// Admits a message of a page to an endpoint of another window.
    #[must_use]
    pub fn admit_message_across(
        &self,
        (from, lanes): (EndpointId, Lanes),
        to: EndpointId,
        bytes: usize,
        edition: u64,
    ) -> bool {
        let Some((_, window)) = self.sender(from, lanes) else { return false };
        let pass = Pass { from: window.contents, lane: Lanes::FROM_OTHER.into(), bytes };
        edition == self.edition() && self.pass_message(&pass, to)
    }

    fn pass_message(&self, pass: &Pass, to: EndpointId) -> bool {
        self.send_at_once(to, pass.bytes, |window, to, limits| window.pass(pass, to, limits))
    }

    /// Notes a packet in flight, if the endpoint has credit and `pass` admits the record.
    fn send_at_once(
        &self,
        to: EndpointId,
        bytes: usize,
        pass: impl FnOnce(&Window, &Endpoint, &Limits) -> bool,
    ) -> bool {
        let Some((endpoint, window)) = self.endpoint_in_window(to) else { return false };
        let mut in_flight = endpoint.in_flight.lock();
        let limits = self.limits();
        let admitted =
            in_flight.is_below(limits.max_in_flight_bytes) && pass(&window, &endpoint, &limits);
        if admitted {
            in_flight.leave(bytes);
        }
        admitted
    }

    /// The endpoint of a page whose packets are routed, if it listens to these lanes already.
    fn sender(&self, from: EndpointId, lanes: Lanes) -> Option<(Arc<Endpoint>, Arc<Window>)> {
        self.endpoint_in_window(from).filter(|(endpoint, _)| {
            from != EndpointId::MAIN
                && endpoint.listening() == lanes
                && !endpoint.is_rejected.load(Ordering::Relaxed)
        })
    }

    fn endpoint_in_window(&self, id: EndpointId) -> Option<(Arc<Endpoint>, Arc<Window>)> {
        let endpoint = self.endpoint(id)?;
        let window = endpoint.window.upgrade()?;
        Some((endpoint, window))
    }
}

/// The head of a record that wants to pass a queue.
struct Pass {
    from: ContentsId,
    lane: Lane,
    bytes: usize,
}

/// The lane of a request to the main process, and the name if the lane is a service.
struct Called {
    lane: Lane,
    name: Option<Arc<str>>,
}

impl Window {
    /// Counts a record in and out, if the endpoint is the only one that it is for, and nothing waits
    /// before it.
    fn pass(&self, pass: &Pass, to: &Endpoint, limits: &Limits) -> bool {
        let state = self.read();
        let is_for = matches!(state.takers(pass.lane), Takers::One(taker) if taker.id == to.id);
        let mut counters = self.counters.open();
        if !is_for || !state.is_open() || !to.queue.is_empty() {
            return false;
        }
        let share = counters.shares.of(pass.from);
        let in_main = self.contents == ContentsId::MAIN;
        let admitted = counters.admit(share, pass.bytes, limits, in_main);
        if admitted {
            counters.delivered(share, Used::one(pass.bytes));
            to.note_taken(pass.lane.lanes(), counters.next_place());
        }
        admitted
    }

    /// The same for an answer, for which nobody has to listen.
    fn pass_answer(&self, to: &Endpoint, bytes: usize, limits: &Limits) -> bool {
        let state = self.read();
        let mut counters = self.counters.open();
        let is_next = state.is_open() && state.has_endpoint(to) && to.queue.is_empty();
        let has_room = counters.answers.bytes + bytes as u64 <= limits.max_queue_bytes as u64;
        if is_next && has_room {
            counters.admit_always(ShareId::NONE, bytes);
            counters.delivered(ShareId::NONE, Used::one(bytes));
        }
        is_next && has_room
    }
}
