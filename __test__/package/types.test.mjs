import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, linkPackage, write } from "./consumer.mjs";

const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const HERE = join(ROOT, "__test__", "package");

const COMMON = {
  strict: true,
  noEmit: true,
  target: "ES2022",
  lib: ["ES2022", "DOM"],
  types: ["node"],
};

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

/** What tsc says of the fixtures; empty when all is well. */
function complaints(app) {
  return new Promise((resolve) => {
    execFile(process.execPath, [TSC, "-p", app], { cwd: app }, (_error, stdout) => resolve(stdout));
  });
}

/** What tsc says of a folder of fixtures, or of files, in an app with these options. */
function compile(name, fixtures, options) {
  const manifest = JSON.stringify({ name: "app", version: "1.0.0", type: "module" });
  const config = { compilerOptions: { ...COMMON, ...options }, include: ["src"] };
  const app = appFolder(name, {
    "package.json": manifest,
    "tsconfig.json": JSON.stringify(config),
  });
  linkPackage(app);
  if (typeof fixtures === "string") {
    cpSync(join(HERE, fixtures), join(app, "src"), { recursive: true });
  } else write(app, fixtures);
  return complaints(app);
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
