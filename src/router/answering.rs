//! Requests to windows, from the call to the answer, or to whatever else settles it.

use super::attachment::Shared;
use super::calls::{Ask, Call};
use super::error::Gone;
use super::frame::Joiner;
use super::record::{Record, MAIN_STAMP};
use super::{
    Attachments, ContentsId, EndpointId, Frame, Lanes, Payload, RequestNumber, Router, RouterError,
};

impl Router {
    /// Asks a window on behalf of the main process, which finds the answer in its frames under the
    /// id that it chooses here; a nack, if the window that had the name has closed.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`], [`RouterError::QueueFull`], [`RouterError::BadFrame`].
    pub fn call(
        &self,
        name: &str,
        id: u64,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<(), RouterError> {
        let attached = self.take_attachments(payload, &mut attachments)?;
        let ask = Ask { asker: EndpointId::MAIN, id };
        match self.route_call(ask, MAIN_STAMP, name, (payload, attached)) {
            Err(gone @ RouterError::TargetGone(_)) => {
                self.refuse(ask, &gone);
                Ok(())
            }
            called => called,
        }
    }

    /// Gives up a request of the main process. Nothing happens where it is settled already.
    ///
    /// # Errors
    /// [`RouterError::BadFrame`] when the attachments are not as many as the payload's form says.
    pub fn abort(
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
    pub fn requests_wait(&self) -> bool {
        self.calls.any_waits() || self.main_window().holds(Lanes::REQUESTS)
    }

    /// The number that the next request will have.
    #[must_use]
    pub fn request_mark(&self) -> RequestNumber {
        self.calls.mark()
    }

    /// Nobody took these requests in time: the askers of calls with lower numbers that still wait
    /// are told so, and those to the main process come out for it to answer them itself.
    #[must_use]
    pub fn give_up_requests(&self, before: RequestNumber, waited_ms: u32) -> Option<Frame> {
        let unheard = |number, call: &Call| {
            call.callee.is_none() && number < before && !self.has_handler(call.target)
        };
        for (number, call) in self.calls.end(unheard) {
            self.make_room(number, &call);
            let target = self.window(call.target).map_or_else(String::new, |w| w.describe());
            self.refuse(call.ask, &RouterError::NoHandler { target, waited_ms });
        }
        let mut joined = Joiner::default();
        let unheard = self.main_window().take_held_requests(before);
        unheard.iter().for_each(|record| joined.push(record));
        joined.frame(&self.main_endpoint(), self.main_window())
    }

    /// A call to a window that has one waits for its turn only: the page is busy.
    fn has_handler(&self, window: ContentsId) -> bool {
        self.window(window).is_some_and(|window| window.hears(Lanes::REQUESTS))
    }

    pub(super) fn route_call(
        &self,
        ask: Ask,
        stamp: &str,
        name: &str,
        (payload, attached): (Payload<'_>, Shared),
    ) -> Result<(), RouterError> {
        let window = self.known_window(name)?;
        let Some(number) = self.calls.open(ask, window.contents) else {
            let reason = format!("its request id {} is in use", ask.id);
            return Err(RouterError::BadFrame { reason });
        };
        let call = Record::call(number, stamp, payload, attached);
        match window.push(call, &self.limits()) {
            // Another thread may have closed the window, and told the asker already.
            Err(error) if self.calls.given_up(ask).is_some() => Err(error),
            _ => Ok(()),
        }
    }

    /// A call goes to an endpoint now. False where nobody waits for the answer any more.
    pub(super) fn hand_over(&self, number: RequestNumber, callee: EndpointId) -> bool {
        let Some(asker) = self.calls.hand_over(number, callee) else {
            return false;
        };
        // The last words of a page: the callee gets the call, and is told behind it.
        if let Some(how) = self.how_gone(asker) {
            self.end_calls_of(&[asker], how);
        }
        true
    }

    fn how_gone(&self, endpoint: EndpointId) -> Option<Gone> {
        let Some(endpoint) = self.endpoint(endpoint) else {
            return Some(Gone::Closed);
        };
        let is_here = endpoint.window.upgrade().is_some_and(|window| window.has(&endpoint));
        (!is_here).then_some(Gone::Reloaded)
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
            self.tell(call.ask.asker, Record::reply(call.ask.id, ok, payload, attached));
        }
    }

    /// Tells whoever works at a request that its asker gave it up. What is no open call may be a
    /// request to main, where the word waits behind its request.
    pub(super) fn route_abort(&self, ask: Ask, reason: (Payload<'_>, Shared)) {
        let Some((payload, attached)) = self.abort_call(ask, reason) else {
            return;
        };
        let number = self.calls.next_number();
        let abort = Record::abort_request(number, ask, payload, attached);
        // Where main's queue is full the request is answered all the same, to nobody.
        let _ = self.main_window().push(abort, &self.limits());
    }

    /// Gives the reason back where there is no such call.
    fn abort_call<'a>(
        &self,
        ask: Ask,
        reason: (Payload<'a>, Shared),
    ) -> Option<(Payload<'a>, Shared)> {
        let Some((number, call)) = self.calls.given_up(ask) else {
            return Some(reason);
        };
        match call.callee {
            Some(callee) => {
                self.tell(callee, Record::abort_call(number, reason.0, reason.1));
            }
            None => self.make_room(number, &call),
        }
        None
    }

    /// A call was settled; if it waits, it waits no longer.
    fn make_room(&self, number: RequestNumber, call: &Call) {
        if let (None, Some(window)) = (call.callee, self.window(call.target)) {
            window.drop_call(number);
        }
    }

    /// Endpoints are gone: what they worked at fails, and who works for them is told.
    pub(super) fn end_calls_of(&self, gone: &[EndpointId], how: Gone) {
        let concerns = |_, call: &Call| {
            gone.contains(&call.ask.asker) || call.callee.is_some_and(|it| gone.contains(&it))
        };
        for (number, call) in self.calls.end(concerns) {
            self.end_call(number, call, how);
        }
    }

    /// A window is gone, and all that was asked of it.
    pub(super) fn end_calls_to(&self, window: ContentsId, how: Gone) {
        for (number, call) in self.calls.end(|_, call| call.target == window) {
            self.end_call(number, call, how);
        }
    }

    /// A window lost its name, under which these calls waited.
    pub(super) fn end_waiting_calls_to(&self, window: ContentsId, how: Gone) {
        let waits = |_, call: &Call| call.target == window && call.callee.is_none();
        for (number, call) in self.calls.end(waits) {
            self.end_call(number, call, how);
        }
    }

    /// Tells both sides; whichever is gone does not hear it.
    fn end_call(&self, number: RequestNumber, call: Call, how: Gone) {
        let error = RouterError::TargetGone(how);
        self.make_room(number, &call);
        self.refuse(call.ask, &error);
        if let Some(callee) = call.callee {
            let address = format!("[{}]", number.number());
            self.tell(callee, Record::nack(&address, &error, 1));
        }
    }

    /// Settles a request with an error.
    pub(super) fn refuse(&self, ask: Ask, error: &RouterError) {
        self.tell(ask.asker, Record::nack(&ask.id.to_string(), error, 1));
    }

    /// Sends what needs no listener; to nobody, where that endpoint is gone.
    pub(super) fn tell(&self, to: EndpointId, record: Record) -> bool {
        self.tell_all(to, &mut std::iter::once(record))
    }

    pub(super) fn tell_all(
        &self,
        to: EndpointId,
        records: &mut dyn Iterator<Item = Record>,
    ) -> bool {
        let endpoint = self.endpoint(to);
        let window = endpoint.as_ref().and_then(|endpoint| endpoint.window.upgrade());
        match (endpoint, window) {
            (Some(endpoint), Some(window)) => window.push_answers(&endpoint, records),
            _ => false,
        }
    }
}
