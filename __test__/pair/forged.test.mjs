/** Whatever a hostile page posts, main and the other pages go on, handler or not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import shapes from "../e2e/app/written.js";
import { almost, message } from "./forgeries.mjs";
import { holdsSoon, Rig } from "./rig.mjs";
import { outcome } from "./ways.mjs";

/** In ms: one forged message may hold main up for so long, on a slow machine. */
const MAX_MS = 1_000;

const { written } = shapes;

/** A message of one member is that member. */
const messageOf = (parts) => (parts.length === 1 ? parts[0] : parts);
const CORPUS = JSON.parse(readFileSync(new URL("forged.json", import.meta.url), "utf8"));

/** "A" and "C" use the package; the other posts what it likes. */
async function withHostile(t, { isHandled, resolves }, post) {
  for (const method of ["warn", "error"]) t.mock.method(console, method, () => undefined);
  const uncaught = [];
  const note = (error) => uncaught.push(error);
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  const rig = new Rig({ resolves });
  const ports = rig.open("B", 2);
  for (const port of ports) port.toPage = () => undefined;
  const [a, c] = [rig.page("A", 1), rig.page("C", 3)];
  const got = [];
  a.end.fromMain.add((_, msg) => got.push(msg));
  if (isHandled) {
    rig.main.handle((_, msg) => msg);
    a.handle((_, msg) => msg);
    a.end.fromOther.add(() => undefined);
  }
  let next = 0;
  const works = async () => {
    next += 1;
    const id = `next ${next}`;
    rig.main.send("A", id);
    const [kind, answer] = await outcome(c.end.request(id, { timeoutMs: 3_000 }));
    assert.equal(isHandled ? answer : answer.code, isHandled ? id : "ERR_NO_HANDLER", kind);
    assert.ok(await holdsSoon(() => got.at(-1) === id), `${id} did not arrive`);
    assert.deepEqual(uncaught, []);
    const { windows, mainProcess, total } = rig.stats();
    for (const counters of [...Object.values(windows), mainProcess, total]) {
      assert.equal(counters.accepted, counters.delivered + counters.queued + counters.dropped);
    }
  };
  try {
    await post((data) => {
      const began = performance.now();
      for (const port of ports) port.emit("message", { data });
      const took = performance.now() - began;
      if (took < MAX_MS) return;
      assert.fail(`${took} ms for ${String(JSON.stringify(data)).slice(0, 200)}`);
    }, works);
  } finally {
    process.removeListener("unhandledRejection", note);
    process.removeListener("uncaughtException", note);
  }
}

const ALL = { isHandled: true, resolves: false };
const APPS = [ALL, { ...ALL, resolves: true }, { ...ALL, isHandled: false }];

for (const app of APPS) {
  const where = `${app.isHandled ? "with" : "without"} handlers${app.resolves ? ", names resolved" : ""}`;

  test(`known forged messages, ${where}: main and the others go on`, async (t) => {
    await withHostile(t, app, async (post, works) => {
      for (const parts of CORPUS) {
        for (let n = 0; n < 3; n++) post(messageOf(written(parts)));
      }
      await works();
    });
  });

  for (const [what, forged] of Object.entries({ any: message, "almost right": almost })) {
    test(`${what} forged messages, ${where}: main and the others go on`, async (t) => {
      await withHostile(t, app, async (post, works) => {
        const some = fc.array(forged, { minLength: 1, maxLength: 20 });
        const law = async (messages) => {
          for (const message of messages) post(message);
          await works();
        };
        const numRuns = app.isHandled ? Number(process.env.FORGED_RUNS ?? 100) : 8;
        await fc.assert(fc.asyncProperty(some, law), { numRuns, endOnFailure: true });
      });
    });
  }
}
