//! Between JavaScript's numbers and errors and the router's own types.

use crate::router::{
    ContentsId, EndpointAddress, EndpointId, Lease as CoreLease, RequestNumber, RouterError,
};

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
