//! Attachments: values that JSON cannot carry wait outside of Rust, in numbered slots. A record that
//! waits here names its slots. When its last copy is dropped, the slots are free again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use crossbeam_channel::{unbounded, Receiver, Sender};

use super::topic::Publication;

/// The attachments that came with a packet: consecutive slots and the bytes in each.
#[derive(Clone, Copy, Debug)]
pub struct Attachments<'a> {
    /// The first slot's number.
    pub first_slot: u32,
    /// Bytes in each slot, in the order of the slots.
    pub sizes: &'a [u32],
}

impl Attachments<'_> {
    /// A packet without attachments.
    pub const NONE: Attachments<'static> = Attachments { first_slot: 0, sizes: &[] };
}

/// Gives each record its slots of a packet, and collects the slots that are free again.
#[derive(Debug)]
pub(super) struct Slots {
    freed: Sender<u32>,
    take_freed: Receiver<u32>,
}

impl Slots {
    pub(super) fn new() -> Self {
        let (freed, take_freed) = unbounded();
        Self { freed, take_freed }
    }

    pub(super) fn take_freed(&self) -> Vec<u32> {
        self.take_freed.try_iter().collect()
    }

    /// Takes the next `count` attachments. `None` if fewer are left.
    pub(super) fn take(&self, from: &mut Attachments<'_>, count: usize) -> Option<Shared> {
        if count == 0 {
            return Some(Shared::NOTHING);
        }
        let (sizes, rest) = from.sizes.split_at_checked(count)?;
        let range = SlotRange {
            slots: (0..sizes.len()).map(|_| next(&mut from.first_slot)).collect(),
            bytes: sizes.iter().map(|&size| size as usize + SLOT_BYTES).sum(),
            freed: self.freed.clone(),
        };
        from.sizes = rest;
        Some(Shared::attachments(range))
    }
}

/// Bytes that a slot counts beside its attachment's: an empty attachment takes memory too.
pub(super) const SLOT_BYTES: usize = 512;

/// Slot numbers wrap around; a slot is free again long before its number returns.
fn next(slot: &mut u32) -> u32 {
    let this = *slot;
    *slot = slot.wrapping_add(1);
    this
}

/// Data that the copies of a record share: text, attachments, and whether a world took a copy. It is
/// empty for a record without attachments that never had a copy.
#[derive(Clone, Debug)]
pub(super) struct Shared(Option<Arc<Common>>);

#[derive(Debug, Default)]
struct Common {
    attachments: Option<SlotRange>,
    /// The text of a record that has copies. Without copies the record has it, which saves an
    /// allocation.
    text: Box<str>,
    taken: AtomicBool,
    publication: Option<Box<Publication>>,
}

#[derive(Debug)]
struct SlotRange {
    slots: Box<[u32]>,
    /// Bytes of the attachments and of the slots.
    bytes: usize,
    freed: Sender<u32>,
}

impl Shared {
    pub(super) const NOTHING: Self = Self(None);

    fn attachments(range: SlotRange) -> Self {
        Self(Some(Arc::new(Common { attachments: Some(range), ..Common::default() })))
    }

    /// A published value with these attachments. `text`: what its copies have in common.
    pub(super) fn published(self, text: Box<str>, publication: Publication) -> Self {
        let attachments = self.0.and_then(Arc::into_inner).and_then(|common| common.attachments);
        let publication = Some(Box::new(publication));
        Self(Some(Arc::new(Common { attachments, text, publication, ..Common::default() })))
    }

    pub(super) fn publication(&self) -> Option<&Publication> {
        self.0.as_ref()?.publication.as_deref()
    }

    /// Prepares a record for copies: the text moves here. If the record has copies already, the text
    /// is returned.
    pub(super) fn for_copies(&mut self, text: Box<str>) -> Box<str> {
        match Arc::get_mut(self.0.get_or_insert_default()) {
            Some(common) => std::mem::replace(&mut common.text, text),
            None => text,
        }
    }

    /// The text of a record that has copies.
    pub(super) fn text(&self) -> &str {
        self.0.as_ref().map_or("", |common| &common.text)
    }

    pub(super) fn bytes(&self) -> usize {
        self.range().map_or(0, |range| range.bytes)
    }

    pub(super) fn slots(&self) -> &[u32] {
        self.range().map_or(&[], |range| &range.slots)
    }

    /// Whether no other copy of the record exists.
    pub(super) fn is_last_copy(&self) -> bool {
        self.0.as_ref().is_none_or(|common| Arc::strong_count(common) == 1)
    }

    pub(super) fn note_taken(&self) {
        if let Some(common) = &self.0 {
            common.taken.store(true, Ordering::Release);
        }
    }

    /// Whether a world took a copy.
    pub(super) fn is_taken(&self) -> bool {
        self.0.as_ref().is_some_and(|common| common.taken.load(Ordering::Acquire))
    }

    fn range(&self) -> Option<&SlotRange> {
        self.0.as_ref().and_then(|common| common.attachments.as_ref())
    }
}

impl Drop for SlotRange {
    fn drop(&mut self) {
        for &slot in &self.slots {
            // Fails only if the router is dropped, and then no slot is needed.
            let _ = self.freed.send(slot);
        }
    }
}
