import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { INTERNAL } from "../../scripts/lib/bundle.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const LIB = join(ROOT, "node_modules", "typescript", "lib");

const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");

/** Names that mean the same to others: those of the contract, the wire, JavaScript and the DOM. */
function foreignNames() {
  const libs = readdirSync(LIB).filter((name) => /^lib\.(es|dom)[\w.]*\.d\.ts$/.test(name));
  assert.ok(libs.length > 20);
  const texts = libs.map((name) => readFileSync(join(LIB, name), "utf8"));
  texts.push(read("index.d.ts"), read("renderer.d.ts"), read("js", "protocol", "protocol.ts"));
  const members = /^\s+(?:(?:readonly|static|get|set) )*(\w+)\??[(:<]/gm;
  return new Set(texts.flatMap((text) => [...text.matchAll(members)].map(([, name]) => name)));
}

/** What one copy of the package in a world calls on the endpoint that another has made. */
const SHARED = ["request", "call", "send", "handle", "fromMain", "fromOther", "reports", "add"];
SHARED.push("remove");

test("no name that pages' builds shorten is anybody else's", () => {
  const foreign = foreignNames();
  for (const name of ["addEventListener", "windowName", "then", "post", "signal"]) {
    assert.ok(foreign.has(name), name);
  }
  for (const name of INTERNAL) assert.equal(foreign.has(name), false, name);
  for (const name of SHARED) assert.equal(INTERNAL.includes(name), false, name);
});

test("every name in the list is one that the code has, once", () => {
  const folders = ["codec", "ends", "renderer", "wire"];
  const code = folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, "js", folder)).map((file) => read("js", folder, file)),
    )
    .join("\n");
  for (const name of INTERNAL) assert.match(code, new RegExp(`\\b${name}\\b`));
  assert.deepEqual([...new Set(INTERNAL)].sort(), INTERNAL);
});
