// The oldest systems that the binaries load on. docs/packaging.md says the same to users.

/** A plain build needs the builder's own. */
export const OLDEST_GLIBC = "2.17";

/** By processor: Electron 20 and later want 10.13, and there is no arm64 before 11. */
export const OLDEST_MACOS = { x64: "10.13", arm64: "11.0" };

/** Rust's library supports none before it. */
export const OLDEST_WINDOWS = "10";

/**
 * Whether a version is a later one than a limit.
 * @param {string} version
 * @param {string} limit
 */
export function isNewer(version, limit) {
  return version.localeCompare(limit, "en", { numeric: true }) > 0;
}
