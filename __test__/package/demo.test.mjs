// `npm start`: the demo answers each call as documented, in real windows.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { electronMajors } from "../../scripts/lib/electron-majors.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const SCRIPT = join(ROOT, "scripts", "start.mjs");
const TIMEOUT = 180_000;

for (const major of electronMajors()) {
  test(`Electron ${major ?? "that is installed"}: the demo answers each call as documented`, () => {
    const screenshot = join(ROOT, "target", `demo-${major}.png`);
    const args = [SCRIPT, "--exit", "--screenshot", screenshot];
    if (major !== undefined) args.push("--electron", String(major));
    const { status, stdout } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      timeout: TIMEOUT,
    });
    const failed = stdout.split("\n").filter((line) => line.startsWith("FAIL"));
    assert.deepEqual([status, failed], [0, []], stdout);
    const [, good, all] = /(\d+) of (\d+) calls answered/.exec(stdout) ?? [];
    assert.ok(Number(all) > 50 && good === all, stdout);
  });
}
