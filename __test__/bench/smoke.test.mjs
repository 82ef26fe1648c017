import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { wantedMajors } from "../../scripts/lib/electron-majors.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const { CASES } = createRequire(import.meta.url)("../../benches/cases.js");
const TIMEOUT = 300_000;
/** Not each Electron has what they need, ports in main for one. */
const NOT_EVERYWHERE = ["port", "comlink", "trpc", "orpc", "typed-ipc"];

// The benchmark knows its Electrons by their number.
for (const major of wantedMajors([33, 22, 9]).filter(Number.isInteger)) {
  describe(`a smoke run in Electron ${major}`, () => {
    /** @type {string} */
    let out;
    let ended;
    let results;

    before(async () => {
      const store = join(ROOT, "target", "bench");
      await mkdir(store, { recursive: true });
      out = await mkdtemp(join(store, "smoke-"));
      ended = bench("--smoke", "--electron", String(major), "--out", out);
      assert.equal(ended.status, 0, ended.stderr);
      results = JSON.parse(await readFile(join(out, `electron-${major}.json`), "utf8"));
    });

    after(() => rm(out, { recursive: true, force: true }));

    test("runs every case for every rival", () => {
      const ids = results.cases.map(({ id }) => id);
      assert.deepEqual(
        ids,
        CASES.map(({ id }) => id),
      );
      for (const { id, rival, measured } of measuredIn(results)) {
        if (NOT_EVERYWHERE.includes(rival)) continue;
        const { median, rounds } = measured;
        assert.ok(median > 0 && rounds.length === 1, `${id}, ${rival}: ${JSON.stringify(rounds)}`);
      }
    });

    test("says of a rival that a case is without that it is absent", () => {
      for (const { id, rivals } of CASES) {
        const measured = results.cases.find((each) => each.id === id).rivals;
        const absent = Object.keys(measured).filter((rival) => measured[rival].absent);
        const others = Object.keys(measured).filter((rival) => !rivals.includes(rival));
        assert.deepEqual(absent, others, id);
      }
    });

    test("of single messages it has percentiles and main's CPU beside the mean", () => {
      for (const { id, rival, single, measured } of measuredIn(results)) {
        if (measured.cannot) continue;
        const { p50, p99, cpu } = measured;
        if (!single) assert.deepEqual([p50, p99, cpu], [undefined, undefined, undefined], id);
        else assert.ok(0 < p50.median && p50.median <= p99.median && cpu.median > 0, id + rival);
      }
    });

    test("says of what cannot be in each Electron what it measured, or why it cannot", () => {
      for (const { id, rival, measured } of measuredIn(results)) {
        const { median, cannot } = measured;
        if (NOT_EVERYWHERE.includes(rival)) assert.ok(median > 0 || typeof cannot === "string", id);
      }
    });

    test("names what was measured, and where and when", () => {
      assert.equal(Number.parseInt(results.electron, 10), major);
      for (const field of ["chrome", "node", "cpu", "memory", "system", "commit", "command"]) {
        assert.equal(typeof results[field], "string", field);
        assert.notEqual(results[field], "", field);
      }
      assert.ok(!Number.isNaN(Date.parse(results.date)));
      assert.equal(results.rounds, 1);
      for (const { n, unit, title } of results.cases) {
        assert.ok(n > 0 && unit && title);
      }
    });

    test("judges no ratios", () => {
      assert.equal(results.smoke, true);
      for (const { ratios } of results.cases) assert.deepEqual(ratios, {});
    });

    test("prints a row for each case", () => {
      for (const { title } of CASES) assert.ok(ended.stdout.includes(`\n${title} `), title);
    });
  });
}

test("a case that there is not is rejected with the list of those there are", () => {
  const { status, stderr } = bench("--cases", "request,nothing");
  assert.equal(status, 2);
  assert.match(stderr, /there is no case nothing/);
  for (const { id } of CASES) assert.ok(stderr.includes(id), id);
});

/** What each rival of each case has. */
function measuredIn(results) {
  return CASES.flatMap(({ id, rivals, single }) => {
    const measured = results.cases.find((each) => each.id === id).rivals;
    return rivals.map((rival) => ({ id, rival, single, measured: measured[rival] }));
  });
}

function bench(...args) {
  const script = join(ROOT, "scripts", "bench.mjs");
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8", timeout: TIMEOUT });
}
