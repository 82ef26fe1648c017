//! Packets in flight: those that left for an endpoint and that it has not acknowledged.

use std::collections::VecDeque;

use super::ordered::{Locked, Mutex, IN_FLIGHT};

/// Packets in flight to one endpoint. The thread that makes a packet for the endpoint holds the lock,
/// so that no two threads do. A thread that takes it holds no other lock.
#[derive(Debug, Default)]
pub(super) struct InFlight(Mutex<Packets, IN_FLIGHT>);

#[derive(Debug, Default)]
pub(super) struct Packets {
    /// Bytes of each, the oldest first. A packet of more than 4 GiB counts as 4 GiB: far less is over
    /// every bound.
    sizes: VecDeque<u32>,
    bytes: u64,
}

impl InFlight {
    pub(super) fn lock(&self) -> Locked<'_, Packets, IN_FLIGHT> {
        // Each change is whole before it can panic.
        self.0.lock()
    }
}

impl Packets {
    /// Sizes that an empty list keeps memory for. Many small packets can be in flight.
    const KEPT: usize = 16;

    /// Whether a packet may leave. The last one that may can exceed the bound, and no other.
    pub(super) fn is_below(&self, bound: usize) -> bool {
        self.bytes < bound as u64
    }

    pub(super) fn leave(&mut self, bytes: usize) {
        let size = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.sizes.push_back(size);
        self.bytes += u64::from(size);
    }

    /// Removes the oldest packets, which arrived: that many, or all.
    pub(super) fn arrive(&mut self, packets: u32) {
        let count = usize::try_from(packets).unwrap_or(usize::MAX).min(self.sizes.len());
        self.bytes -= self.sizes.drain(..count).map(u64::from).sum::<u64>();
        if self.sizes.is_empty() && self.sizes.capacity() > Self::KEPT {
            self.clear();
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}
