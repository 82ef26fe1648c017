// What webpack prints of the usual mistakes is found in docs/troubleshooting.md, as it prints it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { patternOf, textsOf } from "../docs/troubleshooting.mjs";
import { appFolder, copyPackage } from "../package/consumer.mjs";

const BUNDLERS = fileURLToPath(new URL("bundlers", import.meta.url));

const imports = (what, from) => `import { ${what} } from "${from}";\nconsole.log(${what});\n`;

const FILES = {
  "uses-fs.js": imports("readFileSync", "fs"),
  "uses-path.js": imports("join", "path"),
  "uses-node-fs.js": imports("readFileSync", "node:fs"),
  "page.js": imports("sendMsgToMain", "electron-switchyard"),
  "subpath.js": imports("sendMsgToMain", "electron-switchyard/renderer"),
  "main-call.js": imports("initIpc", "electron-switchyard/renderer"),
  "no-subpath.js": imports("sendMsgToMain", "electron-switchyard/page"),
  "native.js": `import native from "./native.node";\nconsole.log(native);\n`,
  "native.node": "\x7fELF",
  "page.ts": "const a: number = 1;\nconsole.log(a);\n",
  "named.mjs": imports("name", "./package.json"),
};

/** Whether the package is there, and the files of which webpack complains. */
const MISTAKES = {
  "without the package": ["uses-fs.js", "uses-path.js", "uses-node-fs.js", "page.js", "subpath.js"],
  "with the package": ["main-call.js", "no-subpath.js", "native.js", "page.ts", "named.mjs"],
};

async function webpackSays() {
  await ensureNodeModules(BUNDLERS);
  const webpack = promisify(createRequire(`${BUNDLERS}/package.json`)("webpack"));
  const said = [];
  for (const [where, files] of Object.entries(MISTAKES)) {
    const app = appFolder(`webpack-says-${where.replaceAll(" ", "-")}`, FILES);
    if (where === "with the package") copyPackage(app);
    for (const file of files) {
      const stats = await webpack({
        mode: "production",
        context: app,
        entry: `./${file}`,
        target: "web",
      });
      assert.ok(stats.hasErrors() || stats.hasWarnings(), file);
      // What the command prints.
      said.push(stats.toString({ colors: false }));
    }
  }
  return said;
}

describe("webpack", () => {
  const patterns = textsOf("webpack").map(patternOf);
  let said;
  before(async () => {
    said = await webpackSays();
  });

  test("what it prints of each mistake is in the page", () => {
    assert.deepEqual(
      said.filter((text) => !patterns.some((pattern) => pattern.test(text))),
      [],
    );
  });

  test("it prints each text of the page", () => {
    assert.deepEqual(
      patterns.filter((pattern) => !said.some((text) => pattern.test(text))),
      [],
    );
  });
});
