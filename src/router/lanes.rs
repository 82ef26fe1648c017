//! Lanes: an endpoint listens to each of them or not, and serves a service or not.

use super::services::ServiceId;

/// A set of lanes, one bit each; the numbers are those of `js/protocol/protocol.ts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lanes(u8);

impl Lanes {
    /// No lane: a record without a lane (a reply, a nack) needs no listener.
    pub const NONE: Self = Self(0);
    /// Messages from the main process to a window.
    pub const FROM_MAIN: Self = Self(1);
    /// Messages from one window to another.
    pub const FROM_OTHER: Self = Self(2);
    /// Requests to the main process or, as calls, to a window.
    pub const REQUESTS: Self = Self(4);
    /// The lanes of messages, which want no answer.
    pub(super) const MESSAGES: Self = Self(1 | 2);
    /// Published values. They are never pending: each is for an endpoint that subscribes.
    pub(super) const PUBLISHED: Self = Self(8);
    /// The lanes whose records may be dropped for others.
    pub(super) const DROPPABLE: Self = Self(1 | 2 | 8);

    /// How many lanes there are.
    pub(super) const COUNT: usize = 4;
    /// How many of them can be listened to: the first.
    pub(super) const LISTENED: usize = 3;

    /// The lanes whose bits are set; unknown bits are ignored.
    #[must_use]
    pub fn from_bits(bits: u8) -> Self {
        Self(bits & 0b111)
    }

    pub(super) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn contains(self, lane: Self) -> bool {
        self.0 & lane.0 != 0
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each single lane of the set.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        [Self::FROM_MAIN, Self::FROM_OTHER, Self::REQUESTS, Self::PUBLISHED]
            .into_iter()
            .filter(move |&lane| self.contains(lane))
    }

    /// The index of a single lane: 0 to [`Lanes::COUNT`] - 1.
    pub(super) fn index(self) -> usize {
        self.0.trailing_zeros() as usize
    }
}

/// The lane of a record, for which it needs a taker: a single lane, a service, or nothing. It is small,
/// because every waiting record has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lane(u16);

impl Lane {
    /// Numbers below are the bits of lanes, and the others are services.
    const SERVICES: u16 = 16;

    /// The lanes that it is of. Calls of services are requests.
    #[inline]
    pub(super) fn lanes(self) -> Lanes {
        match u8::try_from(self.0) {
            Ok(bits) if self.0 < Self::SERVICES => Lanes(bits),
            _ => Lanes::REQUESTS,
        }
    }

    /// The service, if it is one of the record's window.
    #[inline]
    pub(super) fn service(self) -> Option<ServiceId> {
        self.0.checked_sub(Self::SERVICES).map(ServiceId)
    }
}

impl From<Lanes> for Lane {
    fn from(lane: Lanes) -> Self {
        Self(lane.0.into())
    }
}

impl From<ServiceId> for Lane {
    fn from(service: ServiceId) -> Self {
        Self(Self::SERVICES + service.0)
    }
}
