//! The hash of ids and names in the tables. The router and Electron choose the ids, and the app the
//! names. No page chooses keys, so that the hash need not withstand chosen ones.

use std::hash::{BuildHasherDefault, Hasher};

pub(super) type Hashing = BuildHasherDefault<Folding>;

/// Multiplies and folds the halves of the product, eight bytes at a time.
#[derive(Clone, Default)]
pub(super) struct Folding(u64);

impl Hasher for Folding {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        // 2^64 over the golden ratio: its bits are spread evenly.
        const SPREAD: u128 = 0x9E37_79B9_7F4A_7C15;
        let product = u128::from(self.0.rotate_left(5) ^ number).wrapping_add(1) * SPREAD;
        #[allow(clippy::cast_possible_truncation, reason = "the halves")]
        let halves = (product as u64, (product >> 64) as u64);
        self.0 = halves.0 ^ halves.1;
    }
}
