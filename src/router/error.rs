//! Why the router rejects something, as data. The binding makes JS errors of it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::interned::MAX_NUMBERS;
use super::portions::of_one_window;
use super::services::{MAX_AWAITED, MAX_SERVED, MAX_SERVICES};
use super::topics::MAX_TOPICS;
use super::undelivered::MAX_OPEN;

/// Why the target of a message or request has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndReason {
    /// The window was closed.
    Closed,
    /// The page crashed.
    Crashed,
    /// Another document took the document's place, by a reload or a navigation.
    Reloaded,
    /// The name was taken from the window.
    Unregistered,
    /// The listener that a message was for was removed.
    Removed,
}

impl EndReason {
    /// The `reason` of JavaScript's error, as in `index.d.ts`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Crashed => "crashed",
            Self::Reloaded => "reloaded",
            Self::Unregistered => "unregistered",
            Self::Removed => "removed",
        }
    }
}

/// A rejection. A method that returns one has changed nothing but a count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RouterError {
    /// No window has this name.
    UnknownWindow {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: Arc<KnownNames>,
    },
    /// Another window has this name.
    NameTaken {
        /// The name that was asked for.
        name: String,
    },
    /// The window already has another name.
    WindowNamed {
        /// The name that was asked for.
        name: String,
        /// The name that the window has.
        has: String,
    },
    /// The target's queue is at its bound and the policy is to reject.
    QueueFull {
        /// The target: a window's name, or the main process.
        target: String,
        /// Records that wait.
        records: usize,
        /// Bytes that wait.
        bytes: usize,
        /// Bytes of the rejected record.
        record_bytes: usize,
    },
    /// The asker has as many requests and answers as it may have.
    TooManyRequests {
        /// Requests that wait for their answers, and answers that wait for the asker.
        open: usize,
    },
    /// An answer has no room in its asker's queue.
    AnswerTooLong {
        /// Bytes of answers that the asker's window has not taken.
        waiting: u64,
        /// Bytes of the answer.
        bytes: usize,
    },
    /// There are as many topics, or numbers for them, as there may be.
    TooManyTopics {
        /// The bound.
        limit: u64,
    },
    /// There are as many services as there may be.
    TooManyServices {
        /// The bound.
        limit: usize,
    },
    /// A value was published, and no room was left to retain it.
    NotRetained {
        /// Bytes that retaining it takes.
        bytes: u64,
        /// Bytes that are retained: of its window, of all windows or of all.
        used: u64,
        /// The bound of these.
        limit: u64,
    },
    /// The text is no packet.
    BadPacket {
        /// Why it is malformed.
        reason: String,
    },
    /// The document or window has ended, or has no name any more.
    TargetEnded(EndReason),
    /// No handler took a request for as long as requests may wait.
    NoHandler {
        /// The target: a window's name.
        target: String,
        /// How long it waited, in milliseconds.
        waited_ms: u32,
        /// Why nothing of the window listens, if that is known.
        silence: Option<String>,
        /// The service that was asked for, if it was one.
        service: Option<Unserved>,
    },
    /// No answer came in the time that the asker gave its request.
    TimedOut {
        /// That time, in milliseconds.
        timeout_ms: u32,
    },
    /// An option is of the wrong type or out of its range.
    InvalidOption {
        /// The value that was given and the values that would be right.
        reason: String,
    },
}

impl RouterError {
    /// The stable code, as in `js/protocol/protocol.ts`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownWindow { .. } => "ERR_UNKNOWN_WINDOW",
            Self::NameTaken { .. } | Self::WindowNamed { .. } => "ERR_NAME_TAKEN",
            Self::QueueFull { .. }
            | Self::TooManyRequests { .. }
            | Self::AnswerTooLong { .. }
            | Self::TooManyTopics { .. }
            | Self::TooManyServices { .. }
            | Self::NotRetained { .. } => "ERR_QUEUE_FULL",
            Self::BadPacket { .. } => "ERR_BAD_PACKET",
            Self::TargetEnded(_) => "ERR_TARGET_GONE",
            Self::NoHandler { .. } => "ERR_NO_HANDLER",
            Self::TimedOut { .. } => "ERR_TIMEOUT",
            Self::InvalidOption { .. } => "ERR_INVALID_OPTION",
        }
    }

    /// The same as one short sentence of fixed length, for errors that are many.
    pub(super) fn brief(&self) -> &'static str {
        match self {
            Self::UnknownWindow { .. } => "not find windowInstance: no window has the name",
            Self::NameTaken { .. } | Self::WindowNamed { .. } => "the name is taken",
            Self::QueueFull { .. } => "a queue is full (maxQueueRecords, maxQueueBytes)",
            Self::TooManyRequests { .. } => "too many requests wait for their answers",
            Self::AnswerTooLong { .. } => "the answer is too long (maxQueueBytes)",
            Self::TooManyTopics { .. } => "there are too many topics",
            Self::TooManyServices { .. } => "there are too many services",
            Self::NotRetained { .. } => "a value was not retained (maxRetainedBytes)",
            Self::BadPacket { .. } => "the packet was rejected",
            Self::TargetEnded(_) => "the window or its page has ended",
            Self::NoHandler { service: Some(_), .. } => {
                "no one serves the service in time (handlerWaitMs)"
            }
            Self::NoHandler { .. } => "no onCall handler in time (handlerWaitMs)",
            Self::TimedOut { .. } => "no answer in time (timeoutMs)",
            Self::InvalidOption { .. } => "an option is wrong",
        }
    }

    /// Why the target has ended, if it has.
    #[must_use]
    pub fn end_reason(&self) -> Option<EndReason> {
        match self {
            Self::TargetEnded(reason) => Some(*reason),
            _ => None,
        }
    }
}

