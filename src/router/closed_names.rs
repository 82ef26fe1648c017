//! Names whose windows have closed. A message for one of them is reported to its sender as
//! undeliverable. A name that never was, or that is disposed here, is unknown.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::ordered::{Locked, Mutex, LEAF};

#[derive(Debug, Default)]
pub(super) struct ClosedNames(Mutex<Names, LEAF>);

/// Invariant: both have the same names.
#[derive(Debug, Default)]
struct Names {
    known: HashSet<Arc<str>>,
    /// The one that closed last is at the back.
    order: VecDeque<Arc<str>>,
}

impl ClosedNames {
    /// Names that are remembered, of `MAX_NAME` bytes each at most. The name whose window closed first
    /// is disposed first.
    pub(super) const MAX_NAMES: usize = 1_000;

    pub(super) fn add(&self, name: &Arc<str>) {
        let mut names = self.lock();
        names.remove(name);
        names.add(Arc::clone(name));
        if names.order.len() > Self::MAX_NAMES {
            let oldest = names.order.pop_front();
            oldest.map(|oldest| names.known.remove(&oldest));
        }
    }

    /// Removes a name that a window has again.
    pub(super) fn remove(&self, name: &str) {
        self.lock().remove(name);
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.lock().known.contains(name)
    }

    fn lock(&self) -> Locked<'_, Names, LEAF> {
        // A thread that panicked may have taken a name with it: that name is unknown then.
        self.0.lock()
    }
}

impl Names {
    fn add(&mut self, name: Arc<str>) {
        self.order.push_back(Arc::clone(&name));
        self.known.insert(name);
    }

    fn remove(&mut self, name: &str) {
        if !self.known.remove(name) {
            return;
        }
        // The oldest is found at once. Any other is searched for among MAX_NAMES.
        if let Some(at) = self.order.iter().position(|known| &**known == name) {
            self.order.remove(at);
        }
    }
}
