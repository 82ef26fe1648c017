import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets, targetNamed } from "../../scripts/lib/targets.mjs";

const main = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What each platform's package must say, beside what it has from the main one. */
const PLATFORMS = {
  "darwin-arm64": { os: ["darwin"], cpu: ["arm64"] },
  "darwin-x64": { os: ["darwin"], cpu: ["x64"] },
  "linux-arm64-gnu": { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] },
  "linux-x64-gnu": { os: ["linux"], cpu: ["x64"], libc: ["glibc"] },
  "linux-x64-musl": { os: ["linux"], cpu: ["x64"], libc: ["musl"] },
  "win32-arm64-msvc": { os: ["win32"], cpu: ["arm64"] },
  "win32-x64-msvc": { os: ["win32"], cpu: ["x64"] },
};

for (const [name, platform] of Object.entries(PLATFORMS)) {
  test(`npm/${name} is the package of that platform, in the main one's version`, () => {
    const file = join(ROOT, "npm", name, "package.json");
    const { description, ...manifest } = JSON.parse(readFileSync(file, "utf8"));
    const binary = `electron-switchyard.${name}.node`;
    assert.deepEqual(manifest, {
      name: `electron-switchyard-${name}`,
      version: main.version,
      license: main.license,
      engines: main.engines,
      ...platform,
      main: binary,
      files: [binary],
    });
    assert.match(description, /^The native binary of electron-switchyard for /);
  });
}

test("npm/migrate is the package of the migration, in the main one's version", () => {
  const file = join(ROOT, "npm", "migrate", "package.json");
  const { name, version, license, ...manifest } = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(
    { name, version, license },
    { name: "electron-switchyard-migrate", version: main.version, license: main.license },
  );
  assert.equal("dependencies" in manifest || "scripts" in manifest, false);
});

test("npm/ has a package for each target of package.json, and no other", () => {
  const names = allTargets()
    .map(({ name }) => name)
    .sort();
  assert.deepEqual(readdirSync(join(ROOT, "npm")).sort(), [...names, "migrate"].sort());
  assert.deepEqual(Object.keys(PLATFORMS), names);
});

test("the crate has the package's version", () => {
  const [, version] = /^version = "(.*)"$/m.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"));
  assert.equal(version, main.version);
});

test("a target that there is none of is rejected, with those that there are", () => {
  assert.throws(() => targetNamed("linux-riscv64"), /no target "linux-riscv64".*linux-x64-gnu, /);
});
