//! The way of a record to its queue.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use super::attachments::Shared;
use super::calls::Ask;
use super::deadlines::{Asked, Timeout};
use super::endpoint::Endpoint;
use super::error::{shortened, EndReason};
use super::parse::{parse_packet, Incoming, ParsedPacket, Target, MAX_ATTACHMENTS};
use super::record::{json_string, Record};
use super::router::MAX_NAME;
use super::sender_tag::SenderTag;
use super::services::Invocation;
use super::window::Window;
use super::{steps, Attachments, ContentsId, EndpointId, Lanes, Payload, Router, RouterError};

/// The sender of a record.
pub(super) struct Sender<'a> {
    pub(super) id: EndpointId,
    pub(super) contents: ContentsId,
    pub(super) tag: &'a SenderTag,
    /// Answers and nacks that wait for it. `None` for the main process, which takes all.
    pub(super) pending_answers: Option<&'a AtomicUsize>,
}

impl Sender<'static> {
    pub(super) const MAIN: Self = Self {
        id: EndpointId::MAIN,
        contents: ContentsId::MAIN,
        tag: &SenderTag::Main,
        pending_answers: None,
    };
}

/// The outcome for a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteOutcome {
    /// Each of its records was routed, or rejected and its sender notified.
    Routed,
    /// Nothing was done yet, because it names windows that are not in the table. Name those that
    /// exist, then route the packet again with `resolve: false`.
    Unresolved(Vec<String>),
}

impl Router {
    /// Routes each record of a packet from a window, and notes which lanes the endpoint listens to.
    /// If a record cannot be routed, its sender gets a nack. It stops no other record.
    ///
    /// `resolve`: whether unknown window names come back as [`RouteOutcome::Unresolved`] first.
    ///
    /// # Errors
    /// [`RouterError::TargetEnded`] for an endpoint that has ended, [`RouterError::BadPacket`] for a
    /// malformed text. None of its records is routed then, and its attachments are free again.
    pub fn route_packet(
        &self,
        from: EndpointId,
        lanes: Lanes,
        packet: &str,
        attachments: Attachments<'_>,
        resolve: bool,
    ) -> Result<RouteOutcome, RouterError> {
        let (endpoint, window, records) = self
            .read_packet(from, packet, &attachments)
            .inspect_err(|_| self.free(&mut { attachments }))?;
        if resolve {
            let unknown = self.unknown_names(&records);
            if !unknown.is_empty() {
                return Ok(RouteOutcome::Unresolved(unknown));
            }
        }
        self.listen(&endpoint, &window, lanes);
        self.change_services(&endpoint, &window, &mut records.service_changes());
        self.route_all(&endpoint, &window, &records, attachments);
        Ok(RouteOutcome::Routed)
    }

