//! World addresses: which world of which document, in one number.

/// The same number as `WorldAddress` in `js/protocol/protocol.ts`, which has the other half of its
/// arithmetic. Its bits are read and written here only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorldAddress(u64);

/// The worlds of a document, in the order in which they come to answer a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum World {
    /// The preload's. A document without context isolation has only this one.
    Preload,
    /// The page's own.
    Page,
}

impl WorldAddress {
    /// Set if the world is the page's.
    const PAGE: u64 = 1;
    /// Set if the document is a subframe's.
    const SUBFRAME: u64 = 2;
    /// The document's number begins above these bits.
    const DOCUMENT_SHIFT: u32 = 2;

    /// The address of a world. Documents are numbered below 2^51, so that JavaScript holds their
    /// addresses exactly.
    #[must_use]
    pub fn new(document: u64, is_subframe: bool, world: World) -> Self {
        let subframe = if is_subframe { Self::SUBFRAME } else { 0 };
        let page = if world == World::Page { Self::PAGE } else { 0 };
        Self(document << Self::DOCUMENT_SHIFT | subframe | page)
    }

    /// The address of this number, as [`WorldAddress::number`] gave it.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// A number below 2^53, exact in JavaScript.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    /// The document's number.
    #[must_use]
    pub fn document(self) -> u64 {
        self.0 >> Self::DOCUMENT_SHIFT
    }

    /// Whether the document is a subframe's and not the window's own.
    #[must_use]
    pub fn is_subframe(self) -> bool {
        self.0 & Self::SUBFRAME != 0
    }

    /// Which world of the document it is.
    #[must_use]
    pub fn world(self) -> World {
        if self.0 & Self::PAGE == 0 {
            World::Preload
        } else {
            World::Page
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{World, WorldAddress};

    #[test]
    fn an_address_has_the_parts_that_it_was_made_of() {
        for document in [0, 1, 7, (1 << 51) - 1] {
            for is_subframe in [false, true] {
                for (world, bit) in [(World::Preload, 0), (World::Page, 1)] {
                    let address = WorldAddress::new(document, is_subframe, world);
                    let number = 4 * document + 2 * u64::from(is_subframe) + bit;
                    assert_eq!(address.number(), number, "as in protocol.ts");
                    assert_eq!(WorldAddress::from_number(number), address);
                    let parts = (address.document(), address.is_subframe(), address.world());
                    assert_eq!(parts, (document, is_subframe, world));
                }
            }
        }
    }
}
