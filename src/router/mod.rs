//! The router: which windows there are, what waits for them, and where a record goes.
//!
//! It has no clock, does no I/O and starts no thread; every method may be called from any thread.
//!
//! ## Who loses what at overload
//!
//! A window's waiting messages and requests are bounded in number and in bytes ([`Limits`]); an
//! attachment costs 512 bytes though it be empty. At the bound the [`Overflow`] policy decides:
//! `Reject` refuses the newcomer and tells its sender, `DropOldest` gives up the longest waiting
//! message of the same queue, or else of another of the window's, `DropNewest` gives up the newcomer.
//! Only messages are given up: a request is refused under every policy, so that its sender hears of
//! it. Who sent a message that is given up is told, once for all messages of the same fate.
//!
//! Within the bound each sender has its share (`shares.rs`). A quarter is kept for the main process.
//! A window has at most three times as much as is left to windows, so the first that floods has three
//! quarters of their part, and others still find room. If there is no room, what a closed window left
//! for a lane that nobody listens to goes first.
//!
//! Answers and nacks take no room of messages. They have bounds of their own:
//!
//! - A page has at most 100,000 requests that are not answered and answers that it has not taken.
//!   Further requests are refused.
//! - A window's answers that wait have at most `max_queue_bytes`. An answer beyond that becomes a
//!   nack: its request is settled.
//! - A page has at most 1,000 nacks in its queue. Others wait joined (`undelivered.rs`): refused
//!   requests in runs of ids, messages by their windows. None is lost. If a page has 100,000 runs, which
//!   no page has whose ids count up, its packets are refused.
//!
//! A page's packet has at most 100,000 records and 262,144 attachments, and a window's name at most
//! 1,024 bytes.
//!
//! What is under way to a page is bounded as well: an endpoint gets no further packet while those
//! that it has not acknowledged ([`Router::acknowledge`]) have `max_in_flight_bytes` or more. What
//! is for it waits in its queue, and only there: others go on. Replies wait, too.
//!
//! ## What a step costs
//!
//! No step takes more than linear time in what it is about, whatever waits (`tests/linear.rs` counts).
//! A call that is settled while it waits is booked as dropped at once. Its record stays in the queue
//! until its turn comes, or until there are so many like it that to look for them costs each of them
//! no more than a constant.
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

mod admission;
mod attachments;
mod calls;
mod closed_names;
mod counters;
mod deadlines;
mod decimal;
mod endpoint;
mod error;
mod hashing;
mod in_flight;
mod lanes;
mod limits;
mod lines;
mod next_packets;
mod open_requests;
mod packet;
mod parse;
mod queue;
mod ready_list;
mod record;
mod requests;
#[allow(clippy::module_inception, reason = "it has the struct of this name")]
mod router;
mod routing;
mod sender_tag;
mod shares;
mod stats;
mod steps;
mod turnover;
mod undelivered;
mod window;
mod window_state;
mod world_address;

pub use admission::Lease;
pub use attachments::Attachments;
pub use calls::RequestNumber;
pub use counters::Counts;
pub use deadlines::Late;
pub use endpoint::EndpointId;
pub use error::{EndReason, KnownNames, RouterError};
pub use lanes::Lanes;
pub use limits::{Limits, Overflow};
pub use packet::Packet;
pub use record::{Kind, Payload};
pub use router::Router;
pub use routing::RouteOutcome;
pub use window::ContentsId;
pub use world_address::{World, WorldAddress};

#[cfg(test)]
mod tests;
