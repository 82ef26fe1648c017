//! Numbers for names. A connection gives a name a small number once, and its records carry the number.
//! Therefore a record costs the same, however many names there are and however long they are.

use super::error::RouterError;

/// The things that the numbers of one connection stand for.
#[derive(Debug)]
pub(super) struct Interned<T>(Vec<Option<T>>);

/// Numbers of one connection: 0 to this, exclusive. An unused number takes the memory of a pointer.
pub(super) const MAX_NUMBERS: usize = 4_096;

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Interned<T> {
    /// Gives a number to a thing. Returns what the number stood for.
    pub(super) fn set(&mut self, number: u64, thing: T) -> Result<Option<T>, RouterError> {
        let at = usize::try_from(number).ok().filter(|&at| at < MAX_NUMBERS);
        let at = at.ok_or(RouterError::TooManyTopics { limit: MAX_NUMBERS as u64 })?;
        if self.0.len() <= at {
            self.0.resize_with(at + 1, || None);
        }
        Ok(self.0[at].replace(thing))
    }

    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        self.0.get_mut(usize::try_from(number).ok()?)?.as_mut()
    }

    /// Takes all things out.
    pub(super) fn take(&mut self) -> impl Iterator<Item = T> {
        std::mem::take(&mut self.0).into_iter().flatten()
    }
}
