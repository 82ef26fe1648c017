//! Names whose windows have closed. A message for one of them is reported to its sender as
//! undeliverable; only a name that never was, or that is forgotten here, is unknown.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub(super) struct ClosedNames(Mutex<Names>);

/// Invariant: both hold the same names.
#[derive(Debug, Default)]
struct Names {
    known: HashSet<Arc<str>>,
    /// The one that closed last is at the back.
    order: VecDeque<Arc<str>>,
}

impl ClosedNames {
    /// How many names are remembered, of `MAX_NAME` bytes each at most. The one whose window closed
    /// first is forgotten first.
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

    /// A window has the name again.
    pub(super) fn remove(&self, name: &str) {
        self.lock().remove(name);
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.lock().known.contains(name)
    }

    fn lock(&self) -> MutexGuard<'_, Names> {
        // A name may be lost with the thread that panicked: it is unknown then.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        // The oldest is found at once; any other is looked for among MAX_NAMES.
        if let Some(at) = self.order.iter().position(|known| &**known == name) {
            self.order.remove(at);
        }
    }
}
