//! Frames: cutting one that came into records, joining records into one that goes.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::record::{Payload, Record};
use super::{ContentsId, EndpointId, RouterError};

/// Records in one crossing, ready to be handed to the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Whom it is for.
    pub endpoint: EndpointId,
    /// The webContents it goes to; [`ContentsId::MAIN`] for the main process.
    pub contents: ContentsId,
    /// The endpoint's link: which world of which document.
    pub link: u64,
    /// A JSON array of records.
    pub text: String,
    /// The slots of the records' attachments, in the order of the records.
    pub slots: Vec<u32>,
}

/// A record as a window sent it: `[kind, address, form, payload]`.
pub(super) struct Incoming<'a> {
    pub(super) target: Target<'a>,
    /// The address as it came, for the way back.
    pub(super) address_json: &'a str,
    pub(super) payload: Payload<'a>,
}

pub(super) enum Target<'a> {
    /// The main process, which answers under this request id.
    Main(u64),
    /// The window of this name.
    Window(Cow<'a, str>),
}

type Raw<'a> = (u8, &'a RawValue, u32, &'a RawValue);

/// Cuts a frame into records. Payloads are checked to be JSON and cut out, not parsed.
pub(super) fn cut(text: &str) -> Result<Vec<Incoming<'_>>, RouterError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let records: Vec<Raw<'_>> =
        serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
    records.into_iter().map(incoming).collect()
}

fn incoming((kind, address, form, payload): Raw<'_>) -> Result<Incoming<'_>, RouterError> {
    let address_json = address.get();
    Ok(Incoming {
        target: target(kind, address_json)?,
        address_json,
        payload: Payload { form, json: payload.get() },
    })
}

fn target(kind: u8, address: &str) -> Result<Target<'_>, RouterError> {
    use super::Kind;
    if kind == Kind::Request as u8 {
        request_id(address)
            .map(Target::Main)
            .ok_or_else(|| bad(format!("{address} is no request id")))
    } else if kind == Kind::Message as u8 {
        Ok(Target::Window(window_name(address)?))
    } else {
        Err(bad(format!("a window cannot send records of kind {kind}")))
    }
}

/// Ids pass through JavaScript, which holds integers exactly up to 2^53 - 1.
fn request_id(address: &str) -> Option<u64> {
    address.parse().ok().filter(|&id| id < 1 << 53)
}

/// Most names have no escapes and are borrowed from the frame.
fn window_name(address: &str) -> Result<Cow<'_, str>, RouterError> {
    if let Ok(name) = serde_json::from_str::<&str>(address) {
        return Ok(name.into());
    }
    match serde_json::from_str::<String>(address) {
        Ok(name) => Ok(name.into()),
        // A string that no Rust string can hold, for its lone surrogates: no window has that name,
        // and the rest of the frame is none the worse for it.
        Err(_) if address.starts_with('"') => Ok(address.into()),
        Err(_) => Err(bad(format!("{address} is no window name"))),
    }
}

fn bad(reason: String) -> RouterError {
    RouterError::BadFrame { reason }
}

/// Joins records to a frame's text.
#[derive(Default)]
pub(super) struct Joiner {
    text: String,
    pub(super) slots: Vec<u32>,
    pub(super) records: u64,
    /// Bytes so far, attachments included.
    pub(super) bytes: usize,
}

impl Joiner {
    pub(super) fn push(&mut self, record: &Record) {
        self.text.push(if self.records == 0 { '[' } else { ',' });
        self.text.push_str(&record.text);
        self.slots.extend_from_slice(record.attached.slots());
        self.records += 1;
        self.bytes += record.bytes();
    }

    pub(super) fn finish(mut self) -> (String, Vec<u32>) {
        self.text.push(']');
        (self.text, self.slots)
    }
}
