//! Lets the linker leave Node's symbols open, when the addon is what is built.
fn main() {
    #[cfg(feature = "napi")]
    napi_build::setup();
}
