// What an editor offers at a place in an app that has a contract.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { typedApp } from "./compile.mjs";
import { linkPackage, write } from "./consumer.mjs";

const CALLS = `import { connect, publish, serve, subscribe } from "electron-switchyard";
import "./messages.js";
`;

const app = typedApp("completions", "types-contract", {});
linkPackage(app);

const OPTIONS = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["node"],
};

const FILE = join(app, "src", "edited.ts");
let version = 0;
const text = (name) => ts.ScriptSnapshot.fromString(readFileSync(name, "utf8"));
const editor = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => OPTIONS,
  getScriptFileNames: () => [FILE],
  getScriptVersion: (name) => (name === FILE ? `${version}` : "1"),
  getScriptSnapshot: (name) => (ts.sys.fileExists(name) ? text(name) : undefined),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getCurrentDirectory: () => app,
});

/** Opens code without its `|`, and gives the place of that. */
function open(code) {
  write(app, { "src/edited.ts": CALLS + code.replace("|", "") });
  version += 1;
  return CALLS.length + code.indexOf("|");
}

function offered(code) {
  const { entries } = editor.getCompletionsAtPosition(FILE, open(code), undefined);
  return entries.map(({ name }) => name).sort();
}

const PLACES = {
  'connect("|")': ["files"],
  'connect("|", { in: "work" })': ["log", "view"],
  'connect("files", { in: "|" })': ["main", "work"],
  'connect("files").|': ["find", "first", "list", "read", "write"],
  'connect("log", { in: "work" }).|': ["add"],
  'connect("files").read("list.txt", "|")': ["bytes", "text"],
  'serve("|", {})': ["files", "log", "view"],
  'serve("files", { | })': ["find", "first", "list", "read", "write"],
  'serve("files", () => ({ | }))': ["find", "first", "list", "read", "write"],
  'publish("|")': ["progress", "theme"],
  'publish("theme", "|")': ["dark", "light"],
  'publish("progress", { | })': ["done"],
  'publish("theme", "dark", { to: ["|"] })': ["main", "work"],
  'subscribe("|")': ["progress", "theme"],
  'subscribe("progress", (event, value) => value.|)': ["done"],
  'subscribe("progress", (event) => event.|)': ["origin", "windowName"],
};

for (const [code, names] of Object.entries(PLACES)) {
  test(`an editor offers ${names.join(", ")} at ${code}`, () => {
    assert.deepEqual(offered(code), names);
  });
}

test("an editor shows what the interface says of a method", () => {
  const place = open('connect("files").re|ad("list.txt")');
  const { displayParts, documentation } = editor.getQuickInfoAtPosition(FILE, place);
  assert.equal(ts.displayPartsToString(documentation), "Reads a file.");
  const shown = ts.displayPartsToString(displayParts).replace(/\s+/g, " ");
  assert.match(
    shown,
    /read\(path: string, as\?: "text" \| "bytes" \| undefined\): Promise<string>$/,
  );
});
