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

use crate::router::{
    packets_as_text, EndReason, EndpointId, Lanes, Limits, Payload, Router as Core, WorldAddress,
};
use convert::{contents, endpoint, integer, lease, request, BindingError};
use message_functions::MessageFunctions;
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
    /// `overflow`. The others return to their defaults.
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

    /// Takes a name away. False if no window has it.
    #[napi(catch_unwind)]
    pub fn unname_window(&self, #[napi(ts_arg_type = "string")] name: Text) -> bool {
        self.core.unname_window(&name)
    }

    /// Disposes a window that was closed.
    #[napi(catch_unwind)]
    pub fn close_window(&self, contents_id: u32) {
        self.core.close_window(contents(contents_id));
    }

    /// Connects a world of a document and returns its endpoint. Without an origin, it is that of files.
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

    /// Notes that a document crashed, was reloaded or was navigated away from.
    #[napi(catch_unwind)]
    pub fn end_document(&self, contents_id: u32, document: f64, crashed: bool) -> Result<()> {
        let reason = if crashed { EndReason::Crashed } else { EndReason::Reloaded };
        self.core.end_document(contents(contents_id), integer(document)?, reason);
        Ok(())
    }

    /// Sends nothing to a window while it is paused: it is not known which document it has.
    #[napi(catch_unwind)]
    pub fn pause_window(&self, contents_id: u32, paused: bool) {
        self.core.pause_window(contents(contents_id), paused);
    }

    /// Notes why nothing in a window listens. `undefined` if that is not known, or if something does.
    #[napi(catch_unwind)]
    pub fn explain_silence(&self, contents_id: u32, why: Option<String>) {
        self.core.explain_silence(contents(contents_id), why.as_deref());
    }

    /// Whether anything in a window listens.
    #[napi(catch_unwind)]
    pub fn has_listener(&self, contents_id: u32) -> bool {
        self.core.has_listener(contents(contents_id))
    }

    /// Notes whether the main process takes requests now.
    #[napi(catch_unwind)]
    pub fn listen_main(&self, listening: bool) {
        self.core.listen_main(listening);
    }

    /// The functions that every message takes (`message_functions.rs`).
    ///
    /// `exchange` routes what `lines` say and, if `from` is no 0, a packet of that endpoint.
    /// `js/protocol/exchange.ts` describes the lines, and what is returned: the next packets to hand to
    /// the platform, until they have this many bytes of text or nothing more can go.
    ///
    /// The three that admit return whether a record can go at once (`heads.rs`). They do not get
    /// its payload. If they return false, nothing was done.
    ///
    /// `acknowledge` notes that an endpoint has taken this many packets more. It returns whether
    /// there is more for it.
    #[napi(
        catch_unwind,
        ts_return_type = "[exchange: (bytes: number, lines: string, from: number, lanes: number, packet: string) => string, admitRequest: (from: number, lanes: number, id: number, bytes: number, edition: number, service: number) => boolean, admitAnswer: (to: number, id: number, bytes: number) => boolean, admitMessage: (from: number, lanes: number, to: number, bytes: number, edition: number) => boolean, acknowledge: (to: number, packets: number) => boolean]"
    )]
    pub fn message_functions<'env>(&self, env: &'env Env) -> napi::Result<MessageFunctions<'env>> {
        let core = || Arc::clone(&self.core);
        Ok((
            message_functions::exchange(env, core())?,
            message_functions::admit_request(env, core())?,
            message_functions::admit_answer(env, core())?,
            message_functions::admit_message(env, core())?,
            message_functions::acknowledge(env, core())?,
        ))
    }

    /// The number of a service that the main process serves, by which single calls of it are admitted. 0
    /// while it does not serve it.
    #[napi(catch_unwind)]
    pub fn main_service(&self, #[napi(ts_arg_type = "string")] name: Text) -> u32 {
        self.core.main_service(&name).unwrap_or_default()
    }

    /// The edition of the tables of names and endpoints: `addressOf` and `onlyListener` return the
    /// same until it changes.
    #[napi(catch_unwind)]
    pub fn edition(&self) -> f64 {
        convert::number(self.core.edition())
    }

    /// Where packets for an endpoint go: its webContents, its world address, and the sender tag of its
    /// records, with commas between. Null if there is no such endpoint.
    #[napi(catch_unwind)]
    pub fn address_of(&self, id: f64) -> Result<Option<String>> {
        Ok(self.core.address_of(endpoint(id)?).map(|it| convert::address(&it)))
    }

    /// The endpoint that listens to a lane in the window of a name. 0 if none does, or several.
    #[napi(catch_unwind)]
    pub fn only_listener(&self, #[napi(ts_arg_type = "string")] name: Text, lane: u8) -> f64 {
        let only = self.core.only_listener(&name, Lanes::from_bits(lane));
        convert::number(only.map_or(0, EndpointId::number))
    }

    /// How much the main process may send to a window before its queue is full, at least. If it is
    /// lasting, it is true until the main process has used it, whatever others send.
    #[napi(catch_unwind, ts_return_type = "[records: number, bytes: number, isLasting: boolean]")]
    pub fn lease(&self, #[napi(ts_arg_type = "string")] name: Text) -> Result<(f64, f64, bool)> {
        self.core.lease(&name).map(lease).map_err(BindingError::from)
    }

    /// Whether anything waits for the window of this name.
    #[napi(catch_unwind)]
    pub fn has_pending(&self, #[napi(ts_arg_type = "string")] name: Text) -> bool {
        self.core.counts(&name).is_some_and(|counts| counts.queued > 0)
    }

    /// The slots that became free since the last call.
    #[napi(catch_unwind)]
    pub fn take_freed_slots(&self) -> Vec<u32> {
        self.core.take_freed_slots()
    }

    /// Whether any request is pending for a handler, here or in a window.
    #[napi(catch_unwind)]
    pub fn has_pending_requests(&self) -> bool {
        self.core.has_pending_requests()
    }

    /// The number that the next request will have.
    #[napi(catch_unwind)]
    pub fn next_request_number(&self) -> f64 {
        convert::number(self.core.next_request_number().number())
    }

    /// Drops the requests with lower numbers that no handler took. Their askers are notified. Requests
    /// to the main process come out as a packet, if there are any.
    #[napi(catch_unwind)]
    pub fn drop_unhandled_requests(&self, before: f64, waited_ms: u32) -> Result<String> {
        let packet = self.core.drop_unhandled_requests(request(before)?, waited_ms);
        Ok(packets_as_text(packet.as_slice()))
    }

    /// The requests whose time is over, at this moment of a monotonic clock, in ms, as JSON. The first member
    /// says in how many ms there are more, or is -1. Then comes for each request its asker, its id, its
    /// time limit in ms, and whom it asks: 1 is main, 0 a window, and a text names a service and its method.
    #[napi(catch_unwind)]
    pub fn late_requests(&self, now: f64) -> Result<String> {
        let (late, next) = self.core.late_requests(integer(now)?);
        let next = next.map_or("-1".into(), |next| next.to_string());
        let members = std::iter::once(next).chain(late.iter().map(ToString::to_string));
        Ok(format!("[{}]", members.collect::<Vec<_>>().join(",")))
    }

    /// Cancels one of them for its asker, for a reason.
    #[napi(catch_unwind)]
    pub fn time_out(
        &self,
        asker: f64,
        id: f64,
        timeout_ms: u32,
        form: u32,
        #[napi(ts_arg_type = "string")] json: Text,
    ) -> Result<()> {
        self.core.time_out(
            endpoint(asker)?,
            integer(id)?,
            timeout_ms,
            Payload { form, json: &json },
        );
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
