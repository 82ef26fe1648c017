//! The router: which windows there are, which records are pending for them, and where a record goes.
//!
//! The router has no clock, does no I/O and starts no thread. Every method may be called from any
//! thread.
//!
//! ## The files
//!
//! [`Router`] and its windows have their methods in several files, by subject. The lists name them:
//! _R_ has an `impl Router`, _W_ an `impl Window`.
//!
//! Tables:
//!
//! - `router.rs` (R): the router with its tables of windows, names and endpoints, and how they change.
//! - `window.rs` (W): a window: its name, its counters and who listens.
//! - `window_state.rs`: the endpoints of a window, and the queues of its pending records.
//! - `endpoint.rs`: an endpoint: one world of one document, with its queue.
//! - `world_address.rs`: which world of which document, in one number.
//! - `turnover.rs` (W): where pending records go when listeners, documents, names and windows change.
//! - `closed_names.rs`: the names of windows that have closed.
//! - `lanes.rs`: sets of lanes.
//! - `limits.rs`: the limits of queues, and the policy at them.
//! - `stats.rs` (R): the counters as JSON.
//! - `error.rs`: why the router rejects something, as data.
//!
//! The way in:
//!
//! - `parse.rs`: cuts a packet that arrives into its records.
//! - `exchange.rs` (R): takes all that crosses in one call: lines of the main process (`lines.rs`) and a
//!   packet of a page.
//! - `routing.rs` (R): finds the target of each record.
//! - `sender_tag.rs`: who sent a record, as the main process knows it.
//! - `attachments.rs`: the slots of attachments, and when each is free again.
//! - `heads.rs` (R, W): admits a single record by its head; its payload stays outside.
//! - `admission.rs` (R, W): lets a record into a queue or rejects it, and says how much would fit.
//! - `shares.rs`: how much of a window's queue each sender has.
//! - `counters.rs`: the counters of a window, which the limits are compared with.
//!
//! The way out:
//!
//! - `ready_list.rs`: which endpoints have something to send.
//! - `next_packets.rs` (R): makes packets of queues; endpoints take turns.
//! - `packet.rs`: joins records to one packet.
//! - `handed_out.rs` (R): packets as the one text that crosses.
//! - `in_flight.rs`: how much an endpoint has not acknowledged.
//!
//! Waiting:
//!
//! - `record.rs`: one record as it waits, which is the text that leaves.
//! - `queue.rs`: a queue of records.
//! - `undelivered.rs`: nacks that wait for their senders, joined.
//!
//! Requests:
//!
//! - `requests.rs` (R): requests to windows, from the call to whatever settles it.
//! - `calls.rs`: the table of requests to windows that are not settled.
//! - `open_requests.rs`: the ids of requests to the main process that are not settled.
//! - `deadlines.rs`: the time limits of requests of pages.
//!
//! Services:
//!
//! - `services.rs`: the services of a window: who serves each, or the calls that wait for it.
//! - `serving.rs` (R, W): how services come to be served, and what waits for them then.
//!
//! Topics:
//!
//! - `topics.rs` (R): who names topics and subscribes, and what all topics retain.
//! - `topic.rs`: one topic: its subscribers and the value that it retains.
//! - `publishing.rs` (R, W): the way of a value to each subscriber's own queue.
//! - `conflated.rs`: values in a queue that later ones may replace.
//! - `interned.rs`: numbers for names.
//! - `portions.rs`: how much of the topics and of their retained bytes each window has.
//!
//! Beside these: `ordered.rs` (the locks and their order), `hashing.rs` (the hash of the tables),
//! `decimal.rs` (numbers as text) and `steps.rs` (counts in tests how much is looked at).
//!
//! ## Which sender loses at overload
//!
//! A window's pending messages and requests are bounded in number and in bytes ([`Limits`]). An
//! attachment counts 512 bytes more than it has. At the bound the [`Overflow`] policy decides:
//!
//! - `Reject` rejects the new record and notifies its sender.
//! - `DropOldest` drops the oldest message of the same queue, or else of another of the window's.
//! - `DropNewest` drops the new message.
//!
//! Only messages are dropped. A request is rejected under every policy, so that it settles. The
//! sender of dropped messages is notified once for all with the same fate.
//!
//! Within the bound each sender has its share (`shares.rs`). A quarter is kept for the main process.
//! A window has at most three times as much as is left to windows. Therefore the first that floods
//! has three quarters of their part, and others still find room. If there is no room, records that a
//! closed window sent to a lane without listeners are dropped first.
//!
//! Answers and nacks take no room of messages. They have bounds of their own:
//!
//! - A page has at most 100,000 requests that are not answered and answers that it has not taken.
//!   Further requests are rejected.
//! - A window's pending answers have at most `max_queue_bytes`. An answer beyond that becomes a
//!   nack, which settles its request.
//! - A page has at most 1,000 nacks in its queue. Others wait joined (`undelivered.rs`): rejected
//!   requests in runs of ids, messages by their windows. No nack is dropped. If a page has 100,000
//!   runs, its packets are rejected. No page has as many if its ids count up.
//!
//! A page's packet has at most 100,000 records and 262,144 attachments. A window's name has at most
//! 1,024 bytes.
//!
//! A page serves at most 4,096 services. Calls of one window wait for at most 1,024 services of another
//! that are not served. A window has at most 65,000 services of both kinds, and at most half of them are
//! not served. The name of a service has 1 to 1,024 bytes.
//!
//! Bytes in flight to a page are bounded as well. While an endpoint has not acknowledged
//! ([`Router::acknowledge`]) `max_in_flight_bytes` or more, it gets no further packet. Its records,
//! answers too, wait in its queue and only there. Other endpoints go on.
//!
//! A copy of a published value is dropped like a message, even where the main process published it and
//! has less than its part. A copy that a later value replaces counts as dropped and is not reported.
//! A page has at most 4,096 topics to publish to and 4,096 subscriptions, and a router 65,536 topics.
//! A quarter of these, and of the retained bytes, is kept for the main process. One window has at most
//! three quarters of the rest (`portions.rs`). The window that names a topic first has it.
//!
//! ## What a step costs
//!
//! No step takes more than linear time in its own size, whatever is pending (`tests/linear.rs`
//! counts). If a call is settled while it waits, it counts as dropped at once. Its record stays in the
//! queue until its turn comes, or until there are enough like it that a search costs each of them no
//! more than a constant.
//!
//! ## What closing does
//!
//! When a document ends (reload, navigation, crash), its undelivered messages go back to the window
//! and wait for a listener of the next document. Its undelivered answers are dropped. When a window
//! closes, all records that wait for it are dropped. Each drop is counted: at every moment
//! `accepted = delivered + queued + dropped`, for each window and in total ([`Counts`]).
//!
//! A call that a document was given ends with the document. When a window closes, all calls to it
//! end. The askers get the reason. When an asker's document ends, the endpoints that have its calls
//! are notified.
//!
//! ## Locking
//!
//! Two kinds of structure take no lock of ours. The tables of windows, names and endpoints are
//! dashmaps: no guard of theirs is held while another lock is taken, but for a window's name. The
//! ready list and the list of free slots are crossbeam channels, which any thread may fill at any
//! moment.
//!
//! The locks, in the order in which a thread may take them. A thread that holds one takes only
//! locks below it. `ordered.rs` has their ranks. In a debug build, and so in every test, a lock that
//! is taken out of order panics.
//!
//! 1. `Endpoint::in_flight`, a mutex. The thread that makes a packet for an endpoint holds it from
//!    the look at the credit until the packet is counted, so that an endpoint's packets leave in
//!    order. An acknowledgement holds it for an instant.
//! 2. `Calls`, a mutex. It is held while a call's record is admitted, so that no thread settles a
//!    call whose record is not in a queue yet.
//! 3. `EndpointTopics`, a mutex. It is held while its endpoint subscribes or publishes, so that no
//!    subscription outlasts its document.
//! 4. The table of topics, a mutex. It is held for an instant, to find, make or dispose a topic.
//! 5. `Topic`, a mutex. It is held while a value goes to all subscribers, or while a newcomer gets the
//!    retained one. Therefore nobody has a gap or gets a value twice.
//! 6. `Window::state`, a read-write lock, and of one window only. Reading suffices to admit a
//!    record. Writing is for listeners, documents and names that change.
//! 7. `Window::counters`, a mutex: all counts of a window, so that they add up at every moment.
//! 8. `OpenRequests`, a mutex. A request to the main process is closed while its answer is admitted.
//! 9. `Queue`, a mutex, and of one queue only. No record is pushed into a queue, or taken out, by
//!    a thread that has the lock of another.
//! 10. The leaves: a window's name and silence, `Undelivered`, `Deadlines`, `ClosedNames`, the
//!     counters of closed windows, the retained bytes. Each is held for an instant, and none while another leaf is. The
//!     list of known names is a leaf too, under which the table of names is read.
//!
//! No lock is held while code outside of the router runs. A thread that panics leaves whole data
//! behind: each lock's data is changed in steps that are whole before they can panic, and a poisoned
//! lock is used on.
#![forbid(unsafe_code)]

mod admission;
mod attachments;
mod calls;
mod closed_names;
mod conflated;
mod counters;
mod deadlines;
mod decimal;
mod endpoint;
mod error;
mod exchange;
mod handed_out;
mod hashing;
mod heads;
mod in_flight;
mod interned;
mod lanes;
mod limits;
mod lines;
mod next_packets;
mod open_requests;
mod ordered;
mod packet;
mod parse;
mod portions;
mod publishing;
mod queue;
mod ready_list;
mod record;
mod requests;
#[allow(clippy::module_inception, reason = "it has the struct of this name")]
mod router;
mod routing;
mod sender_tag;
mod services;
mod serving;
mod shares;
mod stats;
mod steps;
mod topic;
mod topics;
mod turnover;
mod undelivered;
mod window;
mod window_state;
mod world_address;

pub use admission::Lease;
pub use attachments::Attachments;
pub use calls::RequestNumber;
pub use counters::Counts;
pub use deadlines::{Asked, Late};
pub use endpoint::EndpointId;
pub use error::{EndReason, KnownNames, RouterError, Unserved};
pub use exchange::Arrived;
pub use handed_out::{names_as_text, packets_as_text};
pub use heads::EndpointAddress;
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
