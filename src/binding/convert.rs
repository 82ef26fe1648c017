//! Between JavaScript's numbers and errors and the router's own types.

use crate::router::{
    Attachments, ContentsId, EndpointAddress, EndpointId, Lease as CoreLease, Packet as CorePacket,
    Payload, RequestNumber, RouterError,
};

/// This character is in no JSON text, not even as white space.
const BEFORE_PACKET: char = '\x1e';

/// The marks before the packets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    pub(super) has_pending_requests: bool,
    pub(super) more: bool,
    pub(super) is_clock_due: bool,
}

/// Packets and marks as one text, because an array for each packet would take longer to make than all
/// else. It has, as far as they apply:
/// - `w` if requests wait for a handler
/// - `m` if there may be more
/// - `t` if `lateRequests` is to be called now
/// - for each packet [`BEFORE_PACKET`], its webContents (0 is the main process), its world address and
///   the slots of its attachments in order, with commas between; then its text, a JSON array of
///   records
pub(super) fn out(packets: &[CorePacket], marks: Marks) -> String {
    let marks = [(marks.has_pending_requests, 'w'), (marks.more, 'm'), (marks.is_clock_due, 't')];
    let mut out: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
    for packet in packets {
        out.push(BEFORE_PACKET);
        out.push_str(&packet.contents.0.to_string());
        out.push(',');
        out.push_str(&packet.world_address.number().to_string());
        for slot in &packet.slots {
            out.push(',');
            out.push_str(&slot.to_string());
        }
        out.push_str(&packet.text);
    }
    out
}

/// Numbers first, because the tag may have any character of a name.
pub(super) fn address(address: &EndpointAddress) -> String {
    let EndpointAddress { contents, world_address, sender_tag } = address;
    format!("{},{},{sender_tag}", contents.0, world_address.number())
}

/// Messages, bytes of their records, and whether it is lasting.
pub(super) fn lease(lease: CoreLease) -> (f64, f64, bool) {
    (number(lease.records as u64), number(lease.bytes as u64), lease.is_lasting)
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
    integer(number).map(EndpointId::from_number)
}

pub(super) fn request(number: f64) -> super::Result<RequestNumber> {
    integer(number).map(RequestNumber::from_number)
}

/// A whole number that JavaScript holds exactly.
pub(super) fn integer(number: f64) -> super::Result<u64> {
    const MAX: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0 && (0.0..=MAX).contains(&number) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked above"
        )]
        return Ok(number as u64);
    }
    // Without the number: to write a float takes 10 KB of code, and nothing else here does.
    let reason = "an id is no integer from 0 to 2^53 - 1".into();
    Err(BindingError::from(RouterError::BadPacket { reason }))
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
