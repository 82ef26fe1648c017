//! The router: which windows there are, what waits for them, and where a record goes.
//!
//! It has no clock, does no I/O and starts no thread; every method may be called from any thread.
//!
//! ## Who loses what at overload
//!
//! A window's waiting records are bounded in number and in bytes ([`Limits`]). At the bound the
//! [`Overflow`] policy decides: `Reject` refuses the newcomer and tells its sender, `DropOldest`
//! gives up the longest waiting message of the same queue, or else of another of the window's,
//! `DropNewest` gives up the newcomer. Only messages are given up: a request is refused under every
//! policy, so that its sender hears of it, and a reply passes the bounds, because it answers a
//! request that was let in. Who sent a message that is given up is told, once for all messages
//! of the same fate.
//!
//! What is under way to a page is bounded as well: an endpoint gets no further frame while those
//! that it has not acknowledged ([`Router::acknowledge`]) have `max_in_flight_bytes` or more. What
//! is for it waits in its queue, and only there: others go on. Replies wait, too.
//!
//! ## What closing does
//!
//! When a document ends (reload, navigation, crash), its undelivered messages go back to the
//! window and wait for the next document's listener; its undelivered replies are dropped. When a
//! window closes, all that waits for it is dropped. Each drop is counted: at every moment
//! `accepted = delivered + queued + dropped`, for each window and in total ([`Counts`]).
//!
//! Calls that the document was given end with it, and all calls to a window end when it closes:
//! their askers are told how. When an asker's document ends, who works at its calls is told.
#![forbid(unsafe_code)]

mod account;
mod answering;
mod attachment;
mod batches;
mod calls;
mod closed_names;
mod credit;
mod decimal;
mod draining;
mod endpoint;
mod error;
mod frame;
mod hashing;
mod intake;
mod lane;
mod limits;
mod queue;
mod ready;
mod record;
mod routing;
mod state;
mod stats;
mod switchboard;
mod turnover;
mod undelivered;
mod window;

pub use account::Counts;
pub use attachment::Attachments;
pub use batches::Room;
pub use calls::RequestNumber;
pub use endpoint::EndpointId;
pub use error::{Gone, RouterError};
pub use frame::Frame;
pub use lane::Lanes;
pub use limits::{Limits, Overflow};
pub use record::{Kind, Payload};
pub use routing::Ingested;
pub use switchboard::Router;
pub use window::ContentsId;

#[cfg(test)]
mod tests;
