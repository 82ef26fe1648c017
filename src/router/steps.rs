//! Counts what the router looks at or moves, in tests: that a step is linear is shown by counts,
//! not by time (`tests/linear.rs`).

/// Counts records, calls or names that are looked at or moved.
#[cfg(not(test))]
#[inline(always)]
pub(super) fn add(_: usize) {}

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
pub(super) fn add(steps: usize) {
    STEPS.set(STEPS.get() + steps);
}

/// The steps of this thread since the last call.
#[cfg(test)]
pub(super) fn taken() -> usize {
    STEPS.replace(0)
}
