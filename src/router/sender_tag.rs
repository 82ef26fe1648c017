//! Sender tags: who sent a record, as the main process knows it.

use std::sync::Arc;

/// The sender's part of a record, as JSON text. A page cannot choose its own.
#[derive(Debug)]
pub(super) enum SenderTag {
    /// The main process, which has no name.
    Main,
    /// A window's name or null; in an array with the document's origin if that is not the one of
    /// files.
    Window(Arc<str>),
}

impl SenderTag {
    pub(super) fn as_json(&self) -> &str {
        match self {
            Self::Main => "0",
            Self::Window(json) => json,
        }
    }
}
