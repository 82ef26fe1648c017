import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { packTarballs } from "../../scripts/lib/pack.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets, binaryName, packagedBinary } from "../../scripts/lib/targets.mjs";
import { ADDON } from "../addon/addon.mjs";

const execute = promisify(execFile);
const FOLDER = join(ROOT, "target", "test", "pack");
const HOST = basename(ADDON)
  .replace(/\.node$/, "")
  .replace(".", "-");
const { version, napi } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

const CRATES = "electron-switchyard.node.licenses.txt";
const SHIPPED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/browser.cjs",
  "dist/browser.mjs",
  "dist/index.cjs",
  "dist/index.mjs",
  "dist/main.cjs",
  "dist/main.mjs",
  "dist/migrate.cjs",
  "dist/migrate.licenses.txt",
  "dist/node-main.mjs",
  "dist/node-preload.mjs",
  "dist/node.mjs",
  "dist/preload.cjs",
  "dist/preload.js",
  "dist/preload.mjs",
  "dist/renderer.cjs",
  "dist/renderer.mjs",
  "docs/getting-started.md",
  "docs/guarantees.md",
  "docs/migrating.md",
  "docs/packaging.md",
  "docs/troubleshooting.md",
  "docs/windows.md",
  CRATES,
  "index.d.mts",
  "index.d.ts",
  "main.d.mts",
  "main.d.ts",
  "main.js",
  "package.json",
  "preload.d.mts",
  "preload.d.ts",
  "preload.js",
  "renderer.d.mts",
  "renderer.d.ts",
  "renderer.js",
];

let tarballs;
before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  tarballs = await packTarballs(FOLDER);
});

function tarball(name) {
  const found = tarballs.find((each) => each.name === name);
  assert.ok(found, `no tarball of ${name}`);
  return found;
}

async function filesOf(name) {
  const { file } = tarball(name);
  const { stdout } = await execute("tar", ["-tf", basename(file)], { cwd: FOLDER });
  return stdout
    .trim()
    .split(/\r?\n/)
    .map((path) => path.replace(/^package\//, ""))
    .sort();
}

async function textOf(name, path) {
  const { file } = tarball(name);
  const args = ["-xOf", basename(file), `package/${path}`];
  const { stdout } = await execute("tar", args, { cwd: FOLDER });
  return stdout;
}

async function manifestOf(name) {
  return JSON.parse(await textOf(name, "package.json"));
}

test("the main package has just the files that are meant to ship, and the binaries", async () => {
  assert.equal(tarballs[0].name, "electron-switchyard");
  const binaries = allTargets().filter((target) => existsSync(packagedBinary(target)));
  assert.ok(binaries.length > 0);
  const files = [...SHIPPED, ...binaries.map(binaryName)].sort();
  assert.deepEqual(await filesOf("electron-switchyard"), files);
});

test("this machine's platform package has the binary, as it was built last", async () => {
  const files = ["LICENSE", "README.md", basename(ADDON), CRATES, "package.json"];
  assert.deepEqual(await filesOf(HOST), files.sort());
  const packed = readFileSync(
    join(ROOT, "npm", HOST.replace(/^electron-switchyard-/, ""), basename(ADDON)),
  );
  assert.ok(packed.equals(readFileSync(ADDON)));
});

test("the published package depends on its platform packages alone, at its own version", async () => {
  const manifest = await manifestOf("electron-switchyard");
  for (const kind of [
    "dependencies",
    "devDependencies",
    "peerDependencies",
    "bundleDependencies",
  ]) {
    assert.equal(kind in manifest, false, kind);
  }
  const { optionalDependencies } = manifest;
  assert.equal(Object.keys(optionalDependencies).length, napi.targets.length);
  assert.ok(HOST in optionalDependencies);
  for (const [name, wanted] of Object.entries(optionalDependencies)) {
    assert.match(name, /^electron-switchyard-/);
    assert.equal(wanted, version);
  }
});

test("the licence of each crate that the addon names comes with it", async () => {
  const cargo = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const [, table] = cargo.split(/^\[dependencies\]$/m);
  const crates = [...table.split(/^\[/m)[0].matchAll(/^([\w-]+)\s*=/gm)].map(([, name]) => name);
  assert.ok(crates.includes("napi") && crates.includes("dashmap"), crates.join());
  for (const name of ["electron-switchyard", HOST]) {
    const licences = await textOf(name, CRATES);
    for (const crate of crates) {
      if (crate === "napi-derive") continue; // A macro: nothing of its own is in the binary.
      assert.match(licences, new RegExp(`^${crate} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
    assert.ok(licences.match(/copyright/gi).length > crates.length);
  }
});

test("the command names the licence of each package that is bundled into it", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const licences = readFileSync(join(ROOT, "dist", "migrate.licenses.txt"), "utf8");
  const sources = readdirSync(join(ROOT, "js", "migrate")).filter((name) => name.endsWith(".ts"));
  const imported = sources.flatMap((name) => {
    const text = readFileSync(join(ROOT, "js", "migrate", name), "utf8");
    return [...text.matchAll(/^import (?!type).* from "([^.][^"]*)";$/gm)].map(([, from]) => from);
  });
  const packages = [...new Set(imported)].filter((name) => !name.startsWith("node:"));
  assert.ok(packages.includes("magic-string") && packages.includes("@babel/parser"));
  for (const name of packages) {
    assert.ok(name in devDependencies, name);
    assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  }
  const notices = licences.match(/^Copyright|\bcopyright notice\b/gim);
  assert.ok(notices.length >= packages.length);
});

test("installing runs no script", async () => {
  for (const { name } of tarballs) {
    const { scripts = {} } = await manifestOf(name);
    assert.deepEqual(scripts, {}, name);
  }
});

test("packing leaves the checkout's own manifest as it was", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  assert.equal("optionalDependencies" in manifest, false);
  assert.ok("build" in manifest.scripts);
});
