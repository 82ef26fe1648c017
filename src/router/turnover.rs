//! Where pending records go when listeners, documents, names and windows come and go.

use std::sync::Arc;

use super::endpoint::Endpoint;
use super::error::EndReason;
use super::lanes::Lanes;
use super::queue::{ByLane, Merging};
use super::record::Record;
use super::services::Services;
use super::window::Window;
use super::window_state::WindowState;
use super::{EndpointId, RequestNumber, RouterError};

/// The work that is left when a document has ended.
#[derive(Debug, Default)]
pub(super) struct EndedDocument {
    /// Endpoints of the document.
    pub(super) ended: Vec<EndpointId>,
    /// Endpoints of earlier documents, from which nothing more can come.
    pub(super) disposed: Vec<EndpointId>,
    /// Endpoints that now have something to send.
    pub(super) ready: Vec<Arc<Endpoint>>,
}

impl Window {
    /// Changes what an endpoint listens to. Records that are pending for a lane go to its first
    /// listener. If a lane's last listener is removed, the records that the endpoint has not taken
    /// are pending again. Returns the other endpoints that now have something to send.
    pub(super) fn listen(&self, endpoint: &Endpoint, lanes: Lanes) -> Vec<Arc<Endpoint>> {
        let mut state = self.write();
        if !state.has_endpoint(endpoint) {
            return Vec::new();
        }
        let before = endpoint.listening();
        endpoint.set_listening(lanes);
        for lane in lanes.without(before).each() {
            for record in state.take_pending(lane) {
                endpoint.queue.push(record);
            }
        }
        let left = before.without(lanes);
        if left.is_empty() {
            return Vec::new();
        }
        let back = endpoint.queue.take_where(&|record| left.contains(record.lane()));
        self.hand_on(&state, back, EndReason::Removed)
    }

    /// Removes the endpoints of a document that has ended. Their undelivered messages and requests
    /// wait for the next document. Their undelivered answers are dropped.
    pub(super) fn end_document(&self, document: u64, reason: EndReason) -> EndedDocument {
        let mut locked = self.write();
        let state = &mut *locked;
        let (ended, stay): (Vec<_>, Vec<_>) =
            state.endpoints.drain(..).partition(|endpoint| endpoint.document() == document);
        state.endpoints = stay;
        ended.iter().for_each(|endpoint| endpoint.set_listening(Lanes::NONE));
        let (mut unserved, mut undelivered) = (Vec::new(), Vec::new());
        for endpoint in &ended {
            unserved.append(&mut state.services.end(endpoint));
            undelivered.append(&mut endpoint.queue.take());
        }
        let ready = self.hand_on(state, undelivered, reason);
        unserved.into_iter().for_each(|service| state.services.dispose_if_unused(service));
        let ended: Vec<_> = ended.iter().map(|endpoint| endpoint.id).collect();
        let disposed = state.keep_ended(&ended);
        EndedDocument { ended, disposed, ready }
    }

    /// Gives records that an endpoint will not take to another that listens, or to the pending
    /// queues. Returns the endpoints that now have something to send. If another world took a copy,
    /// or a copy waits elsewhere, the record is dropped: at most once comes before at least once.
    pub(super) fn hand_on(
        &self,
        state: &WindowState,
        back: Vec<Record>,
        reason: EndReason,
    ) -> Vec<Arc<Endpoint>> {
        let mut pending = ByLane::default();
        let mut takers: Vec<(Arc<Endpoint>, Vec<Record>)> = Vec::new();
        for record in back {
            let is_spent = record.shared.is_taken() || !record.shared.is_last_copy();
            // A subscription ends with its document, and with it what waits for it.
            if record.lane().is_empty() || record.lane() == Lanes::PUBLISHED || is_spent {
                self.counters.open().dropped(&record);
            } else if let Some(taker) = state.next_taker(&record) {
                match takers.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &taker)) {
                    Some((_, records)) => records.push(record),
                    None => takers.push((taker, vec![record])),
                }
            } else if state.has_taker(record.exact_lane()) || state.is_overtaken(&record) {
                self.drop_record(
                    &mut self.counters.open(),
                    &record,
                    RouterError::TargetEnded(reason),
                );
            } else {
                pending.entry(record.exact_lane()).or_default().coming.push_back(record);
            }
        }
        for (lane, Merging { coming, .. }) in pending {
            self.counters.open().shares.look_again();
            if let Some(queue) = state.pending_or_new(lane) {
                queue.insert_all(coming.into());
            }
        }
        let insert = |(taker, records): (Arc<Endpoint>, _)| {
            taker.queue.insert_all(records);
            taker
        };
        takers.into_iter().map(insert).collect()
    }

    /// Takes the pending requests with lower numbers out.
    pub(super) fn take_pending_requests(&self, before: RequestNumber) -> Vec<Record> {
        let mut state = self.write();
        let is_before =
            |record: &Record| record.request_number().is_some_and(|number| number < before);
        let mut taken = Vec::new();
        for queue in state.pending_queues() {
            taken.append(&mut queue.take_where(&is_before));
        }
        taken.sort_by(Record::by_place);
        state.services.dispose_unused();
        taken
    }

    /// Takes out the records of calls that were settled. They count as dropped already.
    pub(super) fn drop_settled(&self, is_open: &dyn Fn(RequestNumber) -> bool) {
        let mut state = self.write();
        let is_settled = |record: &Record| record.request_number().is_some_and(|it| !is_open(it));
        for record in state.take_where(&is_settled) {
            self.counters.open().spent_left(record.bytes());
        }
        state.services.dispose_unused();
    }

    /// Drops the messages that were sent under a name that is taken from the window. Calls are settled
    /// elsewhere.
    pub(super) fn drop_undelivered(&self) {
        let state = self.write();
        for record in state.take_where(&|record| record.sender().is_some()) {
            self.drop_record(
                &mut self.counters.open(),
                &record,
                RouterError::TargetEnded(EndReason::Unregistered),
            );
        }
    }

    /// Drops all records that wait for a window that has closed. Calls are settled elsewhere.
    /// Returns the endpoints that are to be disposed.
    pub(super) fn close(&self) -> Vec<EndpointId> {
        let mut state = self.write();
        state.close();
        for queue in state.queues() {
            for record in queue.take().iter().filter(|record| record.request_number().is_none()) {
                self.drop_record(
                    &mut self.counters.open(),
                    record,
                    RouterError::TargetEnded(EndReason::Closed),
                );
            }
        }
        state.services = Services::default();
        let ended: Vec<_> = state.endpoints.drain(..).map(|endpoint| endpoint.id).collect();
        ended.into_iter().chain(state.take_ended()).collect()
    }
}
