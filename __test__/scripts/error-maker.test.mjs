/** Each error, and each line on the console, is made in one place, so that each has its title and its code. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

/** The errors whose text another error or a line quotes: nobody else gets them. */
const QUOTED = [
  "js/host/native.ts",
  "js/main/documents/hello.ts",
  "js/main/prokit/windows.ts",
  "js/transport/reassemble.ts",
];
/** Makes errors of the app anew. */
const REBUILT = "js/codec/decode.ts";

const files = sourcesIn("js").filter((path) => !path.startsWith("js/migrate/"));

function sourcesIn(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

const read = (path) => readFileSync(join(ROOT, path), "utf8");
const having = (pattern) => files.filter((path) => pattern.test(read(path)));

test("errors are made in js/errors, but for those that are quoted or rebuilt", () => {
  const made = having(/\bnew \w*(?:Error|Exception)\(|extends \w*Error\b/);
  const others = made.filter((path) => !path.startsWith("js/errors/"));
  assert.deepEqual(others.sort(), [...QUOTED, REBUILT].sort());
});

test("the package's name is set before a text in one place", () => {
  assert.deepEqual(having(/electron-switchyard: /).sort(), [
    "js/errors/index.ts",
    "js/errors/titled.ts",
    "js/protocol/protocol.ts",
  ]);
});

test("each line on the console begins with it", () => {
  const lines = having(/\bconsole\.\w+\(/);
  assert.ok(lines.length > 3);
  for (const path of lines) {
    for (const [call] of read(path).matchAll(/\bconsole\.\w+\([^;]*;/g)) {
      assert.match(call, /\btitled\(|\bTITLE\b/, path);
    }
  }
});
