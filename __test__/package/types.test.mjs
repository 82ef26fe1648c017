import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { complaints, typedApp } from "./compile.mjs";
import { linkPackage } from "./consumer.mjs";
import { countOfMistakes, MISTAKES, surprises } from "./mistakes.mjs";

const TYPESCRIPT = join(ROOT, "node_modules", "typescript");

const RESOLUTIONS = {
  node10: { module: "ESNext", moduleResolution: "node10", skipLibCheck: true },
  node16: { module: "Node16", moduleResolution: "Node16", skipLibCheck: true },
  // The app's stricter settings, and the declarations themselves are checked once.
  bundler: {
    module: "ESNext",
    moduleResolution: "Bundler",
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  },
};

function compile(name, fixtures, options) {
  const app = typedApp(name, fixtures, options);
  linkPackage(app);
  return complaints(TYPESCRIPT, app);
}

for (const [name, options] of Object.entries(RESOLUTIONS)) {
  test(`under moduleResolution ${name}, right uses compile and wrong ones do not`, async () => {
    assert.equal(await compile(`types-${name}`, "types", options), "");
  });
}

for (const [name, options] of Object.entries(RESOLUTIONS)) {
  test(`under moduleResolution ${name}, an app's contract holds for its calls`, async () => {
    assert.equal(await compile(`types-contract-${name}`, "types-contract", options), "");
  });
}

for (const [name, options] of Object.entries(RESOLUTIONS)) {
  test(`under moduleResolution ${name}, each mistake has a line that says it`, async () => {
    const output = await compile(`${MISTAKES}-${name}`, MISTAKES, options);
    assert.deepEqual(surprises(output), []);
    assert.ok(countOfMistakes() > 10);
  });
}

test("without strictFunctionTypes, a handler that narrows its message does not compile either", async () => {
  const options = { ...RESOLUTIONS.node10, strictFunctionTypes: false };
  const output = await compile(`${MISTAKES}-lax`, MISTAKES, options);
  assert.deepEqual(
    surprises(output).filter((each) => each.startsWith("handlers.ts")),
    [],
  );
});

test("a line that the compiler does not say is found, and so is one that no mistake promises", () => {
  const unkept = surprises("");
  assert.equal(unkept.length, countOfMistakes());
  assert.match(unkept[0], /^handlers\.ts:\d+ does not say: Argument of type '\(_event: Handler/);
  const more = surprises("src/other.ts(1,1): error TS2345: A.\n  Why.\nerror TS5: B.\n");
  assert.deepEqual(more.slice(unkept.length), [
    "other.ts:1 says: A.\n  Why.",
    "the compiler says: error TS5: B.",
  ]);
});

test("the contract that index.d.ts shows compiles", async () => {
  const comment = readFileSync(join(ROOT, "index.d.ts"), "utf8").split("interface Register {}")[0];
  const code = comment.slice(comment.lastIndexOf(" * ```ts") + 8).split(" * ```")[0];
  const example = code.replace(/^ \* ?/gm, "");
  assert.match(example, /declare module "electron-switchyard"/);
  const options = { ...RESOLUTIONS.bundler, skipLibCheck: true };
  assert.equal(await compile("types-example", { "src/example.ts": example }, options), "");
});

test("under moduleResolution node16, an import that would fail in Node does not compile", async () => {
  assert.equal(await compile("types-default", "types-default", RESOLUTIONS.node16), "");
});