impl fmt::Display for RouterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // electron-prokit's words stay in the sentence: apps match on them.
            Self::UnknownWindow { name, known } => {
                write!(f, "not find windowInstance: no window is named {:?}; ", shortened(name))?;
                known.fmt(f)
            }
            Self::NameTaken { name } => {
                let name = shortened(name);
                write!(f, "another window is named {name:?}; close it or unregister its name first")
            }
            Self::WindowNamed { name, has } => {
                let (name, has) = (shortened(name), shortened(has));
                write!(
                    f,
                    "this window is named {has:?} and cannot be named {name:?} too; unregister {has:?} first"
                )
            }
            Self::QueueFull { target, records, bytes, record_bytes } => write!(
                f,
                "the queue of {target} is full: {records} messages ({bytes} bytes) wait, and one of {record_bytes} bytes more exceeds the limit (maxQueueRecords, maxQueueBytes) or its sender's share"
            ),
            Self::TooManyRequests { open } => write!(
                f,
                "this page has {open} requests without an answer and answers that it has not taken, and may have {MAX_OPEN}"
            ),
            Self::AnswerTooLong { waiting, bytes } => write!(
                f,
                "the answer has {bytes} bytes, and the page has not taken {waiting} bytes of answers before it; together they exceed the limit (maxQueueBytes)"
            ),
            Self::TooManyTopics { limit } => {
                write!(f, "there are too many topics: a page has at most {MAX_NUMBERS} to publish to, with numbers below that, and {MAX_NUMBERS} to subscribe to, an app {MAX_TOPICS}, and one window {} of these; the limit of {limit} is reached", of_one_window(MAX_TOPICS as u64))
            }
            Self::TooManyServices { limit } => {
                write!(f, "there are too many services: a page serves at most {MAX_SERVED}, its calls wait for at most {MAX_AWAITED} that a window does not serve yet, and a window has at most {MAX_SERVICES}; the limit of {limit} is reached")
            }
            Self::NotRetained { bytes, used, limit } => write!(
                f,
                "the value was delivered and is not retained: it takes {bytes} bytes, {used} are retained, and together they exceed {limit} (maxRetainedBytes, of which a quarter is for main and one window has three quarters of the rest)"
            ),
            Self::BadPacket { reason } => write!(f, "the packet was rejected: {reason}"),
            Self::TargetEnded(EndReason::Closed) => write!(f, "the window was closed"),
            Self::TargetEnded(EndReason::Crashed) => write!(f, "the window's page crashed"),
            Self::TargetEnded(EndReason::Reloaded) => {
                write!(f, "the window's page was reloaded or replaced by another")
            }
            Self::TargetEnded(EndReason::Unregistered) => {
                write!(f, "the name of the window was unregistered")
            }
            Self::TargetEnded(EndReason::Removed) => {
                write!(f, "the listener was removed before it took the message, and others received later ones")
            }
            Self::NoHandler { target, waited_ms, silence, service } => {
                match service {
                    None => write!(f, "no onCall handler was registered in {target} within {waited_ms} ms (handlerWaitMs)"),
                    Some(Unserved { name, served }) => {
                        write!(f, "no one serves {:?} in {target} within {waited_ms} ms (handlerWaitMs); it serves ", shortened(name))?;
                        served.list(f, "nothing")
                    }
                }?;
                silence.iter().try_for_each(|why| write!(f, ": {why}"))
            }
            Self::TimedOut { timeout_ms } => write!(f, "no answer within {timeout_ms} ms"),
            Self::InvalidOption { reason } => f.write_str(reason),
        }
    }
}

impl std::error::Error for RouterError {}

/// A service that nobody serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unserved {
    /// Its name.
    pub name: Arc<str>,
    /// The services of its window that are served.
    pub served: Arc<KnownNames>,
}

/// Names as a message lists them: it is for reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownNames {
    /// The first of them, sorted; [`KnownNames::LISTED`] at most.
    first: Vec<String>,
    /// How many more there are.
    more: usize,
}

impl KnownNames {
    const LISTED: usize = 20;

    pub(super) fn new(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        let more = names.len().saturating_sub(Self::LISTED);
        names.truncate(Self::LISTED);
        Self { first: names, more }
    }
}

impl fmt::Display for KnownNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.first.is_empty() {
            f.write_str("known names: ")?;
        }
        self.list(f, "no window has a name now")
    }
}

impl KnownNames {
    fn list(&self, f: &mut fmt::Formatter<'_>, none: &str) -> fmt::Result {
        if self.first.is_empty() {
            return f.write_str(none);
        }
        for (i, name) in self.first.iter().enumerate() {
            write!(f, "{}{:?}", if i == 0 { "" } else { ", " }, shortened(name))?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// Characters of a name that errors repeat.
pub(super) const MAX_REPEATED: usize = 100;

/// A name as error sentences repeat it: its first characters. A page may have chosen it.
pub(super) fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(MAX_REPEATED) {
        Some((end, _)) => format!("{}…", &name[..end]).into(),
        None => name.into(),
    }
}
