// The sizes that documents name are those of what is built, to a tenth of a megabyte.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ROOT } from "../../scripts/lib/root.mjs";
import { ADDON } from "../addon/addon.mjs";
import { textOf } from "./blocks.mjs";

const DIST = join(ROOT, "dist");
const MB = 1_000_000;
/** A tenth, and what a change adds before somebody rounds anew. */
const TOLERANCE = 0.1;

const bytesOf = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0);

function filesIn(folder, pattern) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => pattern.test(name));
  return names.map((name) => join(folder, name));
}

const scripts = () => bytesOf(filesIn(DIST, /\.[cm]?js$/));
/** As package.json's files has them. */
const sources = () => {
  const shipped = filesIn(join(ROOT, "js"), /(?<!\.d|\.check)\.ts$/);
  return bytesOf(shipped.filter((file) => !file.startsWith(join(ROOT, "js", "migrate"))));
};
const maps = () => bytesOf(filesIn(DIST, /\.map$/));
const addon = () => bytesOf([ADDON]);

const NAMED = [
  ["README.md", /a native file of ([\d.]+) MB/g, addon, 1],
  ["README.md", /([\d.]+) MB of JavaScript/g, scripts, 1],
  ["README.md", /([\d.]+) MB of source maps and sources/g, () => maps() + sources(), 1],
  [
    "docs/packaging.md",
    /(?:native file of [\d.]+ to|copy there: up to|which saves up to) ([\d.]+) MB/g,
    addon,
    3,
  ],
  [
    "docs/packaging.md",
    /source maps and the sources, which take ([\d.]+) MB/g,
    () => maps() + sources(),
    1,
  ],
  ["docs/design/0008-binaries.md", /([\d.]+) MB more for each platform/g, addon, 1],
];

for (const [document, pattern, measure, times] of NAMED) {
  test(`${document}: ${pattern.source}`, () => {
    const named = [...textOf(document).matchAll(pattern)].map(([, number]) => Number(number));
    assert.equal(named.length, times);
    const measured = measure() / MB;
    for (const each of named) {
      assert.ok(Math.abs(each - measured) <= TOLERANCE, `${each} MB, and it has ${measured} MB`);
    }
  });
}

test("a page's calls have the gzipped sizes that README and the list of calls name", () => {
  const kilobytes = gzipSync(readFileSync(join(DIST, "renderer.mjs")), { level: 9 }).length / 1_024;
  const [, all, some] = /([\d.]+) KB gzipped with all calls, ([\d.]+) KB without/.exec(
    textOf("README.md"),
  );
  const [, base, more] = /([\d.]+) KB gzipped, and ([\d.]+) KB more/.exec(textOf("docs/calls.md"));
  assert.ok(Math.abs(all - kilobytes) <= 0.1, `${all} KB, and it has ${kilobytes} KB`);
  assert.equal(base, some);
  assert.ok(Math.abs(Number(base) + Number(more) - kilobytes) <= 0.1, `${base} and ${more} KB`);
});
