//! electron-switchyard: named windows of an Electron app, and the messages between them.
//!
//! [`router`] has all of the logic and knows no Node. [`binding`] is its Node-API face, which exists
//! only with the feature `napi`.

pub mod router;

#[cfg(feature = "napi")]
pub mod binding;

#[cfg(test)]
mod memory;

// Used by the benchmark only (benches/router.rs).
#[cfg(test)]
use divan as _;
