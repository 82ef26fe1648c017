import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { applies } from "./platforms.mjs";

test("Linux's tests are registered on Linux alone, and POSIX's not on Windows", () => {
  const registered = ["linux", "darwin", "win32"].map((platform) => applies(platform));
  assert.deepEqual(registered, [
    { onLinux: true, onPosix: true },
    { onLinux: false, onPosix: true },
    { onLinux: false, onPosix: false },
  ]);
});

/** As an option, or as a call on a test or its context. */
const SKIPS = /[{,]\s*(?:skip|todo)\s*[:,}]|\b(?:t|test|it|describe)\.(?:skip|todo)\(/;

test("no test is skipped or left to do: here that counts as a failure on every platform", () => {
  const folder = join(ROOT, "__test__");
  const files = readdirSync(folder, { recursive: true }).filter((name) =>
    /^(?!.*(?:node_modules|platforms|suites)).*\.test\.mjs$/.test(name),
  );
  assert.ok(files.length > 50);
  const skipping = files.filter((name) => SKIPS.test(readFileSync(join(folder, name), "utf8")));
  assert.deepEqual(skipping, []);
  for (const text of ["{ skip: true }", "t.skip()", "{ timeout: 1, todo }", "test.todo("]) {
    assert.match(text, SKIPS);
  }
});
