// The sections of docs/troubleshooting.md are the codes of the protocol and of index.d.ts. Each text that a
// section quotes is in the sources.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { patternOf, SECTIONS, textsOf } from "./troubleshooting.mjs";

const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");

/** The members of a union of texts. */
function union(text, name) {
  const [, members] = new RegExp(`export type ${name} =([\\s\\S]*?);\n(?:\n|$)`).exec(text);
  return [...members.matchAll(/"(ERR_\w+)"/g)].map(([, code]) => code).sort();
}

const sections = SECTIONS.filter(({ heading }) => /^ERR_\w+$/.test(heading));
const explained = sections.map(({ heading }) => heading).sort();

test("each code of the protocol has its section, and no other has", () => {
  const codes = union(read("js", "protocol", "protocol.ts"), "Code");
  assert.ok(codes.length > 10);
  assert.deepEqual(explained, codes);
});

test("each code of index.d.ts has its section, and no other has", () => {
  assert.deepEqual(explained, union(read("index.d.ts"), "ErrorCode"));
});

test("each section has its meaning, and rows with a text, its cause and its remedy", () => {
  for (const { heading, sentences, rows } of sections) {
    assert.equal(sentences.length, 1, heading);
    assert.ok(rows.length > 0, heading);
    for (const { texts, cells } of rows) {
      assert.ok(texts.length > 0, `${heading}: ${cells[0]}`);
      assert.equal(cells.length, 3, heading);
      for (const cell of cells) assert.ok(cell.length > 4, `${heading}: ${cell}`);
    }
  }
});

/** The sources, with texts that are split over lines in one piece. */
function sources() {
  const files = ["js", "src"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  const texts = files.filter((file) => /\.(ts|rs)$/.test(file)).map((file) => read(file));
  return texts
    .join("\n")
    .replace(/["'`]\s*\+\s*["'`]/g, "")
    .replaceAll('\\"', '"');
}

const OTHERS = ["A preload fails", "A page fails", "Electron's own ipc"];

test("each text that the package writes is in its sources", () => {
  const all = sources();
  const codes = sections.map(({ heading }) => heading);
  const others = textsOf(...OTHERS).map(patternOf);
  for (const text of textsOf("Lines on main's console", ...codes)) {
    // Node's, in the list of ERR_NATIVE_LOAD.
    if (others.some((other) => other.test(text))) continue;
    const missing = text.split("…").filter((part) => !all.includes(part));
    assert.deepEqual(missing, [], text);
  }
});
