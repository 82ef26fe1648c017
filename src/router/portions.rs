//! How much of a whole each window has: of the topics, and of the bytes that they retain.
//!
//! The main process may have all of it, and a quarter is kept for it. One window may have at most three
//! quarters of the rest. Therefore no page can take what the main process or all other windows need.

use std::collections::hash_map::HashMap;

use super::hashing::Hashing;
use super::shares::kept_for_main;
use super::ContentsId;

#[derive(Debug, Default)]
pub(super) struct Portions {
    all: u64,
    by_window: Amounts,
}

/// An amount for each window, by the number of its contents. The addon has the code of a table of
/// two such numbers in any case.
#[derive(Debug, Default)]
pub(super) struct Amounts(HashMap<u64, u64, Hashing>);

impl Amounts {
    pub(super) fn of(&self, window: ContentsId) -> u64 {
        self.0.get(&window.0.into()).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, window: ContentsId, amount: u64) {
        match amount {
            0 => self.0.remove(&window.0.into()),
            _ => self.0.insert(window.0.into(), amount),
        };
    }
}

/// Why there is no room: so much is used already, of what may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full {
    pub(super) used: u64,
    pub(super) limit: u64,
}

impl Portions {
    /// Takes an amount for a window, or for the main process, from a whole of this size.
    pub(super) fn take(&mut self, by: ContentsId, amount: u64, whole: u64) -> Result<(), Full> {
        check(self.all, amount, whole)?;
        if by != ContentsId::MAIN {
            let of_windows = self.all - self.by_window.of(ContentsId::MAIN);
            check(of_windows, amount, of_all_windows(whole))?;
            check(self.by_window.of(by), amount, of_one_window(whole))?;
        }
        self.all += amount;
        self.by_window.set(by, self.by_window.of(by) + amount);
        Ok(())
    }

    pub(super) fn give_back(&mut self, by: ContentsId, amount: u64) {
        self.all -= amount;
        self.by_window.set(by, self.by_window.of(by) - amount);
    }

    pub(super) fn all(&self) -> u64 {
        self.all
    }
}

fn check(used: u64, amount: u64, limit: u64) -> Result<(), Full> {
    match used.checked_add(amount) {
        Some(sum) if sum <= limit => Ok(()),
        _ => Err(Full { used, limit }),
    }
}

fn of_all_windows(whole: u64) -> u64 {
    whole - kept_for_main(whole)
}

/// The part of a whole that one window may have.
pub(super) fn of_one_window(whole: u64) -> u64 {
    let windows = of_all_windows(whole);
    windows - windows / 4
}
