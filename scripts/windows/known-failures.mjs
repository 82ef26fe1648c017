/**
 * A test of the end-to-end suites that fails under Wine, and why that is Wine's.
 * @typedef {object} KnownFailure
 * @property {string} suite
 * @property {string} test
 * @property {string} reason
 * @property {true} [sometimes] It passes on a faster or idle machine.
 */

/** @type {readonly KnownFailure[]} */
export const KNOWN = [];
