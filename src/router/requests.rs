//! Requests to windows, from the call to the answer, or to whatever else settles it.

use std::sync::atomic::Ordering;

use super::attachments::Shared;
use super::calls::{Ask, Call};
use super::deadlines::Timeout;
use super::error::EndReason;
use super::packet::PacketBuilder;
use super::record::Record;
use super::routing::Sender;
use super::undelivered::{MAX_NACKS, MAX_OPEN};
use super::{
    Attachments, ContentsId, EndpointId, Lanes, Late, Packet, Payload, RequestNumber, Router,
    RouterError,
};

impl Router {
    /// Asks a window on behalf of the main process, which finds the answer in its packets under the
    /// id that it chooses here; a nack, if the window that had the name has closed.
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
        match self.route_call(&Sender::MAIN, (id, None), name, (payload, attached)) {
            Err(ended @ RouterError::TargetEnded(_)) => {
                self.reject(ask, &ended);
                Ok(())
            }
            called => called,
        }
    }

    /// Gives up a request of the main process. Nothing happens where it is settled already.
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
        self.abort_call(Ask { asker: EndpointId::MAIN, id }, (reason, attached));
        Ok(())
    }

    /// Whether requests wait for a handler, in the main process or in a window.
    #[must_use]
    pub fn has_pending_requests(&self) -> bool {
        self.calls.has_pending() || self.main_window().has_pending(Lanes::REQUESTS)
    }

    /// The number that the next request will have.
    #[must_use]
    pub fn next_request_number(&self) -> RequestNumber {
        self.calls.mark()
    }

    /// Nobody took these requests in time: the askers of calls with lower numbers that still wait
    /// are told so, and those to the main process come out for it to answer them itself.
    #[must_use]
    pub fn drop_unhandled_requests(&self, before: RequestNumber, waited_ms: u32) -> Option<Packet> {
        let unhandled = |number, call: &Call| {
            call.callee.is_none() && number < before && !self.has_handler(call.target)
        };
        let dropped = self.calls.end(unhandled);
        for (_, call) in &dropped {
            self.settled(call);
            let window = self.window(call.target);
            let target = window.as_ref().map_or_else(String::new, |window| window.describe());
            let silence = window.and_then(|window| window.silence());
            self.reject(call.ask, &RouterError::NoHandler { target, waited_ms, silence });
        }
        self.make_room(dropped.iter().map(|(_, call)| call));
        let mut joined = PacketBuilder::default();
        let unhandled = self.main_window().take_pending_requests(before);
        unhandled.iter().for_each(|record| joined.push(record));
        joined.packet(&self.main_endpoint(), self.main_window())
    }

    /// A call to a window that has one waits for its turn only: the page is busy.
    fn has_handler(&self, window: ContentsId) -> bool {
        self.window(window).is_some_and(|window| window.has_listener_for(Lanes::REQUESTS))
    }

    pub(super) fn route_call(
        &self,
        from: &Sender<'_>,
        (id, timeout): (u64, Timeout),
        name: &str,
        (payload, attached): (Payload<'_>, Shared),
    ) -> Result<(), RouterError> {
        let window = self.known_window(name)?;
        self.check_open_requests(from)?;
        let ask = Ask { asker: from.id, id };
        self.calls.open(ask, timeout, (from.contents, window.contents), |number| {
            let call = Record::call(number, from.tag, payload, attached);
            let bytes = call.bytes();
            window.push(from.contents, call, &self.limits())?;
            Ok(bytes)
        })
    }

    /// Whether a page may ask more: as long as it has not too much that is to be answered, or that
    /// it is to take.
    pub(super) fn check_open_requests(&self, from: &Sender<'_>) -> Result<(), RouterError> {
        let Some(pending_answers) = from.pending_answers else { return Ok(()) };
        let untaken = pending_answers.load(Ordering::Relaxed);
        let open = untaken + self.calls.count(from.id) + self.open_requests.count(from.id);
        if open < MAX_OPEN {
            Ok(())
        } else {
            Err(RouterError::TooManyRequests { open })
        }
    }

    /// A call goes to an endpoint now. False where nobody waits for the answer any more.
    pub(super) fn hand_over(&self, number: RequestNumber, callee: EndpointId) -> bool {
        let Some(asker) = self.calls.hand_over(number, callee) else {
            return false;
        };
        // The last words of a page: the callee gets the call, and is told behind it.
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

    /// Passes an answer on. One that nobody waits for, or that is not its sender's to give, goes
    /// nowhere.
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

    /// Tells whoever works at a request that its asker gave it up. What is no open call may be a
    /// request to main, where the word waits behind its request. False where it is settled already.
    pub(super) fn route_abort(
        &self,
        ask: Ask,
        from: ContentsId,
        reason: (Payload<'_>, Shared),
    ) -> bool {
        let Some((payload, attached)) = self.abort_call(ask, reason) else {
            return true;
        };
        if !self.open_requests.close(ask) {
            return false;
        }
        let number = self.calls.next_number();
        let abort = Record::abort_request(number, ask, payload, attached);
        // Where main's queue is full the request is answered all the same, to nobody.
        let _ = self.main_window().push(from, abort, &self.limits());
        true
    }

    /// Whether [`Router::late_requests`] is to be called.
    #[must_use]
    pub fn is_clock_due(&self) -> bool {
        self.deadlines.is_clock_due()
    }

    /// The requests of pages whose time is over, each once; and in how many milliseconds there are
    /// more, if nothing changes until then. `now`: what a clock shows that never goes back, in ms.
    #[must_use]
    pub fn late_requests(&self, now: u64) -> (Vec<Late>, Option<u64>) {
        self.deadlines.look(now)
    }

    /// Gives a request up for its asker, which had no answer in time, and tells both sides.
    pub fn time_out(&self, asker: EndpointId, id: u64, timeout_ms: u32, reason: Payload<'_>) {
        let endpoint = self.endpoint(asker);
        let Some(window) = endpoint.and_then(|it| it.window.upgrade()) else { return };
        let ask = Ask { asker, id };
        if self.route_abort(ask, window.contents, (reason, Shared::NOTHING)) {
            self.reject(ask, &RouterError::TimedOut { timeout_ms });
        }
    }

    /// Gives the reason back where there is no such call.
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

    /// A call was settled; if it waits, it is booked as dropped.
    fn settled(&self, call: &Call) {
        if let (None, Some(window)) = (call.callee, self.window(call.target)) {
            window.counters.open().settled(call.from, call.bytes);
        }
    }

    /// Takes what was settled out of the queues, where it is much.
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

    /// Endpoints are gone: what they worked at fails, and who works for them is told.
    pub(super) fn end_calls_of(&self, ended: &[EndpointId], reason: EndReason) {
        let concerns = |_, call: &Call| {
            ended.contains(&call.ask.asker) || call.callee.is_some_and(|it| ended.contains(&it))
        };
        self.end_calls(&self.calls.end(concerns), reason);
    }

    /// A window is gone, and all that was asked of it.
    pub(super) fn end_calls_to(&self, window: ContentsId, reason: EndReason) {
        self.end_calls(&self.calls.end(|_, call| call.target == window), reason);
    }

    /// A window lost its name, under which these calls waited.
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

    /// Tells both sides; whichever is gone does not hear it.
    fn end_call(&self, number: RequestNumber, call: Call, reason: EndReason) {
        let error = RouterError::TargetEnded(reason);
        self.reject(call.ask, &error);
        if let Some(callee) = call.callee {
            let address = format!("[{}]", number.number());
            self.push_answer(callee, Record::nack(&address, &error, 1));
        }
    }

    /// Settles a request with an error: at once, unless its asker does not take what it is told.
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

    /// Sends what needs no listener; to nobody, where that endpoint is gone.
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
