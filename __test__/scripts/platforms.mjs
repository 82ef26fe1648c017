// Not a test: registers tests where they apply. A test that is skipped counts as a failure, so one
// that does not apply to a platform is not there at all.
import { test } from "node:test";

/**
 * Which tests a platform has, by the function that registers them.
 * @param {string} platform
 */
export function applies(platform) {
  // POSIX: where programs are files with a run bit.
  return { onLinux: platform === "linux", onPosix: platform !== "win32" };
}

const here = applies(process.platform);

/** @param {Parameters<typeof test>} args */
export function onLinux(...args) {
  if (here.onLinux) test(...args);
}

/** @param {Parameters<typeof test>} args */
export function onPosix(...args) {
  if (here.onPosix) test(...args);
}
