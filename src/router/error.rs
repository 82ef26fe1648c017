//! Why the router refused something, as data. The binding makes JS errors of it, once.

use std::fmt;

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
    /// The endpoint's document or window is gone.
    TargetGone,
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
            Self::TargetGone => "ERR_TARGET_GONE",
            Self::InvalidOption { .. } => "ERR_INVALID_OPTION",
        }
    }
}

impl fmt::Display for RouterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // electron-prokit's words stay in the sentence: apps match on them.
            Self::UnknownWindow { name, known } if known.is_empty() => {
                write!(f, "not find windowInstance: no window is named {name:?}; no window has a name yet")
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
            Self::TargetGone => write!(f, "the window was closed or its page replaced"),
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
