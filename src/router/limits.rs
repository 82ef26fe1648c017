//! The limits of queues, and the policy at them.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use serde_json::{Map, Value};

use super::error::shortened;
use super::RouterError;

/// The policy for a message whose target's queue is at a bound. Requests are rejected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// The new record is rejected and its sender notified. The default.
    #[default]
    Reject,
    /// The oldest message is dropped and counted.
    DropOldest,
    /// The new record is dropped and counted.
    DropNewest,
}

impl Overflow {
    /// In the order of the variants.
    const NAMES: [(&'static str, Self); 3] = [
        ("reject", Self::Reject),
        ("drop-oldest", Self::DropOldest),
        ("drop-newest", Self::DropNewest),
    ];
}

/// Bounds of the queue of one window (and, apart, of the main process), and of the bytes in flight to
/// a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Records; 1 to 10,000,000, default 100,000.
    pub max_queue_records: usize,
    /// Bytes of record text and attachments; 64 KiB to 4 GiB - 1, default 256 MiB.
    pub max_queue_bytes: usize,
    /// Bytes in flight to one endpoint of a window, at which no further packet goes to it; 256 KiB to
    /// 1 GiB, default 4 MiB.
    pub max_in_flight_bytes: usize,
    /// Bytes of all values that topics retain, of the whole router, each with 256 bytes more than it
    /// has; 0 to 1 GiB, default 16 MiB.
    pub max_retained_bytes: usize,
    /// The policy at either bound of the queue.
    pub overflow: Overflow,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_queue_records: 100_000,
            max_queue_bytes: 256 << 20,
            max_in_flight_bytes: 4 << 20,
            max_retained_bytes: 16 << 20,
            overflow: Overflow::default(),
        }
    }
}

impl Limits {
    /// Reads the members `maxQueueRecords`, `maxQueueBytes`, `maxInFlightBytes`, `maxRetainedBytes`
    /// and `overflow` of a JSON object. A missing member has its default.
    ///
    /// # Errors
    /// [`RouterError::InvalidOption`] names the member, what it is and what would be right.
    pub fn from_json(json: &str) -> Result<Self, RouterError> {
        let options: Map<String, Value> = serde_json::from_str(json)
            .map_err(|error| invalid(format!("options must be a JSON object: {error}")))?;
        let mut limits = Self::default();
        for (name, value) in &options {
            match name.as_str() {
                "maxQueueRecords" => {
                    limits.max_queue_records = integer(name, value, 1, 10_000_000)?;
                }
                "maxQueueBytes" => {
                    limits.max_queue_bytes = integer(name, value, 64 << 10, u32::MAX.into())?;
                }
                "maxInFlightBytes" => {
                    limits.max_in_flight_bytes = integer(name, value, 256 << 10, 1 << 30)?;
                }
                "maxRetainedBytes" => {
                    limits.max_retained_bytes = integer(name, value, 0, 1 << 30)?;
                }
                "overflow" => limits.overflow = overflow(value)?,
                _ => return Err(invalid(format!("initIpc has no option {}", shortened(name)))),
            }
        }
        Ok(limits)
    }
}

/// The current limits. There is no lock, because each record that is routed looks at them. While they
/// change, some may be old and some new.
#[derive(Debug, Default)]
pub(super) struct CurrentLimits {
    max_queue_records: AtomicUsize,
    max_queue_bytes: AtomicUsize,
    max_in_flight_bytes: AtomicUsize,
    max_retained_bytes: AtomicUsize,
    overflow: AtomicU8,
}

impl CurrentLimits {
    pub(super) fn set(&self, limits: Limits) {
        self.max_queue_records.store(limits.max_queue_records, Ordering::Relaxed);
        self.max_queue_bytes.store(limits.max_queue_bytes, Ordering::Relaxed);
        self.max_in_flight_bytes.store(limits.max_in_flight_bytes, Ordering::Relaxed);
        self.max_retained_bytes.store(limits.max_retained_bytes, Ordering::Relaxed);
        self.overflow.store(limits.overflow as u8, Ordering::Relaxed);
    }

    pub(super) fn get(&self) -> Limits {
        let overflow = usize::from(self.overflow.load(Ordering::Relaxed));
        Limits {
            max_queue_records: self.max_queue_records.load(Ordering::Relaxed),
            max_queue_bytes: self.max_queue_bytes.load(Ordering::Relaxed),
            max_in_flight_bytes: self.max_in_flight_bytes.load(Ordering::Relaxed),
            max_retained_bytes: self.max_retained_bytes.load(Ordering::Relaxed),
            overflow: Overflow::NAMES.get(overflow).map_or_else(Overflow::default, |it| it.1),
        }
    }
}

fn integer(name: &str, value: &Value, least: u64, most: u64) -> Result<usize, RouterError> {
    value
        .as_u64()
        .filter(|n| (least..=most).contains(n))
        .and_then(|n| usize::try_from(n).ok())
        .ok_or_else(|| {
            let value = value.to_string();
            let is = shortened(&value);
            invalid(format!("{name} must be an integer from {least} to {most}, and is {is}"))
        })
}

fn overflow(value: &Value) -> Result<Overflow, RouterError> {
    Overflow::NAMES
        .into_iter()
        .find(|(name, _)| value.as_str() == Some(name))
        .map(|(_, overflow)| overflow)
        .ok_or_else(|| {
            let names = Overflow::NAMES.map(|(name, _)| format!("{name:?}")).join(", ");
            let value = value.to_string();
            invalid(format!("overflow must be one of {names}, and is {}", shortened(&value)))
        })
}

fn invalid(reason: String) -> RouterError {
    RouterError::InvalidOption { reason }
}
