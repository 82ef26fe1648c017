//! The functions that every message takes. They know their router; a method has to find its own
//! from `this`. If a message comes now and then, such a method takes 27 us with a short text, and
//! these functions take 10 (in a stream, 1.6 and 0.5).

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Arc;

use napi::bindgen_prelude::{panic_to_error, Function, FunctionCallContext, Result};
use napi::Env;

use super::convert::{endpoint, integer, BindingError};
use super::text::{Answer, Outcome, Text};
use crate::router::{names_as_text, Arrived, EndpointId, Lanes, RouteOutcome, Router as Core};

/// A function of JavaScript, which takes its arguments out one by one.
pub(super) type Call<'env> = Function<'env, (), Outcome>;

/// In place of an endpoint.
const NOBODY: f64 = 0.0;

/// All of them, in the order that `messageFunctions` names.
pub(super) type MessageFunctions<'env> =
    (Call<'env>, Call<'env>, Call<'env>, Call<'env>, Call<'env>);

/// Routes lines of the main process, then a packet of a page, and hands out the packets that can go
/// then. Its arguments: the bytes of text to hand out, the lines, an endpoint with its lanes, or 0, and
/// the packet of the endpoint.
pub(super) fn exchange(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "exchange", move |call| {
        let (bytes, text): (u32, Text) = (call.get(0)?, call.get(1)?);
        let (from, lanes): (f64, u8) = (call.get(2)?, call.get(3)?);
        let packet: Option<Text> = (from != NOBODY).then(|| call.get(4)).transpose()?;
        Ok(endpoint(from).and_then(|from| {
            let lanes = Lanes::from_bits(lanes);
            let arrived = packet.as_deref().map(|packet| Arrived { from, lanes, packet });
            let routed = core.exchange(&text, arrived).map_err(BindingError::from)?;
            Ok(Answer::Text(match routed {
                RouteOutcome::Routed => core.hand_out(bytes as usize),
                RouteOutcome::Unresolved(names) => names_as_text(&names),
            }))
        }))
    })
}

/// Admits a request of a page by its head. Its arguments: an endpoint, its lanes, the request's id, at
/// least the bytes of its record, the edition of the tables, and the number of the service of the main
/// process that is called, or 0.
pub(super) fn admit_request(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "admitRequest", move |call| {
        let (from, lanes): (f64, u8) = (call.get(0)?, call.get(1)?);
        let (id, bytes, edition): (f64, u32, f64) = (call.get(2)?, call.get(3)?, call.get(4)?);
        let service: u32 = call.get(5)?;
        Ok(endpoint(from).and_then(|from| {
            let (from, bytes) = ((from, Lanes::from_bits(lanes)), bytes as usize);
            let (id, edition) = (integer(id)?, integer(edition)?);
            let service = (service > 0).then_some(service);
            Ok(Answer::Bool(core.admit_request(from, (id, service), bytes, edition)))
        }))
    })
}

/// Admits an answer of the main process. Its arguments: an endpoint, the request's id, and at least the
/// bytes of its packet.
pub(super) fn admit_answer(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "admitAnswer", move |call| {
        let (to, id, bytes): (f64, f64, u32) = (call.get(0)?, call.get(1)?, call.get(2)?);
        Ok(endpoint(to)
            .and_then(|to| Ok(Answer::Bool(core.admit_answer(to, integer(id)?, bytes as usize)))))
    })
}

/// Admits a message. Its arguments: the endpoint that it is from, or 0, with its lanes; the endpoint
/// that it is for, at least the bytes of its packet, and the edition of the tables.
pub(super) fn admit_message(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "admitMessage", move |call| {
        let (from, lanes, to): (f64, u8, f64) = (call.get(0)?, call.get(1)?, call.get(2)?);
        let (bytes, edition): (u32, f64) = (call.get(3)?, call.get(4)?);
        Ok(endpoint(from).and_then(|from| {
            let (to, bytes, edition) = (endpoint(to)?, bytes as usize, integer(edition)?);
            Ok(Answer::Bool(match from {
                EndpointId::MAIN => core.admit_message(to, bytes, edition),
                from => {
                    let from = (from, Lanes::from_bits(lanes));
                    core.admit_message_across(from, to, bytes, edition)
                }
            }))
        }))
    })
}

/// Notes that an endpoint has taken packets more. Its arguments: the endpoint, and how many. Whether
/// there is more for it.
pub(super) fn acknowledge(env: &Env, core: Arc<Core>) -> Result<Call<'_>> {
    function(env, "acknowledge", move |call| {
        let (to, packets): (f64, u32) = (call.get(0)?, call.get(1)?);
        Ok(endpoint(to).map(|to| Answer::Bool(core.acknowledge(to, packets))))
    })
}

/// The function is boxed, so that napi's part of 2.4 KB is in the addon once.
fn function<'env>(
    env: &'env Env,
    name: &str,
    call: impl Fn(FunctionCallContext) -> Result<super::Result<Answer>> + 'static,
) -> Result<Call<'env>> {
    let call: Box<dyn Fn(FunctionCallContext) -> Result<Outcome>> =
        Box::new(move |context| caught(|| call(context)).map(Outcome));
    env.create_function_from_closure(name, call)
}

/// A panic becomes an error, as in the methods that say `catch_unwind`: across Node-API it would end
/// the app.
fn caught<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    // The router's locks have whole data after a panic. Nothing else is shared.
    catch_unwind(AssertUnwindSafe(call)).map_err(panic_to_error).and_then(|result| result)
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
