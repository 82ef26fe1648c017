/** Whatever a hostile page posts, main and the other pages go on, handler or not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { holdsSoon, Rig } from "./rig.mjs";
import { outcome } from "./ways.mjs";

/** In ms: one forged message may hold main up for so long, on a slow machine. */
const MOST_MS = 1_000;

/** What forged.json says in short. */
function written(value) {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  const { bytes, text, many, times, holes } = value;
  if (bytes !== undefined) return new ArrayBuffer(bytes);
  if (holes !== undefined) return new Array(holes);
  if (text !== undefined) return text.repeat(times);
  return Array.from({ length: times }, () => written(many));
}

/** A message of one member is that member. */
const messageOf = (parts) => (parts.length === 1 ? parts[0] : parts);
const CORPUS = JSON.parse(readFileSync(new URL("forged.json", import.meta.url), "utf8"));

const ABSENT = "\x7f";
const ODD = [null, true, -0, 2 ** 32, 2 ** 53, -1, 1e308, "", "A", "C", "__proto__", "\x1e", "\n"];
const odd = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(...ODD), fc.string());
const tag = fc.constantFrom(..."lniruacdxmtobvepwqs");
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    odd,
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "__proto__", "then", "toJSON", "length"), tie("node"), {
      maxKeys: 3,
    }),
    fc.tuple(tag, fc.array(tie("node"), { maxLength: 4 })).map(([t, rest]) => [ABSENT, t, ...rest]),
    fc.nat(3).map((n) => [ABSENT, "b", n]),
  ),
}));

const size = fc.oneof(fc.nat(3), fc.constantFrom(255, 30_000, 59_999, 60_000, 60_001, 2_000_000));
const piece = fc.oneof(
  size.map((n) => new ArrayBuffer(n)),
  fc
    .tuple(fc.constantFrom("x", "5", "\ud800", '{"a":1}'), size)
    .map(([s, n]) => s.repeat(n % 60_001)),
);
const times = fc.oneof({ weight: 9, arbitrary: fc.nat(4) }, fc.constantFrom(4096, 4097, 50_000));
const pieces = fc.oneof(
  fc.array(piece, { maxLength: 4 }),
  fc.tuple(fc.constantFrom("", "x"), times).map(([each, n]) => Array(n).fill(each)),
);
const count = fc.oneof(fc.nat(3), fc.constantFrom(2 ** 53 - 1, 2 ** 32, 60_001, 16_777_216));
const counts = fc.oneof(
  fc.array(count, { maxLength: 4 }),
  fc.tuple(fc.nat(2), times).map(([each, n]) => Array(n).fill(each)),
);

const kind = fc.constantFrom(1, 2, 7, 8, 9, 1, 2, 7, 3, 77);
const address = fc.oneof(
  fc.nat(20),
  fc.constantFrom("A", "C", "nobody"),
  fc.tuple(fc.nat(40), fc.constantFrom("A", "C", 0, 1)),
  odd,
);
const form = fc.oneof(fc.nat(3), fc.constantFrom(4097, 2 ** 32 - 1, 2 ** 32, -1, 1.5));
const frame = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(fc.tuple(kind, address, form, node), { maxLength: 4 })
      .map((records) => JSON.stringify(records)),
  },
  fc
    .tuple(fc.constantFrom("[", "x", "[9,1,0,0],", '[2,"A",0,1],'), size)
    .map(([s, n]) => s.repeat(n)),
  fc.string(),
  fc.constant(""),
);
/** As many counts as pieces, so that more gets through. */
const fitting = fc
  .tuple(kind, address, fc.array(piece, { maxLength: 3 }), node)
  .map(([kind, address, pieces, value]) => [
    JSON.stringify([[kind, address, 1 + pieces.length, value]]),
    7,
    pieces,
    pieces.map(() => 1),
  ]);
const lanes = fc.oneof(fc.nat(7), fc.constantFrom(0x40, 0x80, 255, 256, -1));
const message = fc.oneof(frame, fc.tuple(frame, lanes, pieces, counts), fitting, odd, node);

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
    a.end.handle((_, msg) => msg);
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
    for (const books of [...Object.values(windows), mainProcess, total]) {
      assert.equal(books.accepted, books.delivered + books.queued + books.dropped);
    }
  };
  try {
    await post((data) => {
      const began = performance.now();
      for (const port of ports) port.emit("message", { data });
      const took = performance.now() - began;
      if (took < MOST_MS) return;
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

  test(`any forged messages, ${where}: main and the others go on`, async (t) => {
    await withHostile(t, app, async (post, works) => {
      const some = fc.array(message, { minLength: 1, maxLength: 20 });
      const law = async (messages) => {
        for (const message of messages) post(message);
        await works();
      };
      const numRuns = app.isHandled ? Number(process.env.FORGED_RUNS ?? 30) : 8;
      await fc.assert(fc.asyncProperty(some, law), { numRuns, endOnFailure: true });
    });
  });
}
