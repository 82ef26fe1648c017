// Each bundle of dist/ has a map to the sources, which ship once; and no start of an app reads one.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

const DIST = join(ROOT, "dist");
const BUNDLES = readdirSync(DIST).filter((name) => existsSync(join(DIST, `${name}.map`)));
/** The page's entry counts its bytes, and the ready-made preload may have no address. */
const UNNAMED = ["renderer.mjs", "preload.js"];

const read = (name) => readFileSync(join(DIST, name), "utf8");

test("each file of dist/ that is made of js/ has a map, and names it unless it must not", () => {
  const written = readdirSync(DIST).filter((name) => !/\.map$|^node|^migrate/.test(name));
  assert.deepEqual(BUNDLES, written);
  assert.ok(BUNDLES.length > 10);
  for (const name of BUNDLES) {
    const named = read(name).endsWith(`\n//# sourceMappingURL=${name}.map\n`);
    assert.equal(named, !UNNAMED.includes(name), name);
    assert.equal(JSON.parse(read(`${name}.map`)).file, name);
  }
});

test("the sources are there once: each map names files that ship, and carries no text of them", () => {
  for (const name of BUNDLES) {
    const { sources, sourcesContent } = JSON.parse(read(`${name}.map`));
    assert.equal(sourcesContent, undefined, name);
    assert.ok(sources.length > 5, name);
    for (const source of sources) {
      assert.match(source, /^\.\.\/js\/(?!migrate)[\w/-]+(?<!\.d|\.check)\.ts$/, name);
      assert.ok(existsSync(join(DIST, source)), `${name}: ${source}`);
    }
  }
});

/** Texts in quotes without escapes, long enough to be in one line of one source. */
const LITERAL = /"([\w ,.:;()-]{24,})"/g;

/** Where in a text a place is, as source maps count. */
function placeOf(text, at) {
  const before = text.slice(0, at).split("\n");
  return [before.length - 1, before.at(-1).length];
}

for (const name of BUNDLES) {
  test(`the map of dist/${name} leads each long text to the line that has it`, () => {
    const text = read(name);
    const map = JSON.parse(read(`${name}.map`));
    const sources = map.sources.map((path) => readFileSync(join(DIST, path), "utf8"));
    const finder = new SourceMap(map);
    let found = 0;
    for (const { 1: literal, index } of text.matchAll(LITERAL)) {
      const lines = sources.flatMap((source, i) =>
        source
          .split("\n")
          .flatMap((line, number) =>
            line.includes(literal) ? [`${map.sources[i]}:${number}`] : [],
          ),
      );
      if (lines.length !== 1) continue;
      const { originalSource, originalLine } = finder.findEntry(...placeOf(text, index));
      const line = sources[map.sources.indexOf(originalSource)].split("\n")[originalLine];
      // The page's script is a text there.
      if (line.includes("PAGE_SCRIPT")) continue;
      assert.equal(`${originalSource}:${originalLine}`, lines[0], literal);
      found++;
    }
    assert.ok(found >= 3, `${found} texts`);
  });
}

/** What Node reads while it loads the package and a call of it throws. */
function readBy(...options) {
  const script = `
    const fs = require("fs");
    const { readFileSync } = fs;
    const maps = [];
    fs.readFileSync = (path, ...rest) => {
      if (String(path).endsWith(".map")) maps.push(String(path));
      return readFileSync(path, ...rest);
    };
    const { initIpc } = require(${JSON.stringify(join(DIST, "index.cjs"))});
    let stack = "";
    try { initIpc(); } catch (error) { stack = error.stack; }
    console.log(JSON.stringify({ maps, stack }));`;
  const { stdout, stderr } = spawnSync(process.execPath, [...options, "-e", script], {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

test("no map is read at the start; with --enable-source-maps a stack names the sources", () => {
  const { maps, stack } = readBy();
  assert.deepEqual(maps, []);
  assert.match(stack, /dist[\\/]index\.cjs:\d+:\d+/);
  const mapped = readBy("--enable-source-maps");
  assert.ok(mapped.stack.includes(join(dirname(DIST), "js")), mapped.stack);
});
