//! Joins records to a packet that leaves.

use super::endpoint::Endpoint;
use super::record::Record;
use super::shares::{ShareId, Used};
use super::window::Window;
use super::{ContentsId, EndpointId, WorldAddress};

/// Records in one crossing, ready to be handed to the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The endpoint that it is for.
    pub endpoint: EndpointId,
    /// The webContents it goes to; [`ContentsId::MAIN`] for the main process.
    pub contents: ContentsId,
    /// The endpoint's world address: which world of which document.
    pub world_address: WorldAddress,
    /// A JSON array of records.
    pub text: String,
    /// The slots of the records' attachments, in the order of the records.
    pub slots: Vec<u32>,
}

/// A packet ends before the record that would make its text longer, in bytes. Later records go in the
/// endpoint's next packet, after the other endpoints had theirs. Therefore one window's flood delays
/// another's messages by no more than one packet. Chromium passes messages below 64 KiB inline and
/// longer ones through shared memory that it maps for each: 16 MB of text take 51 ms in one message
/// and 28 ms in fragments of this length (Electron 22).
const MAX_TEXT: usize = 60_000;

/// The same for the bytes of its attachments.
const MAX_ATTACHED: usize = 1 << 20;

/// Joins records to a packet's text.
#[derive(Default)]
pub(super) struct PacketBuilder {
    text: String,
    slots: Vec<u32>,
    records: u64,
    attached: usize,
    /// Records so far, by the share that they took. Those in a row are counted together.
    used: (ShareId, Used),
    used_before: Vec<(ShareId, Used)>,
}

impl PacketBuilder {
    /// A builder with memory for that many records and bytes, up to a packet's length.
    pub(super) fn with_room_for(records: u64, bytes: u64) -> Self {
        let text = usize::try_from(records + bytes + 1).map_or(MAX_TEXT, |text| text.min(MAX_TEXT));
        Self { text: String::with_capacity(text), ..Self::default() }
    }

    /// Whether a record may go in the same packet. The first always may, whatever its length.
    pub(super) fn has_room_for(&self, record: &Record) -> bool {
        // A comma before it and the bracket at the end.
        let text = self.text.len() + record.text_bytes() + 2;
        let attached = self.attached + record.shared.bytes();
        self.records == 0 || (text <= MAX_TEXT && attached <= MAX_ATTACHED)
    }

    /// Bytes of the attachments.
    pub(super) fn attached(&self) -> usize {
        self.attached
    }

    pub(super) fn push(&mut self, record: &Record) {
        self.text.push(if self.records == 0 { '[' } else { ',' });
        record.write_to(&mut self.text);
        self.slots.extend_from_slice(record.shared.slots());
        self.records += 1;
        self.attached += record.shared.bytes();
        if self.used.0 != record.share {
            let before = std::mem::replace(&mut self.used, (record.share, Used::default()));
            self.used_before.push(before);
        }
        self.used.1.add(record.bytes());
    }

    /// The packet for an endpoint, counted as delivered. `None` if no record was joined.
    pub(super) fn packet(mut self, to: &Endpoint, window: &Window) -> Option<Packet> {
        if self.records == 0 {
            return None;
        }
        let mut counters = window.counters.open();
        for (share, used) in self.used_before.drain(..).chain([self.used]) {
            counters.delivered(share, used);
        }
        drop(counters);
        self.text.push(']');
        Some(Packet {
            endpoint: to.id,
            contents: window.contents,
            world_address: to.world_address,
            text: self.text,
            slots: self.slots,
        })
    }
}
