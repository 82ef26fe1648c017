//! The way out: queues become packets. Endpoints take turns, each as far as its credit goes.

use std::sync::atomic::Ordering;

use super::endpoint::Endpoint;
use super::packet::PacketBuilder;
use super::record::Record;
use super::undelivered::MAX_NACKS;
use super::window::Window;
use super::{EndpointId, Packet, RequestNumber, Router};

impl Router {
    /// The next packet to hand to the platform. Endpoints take turns. `None` if nothing more can go.
    pub fn next_packet(&self) -> Option<Packet> {
        loop {
            self.notify_senders();
            let endpoint = self.next_ready()?;
            let window = endpoint.window.upgrade();
            if let Some(packet) = window.and_then(|window| self.packet_for(&endpoint, &window)) {
                return Some(packet);
            }
        }
    }

    /// Pushes nacks to their senders, as far as those take them. Nacks for a page that takes none stay
    /// where they are joined.
    fn notify_senders(&self) {
        for sender in self.undelivered.take_due() {
            let Some(endpoint) = self.endpoint(sender) else {
                self.undelivered.dispose(&[sender]);
                continue;
            };
            let runs = match sender {
                EndpointId::MAIN => usize::MAX,
                _ => MAX_NACKS.saturating_sub(endpoint.pending_answers.load(Ordering::Relaxed)),
            };
            if runs > 0 {
                let nacks = self.undelivered.take(sender, runs);
                endpoint.is_rejected.store(false, Ordering::Relaxed);
                if !self.push_answers(sender, &mut nacks.into_iter()) {
                    self.undelivered.dispose(&[sender]);
                }
            }
        }
    }

    /// The next packets, until they have this many bytes of text or nothing more can go.
    pub fn next_packets(&self, bytes: usize) -> Vec<Packet> {
        let mut packets = Vec::new();
        let mut sum = 0;
        while sum < bytes {
            let Some(packet) = self.next_packet() else { break };
            sum += packet.text.len();
            packets.push(packet);
        }
        packets
    }

    /// Notes that an endpoint has taken this many packets more, so that others may leave. More than are
    /// in flight are all of them. If the endpoint has ended, nothing happens. Whether there is more
    /// for it.
    pub fn acknowledge(&self, endpoint: EndpointId, packets: u32) -> bool {
        let Some(endpoint) = self.endpoint(endpoint) else { return false };
        endpoint.in_flight.lock().arrive(packets);
        let has_more = !endpoint.queue.is_empty();
        if has_more {
            self.mark_ready(&endpoint);
        }
        has_more
    }

    /// The next packet for an endpoint. The main process takes its packets where they are made and
    /// needs no credit. An endpoint without credit stays off the ready list until it has some.
    fn packet_for(&self, endpoint: &Endpoint, window: &Window) -> Option<Packet> {
        let mut in_flight = endpoint.in_flight.lock();
        let is_bounded = endpoint.id != EndpointId::MAIN;
        let bound = self.limits().max_in_flight_bytes;
        if window.is_paused() || (is_bounded && !in_flight.is_below(bound)) {
            return None;
        }
        let joined = self.join(endpoint, window);
        self.undelivered.remind(endpoint.id);
        if !endpoint.queue.is_empty() {
            self.mark_ready(endpoint);
        }
        let attached = joined.attached();
        let packet = joined.packet(endpoint, window)?;
        if is_bounded {
            in_flight.leave(packet.text.len() + attached);
        }
        Some(packet)
    }

    /// Takes as many records out of a queue as fit in a packet.
    fn join(&self, endpoint: &Endpoint, window: &Window) -> PacketBuilder {
        let waiting = window.counters.counts();
        let mut joined = PacketBuilder::with_room_for(waiting.queued, waiting.queued_bytes);
        let mut front = endpoint.queue.front();
        while let Some(record) = front.pop_if(|record| joined.has_room_for(record)) {
            if let Some(call) = called(&record, endpoint) {
                // `hand_over` may search for other calls, in this queue too.
                drop(front);
                let wanted = self.hand_over(call, endpoint.id);
                if !wanted {
                    // It was counted as dropped when it was settled.
                    window.counters.open().spent_left(record.bytes());
                }
                front = endpoint.queue.front();
                if !wanted {
                    continue;
                }
            }
            joined.push(&record);
            endpoint.take(&record);
        }
        joined
    }
}

/// The call that a record is, if the endpoint is a window's and is to answer it. A call that was
/// settled while it was pending has no asker any more.
fn called(record: &Record, to: &Endpoint) -> Option<RequestNumber> {
    record.request_number().filter(|_| to.id != EndpointId::MAIN)
}
