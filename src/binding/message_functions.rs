//! The calls of every message, as functions that know their router. A method has to find its own
//! from `this`: cold, as it is when a message comes now and then, that takes 27 us with a short text,
//! and these take 10 (hot 1.6 and 0.5).

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Arc;

use napi::bindgen_prelude::{panic_to_error, Function, FunctionCallContext, Result};
use napi::Env;

use super::convert::{endpoint, out, BindingError, Marks};
use super::text::{Outcome, Text};
use crate::router::{Attachments, Lanes, Router as Core};

/// A function of JavaScript; it takes its arguments out one by one.
pub(super) type Call<'env> = Function<'env, (), Outcome>;

/// Takes a packet without attachments from a window, and hands out what can go then: of an endpoint,
/// with its lanes, the packet, and how many bytes of text to hand out.
pub(super) fn route_packet(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "routePacket", move |call| {
        let (from, lanes) = (call.get(0)?, call.get(1)?);
        let (packet, bytes): (Text, u32) = (call.get(2)?, call.get(3)?);
        Ok(endpoint(from).and_then(|from| {
            let lanes = Lanes::from_bits(lanes);
            let taken = core.route_packet(from, lanes, &packet, Attachments::NONE, false);
            taken.map_err(BindingError::from)?;
            Ok(handed_out(&core, bytes))
        }))
    })
}

/// Takes lines of what the main process sends, and hands out what can go then: with how many bytes
/// of text to hand out, and the lines.
pub(super) fn route_lines(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "routeLines", move |call| {
        let (bytes, lines): (u32, Text) = (call.get(0)?, call.get(1)?);
        let taken = core.route_lines(&lines).map_err(BindingError::from);
        Ok(taken.map(|()| handed_out(&core, bytes)))
    })
}

/// In a box, so that napi's part is there once: it is 2.4 KB.
fn function<'env>(
    env: &'env Env,
    name: &str,
    call: impl Fn(FunctionCallContext) -> Result<super::Result<String>> + 'static,
) -> Result<Call<'env>> {
    let call: Box<dyn Fn(FunctionCallContext) -> Result<Outcome>> =
        Box::new(move |context| caught(|| call(context)).map(Outcome));
    env.create_function_from_closure(name, call)
}

/// A panic becomes an error, as in the methods that say `catch_unwind`: across Node-API it would end
/// the app.
fn caught<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    // The router's locks hold whole data after a panic; nothing else is shared.
    catch_unwind(AssertUnwindSafe(call)).map_err(panic_to_error).and_then(|result| result)
}

fn handed_out(core: &Core, bytes: u32) -> String {
    let packets = core.next_packets(bytes as usize);
    let length: usize = packets.iter().map(|packet| packet.text.len()).sum();
    let marks = Marks {
        has_pending_requests: core.has_pending_requests(),
        more: length >= bytes as usize,
        is_clock_due: core.is_clock_due(),
    };
    out(&packets, marks)
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_in_a_call_of_every_message_is_an_error_and_no_abort() {
        let text = caught::<()>(|| panic!("one record {}", "too many")).unwrap_err().to_string();
        assert!(text.contains("one record too many"), "{text}");
        assert_eq!(caught(|| Ok(7)).unwrap(), 7);
    }
}
