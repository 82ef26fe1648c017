//! How much may be under way to a page: packets that left and that it has not acknowledged.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Packets under way to one endpoint. Who drains the endpoint's queue keeps this locked, so that no
/// two do. It is the first lock to be taken: whoever takes it has no other.
#[derive(Debug, Default)]
pub(super) struct InFlight(Mutex<Packets>);

#[derive(Debug, Default)]
pub(super) struct Packets {
    /// Bytes of each, the oldest first. No packet has more than 4 GiB that need counting: far less
    /// is over every bound.
    sizes: VecDeque<u32>,
    bytes: u64,
}

impl InFlight {
    pub(super) fn lock(&self) -> MutexGuard<'_, Packets> {
        // Each change is whole before it can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Packets {
    /// Many small packets can be under way; what remembers more than this many is given back.
    const KEPT: usize = 16;

    /// Whether a packet may leave. The last one may so be over the bound, and no other.
    pub(super) fn is_below(&self, bound: usize) -> bool {
        self.bytes < bound as u64
    }

    pub(super) fn leave(&mut self, bytes: usize) {
        let size = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.sizes.push_back(size);
        self.bytes += u64::from(size);
    }

    /// The oldest packets arrived: so many, or all that there are.
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
