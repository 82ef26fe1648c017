//! electron-switchyard: named windows of an Electron app, and the messages between them.
//!
//! [`router`] is the whole of the logic and knows no Node. [`binding`] is the Node-API face of
//! it, and exists only with the feature `napi`.

pub mod router;

#[cfg(feature = "napi")]
pub mod binding;

#[cfg(test)]
mod memory;

// What only the benchmark uses (benches/router.rs).
#[cfg(test)]
use divan as _;
