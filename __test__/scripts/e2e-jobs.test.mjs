// How the suites in real windows share processes, and the processes the machine.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { jobsOf } from "../e2e/lib/jobs.mjs";
import { Turns } from "../e2e/lib/turns.mjs";

const FILES = readdirSync(join(ROOT, "__test__", "e2e", "suites"));
const MEMORY = "memory.isolated.js";

test("each suite is in one process; those of their own are by themselves, those alone the last", () => {
  const all = jobsOf(FILES);
  assert.deepEqual(all.flatMap(({ suites }) => suites).sort(), [...FILES].sort());
  const shared = all.filter(({ suites }) => suites.length > 1);
  assert.deepEqual(shared, [
    { suites: FILES.filter((file) => !file.endsWith(".isolated.js")).sort(), alone: false },
  ]);
  const firstAlone = all.findIndex(({ alone }) => alone);
  assert.ok(firstAlone > 0);
  assert.ok(all.slice(firstAlone).every(({ alone }) => alone));
  assert.ok(all.some(({ suites, alone }) => suites[0] === MEMORY && alone));
});

test("some suites are chosen by their names, and one that there is not is rejected", () => {
  assert.deepEqual(jobsOf(FILES, ["order", "memory", "windows"]), [
    { suites: ["order.js", "windows.js"], alone: false },
    { suites: [MEMORY], alone: true },
  ]);
  assert.throws(() => jobsOf(FILES, ["nothing"]), /there is no suite nothing in /);
});

/** Lets everything go on that can. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("two have a place at a time, in the order in which they asked", async () => {
  const turns = new Turns(2);
  const running = [];
  const ask = (name, options) => turns.take(options).then((end) => running.push({ name, end }));
  for (const name of ["a", "b", "c"]) ask(name);
  await settled();
  assert.deepEqual(
    running.map(({ name }) => name),
    ["a", "b"],
  );
  running[0].end();
  await settled();
  assert.deepEqual(
    running.map(({ name }) => name),
    ["a", "b", "c"],
  );
});

test("one that is alone waits for all places, and nobody overtakes it", async () => {
  const turns = new Turns(2);
  const order = [];
  const ends = {};
  const ask = (name, options) =>
    turns.take(options).then((end) => {
      order.push(name);
      ends[name] = end;
    });
  ask("a");
  ask("alone", { alone: true });
  ask("b");
  await settled();
  assert.deepEqual(order, ["a"]);
  ends.a();
  await settled();
  assert.deepEqual(order, ["a", "alone"]);
  ends.alone();
  await settled();
  assert.deepEqual(order, ["a", "alone", "b"]);
});

test("with one place all are alone", async () => {
  const turns = new Turns(1);
  const end = await turns.take({ alone: true });
  end();
  await turns.take();
});
