import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

const read = (file) => readFileSync(join(ROOT, ...file.split("/")), "utf8");

const protocol = read("js/protocol/protocol.ts");
const contract = read("index.d.ts");
const rust = {
  record: read("src/router/record.rs"),
  lane: read("src/router/lanes.rs"),
  error: read("src/router/error.rs"),
  router: read("src/router/router.rs"),
  worldAddress: read("src/router/world_address.rs"),
};

/** The text from `start` to the first `end` after it. */
function between(text, start, end) {
  const from = text.indexOf(start);
  assert.notEqual(from, -1, `${start} is not there`);
  return text.slice(from + start.length, text.indexOf(end, from + start.length));
}

/** `{ FromMain: 1 }` of what `pattern` finds: a name and a number. */
function numbers(text, pattern) {
  const found = [...text.matchAll(pattern)].map(([, name, number]) => [name, Number(number)]);
  assert.notEqual(found.length, 0);
  return Object.fromEntries(found);
}

/** FROM_MAIN as FromMain. */
function pascal(name) {
  return name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
}

function sorted(matches) {
  const found = [...matches];
  assert.equal(new Set(found).size, found.length, `twice: ${found}`);
  return found.sort();
}

const codesIn = (text) => sorted([...text.matchAll(/"(ERR_\w+)"/g)].map(([, code]) => code));

const codes = codesIn(between(protocol, "export type Code =", ";\n\n"));

test("the kinds of records have the same numbers in TypeScript and Rust", () => {
  const js = numbers(between(protocol, "export enum Kind {", "\n}"), /^ {2}(\w+) = (\d+),/gm);
  const rs = numbers(between(rust.record, "pub enum Kind {", "\n}"), /^ {4}(\w+) = (\d+),/gm);
  assert.deepEqual(js, rs);
});

test("the lanes have the same numbers in TypeScript and Rust", () => {
  const js = numbers(between(protocol, "export enum Lane {", "\n}"), /^ {2}(\w+) = (\d+),/gm);
  const rs = numbers(rust.lane, /pub const (\w+): Self = Self\((\d+)\);/g);
  const named = Object.entries(rs).map(([name, bit]) => [pascal(name), bit]);
  const { None: none, ...lanes } = Object.fromEntries(named);
  assert.deepEqual(js, lanes);
  assert.equal(none, 0);
  assert.deepEqual(Object.values(lanes), [1, 2, 4]);
});

test("a window's name is as long at most in TypeScript and Rust", () => {
  const [, js] = /export const MAX_NAME = (\d+);/.exec(protocol);
  const [, rs] = /const MAX_NAME: usize = ([\d_]+);/.exec(rust.router);
  assert.equal(Number(js), Number(rs.replaceAll("_", "")));
});

test("a world address has the same parts in TypeScript and Rust", () => {
  const rs = numbers(rust.worldAddress, /const (\w+): u\d+ = (\d+);/g);
  const [, preload, page] = /World = \{ Preload: (\d+), Page: (\d+) \}/.exec(protocol);
  const [, worlds] = /export const WORLDS = (\d+);/.exec(protocol);
  const [, subframe] = /const SUBFRAME = (\d*) ?\*? ?WORLDS;/.exec(protocol);
  const [, document] = /const DOCUMENT = (\d*) ?\*? ?WORLDS;/.exec(protocol);
  const js = {
    PAGE: Number(page),
    SUBFRAME: (Number(subframe) || 1) * worlds,
    DOCUMENT_SHIFT: Math.log2((Number(document) || 1) * worlds),
  };
  assert.deepEqual(rs, js);
  assert.equal(preload, "0");
});

test("index.d.ts has the error codes of protocol.ts, in its union and in its table", () => {
  assert.deepEqual(codesIn(between(contract, "export type ErrorCode =", ";")), codes);
  const table = [...contract.matchAll(/^ \* \| `(ERR_\w+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(sorted(table), codes);
});

test("each code of a rejection in Rust is one of protocol.ts, and each rejection has one", () => {
  const body = between(rust.error, "pub fn code(", "\n    }\n");
  const found = codesIn(body);
  assert.deepEqual(
    found.filter((code) => !codes.includes(code)),
    [],
  );
  const variants = between(rust.error, "pub enum RouterError {", "\n}").matchAll(
    /^ {4}(\w+)(?: \{|\(|,)/gm,
  );
  const names = [...variants].map(([, variant]) => variant);
  assert.ok(names.includes("TargetEnded") && names.includes("BadPacket"), names.join());
  for (const name of names) assert.match(body, new RegExp(`Self::${name}\\b`));
});

test("each way for a target to go in Rust is a GoneReason of index.d.ts, and each of those is one", () => {
  const strings = (text) => sorted([...text.matchAll(/"(\w+)"/g)].map(([, word]) => word));
  const reasons = strings(between(contract, "export type GoneReason =", ";"));
  assert.ok(reasons.length > 1);
  const body = between(rust.error, "pub fn as_str(self)", "\n    }\n");
  assert.deepEqual(strings(body), reasons);
  const variants = between(rust.error, "pub enum EndReason {", "\n}").matchAll(/^ {4}(\w+),/gm);
  assert.deepEqual(sorted([...variants].map(([, name]) => name.toLowerCase())), reasons);
});

test("each code that some file of the package throws is one of protocol.ts", () => {
  for (const file of ["js/errors/index.ts", "js/codec/walker.ts"]) {
    for (const [code] of read(file).matchAll(/ERR_[A-Z_]+/g)) assert.ok(codes.includes(code), code);
  }
});
