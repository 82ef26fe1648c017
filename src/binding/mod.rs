//! The Node-API face of the router: convert, call one method, convert back. No policy here.
#![allow(unsafe_code, reason = "napi-derive expands to unsafe glue; text.rs calls Node-API")]
#![allow(missing_docs, reason = "napi-derive expands to undocumented items")]
#![allow(clippy::missing_errors_doc, reason = "the router's documentation names the errors")]
#![allow(clippy::must_use_candidate, clippy::new_without_default, reason = "the caller is Node")]
#![allow(clippy::needless_pass_by_value, reason = "Node-API hands over owned values")]

mod convert;
mod message_functions;
mod text;

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;

use crate::router::{EndReason, Lanes, Late, Limits, RouteOutcome, Router as Core, WorldAddress};
use convert::{
    attachments, contents, endpoint, integer, lease, out, payload, request, BindingError, Marks,
};
use message_functions::Call;
use text::Text;

type Result<T> = std::result::Result<T, napi::Error<BindingError>>;

/// Keeps the window table and the queues. Every method answers at once.
#[napi]
#[derive(Debug)]
pub struct Router {
    core: Arc<Core>,
}

#[napi]
impl Router {
    /// A router without windows.
    #[napi(constructor, catch_unwind)]
    pub fn new() -> Self {
        Self { core: Arc::new(Core::new(Limits::default())) }
    }

    /// JSON of an object with any of `maxQueueRecords`, `maxQueueBytes`, `maxInFlightBytes` and
    /// `overflow`; the others return to their defaults.
    #[napi(catch_unwind)]
    pub fn set_limits(&self, #[napi(ts_arg_type = "string")] json: Text) -> Result<()> {
        self.core.set_limits(Limits::from_json(&json).map_err(BindingError::from)?);
        Ok(())
    }

    /// Gives the window of a webContents its name.
    #[napi(catch_unwind)]
    pub fn name_window(
        &self,
        #[napi(ts_arg_type = "string")] name: Text,
        contents_id: u32,
    ) -> Result<()> {
        self.core.name_window(&name, contents(contents_id)).map_err(BindingError::from)
    }

    /// Takes a name away; false when no window had it.
    #[napi(catch_unwind)]
    pub fn unname_window(&self, #[napi(ts_arg_type = "string")] name: Text) -> bool {
        self.core.unname_window(&name)
    }

    /// Forgets a window that was closed.
    #[napi(catch_unwind)]
    pub fn close_window(&self, contents_id: u32) {
        self.core.close_window(contents(contents_id));
    }

    /// A JS world of a document says hello; returns its endpoint. The origin is that of files if there is none.
    #[napi(catch_unwind)]
    pub fn connect(
        &self,
        contents_id: u32,
        world_address: f64,
        #[napi(ts_arg_type = "string | undefined | null")] origin: Option<Text>,
    ) -> Result<f64> {
        let world = WorldAddress::from_number(integer(world_address)?);
        let endpoint = self.core.connect(contents(contents_id), world, origin.as_deref());
        Ok(convert::number(endpoint.number()))
    }

    /// A document crashed, or was reloaded or left.
    #[napi(catch_unwind)]
    pub fn end_document(&self, contents_id: u32, document: f64, crashed: bool) -> Result<()> {
        let reason = if crashed { EndReason::Crashed } else { EndReason::Reloaded };
        self.core.end_document(contents(contents_id), integer(document)?, reason);
        Ok(())
    }

    /// Holds back what goes to a window, while it is not sure which document is there.
    #[napi(catch_unwind)]
    pub fn pause_window(&self, contents_id: u32, paused: bool) {
        self.core.pause_window(contents(contents_id), paused);
    }

    /// Why nothing of a window listens; undefined if that is not known, or something does.
    #[napi(catch_unwind)]
    pub fn explain_silence(&self, contents_id: u32, why: Option<String>) {
        self.core.explain_silence(contents(contents_id), why.as_deref());
    }

