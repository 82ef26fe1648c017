//! The locks of the router. Each has its rank in the order in which a thread may take them: `mod.rs`,
//! Locking.
//!
//! In a debug build, and so in every test, a thread that takes a lock panics if it holds one of the
//! same or a later rank. A release build has nothing of that.
//!
//! A poisoned lock is used on. Each lock's data is changed in steps that are whole before they can
//! panic.

use std::ops::{Deref, DerefMut};
use std::sync::{self, MutexGuard, PoisonError, RwLockReadGuard, RwLockWriteGuard};

pub(super) const IN_FLIGHT: u8 = 1;
pub(super) const CALLS: u8 = 2;
pub(super) const ENDPOINT_TOPICS: u8 = 3;
pub(super) const TOPIC_TABLE: u8 = 4;
pub(super) const TOPIC: u8 = 5;
pub(super) const WINDOW_STATE: u8 = 6;
pub(super) const COUNTERS: u8 = 7;
pub(super) const OPEN_REQUESTS: u8 = 8;
pub(super) const QUEUE: u8 = 9;
pub(super) const LEAF: u8 = 10;

#[derive(Debug, Default)]
pub(super) struct Mutex<T, const RANK: u8>(sync::Mutex<T>);

#[derive(Debug, Default)]
pub(super) struct RwLock<T, const RANK: u8>(sync::RwLock<T>);

/// A guard, and the note that this thread holds a lock of the rank.
#[derive(Debug)]
pub(super) struct Guard<G, const RANK: u8> {
    guard: G,
    _held: Held<RANK>,
}

pub(super) type Locked<'a, T, const RANK: u8> = Guard<MutexGuard<'a, T>, RANK>;
pub(super) type Read<'a, T, const RANK: u8> = Guard<RwLockReadGuard<'a, T>, RANK>;
pub(super) type Written<'a, T, const RANK: u8> = Guard<RwLockWriteGuard<'a, T>, RANK>;

impl<T, const RANK: u8> Mutex<T, RANK> {
    pub(super) fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    pub(super) fn lock(&self) -> Locked<'_, T, RANK> {
        let held = Held::note();
        Guard { guard: self.0.lock().unwrap_or_else(PoisonError::into_inner), _held: held }
    }
}

impl<T, const RANK: u8> RwLock<T, RANK> {
    pub(super) fn read(&self) -> Read<'_, T, RANK> {
        let held = Held::note();
        Guard { guard: self.0.read().unwrap_or_else(PoisonError::into_inner), _held: held }
    }

    pub(super) fn write(&self) -> Written<'_, T, RANK> {
        let held = Held::note();
        Guard { guard: self.0.write().unwrap_or_else(PoisonError::into_inner), _held: held }
    }
}

impl<G: Deref, const RANK: u8> Deref for Guard<G, RANK> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.guard
    }
}

impl<G: DerefMut, const RANK: u8> DerefMut for Guard<G, RANK> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.guard
    }
}

#[derive(Debug)]
struct Held<const RANK: u8>;

#[cfg(not(debug_assertions))]
impl<const RANK: u8> Held<RANK> {
    fn note() -> Self {
        Self
    }
}

#[cfg(debug_assertions)]
thread_local! {
    /// The ranks of the locks that this thread holds, a bit each: no rank twice.
    static HELD: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

#[cfg(debug_assertions)]
impl<const RANK: u8> Held<RANK> {
    fn note() -> Self {
        let held = HELD.get();
        assert!(
            held >> RANK == 0,
            "a lock of rank {RANK} is taken while the ranks {held:#b} are held"
        );
        HELD.set(held | 1 << RANK);
        Self
    }
}

#[cfg(debug_assertions)]
impl<const RANK: u8> Drop for Held<RANK> {
    fn drop(&mut self) {
        HELD.set(HELD.get() & !(1 << RANK));
    }
}

#[cfg(all(test, debug_assertions))]
mod tests {
    use std::panic::catch_unwind;

    use super::{Mutex, RwLock, LEAF, QUEUE, WINDOW_STATE};

    #[test]
    fn locks_are_taken_in_the_order_of_their_ranks() {
        let (state, queue) = (RwLock::<(), WINDOW_STATE>::default(), Mutex::<(), QUEUE>::new(()));
        let other = Mutex::<(), QUEUE>::new(());
        let leaf = Mutex::<(), LEAF>::new(());
        drop((state.read(), queue.lock(), leaf.lock()));
        let wrong: [(&str, &(dyn Fn() + std::panic::RefUnwindSafe)); 3] = [
            ("an earlier rank", &|| drop((leaf.lock(), queue.lock()))),
            ("the same rank", &|| drop((queue.lock(), other.lock()))),
            ("the same lock", &|| drop((state.read(), state.read()))),
        ];
        for (order, take) in wrong {
            assert!(catch_unwind(take).is_err(), "{order}");
        }
        // A panic leaves no lock behind.
        drop((state.write(), queue.lock()));
    }
}
