// Each js and ts block of the documents compiles against this package's types and Electron's.
import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { transform } from "esbuild";
import ts from "typescript";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { BLOCKS, filesOf } from "./blocks.mjs";

const OPTIONS = {
  strict: true,
  noEmit: true,
  allowJs: true,
  jsx: ts.JsxEmit.ReactJSX,
  checkJs: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: ["node", "electron"],
};

const scripts = BLOCKS.filter(({ lang }) => ["js", "ts", "tsx"].includes(lang));
const app = appFolder("docs-types");
linkPackage(app);

/** A folder for each block, with its files; by path, the line of the document at which each begins. */
function writeBlock(block, number) {
  const folder = join(app, String(number));
  const starts = new Map();
  write(folder, { "package.json": "{}", "assumed.d.ts": block.assumes });
  for (const { name, line, text } of filesOf(block)) {
    write(folder, { [name]: text });
    starts.set(join(folder, name), line);
  }
  return { folder, starts };
}

/** What the compiler says, with places in the document. */
function complaints(block, number) {
  const { folder, starts } = writeBlock(block, number);
  const program = ts.createProgram([...starts.keys(), join(folder, "assumed.d.ts")], OPTIONS);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (!file) return text;
    const { line } = file.getLineAndCharacterOfPosition(start);
    const first = starts.get(join(file.fileName));
    const where = first
      ? `${block.document}:${first + line}`
      : relative(dirname(app), file.fileName);
    return `${where}: ${text}`;
  });
}

test("the check finds a call that there is not, and an argument of the wrong type", () => {
  const text =
    'import { initIpc, start } from "electron-switchyard";\ninitIpc({ handlerWaitMs: "1" });';
  const wrong = { document: "none.md", line: 9, lang: "js", text, assumes: "" };
  const [first, second, ...more] = complaints(wrong, "wrong");
  assert.match(first, /^none\.md:10: .*no exported member named 'start'/);
  assert.match(second, /^none\.md:11: Type 'string' is not assignable to type 'number'/);
  assert.deepEqual(more, []);
});

for (const [number, block] of scripts.entries()) {
  test(`${block.document}:${block.line} compiles`, () => {
    assert.deepEqual(complaints(block, number), []);
  });
}

/** Vite 5's default `build.target`: it has no top-level await. */
const VITE_5 = {
  target: ["es2020", "edge88", "firefox78", "chrome87", "safari14"],
  format: "esm",
  supported: { destructuring: true },
};

for (const block of scripts) {
  test(`${block.document}:${block.line} builds for Vite 5's default target`, async () => {
    for (const { text } of filesOf(block)) {
      await transform(text, { loader: block.lang, ...VITE_5 });
    }
  });
}

test("that check finds top-level await", async () => {
  const built = transform("console.log(await 1);", VITE_5);
  await assert.rejects(built, /Top-level await/);
});