    /// The records of a packet, and the endpoint in its window that it is from.
    fn read_packet<'a>(
        &self,
        from: EndpointId,
        packet: &'a str,
        attachments: &Attachments<'_>,
    ) -> Result<(Arc<Endpoint>, Arc<Window>, ParsedPacket<'a>), RouterError> {
        let ended = RouterError::TargetEnded(EndReason::Closed);
        let endpoint = self.endpoint(from).ok_or_else(|| ended.clone())?;
        let window = endpoint.window.upgrade().ok_or(ended)?;
        if endpoint.is_rejected.load(Ordering::Relaxed) {
            let reason = "its page does not take its answers, and too many wait for it";
            return Err(RouterError::BadPacket { reason: reason.into() });
        }
        let records = parse_packet(packet)
            .and_then(|records| whole(records, attachments))
            .inspect_err(|_| self.count_bad_packet())?;
        Ok((endpoint, window, records))
    }

    fn route_all<'a>(
        &self,
        endpoint: &Arc<Endpoint>,
        window: &Arc<Window>,
        records: &ParsedPacket<'a>,
        mut attachments: Attachments<'_>,
    ) {
        let (id, contents) = (endpoint.id, window.contents);
        let tag = endpoint.sender_tag(window);
        let pending_answers = Some(&endpoint.pending_answers);
        let from = Sender { id, contents, tag: &tag, pending_answers };
        let with_attachments = |record: Incoming<'a>| {
            let count = record.payload.attachment_count();
            // `whole` has checked that there are enough.
            let attached = self.slots.take(&mut attachments, count).unwrap_or(Shared::NOTHING);
            (record, attached)
        };
        let mut records = records.records().map(with_attachments).peekable();
        while let Some((record, attached)) = records.next() {
            if record.target.is_of_topic() {
                let value = (record.payload, attached);
                self.route_topic(&from, (endpoint, window), record.target, value);
                continue;
            }
            let first = (record.payload, attached);
            let is_next = |next: &(Incoming<'_>, _)| next.0.is_message_like(&record);
            let more = std::iter::from_fn(|| records.next_if(is_next));
            let rest = &mut more.map(|(next, attached)| (next.payload, attached));
            self.route(&from, &record, first, rest);
        }
    }

    /// Routes the messages of one sender to one window that follow one another.
    fn route_messages(
        &self,
        from: &Sender<'_>,
        (name, address_json): (&str, &str),
        messages: &mut dyn Iterator<Item = (Payload<'_>, Shared)>,
    ) {
        let note = |error, count| self.undelivered.note(from.id, address_json.into(), error, count);
        if let Some(window) = self.window_named(name) {
            let record = |(p, attached)| Record::from_other(from.id, from.tag, p, attached);
            let (records, rejected) = (&mut messages.map(record), &mut |error| note(error, 1));
            window.push_all(from.contents, records, &self.limits(), rejected);
        } else {
            let count = messages.count() as u64;
            note(self.no_window(name, count), count);
        }
    }

    /// `more`: if the record is a message, the messages behind it that go to the same window.
    fn route<'a>(
        &self,
        from: &Sender<'_>,
        record: &Incoming<'a>,
        p: (Payload<'a>, Shared),
        more: &mut dyn Iterator<Item = (Payload<'a>, Shared)>,
    ) {
        let ask = |id| Ask { asker: from.id, id };
        match &record.target {
            Target::Main(id, timeout) => {
                let asked = (*id, self.timeout(from, *timeout));
                let asked = self.route_request(from, asked, None, p);
                asked.unwrap_or_else(|error| self.reject(ask(*id), &error));
            }
            Target::Window(name) => {
                let to = (&**name, record.address_json);
                self.route_messages(from, to, &mut std::iter::once(p).chain(more));
            }
            Target::Call(id, timeout, name) => {
                let asked = (*id, self.timeout(from, *timeout));
                let asked = self.route_call(from, asked, name, None, p);
                asked.unwrap_or_else(|error| self.reject(ask(*id), &error));
            }
            Target::Invoke(target) => self.route_invoke(from, target, p),
            Target::Answer(number, ok) => self.route_answer(from.id, *number, *ok, p),
            Target::Abort(id) => {
                self.route_abort(ask(*id), from.contents, p);
            }
            // `change_services` and `route_topic` have these.
            Target::Service(_)
            | Target::Name(..)
            | Target::Subscribe(..)
            | Target::Unsubscribe(_)
            | Target::Publish(_) => {}
        }
    }

    /// A page that has ended gets no time limit: it cannot be notified.
    pub(super) fn timeout(&self, from: &Sender<'_>, timeout: Timeout) -> Timeout {
        timeout.filter(|_| self.end_reason_of(from.id).is_none())
    }

    pub(super) fn route_request(
        &self,
        from: &Sender<'_>,
        (id, timeout): (u64, Timeout),
        method: Option<&Invocation<'_>>,
        value: (Payload<'_>, Shared),
    ) -> Result<(), RouterError> {
        self.check_open_requests(from.id, from.pending_answers)?;
        let (ask, service) = (Ask { asker: from.id, id }, method.map(|method| &*method.service));
        let limit = (timeout, || method.map_or(Asked::Main, Invocation::asked));
        self.open_requests.open(ask, limit, service)?;
        let number = self.calls.next_number();
        let request = Record::request(number, ask, from.tag, method, value);
        let (limits, sender) = (self.limits(), (from.contents, from.id));
        let pushed = self.main_window().push_request(sender, request, service, &limits);
        if pushed.is_err() {
            self.open_requests.close(ask);
        }
        pushed.map(drop)
    }

    /// Sends a message from the main process to a window. If the window with that name has closed,
    /// the main process gets a nack.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`], [`RouterError::QueueFull`].
    pub fn send(
        &self,
        name: &str,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<(), RouterError> {
        let attached = self.take_attachments(payload, &mut attachments)?;
        let record = Record::from_main(payload, attached);
        let sent = self
            .known_window(name)
            .and_then(|window| window.push(ContentsId::MAIN, record, &self.limits()));
        match sent {
            Err(ended @ RouterError::TargetEnded(_)) => {
                self.undelivered.note(EndpointId::MAIN, json_string(name).into(), ended, 1);
                Ok(())
            }
            sent => sent,
        }
    }

    /// Answers a request. False if its document has ended: the answer goes nowhere.
    ///
    /// # Errors
    /// [`RouterError::BadPacket`] when the attachments are not as many as the payload's form says.
    pub fn answer(
        &self,
        to: EndpointId,
        request_id: u64,
        ok: bool,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<bool, RouterError> {
        let attached = self.take_attachments(payload, &mut attachments)?;
        self.open_requests.close(Ask { asker: to, id: request_id });
        Ok(self.push_answer(to, Record::reply(request_id, ok, payload, attached)))
    }

    pub(super) fn known_window(&self, name: &str) -> Result<Arc<Window>, RouterError> {
        self.window_named(name).ok_or_else(|| self.no_window(name, 1))
    }

    /// Rejects records for a window that has closed or that never was.
    pub(super) fn no_window(&self, name: &str, records: u64) -> RouterError {
        if self.has_closed(name) {
            self.count_rejected_by_closed(records);
            return RouterError::TargetEnded(EndReason::Closed);
        }
        self.unknown_window.fetch_add(records, Ordering::Relaxed);
        RouterError::UnknownWindow { name: shortened(name).into(), known: self.known_names() }
    }

    fn unknown_names(&self, records: &ParsedPacket<'_>) -> Vec<String> {
        let (mut unknown, mut seen) = (Vec::new(), HashSet::new());
        for record in records.records() {
            steps::add(1);
            let names = record.target.window_names().iter().filter(|name| name.len() <= MAX_NAME);
            for name in names.filter(|name| self.window_named(name).is_none()) {
                if seen.insert(name.to_string()) {
                    unknown.push(name.to_string());
                }
            }
        }
        unknown
    }

    pub(super) fn take_attachments(
        &self,
        payload: Payload<'_>,
        attachments: &mut Attachments<'_>,
    ) -> Result<Shared, RouterError> {
        let count = payload.attachment_count();
        if count != attachments.sizes.len() {
            let error = miscounted(count, attachments);
            self.free(attachments);
            return Err(error);
        }
        Ok(self.slots.take(attachments, count).unwrap_or(Shared::NOTHING))
    }

    /// The slots of what is not routed are free again.
    fn free(&self, attachments: &mut Attachments<'_>) {
        drop(self.slots.take(attachments, attachments.sizes.len()));
    }

    fn count_bad_packet(&self) {
        self.bad_packets.fetch_add(1, Ordering::Relaxed);
    }
}

/// Rejects a packet whose records name more or fewer attachments than came with it.
fn whole<'a>(
    records: ParsedPacket<'a>,
    attachments: &Attachments<'_>,
) -> Result<ParsedPacket<'a>, RouterError> {
    let named = records.attachment_count();
    if named > MAX_ATTACHMENTS {
        let reason = format!("it has {named} attachments, and may have {MAX_ATTACHMENTS}");
        return Err(RouterError::BadPacket { reason });
    }
    if named == attachments.sizes.len() {
        Ok(records)
    } else {
        Err(miscounted(named, attachments))
    }
}

fn miscounted(named: usize, attachments: &Attachments<'_>) -> RouterError {
    let came = attachments.sizes.len();
    RouterError::BadPacket { reason: format!("it names {named} attachments and {came} came") }
}
