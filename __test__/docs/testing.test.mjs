// docs/testing.md: its tests of node:test run as they are pasted. Those of vitest run in `npm run test:install`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { BLOCKS, filesOf } from "./blocks.mjs";

const blocks = BLOCKS.filter(
  ({ document, lang }) => document === "docs/testing.md" && lang === "ts",
);
const ofNode = blocks.filter(({ text }) => text.includes('from "node:test"'));

const app = appFolder("docs-testing", { "package.json": '{ "type": "module" }' });
linkPackage(app);

async function writeBlock(block) {
  const files = filesOf(block);
  for (const { name, text } of files) {
    const { code } = await transform(text, { loader: "ts" });
    write(app, { [name.replace(/ts$/, "js")]: code });
  }
  return files
    .map(({ name }) => name.replace(/ts$/, "js"))
    .filter((name) => name.includes(".test."));
}

test("the document has tests, each of node:test or of vitest", () => {
  assert.ok(ofNode.length >= 4);
  const others = blocks.filter((block) => !ofNode.includes(block));
  for (const { text } of others) assert.match(text, /from "vitest"/);
});

for (const block of ofNode) {
  test(`docs/testing.md:${block.line} passes`, async () => {
    const [file, ...more] = await writeBlock(block);
    assert.deepEqual(more, []);
    // What a run of tests tells its own ones would make this run tell nothing.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--test", "--test-reporter=tap", file],
      { cwd: app, env },
    );
    assert.match(stdout, /^# pass [1-9]/m);
    assert.match(stdout, /^# fail 0$/m);
  });
}
