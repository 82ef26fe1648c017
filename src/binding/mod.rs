//! The Node-API face of the router: convert, call one method, convert back. No policy here.
#![allow(unsafe_code, reason = "napi-derive expands to unsafe glue")]
#![allow(missing_docs, reason = "napi-derive expands to undocumented items")]
#![allow(clippy::missing_errors_doc, reason = "the router's documentation names the errors")]
#![allow(clippy::must_use_candidate, clippy::new_without_default, reason = "the caller is Node")]
#![allow(clippy::needless_pass_by_value, reason = "Node-API hands over owned values")]

mod convert;

use napi_derive::napi;

use crate::router::{Ingested, Lanes, Limits, Router as Core};
use convert::{attachments, contents, endpoint, link, payload, BindingError, Frame};

type Result<T> = std::result::Result<T, napi::Error<BindingError>>;

/// Keeps the window table and the queues. Every method answers at once.
#[napi]
#[derive(Debug)]
pub struct Router {
    core: Core,
}

#[napi]
impl Router {
    /// A router without windows.
    #[napi(constructor, catch_unwind)]
    pub fn new() -> Self {
        Self { core: Core::new(Limits::default()) }
    }

    /// JSON of an object with any of `maxQueueRecords`, `maxQueueBytes`, `overflow`; the others
    /// return to their defaults.
    #[napi(catch_unwind)]
    pub fn set_limits(&self, json: String) -> Result<()> {
        self.core.set_limits(Limits::from_json(&json).map_err(BindingError::from)?);
        Ok(())
    }

    /// Gives the window of a webContents its name.
    #[napi(catch_unwind)]
    pub fn name_window(&self, name: String, contents_id: u32) -> Result<()> {
        self.core.name_window(&name, contents(contents_id)).map_err(BindingError::from)
    }

    /// Takes a name away; false when no window had it.
    #[napi(catch_unwind)]
    pub fn unname_window(&self, name: String) -> bool {
        self.core.unname_window(&name)
    }

    /// Forgets a window that was closed.
    #[napi(catch_unwind)]
    pub fn close_window(&self, contents_id: u32) {
        self.core.close_window(contents(contents_id));
    }

    /// A JS world of a document says hello; returns its endpoint.
    #[napi(catch_unwind)]
    pub fn connect(&self, contents_id: u32, link_number: f64) -> Result<f64> {
        Ok(convert::number(self.core.connect(contents(contents_id), link(link_number)?).number()))
    }

    /// A document was reloaded, left or crashed.
    #[napi(catch_unwind)]
    pub fn end_document(&self, contents_id: u32, document: f64) -> Result<()> {
        self.core.end_document(contents(contents_id), link(document)?);
        Ok(())
    }

    /// Holds back what goes to a window, while it is not sure which document is there.
    #[napi(catch_unwind)]
    pub fn pause_window(&self, contents_id: u32, paused: bool) {
        self.core.pause_window(contents(contents_id), paused);
    }

    /// Whether the main process takes requests now.
    #[napi(catch_unwind)]
    pub fn listen_main(&self, listening: bool) {
        self.core.listen_main(listening);
    }

    /// Takes a frame from a window. With `resolve`, unknown window names come back and nothing
    /// is done; otherwise, and when all are known, the answer is null.
    #[napi(catch_unwind)]
    pub fn ingest(
        &self,
        from: f64,
        lanes: u8,
        frame: String,
        first_slot: u32,
        sizes: Vec<u32>,
        resolve: bool,
    ) -> Result<Option<Vec<String>>> {
        let (from, lanes) = (endpoint(from)?, Lanes::from_bits(lanes));
        let ingested =
            self.core.ingest(from, lanes, &frame, attachments(first_slot, &sizes), resolve);
        match ingested.map_err(BindingError::from)? {
            Ingested::Routed => Ok(None),
            Ingested::Unresolved(names) => Ok(Some(names)),
        }
    }

    /// Sends a message from the main process to a window.
    #[napi(catch_unwind)]
    pub fn send(
        &self,
        name: String,
        form: u32,
        json: String,
        first_slot: u32,
        sizes: Vec<u32>,
    ) -> Result<()> {
        let attachments = attachments(first_slot, &sizes);
        self.core.send(&name, payload(form, &json), attachments).map_err(BindingError::from)
    }

    /// Answers a request; false when its document is gone.
    #[napi(catch_unwind)]
    #[allow(clippy::too_many_arguments, reason = "one crossing, no object to take apart")]
    pub fn reply(
        &self,
        to: f64,
        request_id: f64,
        ok: bool,
        form: u32,
        json: String,
        first_slot: u32,
        sizes: Vec<u32>,
    ) -> Result<bool> {
        let (to, id) = (endpoint(to)?, link(request_id)?);
        let attachments = attachments(first_slot, &sizes);
        self.core.reply(to, id, ok, payload(form, &json), attachments).map_err(BindingError::from)
    }

    /// The next frame to hand to the platform, or null.
    #[napi(catch_unwind)]
    pub fn next_frame(&self) -> Option<Frame> {
        self.core.next_frame().map(Frame::from)
    }

    /// The slots whose attachments are done with, since the last call.
    #[napi(catch_unwind)]
    pub fn take_freed_slots(&self) -> Vec<u32> {
        self.core.take_freed_slots()
    }

    /// How many requests wait for the main process.
    #[napi(catch_unwind)]
    pub fn waiting_requests(&self) -> f64 {
        convert::number(self.core.main_counts().queued)
    }

    /// How many requests the main process was sent so far.
    #[napi(catch_unwind)]
    pub fn accepted_requests(&self) -> f64 {
        convert::number(self.core.main_counts().accepted)
    }

    /// Takes the longest waiting requests although main does not listen, as a frame, or null.
    #[napi(catch_unwind)]
    pub fn take_unheard_requests(&self, count: u32) -> Option<Frame> {
        self.core.take_unheard_requests(count as usize).map(Frame::from)
    }

    /// The names there are, sorted.
    #[napi(catch_unwind)]
    pub fn names(&self) -> Vec<String> {
        self.core.names()
    }

    /// The books, as JSON.
    #[napi(catch_unwind)]
    pub fn stats(&self) -> String {
        self.core.stats_json()
    }
}
