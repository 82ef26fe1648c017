import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { wantedMajors } from "../../scripts/lib/electron-majors.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const { GROUPS } = createRequire(import.meta.url)("../../benches/pressure.js");
const TIMEOUT = 120_000;

// The benchmark knows its Electrons by their number.
for (const major of wantedMajors([33, 22, 9]).filter(Number.isInteger)) {
  test(`a smoke run under pressure measures all there is in Electron ${major}`, async (t) => {
    const store = join(ROOT, "target", "bench");
    await mkdir(store, { recursive: true });
    const out = await mkdtemp(join(store, "smoke-"));
    t.after(() => rm(out, { recursive: true, force: true }));
    const options = ["--pressure", "--smoke", "--electron", String(major), "--out", out];
    const { status, stderr, stdout } = bench(...options);
    assert.equal(status, 0, stderr);
    const name = `pressure-electron-${major}.json`;
    const { electron, measures } = JSON.parse(await readFile(join(out, name), "utf8"));
    assert.equal(Number.parseInt(electron, 10), major);
    const all = Object.values(GROUPS).flat();
    assert.deepEqual(
      measures.map(({ id }) => id),
      all.map(({ id }) => id),
    );
    for (const { id, title, unit, value } of measures) {
      assert.ok(Number.isFinite(value), id);
      assert.ok(stdout.includes(title), title);
      // What has no clock in it holds in a smoke run too.
      if (["messages", "calls"].includes(unit)) assert.equal(value, 0, id);
      if (unit === "packets") assert.ok(value <= 1, id);
    }
  });
}

test("pressure and the router are two runs, and the router's has no parts", () => {
  assert.match(bench("--pressure", "--rust").stderr, /exclude each other/);
  assert.match(bench("--rust", "--smoke").stderr, /measures all there is/);
  assert.match(bench("--pressure", "--cases", "request").stderr, /there is no case request/);
});

function bench(...args) {
  const script = join(ROOT, "scripts", "bench.mjs");
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8", timeout: TIMEOUT });
}
