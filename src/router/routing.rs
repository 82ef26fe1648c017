//! The way of a record: in, to its queue, and out in a frame.

use std::sync::atomic::Ordering;

use super::attachment::Attached;
use super::endpoint::Endpoint;
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
        let endpoint = self.endpoint(from).ok_or(RouterError::TargetGone)?;
        let window = endpoint.window.upgrade().ok_or(RouterError::TargetGone)?;
        let records = cut(frame)
            .and_then(|records| whole(records, &attachments))
            .inspect_err(|_| self.count_bad_frame())?;
        if resolve {
            let unknown = self.unknown_names(&records);
            if !unknown.is_empty() {
                return Ok(Ingested::Unresolved(unknown));
            }
        }
        window.listen(&endpoint, lanes.without(Lanes::REQUESTS));
        self.mark_ready(&endpoint);
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
        let sender_json = sender.name_json();
        for record in records {
            let count = record.payload.attachment_count();
            // `whole` made sure that there are enough.
            let attached = self.slots.cut(&mut attachments, count).unwrap_or(Attached::NONE);
            let routed = match &record.target {
                Target::Main(id) => {
                    let request =
                        Record::request((from.id, &sender_json), *id, record.payload, attached);
                    self.push(self.main_window(), request)
                }
                Target::Window(name) => {
                    let message = Record::from_other(&sender_json, record.payload, attached);
                    self.known_window(name).and_then(|window| self.push(&window, message))
                }
            };
            if let Err(error) = routed {
                self.answer(from, sender, Record::nack(record.address_json, &error));
            }
        }
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
        let Some(endpoint) = self.endpoint(to) else {
            return Ok(false);
        };
        let Some(window) = endpoint.window.upgrade() else {
            return Ok(false);
        };
        Ok(self.answer(&endpoint, &window, Record::reply(request_id, ok, payload, attached)))
    }

    /// The next frame to hand to the platform, endpoints taking turns; `None` when nothing more
    /// can go.
    pub fn next_frame(&self) -> Option<Frame> {
        loop {
            let endpoint = self.next_ready()?;
            let window = endpoint.window.upgrade();
            if let Some(frame) = window.and_then(|window| self.drain(&endpoint, &window)) {
                return Some(frame);
            }
        }
    }

    /// Takes the longest waiting requests out although main does not listen, so that it can answer
    /// them itself: nobody else will.
    #[must_use]
    pub fn take_unheard_requests(&self, count: usize) -> Option<Frame> {
        let main = self.endpoint(EndpointId::MAIN)?;
        let mut joined = Joiner::default();
        let unheard = self.main_window().take_held(Lanes::REQUESTS, count);
        unheard.iter().for_each(|record| joined.push(record));
        frame(&main, self.main_window(), joined)
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
            joined.push(&record);
        }
        if !endpoint.queue.is_empty() {
            self.mark_ready(endpoint);
        }
        frame(endpoint, window, joined)
    }

    fn push(&self, window: &Window, record: Record) -> Result<(), RouterError> {
        for endpoint in window.push(record, &self.limits())? {
            self.mark_ready(&endpoint);
        }
        Ok(())
    }

    fn answer(&self, to: &Endpoint, window: &Window, answer: Record) -> bool {
        let here = window.push_answer(to, answer);
        if here {
            self.mark_ready(to);
        }
        here
    }

    fn known_window(&self, name: &str) -> Result<std::sync::Arc<Window>, RouterError> {
        self.window_named(name).ok_or_else(|| {
            self.unknown_window.fetch_add(1, Ordering::Relaxed);
            RouterError::UnknownWindow { name: name.into(), known: self.names() }
        })
    }

    fn unknown_names(&self, records: &[Incoming<'_>]) -> Vec<String> {
        let mut unknown: Vec<String> = Vec::new();
        for record in records {
            let Target::Window(name) = &record.target else {
                continue;
            };
            let known = unknown.iter().any(|seen| seen == name);
            if !known && self.window_named(name).is_none() {
                unknown.push(name.to_string());
            }
        }
        unknown
    }

    fn take_attachments(
        &self,
        payload: Payload<'_>,
        attachments: &mut Attachments<'_>,
    ) -> Result<Attached, RouterError> {
        let count = payload.attachment_count();
        if count != attachments.sizes.len() {
            return Err(miscounted(count, attachments));
        }
        Ok(self.slots.cut(attachments, count).unwrap_or(Attached::NONE))
    }

    fn count_bad_frame(&self) {
        self.bad_frames.fetch_add(1, Ordering::Relaxed);
    }
}

fn frame(to: &Endpoint, window: &Window, joined: Joiner) -> Option<Frame> {
    if joined.records == 0 {
        return None;
    }
    window.account.delivered(joined.records, joined.bytes);
    let (text, slots) = joined.finish();
    Some(Frame { endpoint: to.id, contents: window.contents, link: to.link, text, slots })
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
