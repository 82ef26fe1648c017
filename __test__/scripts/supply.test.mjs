import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import satisfies from "spdx-satisfies";
import { ROOT } from "../../scripts/lib/root.mjs";

const policy = readFileSync(join(ROOT, "deny.toml"), "utf8");
const { packages } = JSON.parse(cargo("metadata", "--format-version", "1", "--locked"));

function cargo(...args) {
  const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26, stdio: "pipe" };
  return execFileSync("cargo", args, options);
}

const ALLOWED = JSON.parse(/^allow = (\[.*\])$/m.exec(policy)[1]);

/** Whether a crate's licence lets it in. Old crates write OR as a slash. */
function isAllowed({ license }) {
  return Boolean(license) && satisfies(license.replaceAll("/", " OR "), ALLOWED);
}

test("every crate has a licence that deny.toml allows", () => {
  assert.ok(packages.length > 20);
  const others = packages.filter((each) => !isAllowed(each));
  assert.deepEqual(
    others.map(({ name, license }) => `${name}: ${license}`),
    [],
  );
});

test("a licence that deny.toml does not allow is noticed", () => {
  for (const license of ["GPL-3.0-only", "MIT AND MPL-2.0", null]) {
    assert.equal(isAllowed({ license }), false, String(license));
  }
  assert.equal(isAllowed({ license: "MIT/Apache-2.0" }), true);
});

test("no crate that builds the addon is there in two versions", () => {
  const all = ["--target", "all", "--all-features", "--edges", "normal,build"];
  assert.equal(cargo("tree", "--locked", ...all, "--duplicates"), "");
  assert.match(cargo("tree", "--locked", ...all), /napi v3/);
});

test("every crate is from crates.io", () => {
  const official = "registry+https://github.com/rust-lang/crates.io-index";
  const others = packages.filter(
    ({ name, source }) => name !== "electron-switchyard" && source !== official,
  );
  assert.deepEqual(
    others.map(({ name, source }) => `${name}: ${source}`),
    [],
  );
});
