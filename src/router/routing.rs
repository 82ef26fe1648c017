//! The way of a record: in, to its queue, and out in a frame.

use std::sync::atomic::Ordering;
use std::sync::Arc;

use super::attachment::Shared;
use super::calls::Ask;
use super::endpoint::Endpoint;
use super::error::Gone;
use super::frame::{cut, Frame, Incoming, Joiner, Target};
use super::record::Record;
use super::window::Window;
use super::{Attachments, EndpointId, Lanes, Payload, Router, RouterError};

/// A frame closes when it has this many bytes: what follows goes in the endpoint's next frame,
/// after the other endpoints had theirs, so one window's flood delays another's messages by no
/// more than one frame.
const MAX_FRAME_BYTES: usize = 1 << 20;

/// What became of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// Each of its records was routed, or refused and its sender told.
    Routed,
    /// Nothing was done yet: it names windows that are not in the table. Name those that exist,
    /// then ingest the frame again with `resolve: false`.
    Unresolved(Vec<String>),
}

impl Router {
    /// Takes a frame from a window: notes what the endpoint listens to now and routes each
    /// record. A record that cannot be routed is answered with a nack; it stops no other.
    ///
    /// `resolve`: whether unknown window names come back as [`Ingested::Unresolved`] first.
    ///
    /// # Errors
    /// [`RouterError::TargetGone`] for an endpoint that is gone, [`RouterError::BadFrame`] for a
    /// text that is no frame; none of its records is routed then.
    pub fn ingest(
        &self,
        from: EndpointId,
        lanes: Lanes,
        frame: &str,
        attachments: Attachments<'_>,
        resolve: bool,
    ) -> Result<Ingested, RouterError> {
        let gone = RouterError::TargetGone(Gone::Closed);
        let endpoint = self.endpoint(from).ok_or_else(|| gone.clone())?;
        let window = endpoint.window.upgrade().ok_or(gone)?;
        let records = cut(frame)
            .and_then(|records| whole(records, &attachments))
            .inspect_err(|_| self.count_bad_frame())?;
        if resolve {
            let unknown = self.unknown_names(&records);
            if !unknown.is_empty() {
                return Ok(Ingested::Unresolved(unknown));
            }
        }
        self.listen(&endpoint, &window, lanes);
        self.route_all(&endpoint, &window, records, attachments);
        Ok(Ingested::Routed)
    }

    fn route_all(
        &self,
        from: &Endpoint,
        sender: &Window,
        records: Vec<Incoming<'_>>,
        mut attachments: Attachments<'_>,
    ) {
        let stamp = from.stamp(sender);
        for record in records {
            let count = record.payload.attachment_count();
            // `whole` made sure that there are enough.
            let attached = self.slots.cut(&mut attachments, count).unwrap_or(Shared::NOTHING);
            self.route(from.id, &stamp, &record, attached);
        }
    }

    fn route(&self, from: EndpointId, stamp: &str, record: &Incoming<'_>, attached: Shared) {
        let payload = (record.payload, attached);
        let ask = |id| Ask { asker: from, id };
        match &record.target {
            Target::Main(id) => {
                let asked = self.route_request(ask(*id), stamp, payload);
                asked.unwrap_or_else(|error| self.refuse(ask(*id), &error));
            }
            Target::Window(name) => {
                let sent = self.route_message(from, stamp, name, payload);
                sent.unwrap_or_else(|error| {
                    self.undelivered.note(from, record.address_json.into(), error);
                });
            }
            Target::Call(id, name) => {
                let asked = self.route_call(ask(*id), stamp, name, payload);
                asked.unwrap_or_else(|error| self.refuse(ask(*id), &error));
            }
            Target::Answer(number, ok) => self.route_answer(from, *number, *ok, payload),
            Target::Abort(id) => self.route_abort(ask(*id), payload),
        }
    }