    /// Whether anything of a window listens.
    #[napi(catch_unwind)]
    pub fn has_listener(&self, contents_id: u32) -> bool {
        self.core.has_listener(contents(contents_id))
    }

    /// Whether the main process takes requests now.
    #[napi(catch_unwind)]
    pub fn listen_main(&self, listening: bool) {
        self.core.listen_main(listening);
    }

    /// The calls of every message, as functions of their own: see `message_functions.rs`.
    ///
    /// The first takes a packet without attachments from a window; then as the second, in the same
    /// crossing.
    ///
    /// The second takes what the main process sends without attachments, one line for each
    /// (`lines.rs`). Then come the next packets to hand to the platform, until they have so many
    /// bytes of text or nothing more can go, and whether requests wait for a handler after that.
    /// See `out` in `convert.rs` for how.
    #[napi(
        catch_unwind,
        ts_return_type = "[routePacket: (from: number, lanes: number, packet: string, bytes: number) => string, routeLines: (bytes: number, lines: string) => string]"
    )]
    pub fn message_functions<'env>(
        &self,
        env: &'env Env,
    ) -> napi::Result<(Call<'env>, Call<'env>)> {
        let core = &self.core;
        Ok((
            message_functions::route_packet(env, Arc::clone(core))?,
            message_functions::route_lines(env, Arc::clone(core))?,
        ))
    }

    /// Takes a packet from a window. With `resolve`, unknown window names come back and nothing
    /// is done; otherwise, and when all are known, the answer is null.
    #[napi(catch_unwind)]
    pub fn route_packet(
        &self,
        from: f64,
        lanes: u8,
        #[napi(ts_arg_type = "string")] packet: Text,
        first_slot: u32,
        sizes: Vec<u32>,
        resolve: bool,
    ) -> Result<Option<Vec<String>>> {
        let (from, lanes) = (endpoint(from)?, Lanes::from_bits(lanes));
        let ingested =
            self.core.route_packet(from, lanes, &packet, attachments(first_slot, &sizes), resolve);
        match ingested.map_err(BindingError::from)? {
            RouteOutcome::Routed => Ok(None),
            RouteOutcome::Unresolved(names) => Ok(Some(names)),
        }
    }

    /// Sends a message from the main process to a window.
    #[napi(catch_unwind)]
    pub fn send(
        &self,
        #[napi(ts_arg_type = "string")] name: Text,
        form: u32,
        #[napi(ts_arg_type = "string")] json: Text,
        first_slot: u32,
        sizes: Vec<u32>,
    ) -> Result<()> {
        let attachments = attachments(first_slot, &sizes);
        self.core.send(&name, payload(form, &json), attachments).map_err(BindingError::from)
    }

    /// How much may be sent to a window before its queue is full.
    #[napi(catch_unwind, ts_return_type = "[records: number, bytes: number]")]
    pub fn lease(&self, #[napi(ts_arg_type = "string")] name: Text) -> Result<(f64, f64)> {
        self.core.lease(&name).map(lease).map_err(BindingError::from)
    }

    /// Whether anything waits for the window of this name.
    #[napi(catch_unwind)]
    pub fn has_pending(&self, #[napi(ts_arg_type = "string")] name: Text) -> bool {
        self.core.counts(&name).is_some_and(|counts| counts.queued > 0)
    }

    /// Asks a window; the answer comes to the main process under this id.
    #[napi(catch_unwind)]
    pub fn call(
        &self,
        #[napi(ts_arg_type = "string")] name: Text,
        id: f64,
        form: u32,
        #[napi(ts_arg_type = "string")] json: Text,
        first_slot: u32,
        sizes: Vec<u32>,
    ) -> Result<()> {
        let attachments = attachments(first_slot, &sizes);
        let called = self.core.call(&name, integer(id)?, payload(form, &json), attachments);
        called.map_err(BindingError::from)
    }

    /// Gives a request of the main process up, for a reason.
    #[napi(catch_unwind)]
    pub fn cancel(
        &self,
        id: f64,
        form: u32,
        #[napi(ts_arg_type = "string")] json: Text,
        first_slot: u32,
        sizes: Vec<u32>,
    ) -> Result<()> {
        let attachments = attachments(first_slot, &sizes);
        let aborted = self.core.cancel(integer(id)?, payload(form, &json), attachments);
        aborted.map_err(BindingError::from)
    }

    /// Answers a request; false when its document is gone.
    #[napi(catch_unwind)]
    #[allow(clippy::too_many_arguments, reason = "one crossing, no object to take apart")]
    pub fn answer(
        &self,
        to: f64,
        request_id: f64,
        ok: bool,
        form: u32,
        #[napi(ts_arg_type = "string")] json: Text,
        first_slot: u32,
        sizes: Vec<u32>,
    ) -> Result<bool> {
        let (to, id) = (endpoint(to)?, integer(request_id)?);
        let attachments = attachments(first_slot, &sizes);
        self.core.answer(to, id, ok, payload(form, &json), attachments).map_err(BindingError::from)
    }

    /// A window's endpoint has taken so many of its packets.
    #[napi(catch_unwind)]
    pub fn acknowledge(&self, to: f64, packets: u32) -> Result<()> {
        self.core.acknowledge(endpoint(to)?, packets);
        Ok(())
    }

    /// The slots whose attachments are done with, since the last call.
    #[napi(catch_unwind)]
    pub fn take_freed_slots(&self) -> Vec<u32> {
        self.core.take_freed_slots()
    }

    /// Whether requests wait for a handler, here or in a window.
    #[napi(catch_unwind)]
    pub fn has_pending_requests(&self) -> bool {
        self.core.has_pending_requests()
    }

    /// The number that the next request will have.
    #[napi(catch_unwind)]
    pub fn next_request_number(&self) -> f64 {
        convert::number(self.core.next_request_number().number())
    }

    /// Ends the wait of requests with lower numbers: windows are told, and those to the main
    /// process come out as a packet, if there are any.
    #[napi(catch_unwind)]
    pub fn drop_unhandled_requests(&self, before: f64, waited_ms: u32) -> Result<String> {
        let packet = self.core.drop_unhandled_requests(request(before)?, waited_ms);
        Ok(out(packet.as_slice(), Marks::default()))
    }

    /// The requests whose time is over, at this moment of a clock that never goes back, in ms: in
    /// how many ms there are more, or -1; then of each its asker, its id, its time limit in ms, and
    /// 1 if main was asked, otherwise 0.
    #[napi(catch_unwind)]
    pub fn late_requests(&self, now: f64) -> Result<Vec<f64>> {
        let (late, next) = self.core.late_requests(integer(now)?);
        let mut numbers = vec![next.map_or(-1.0, convert::number)];
        for Late { asker, id, timeout_ms, to_main } in late {
            let ids = [asker.number(), id].map(convert::number);
            numbers.extend(ids.into_iter().chain([timeout_ms.into(), to_main.into()]));
        }
        Ok(numbers)
    }

    /// Gives one of them up, for a reason.
    #[napi(catch_unwind)]
    pub fn time_out(
        &self,
        asker: f64,
        id: f64,
        timeout_ms: u32,
        form: u32,
        #[napi(ts_arg_type = "string")] json: Text,
    ) -> Result<()> {
        self.core.time_out(endpoint(asker)?, integer(id)?, timeout_ms, payload(form, &json));
        Ok(())
    }

    /// The names there are, sorted.
    #[napi(catch_unwind)]
    pub fn names(&self) -> Vec<String> {
        self.core.names()
    }

    /// The counters, as JSON.
    #[napi(catch_unwind)]
    pub fn stats(&self) -> String {
        self.core.stats_json()
    }
}
