//! Requests to windows, from the call to its answer or to its other ends.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::attachments::Shared;
use super::calls::{Ask, Call};
use super::deadlines::{Asked, Timeout};
use super::error::EndReason;
use super::open_requests::Closed;
use super::packet::PacketBuilder;
use super::parse::InvokeTarget;
use super::record::Record;
use super::routing::Sender;
use super::services::{check_name, Invocation};
use super::undelivered::{MAX_NACKS, MAX_OPEN};
use super::{
    Attachments, ContentsId, EndpointId, Late, Packet, Payload, RequestNumber, Router, RouterError,
};

impl Router {
    /// Sends a request of the main process to a window. The answer is in the main process's packets,
    /// under the id that it chooses here. If the window with that name has closed, it is a nack.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`], [`RouterError::QueueFull`], [`RouterError::BadPacket`].
    pub fn call(
        &self,
        name: &str,
        id: u64,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<(), RouterError> {
        let attached = self.take_attachments(payload, &mut attachments)?;
        let ask = Ask { asker: EndpointId::MAIN, id };
        match self.route_call(&Sender::MAIN, (id, None), name, None, (payload, attached)) {
            Err(ended @ RouterError::TargetEnded(_)) => {
                self.reject(ask, &ended);
                Ok(())
            }
            called => called,
        }
    }

    /// Cancels a request of the main process. If it is settled already, nothing happens.
    ///
    /// # Errors
    /// [`RouterError::BadPacket`] when the attachments are not as many as the payload's form says.
    pub fn cancel(
        &self,
        id: u64,
        reason: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<(), RouterError> {
        let attached = self.take_attachments(reason, &mut attachments)?;
        let ask = Ask { asker: EndpointId::MAIN, id };
        self.route_abort(ask, ContentsId::MAIN, (reason, attached));
        Ok(())
    }

    /// Whether any request is pending for a handler, in the main process or in a window.
    #[must_use]
    pub fn has_pending_requests(&self) -> bool {
        self.calls.has_pending() || self.main_window().has_pending_requests()
    }

    /// The number that the next request will have.
    #[must_use]
    pub fn next_request_number(&self) -> RequestNumber {
        self.calls.mark()
    }

    /// Drops the requests with lower numbers that no handler took in time. The askers of calls are
    /// notified. Requests to the main process come out as a packet: it answers them itself.
    #[must_use]
    pub fn drop_unhandled_requests(&self, before: RequestNumber, waited_ms: u32) -> Option<Packet> {
        let unhandled = |number, call: &Call| {
            call.callee.is_none() && number < before && !self.has_handler(call)
        };
        let dropped = self.calls.end(unhandled);
        for (_, call) in &dropped {
            self.settled(call);
            let window = self.window(call.target);
            let target = window.as_ref().map_or_else(String::new, |window| window.describe());
            let silence = window.as_ref().and_then(|window| window.silence());
            let service = window.and_then(|window| window.unserved(call.service?));
            self.reject(call.ask, &RouterError::NoHandler { target, waited_ms, silence, service });
        }
        self.make_room(dropped.iter().map(|(_, call)| call));
        let mut joined = PacketBuilder::default();
        let unhandled = self.main_window().take_pending_requests(before);
        unhandled.iter().for_each(|record| joined.push(record));
        joined.packet(&self.main_endpoint(), self.main_window())
    }

    /// If a window has a handler, a call to it waits for its turn only: the page is busy.
    fn has_handler(&self, call: &Call) -> bool {
        self.window(call.target).is_some_and(|window| window.takes_calls(call.service))
    }

    /// Routes a call of a service. A rejection comes as a nack.
    pub(super) fn route_invoke(
        &self,
        from: &Sender<'_>,
        target: &InvokeTarget<'_>,
        value: (Payload<'_>, Shared),
    ) {
        let InvokeTarget { id, timeout, window, method } = target;
        let asked = (*id, self.timeout(from, *timeout));
        let routed = check_name(&method.service).and_then(|()| match window {
            Some(name) => self.route_call(from, asked, name, Some(method), value),
            None => self.route_request(from, asked, Some(method), value),
        });
        routed.unwrap_or_else(|error| self.reject(Ask { asker: from.id, id: *id }, &error));
    }

    pub(super) fn route_call(
        &self,
        from: &Sender<'_>,
        (id, timeout): (u64, Timeout),
        name: &str,
        method: Option<&Invocation<'_>>,
        value: (Payload<'_>, Shared),
    ) -> Result<(), RouterError> {
        let window = self.known_window(name)?;
        self.check_open_requests(from.id, from.pending_answers)?;
        let ask = Ask { asker: from.id, id };
        let limit = (timeout, || method.map_or(Asked::Window, Invocation::asked));
        self.calls.open(ask, limit, (from.contents, window.contents), |number| {
            let call = Record::call(number, from.tag, method, value);
            let bytes = call.bytes();
            let service = method.map(|method| &*method.service);
            Ok((
                bytes,
                window.push_request((from.contents, from.id), call, service, &self.limits())?,
            ))
        })
    }

    /// Rejects a request of a page that has too many open requests and untaken answers.
    /// `pending_answers`: those that wait for the page.
    pub(super) fn check_open_requests(
        &self,
        from: EndpointId,
        pending_answers: Option<&AtomicUsize>,
    ) -> Result<(), RouterError> {
        let Some(pending_answers) = pending_answers else { return Ok(()) };
        let untaken = pending_answers.load(Ordering::Relaxed);
        let open = untaken + self.calls.count(from) + self.open_requests.count(from);
        if open < MAX_OPEN {
            Ok(())
        } else {
            Err(RouterError::TooManyRequests { open })
        }
    }

    /// Notes that a call goes to an endpoint now. False if no asker waits for the answer any more.
    pub(super) fn hand_over(&self, number: RequestNumber, callee: EndpointId) -> bool {
        let Some(asker) = self.calls.hand_over(number, callee) else {
            return false;
        };
        // A page sent it after it ended: the callee gets the call, and behind it a nack.
        if let Some(reason) = self.end_reason_of(asker) {
            self.end_calls_of(&[asker], reason);
        }
        true
    }

    pub(super) fn end_reason_of(&self, endpoint: EndpointId) -> Option<EndReason> {
        let Some(endpoint) = self.endpoint(endpoint) else {
            return Some(EndReason::Closed);
        };
        let is_here =
            endpoint.window.upgrade().is_some_and(|window| window.has_endpoint(&endpoint));
        (!is_here).then_some(EndReason::Reloaded)
    }

    /// Passes an answer on. If no asker waits for it, or its sender was not given the call, the
    /// answer goes nowhere.
    pub(super) fn route_answer(
        &self,
        by: EndpointId,
        number: RequestNumber,
        ok: bool,
        (payload, attached): (Payload<'_>, Shared),
    ) {
        if let Some(call) = self.calls.answered(number, by) {
            self.push_answer(call.ask.asker, Record::reply(call.ask.id, ok, payload, attached));
        }
    }

    /// Notifies the endpoint that has a request that its asker canceled it. If there is no such
    /// call, it may be a request to main: the record then waits behind its request. False if the
    /// request is settled already.
    pub(super) fn route_abort(
        &self,
        ask: Ask,
        from: ContentsId,
        reason: (Payload<'_>, Shared),
    ) -> bool {
        let Some((payload, attached)) = self.abort_call(ask, reason) else {
            return true;
        };
        let Some(Closed { service }) = self.open_requests.close(ask) else { return false };
        let (number, main) = (self.calls.next_number(), self.main_window());
        let abort = Record::abort_request(number, ask, payload, attached);
        let is_served = |service: &str| {
            main.service_id(service).is_some_and(|service| main.takes_calls(Some(service)))
        };
        if let Some(service) = service.as_deref().filter(|service| !is_served(service)) {
            // The main process may have the call, or the call may wait. An abort of a call that it
            // does not have is nothing to it.
            self.push_answer(EndpointId::MAIN, abort.clone().without_lane());
            if main.service_id(service).is_none() {
                return true;
            }
        }
        // If main's queue is full, the request is answered all the same, and the answer dropped.
        let _ = main.push_request((from, ask.asker), abort, service.as_deref(), &self.limits());
        true
    }

    /// Whether [`Router::late_requests`] is to be called now.
    #[must_use]
    pub fn is_clock_due(&self) -> bool {
        self.deadlines.is_clock_due()
    }

    /// The requests of pages whose time is over, each once. The number says in how many milliseconds
    /// there are more, if nothing changes until then. `now`: milliseconds of a monotonic clock.
    #[must_use]
    pub fn late_requests(&self, now: u64) -> (Vec<Late>, Option<u64>) {
        self.deadlines.look(now)
    }

    /// Cancels a request for its asker, which had no answer in time, and notifies both sides.
    pub fn time_out(&self, asker: EndpointId, id: u64, timeout_ms: u32, reason: Payload<'_>) {
        let endpoint = self.endpoint(asker);
        let Some(window) = endpoint.and_then(|it| it.window.upgrade()) else { return };
        let ask = Ask { asker, id };
        if self.route_abort(ask, window.contents, (reason, Shared::NOTHING)) {
            self.reject(ask, &RouterError::TimedOut { timeout_ms });
        }
    }

    /// Returns the reason if there is no such call.
    fn abort_call<'a>(
        &self,
        ask: Ask,
        reason: (Payload<'a>, Shared),
    ) -> Option<(Payload<'a>, Shared)> {
        let Some((number, call)) = self.calls.canceled(ask) else {
            return Some(reason);
        };
        if let Some(callee) = call.callee {
            self.push_answer(callee, Record::abort_call(number, reason.0, reason.1));
        } else {
            self.settled(&call);
            self.make_room(std::iter::once(&call));
        }
        None
    }

    /// Counts a call that was settled as dropped if it was pending.
    fn settled(&self, call: &Call) {
        if let (None, Some(window)) = (call.callee, self.window(call.target)) {
            window.counters.open().settled(call.from, call.bytes);
        }
    }

    /// Takes settled calls out of the queues that have many of them.
    fn make_room<'a>(&self, settled: impl Iterator<Item = &'a Call>) {
        let mut last = None;
        for target in settled.map(|call| call.target) {
            if last.replace(target) == Some(target) {
                continue;
            }
            let window = self.window(target);
            if let Some(window) = window.filter(|it| it.counters.open().has_much_spent()) {
                self.calls.look(|is_open| window.drop_settled(is_open));
            }
        }
    }

    /// Ends the calls of endpoints that have ended: those that they have and those that they made.
    pub(super) fn end_calls_of(&self, ended: &[EndpointId], reason: EndReason) {
        let concerns = |_, call: &Call| {
            ended.contains(&call.ask.asker) || call.callee.is_some_and(|it| ended.contains(&it))
        };
        self.end_calls(&self.calls.end(concerns), reason);
    }

    /// Ends all calls to a window that has closed.
    pub(super) fn end_calls_to(&self, window: ContentsId, reason: EndReason) {
        self.end_calls(&self.calls.end(|_, call| call.target == window), reason);
    }

    /// Ends the pending calls to a window whose name was taken away.
    pub(super) fn end_waiting_calls_to(&self, window: ContentsId, reason: EndReason) {
        let waits = |_, call: &Call| call.target == window && call.callee.is_none();
        self.end_calls(&self.calls.end(waits), reason);
    }

    fn end_calls(&self, ended: &[(RequestNumber, Call)], reason: EndReason) {
        for (number, call) in ended {
            self.settled(call);
            self.end_call(*number, *call, reason);
        }
        self.make_room(ended.iter().map(|(_, call)| call));
    }

    /// Notifies both sides. A side that has ended gets nothing.
    fn end_call(&self, number: RequestNumber, call: Call, reason: EndReason) {
        let error = RouterError::TargetEnded(reason);
        self.reject(call.ask, &error);
        if let Some(callee) = call.callee {
            let address = format!("[{}]", number.number());
            self.push_answer(callee, Record::nack(&address, &error, 1));
        }
    }

    /// Settles a request with an error: at once, unless its asker has too many untaken nacks.
    pub(super) fn reject(&self, ask: Ask, error: &RouterError) {
        let Some(asker) = self.endpoint(ask.asker) else { return };
        let is_full = || {
            asker.pending_answers.load(Ordering::Relaxed) >= MAX_NACKS
                || self.undelivered.has_rejected(asker.id)
        };
        if ask.asker == EndpointId::MAIN || !is_full() {
            self.push_answer(ask.asker, Record::nack(&ask.id.to_string(), error, 1));
        } else if !self.undelivered.note_rejected(ask, error) {
            asker.is_rejected.store(true, Ordering::Relaxed);
        }
    }

    /// Sends an answer or nack, which need no listener. False if the endpoint has ended.
    pub(super) fn push_answer(&self, to: EndpointId, record: Record) -> bool {
        self.push_answers(to, &mut std::iter::once(record))
    }

    pub(super) fn push_answers(
        &self,
        to: EndpointId,
        records: &mut dyn Iterator<Item = Record>,
    ) -> bool {
        let endpoint = self.endpoint(to);
        let window = endpoint.as_ref().and_then(|endpoint| endpoint.window.upgrade());
        match (endpoint, window) {
            (Some(endpoint), Some(window)) => {
                window.push_answers(&endpoint, records, &self.limits())
            }
            _ => false,
        }
    }
}
