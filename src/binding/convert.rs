//! Between JavaScript's numbers and errors and the router's own types.

use napi_derive::napi;

use crate::router::{
    Attachments, ContentsId, EndpointId, Frame as CoreFrame, Payload, RequestNumber,
    Room as CoreRoom, RouterError,
};

/// A frame on its way down, as an array: five properties by name take 1 us longer.
/// - its endpoint, and its webContents; 0 is the main process
/// - which world of which document
/// - a JSON array of records
/// - slots of its attachments, in order
pub(super) type Frame = (f64, u32, f64, String, Vec<u32>);

pub(super) fn frame(frame: CoreFrame) -> Frame {
    let CoreFrame { endpoint, contents, link, text, slots } = frame;
    (number(endpoint.number()), contents.0, number(link), text, slots)
}

/// What a window's queue has room for.
#[derive(Debug)]
#[napi(object)]
pub struct Room {
    /// Messages.
    pub records: f64,
    /// Bytes of their records.
    pub bytes: f64,
}

impl From<CoreRoom> for Room {
    fn from(room: CoreRoom) -> Self {
        Self { records: number(room.records as u64), bytes: number(room.bytes as u64) }
    }
}

/// Becomes the `code` of the JS error.
#[derive(Clone, Copy, Debug)]
pub struct BindingError(&'static str);

impl AsRef<str> for BindingError {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl BindingError {
    pub(super) fn from(error: RouterError) -> napi::Error<Self> {
        napi::Error::new(Self(error.code()), error.to_string())
    }
}

pub(super) fn contents(id: u32) -> ContentsId {
    ContentsId(id)
}

pub(super) fn endpoint(number: f64) -> super::Result<EndpointId> {
    link(number).map(EndpointId::from_number)
}

pub(super) fn request(number: f64) -> super::Result<RequestNumber> {
    link(number).map(RequestNumber::from_number)
}

/// A whole number that JavaScript holds exactly.
pub(super) fn link(number: f64) -> super::Result<u64> {
    const MOST: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0 && (0.0..=MOST).contains(&number) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked above"
        )]
        return Ok(number as u64);
    }
    // Without the number: to write a float takes 10 KB of code, and nothing else here does.
    let reason = "an id is no integer from 0 to 2^53 - 1".into();
    Err(BindingError::from(RouterError::BadFrame { reason }))
}

pub(super) fn number(id: u64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "ids stay below 2^53")]
    let number = id as f64;
    number
}

pub(super) fn payload(form: u32, json: &str) -> Payload<'_> {
    Payload { form, json }
}

pub(super) fn attachments(first_slot: u32, sizes: &[u32]) -> Attachments<'_> {
    Attachments { first_slot, sizes }
}
