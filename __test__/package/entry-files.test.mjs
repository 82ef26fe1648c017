// The files at the root that the build writes from js/entry and index.d.ts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  entryFiles,
  requireEntryFiles,
  sectionsOf,
  typesFor,
  writeEntryFiles,
} from "../../scripts/lib/entries.mjs";
import { requireNamedFiles } from "../../scripts/lib/pack.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { WINDOW_CALLS } from "./contract.mjs";

const FILES = Object.keys(entryFiles());
const SUBPATHS = ["main", "preload", "renderer"];
/** Those of the subpath whose declarations are written by hand. */
const OF_TESTING = ["testing.js", "testing.d.mts"];
const FOLDER = join(ROOT, "target", "test", "entry-files");

const read = (path) => readFileSync(join(ROOT, path), "utf8");
const git = (...args) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" });

/** What the files are made from, in a folder of its own. */
function checkout(name) {
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const path of ["index.d.ts", ...SUBPATHS.map((each) => join("dist", `${each}.cjs`))]) {
    copyFileSync(join(ROOT, path), join(folder, path));
  }
  return folder;
}

test("the files are twelve, git ignores each, and none is committed", () => {
  const kinds = ["js", "d.ts", "d.mts"];
  const expected = SUBPATHS.flatMap((name) => kinds.map((kind) => `${name}.${kind}`));
  assert.deepEqual([...FILES].sort(), [...expected, "index.d.mts", ...OF_TESTING].sort());
  const ignored = git("check-ignore", "--no-index", ...FILES);
  assert.deepEqual(ignored.trim().split("\n").sort(), [...FILES].sort());
  assert.equal(git("ls-files", ...FILES), "");
});

test("a fresh checkout's build writes them all, and as they are here", async () => {
  const folder = checkout("fresh");
  assert.throws(() => requireEntryFiles(folder), {
    message: `${FILES.map((file) => `${file} is missing`).join(", ")}: npm run build writes them anew`,
  });
  await writeEntryFiles(folder);
  requireEntryFiles(folder);
  for (const file of FILES)
    assert.equal(readFileSync(join(folder, file), "utf8"), read(file), file);
  assert.deepEqual(
    readdirSync(join(folder, "dist")).sort(),
    SUBPATHS.map((each) => `${each}.cjs`),
  );
});

for (const file of FILES) {
  test(`${file}, missing or stale, is named, and the next build mends it`, async () => {
    const folder = checkout(file);
    await writeEntryFiles(folder);
    for (const [found, spoil] of [
      ["missing", (path) => rmSync(path)],
      ["stale", (path) => writeFileSync(path, `${readFileSync(path, "utf8")}// by hand\n`)],
    ]) {
      spoil(join(folder, file));
      const message = `${file} is ${found}: npm run build writes them anew`;
      assert.throws(() => requireEntryFiles(folder), { message });
      await writeEntryFiles(folder);
      requireEntryFiles(folder);
    }
  });
}

test("without dist/ the error says what makes it", () => {
  const folder = checkout("not-built");
  rmSync(join(folder, "dist", "preload.cjs"));
  const message = "dist/preload.cjs is missing: npm run build makes it";
  assert.throws(() => requireEntryFiles(folder), { message });
});

test("a type or a call that index.d.ts gets makes the declarations stale or the build fail", () => {
  const folder = checkout("changed");
  const file = join(folder, "index.d.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, `${text}\nexport interface CallOptions {}\n`);
  const types = (subpath) => entryFiles(folder)[`${subpath}.d.ts`].includes("type CallOptions,");
  assert.deepEqual(SUBPATHS.map(types), [false, true, true]);
  writeFileSync(
    file,
    text.replace(/^export declare function onCall\b/m, "declare function onCall"),
  );
  assert.throws(() => entryFiles(folder), /does not declare what js\/entry exports: onCall$/);
});

test("a section's types go where its calls go, those of one without calls everywhere", () => {
  const sections = sectionsOf(`
export type Shared = 1;
// ------------- the contract
export interface Register {}
export interface Contract {}
// --- main
export interface Stats<Of> {}
export declare function stats(): Stats;
export declare function stats(of: 1): Stats;
// ------ page
export type Event = 2;
export declare function listen<Of>(): void;`);
  assert.deepEqual(sections[2], { head: "main", types: ["Stats"], calls: ["stats"] });
  assert.equal(sections[0].head, undefined);
  assert.deepEqual(typesFor(["stats"], sections), ["Contract", "Shared", "Stats"]);
  assert.deepEqual(typesFor(["listen"], sections), ["Contract", "Event", "Shared"]);
});

test("each subpath's types are those of its place and the shared ones, and never Register", () => {
  const typesOf = (subpath) =>
    [...read(`${subpath}.d.ts`).matchAll(/^ {2}type (\w+),$/gm)].map(([, name]) => name);
  const [main, preload, renderer] = SUBPATHS.map(typesOf);
  assert.deepEqual(preload, renderer);
  const without = (some, others) => some.filter((name) => !others.includes(name));
  const ofMain = ["AnyWindow", "Counts", "HandlerEvent", "IpcOptions", "MainEvent", "Stats"];
  assert.deepEqual(without(main, renderer), ofMain);
  assert.deepEqual(without(renderer, main), ["CallEvent", "RenderCallback", "RenderEvent"]);
  const all = sectionsOf(read("index.d.ts")).flatMap(({ types }) => types);
  assert.deepEqual(without(all, [...main, ...renderer]), ["Register"]);
});

for (const line of [
  "export declare const limit: number;",
  "export declare class Router {}",
  "export { one } from './one';",
  "export default one;",
]) {
  test(`an export that could be lost in silence is an error: ${line}`, () => {
    assert.throws(() => sectionsOf(`export type One = 1;\n${line}`), {
      message: `index.d.ts exports neither an interface, a type nor a function: ${line}`,
    });
  });
}

test("the window calls are listed once", () => {
  assert.ok(WINDOW_CALLS.length > 5);
  const sources = ["js", "scripts"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .filter((name) => /\.(?:ts|mjs)$/.test(name))
      .map((name) => join(folder, name).replaceAll("\\", "/")),
  );
  const naming = (name) => sources.filter((file) => new RegExp(`\\b${name}\\b`).test(read(file)));
  const lists = WINDOW_CALLS.map(naming).reduce((all, some) =>
    all.filter((file) => some.includes(file)),
  );
  assert.deepEqual(lists, ["js/entry/window-calls.ts"]);
  for (const name of WINDOW_CALLS) {
    const entries = naming(name).filter((file) => file.startsWith("js/entry/"));
    assert.deepEqual(entries, ["js/entry/window-calls.ts"], name);
  }
});

test("a package whose manifest names a file that is not in it is not packed", () => {
  const manifest = JSON.parse(read("package.json"));
  const named = [...JSON.stringify(manifest.exports).matchAll(/"\.\/([\w./-]+\.[cm]?[jt]s)"/g)];
  const shipped = [...named.map(([, file]) => file), "dist/migrate.cjs", "package.json"];
  requireNamedFiles(manifest, shipped);
  for (const file of new Set(shipped)) {
    const others = shipped.filter((each) => each !== file);
    const message = `not built, or not among package.json's files: ${file}`;
    assert.throws(() => requireNamedFiles(manifest, others), { message });
  }
});