    fn route_request(
        &self,
        ask: Ask,
        stamp: &str,
        (payload, attached): (Payload<'_>, Shared),
    ) -> Result<(), RouterError> {
        let number = self.calls.next_number();
        self.push(self.main_window(), Record::request(number, ask, stamp, payload, attached))
    }

    fn route_message(
        &self,
        from: EndpointId,
        stamp: &str,
        name: &str,
        (payload, attached): (Payload<'_>, Shared),
    ) -> Result<(), RouterError> {
        let window = self.known_window(name)?;
        self.push(&window, Record::from_other(from, stamp, payload, attached))
    }

    /// Sends a message from the main process to a window.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`], [`RouterError::QueueFull`].
    pub fn send(
        &self,
        name: &str,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<(), RouterError> {
        let window = self.known_window(name)?;
        let attached = self.take_attachments(payload, &mut attachments)?;
        self.push(&window, Record::from_main(payload, attached))
    }

    /// Answers a request. False when its document is gone: the answer goes nowhere.
    ///
    /// # Errors
    /// [`RouterError::BadFrame`] when the attachments are not as many as the payload's form says.
    pub fn reply(
        &self,
        to: EndpointId,
        request_id: u64,
        ok: bool,
        payload: Payload<'_>,
        mut attachments: Attachments<'_>,
    ) -> Result<bool, RouterError> {
        let attached = self.take_attachments(payload, &mut attachments)?;
        Ok(self.tell(to, Record::reply(request_id, ok, payload, attached)))
    }

    /// The next frame to hand to the platform, endpoints taking turns; `None` when nothing more
    /// can go.
    pub fn next_frame(&self) -> Option<Frame> {
        for (sender, nack) in self.undelivered.take() {
            self.tell(sender, nack);
        }
        loop {
            let endpoint = self.next_ready()?;
            let window = endpoint.window.upgrade();
            if let Some(frame) = window.and_then(|window| self.drain(&endpoint, &window)) {
                return Some(frame);
            }
        }
    }

    fn drain(&self, endpoint: &Endpoint, window: &Window) -> Option<Frame> {
        if window.is_paused() {
            return None;
        }
        let mut joined = Joiner::default();
        while joined.bytes < MAX_FRAME_BYTES {
            let Some(record) = endpoint.queue.pop() else {
                break;
            };
            if self.is_wanted(&record, endpoint) {
                joined.push(&record);
                endpoint.take(&record);
            } else {
                window.account.dropped(&record);
            }
        }
        if !endpoint.queue.is_empty() {
            self.mark_ready(endpoint);
        }
        joined.frame(endpoint, window)
    }

    /// A call that was settled while it waited is nobody's any more.
    fn is_wanted(&self, record: &Record, to: &Endpoint) -> bool {
        match record.request_number() {
            Some(number) if to.id != EndpointId::MAIN => self.hand_over(number, to.id),
            _ => true,
        }
    }

    pub(super) fn push(&self, window: &Window, record: Record) -> Result<(), RouterError> {
        for endpoint in window.push(record, &self.limits())? {
            self.mark_ready(&endpoint);
        }
        Ok(())
    }

    pub(super) fn known_window(&self, name: &str) -> Result<Arc<Window>, RouterError> {
        self.window_named(name).ok_or_else(|| {
            self.unknown_window.fetch_add(1, Ordering::Relaxed);
            RouterError::UnknownWindow { name: name.into(), known: self.names() }
        })
    }

    fn unknown_names(&self, records: &[Incoming<'_>]) -> Vec<String> {
        let mut unknown: Vec<String> = Vec::new();
        for record in records {
            let Some(name) = record.target.window_name() else {
                continue;
            };
            let known = unknown.iter().any(|seen| seen == name);
            if !known && self.window_named(name).is_none() {
                unknown.push(name.to_string());
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
            return Err(miscounted(count, attachments));
        }
        Ok(self.slots.cut(attachments, count).unwrap_or(Shared::NOTHING))
    }

    fn count_bad_frame(&self) {
        self.bad_frames.fetch_add(1, Ordering::Relaxed);
    }
}

/// A frame's records must name just the attachments that came with it.
fn whole<'a>(
    records: Vec<Incoming<'a>>,
    attachments: &Attachments<'_>,
) -> Result<Vec<Incoming<'a>>, RouterError> {
    let named: usize = records.iter().map(|record| record.payload.attachment_count()).sum();
    if named == attachments.sizes.len() {
        Ok(records)
    } else {
        Err(miscounted(named, attachments))
    }
}

fn miscounted(named: usize, attachments: &Attachments<'_>) -> RouterError {
    let came = attachments.sizes.len();
    RouterError::BadFrame { reason: format!("it names {named} attachments and {came} came") }
}
