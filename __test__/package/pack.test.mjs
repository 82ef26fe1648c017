import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/lib/root.mjs";

const SHIPPED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/browser.cjs",
  "dist/browser.mjs",
  "dist/index.cjs",
  "dist/index.mjs",
  "dist/migrate.cjs",
  "dist/migrate.licenses.txt",
  "dist/node.mjs",
  "dist/preload.js",
  "dist/renderer.cjs",
  "dist/renderer.mjs",
  "docs/getting-started.md",
  "docs/guarantees.md",
  "docs/migrating.md",
  "docs/packaging.md",
  "docs/troubleshooting.md",
  "docs/windows.md",
  "index.d.mts",
  "index.d.ts",
  "package.json",
  "renderer.d.mts",
  "renderer.d.ts",
];

test("npm packs just the files that are meant to ship", async () => {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"];
  const options = { cwd: ROOT, shell: process.platform === "win32" };
  const { stdout } = await promisify(execFile)(npm, args, options);
  const [{ files }] = JSON.parse(stdout);
  const binaries = readdirSync(ROOT).filter((name) => name.endsWith(".node"));
  assert.ok(binaries.length > 0);
  const packed = files.map(({ path }) => path).sort();
  assert.deepEqual(packed, [...SHIPPED, ...binaries].sort());
});

test("the package depends on no other package", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const kind of ["dependencies", "peerDependencies", "bundleDependencies"]) {
    assert.equal(kind in manifest, false, kind);
  }
  const others = Object.keys(manifest.optionalDependencies ?? {});
  for (const name of others) assert.match(name, /^electron-switchyard-/);
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

test("installing runs no script", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const name of ["preinstall", "install", "postinstall", "prepare"]) {
    assert.equal(name in scripts, false, name);
  }
});
