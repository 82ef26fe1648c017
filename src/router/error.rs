//! Why the router refused something, as data. The binding makes JS errors of it, once.

use std::fmt;

/// How the target of a message or request went away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gone {
    /// The window was closed.
    Closed,
    /// The page crashed.
    Crashed,
    /// Another page took the page's place, by a reload or a navigation.
    Reloaded,
    /// The name was taken from the window.
    Unregistered,
    /// The listener was removed that a message was on its way to.
    Removed,
}

impl Gone {
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

/// A refusal. Nothing was changed by the call that returns one, other than a count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RouterError {
    /// No window has this name.
    UnknownWindow {
        /// The name that was asked for.
        name: String,
        /// The names there are, sorted.
        known: Vec<String>,
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
        /// Bytes of the refused record.
        record_bytes: usize,
    },
    /// The text is no frame.
    BadFrame {
        /// What is wrong with it.
        reason: String,
    },
    /// The document or window is gone, or its name is.
    TargetGone(Gone),
    /// Nobody took a request for as long as requests may wait.
    NoHandler {
        /// The target: a window's name.
        target: String,
        /// How long it waited, in milliseconds.
        waited_ms: u32,
    },
    /// An option is of the wrong type or out of its range.
    InvalidOption {
        /// What was given and what would be right.
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
            Self::QueueFull { .. } => "ERR_QUEUE_FULL",
            Self::BadFrame { .. } => "ERR_BAD_FRAME",
            Self::TargetGone(_) => "ERR_TARGET_GONE",
            Self::NoHandler { .. } => "ERR_NO_HANDLER",
            Self::InvalidOption { .. } => "ERR_INVALID_OPTION",
        }
    }

    /// How the target went away, where it did.
    #[must_use]
    pub fn gone(&self) -> Option<Gone> {
        match self {
            Self::TargetGone(gone) => Some(*gone),
            _ => None,
        }
    }
}

impl fmt::Display for RouterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // electron-prokit's words stay in the sentence: apps match on them.
            Self::UnknownWindow { name, known } if known.is_empty() => {
                write!(f, "not find windowInstance: no window is named {name:?}; no window has a name now")
            }
            Self::UnknownWindow { name, known } => {
                write!(f, "not find windowInstance: no window is named {name:?}; known names: ")?;
                write_names(f, known)
            }
            Self::NameTaken { name } => {
                write!(f, "another window is named {name:?}; close it or unregister its name first")
            }
            Self::WindowNamed { name, has } => write!(
                f,
                "this window is named {has:?} and cannot be named {name:?} too; unregister {has:?} first"
            ),
            Self::QueueFull { target, records, bytes, record_bytes } => write!(
                f,
                "the queue of {target} is full: {records} messages of {bytes} bytes wait, and {record_bytes} bytes more are over the bound (maxQueueRecords, maxQueueBytes)"
            ),
            Self::BadFrame { reason } => write!(f, "not a frame: {reason}"),
            Self::TargetGone(Gone::Closed) => write!(f, "the window was closed"),
            Self::TargetGone(Gone::Crashed) => write!(f, "the window's page crashed"),
            Self::TargetGone(Gone::Reloaded) => {
                write!(f, "the window's page was reloaded or replaced by another")
            }
            Self::TargetGone(Gone::Unregistered) => {
                write!(f, "the name was taken from the window")
            }
            Self::TargetGone(Gone::Removed) => {
                write!(f, "the listener was removed, and others have had later messages")
            }
            Self::NoHandler { target, waited_ms } => {
                write!(f, "{target} called no onCall within {waited_ms} ms")
            }
            Self::InvalidOption { reason } => f.write_str(reason),
        }
    }
}

impl std::error::Error for RouterError {}

/// At most this many names are listed: a message is for reading.
const LISTED_NAMES: usize = 20;

fn write_names(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    for (i, name) in names.iter().take(LISTED_NAMES).enumerate() {
        write!(f, "{}{name:?}", if i == 0 { "" } else { ", " })?;
    }
    match names.len().saturating_sub(LISTED_NAMES) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}
