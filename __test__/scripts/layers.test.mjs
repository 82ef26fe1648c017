// Which folder of js/ may import what: the table of layers, and what holds js/ to it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path/posix";
import { describe, test } from "node:test";
import {
  checkLayers,
  documentFaults,
  emptyFaults,
  importFaults,
  sourceFiles,
  tableFaults,
  tsconfigFaults,
} from "../../scripts/lib/layer-check.mjs";
import { CONTRACT, LAYERS, oursText, outsideText } from "../../scripts/lib/layers.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { rustFileFaults } from "../../scripts/lib/rust-layers.mjs";

/** Each way to name a module. */
const WAYS = {
  import: (name) => `import { a } from "${name}";`,
  "import for its effects": (name) => `import "${name}";`,
  "import type": (name) => `import type { A } from "${name}";`,
  "import of a type": (name) => `import { type A } from "${name}";`,
  export: (name) => `export * from "${name}";`,
  "export type": (name) => `export type { A } from "${name}";`,
  "import()": (name) => `const a = () => import("${name}");`,
  "import() in backquotes": (name) => `const a = () => import(\`${name}\`);`,
  "typeof import()": (name) => `type A = typeof import("${name}");`,
  "import = require()": (name) => `import a = require("${name}");`,
  "require()": (name) => `const a = require("${name}");`,
  "declare module": (name) => `declare module "${name}" {}`,
};

const ways = Object.entries(WAYS);

/** A file that a layer could have: a layer that is a file is its own. */
const fileOf = ({ path }) => (path.endsWith(".ts") ? path : `${path}/bad.ts`);

function pathTo(layer, target) {
  const path = relative(dirname(fileOf(layer)), target).replace(/(\.d)?\.ts$/, "");
  return path.startsWith(".") ? path : `./${path}`;
}

/** What stands in the file is a fault; the sentence names the file, the import and what is allowed. */
function isRefused(layer, text, named, allowed) {
  const file = fileOf(layer);
  const [fault] = importFaults(file, `\n${text}`);
  assert.ok(fault, `${file}: ${text}`);
  for (const part of [`${file}:2`, named, `${layer.path} may`, allowed]) {
    assert.ok(fault.includes(part), `${fault}\nhas no ${part}`);
  }
}

test("js/, its tsconfigs and ARCHITECTURE.md keep to the table of layers", () => {
  checkLayers();
  assert.ok(sourceFiles().length > 100);
});

describe("a layer imports of ours what its row says, however the import is written", () => {
  for (const layer of LAYERS) {
    test(layer.path, () => {
      const targets = LAYERS.filter((each) => each !== layer).map(fileOf);
      for (const target of [...targets, ...CONTRACT]) {
        const row = CONTRACT.includes(target) ? target : LAYERS.find((l) => fileOf(l) === target);
        const isAllowed = layer.imports.includes(row.path ?? row);
        const name = pathTo(layer, target);
        if (isAllowed) assert.deepEqual(importFaults(fileOf(layer), WAYS["import type"](name)), []);
        else for (const [, way] of ways) isRefused(layer, way(name), name, oursText(layer));
      }
    });
  }
});

describe("a layer imports of others what its row says, however the import is written", () => {
  const OTHERS = ["electron", "electron/main", "fs", "node:fs", "fs/promises", "worker_threads"];
  for (const layer of LAYERS) {
    test(layer.path, () => {
      for (const name of [...OTHERS, "left-pad", "electron-switchyard", "@babel/types"]) {
        const rules = layer.outside ?? [];
        const kinds = { "import type": "type", "typeof import()": "typeof", import: "value" };
        for (const [way, kind] of Object.entries(kinds)) {
          const text = WAYS[way](name);
          if (rules.some((rule) => rule.allows(name, kind))) {
            assert.deepEqual(importFaults(fileOf(layer), text), []);
          } else isRefused(layer, text, `"${name}"`, outsideText(layer));
        }
      }
    });
  }
});

test("only the types of the contract can be imported", () => {
  const main = LAYERS.find(({ path }) => path === "js/main");
  assert.deepEqual(importFaults("js/main/a.ts", WAYS["import type"]("../../index")), []);
  isRefused(main, WAYS.import("../../index"), "../../index", "index.d.ts");
});

test("a page's side knows neither Electron nor Node, and the protocol nothing", () => {
  for (const folder of "protocol errors transport codec requests client page".split(" ")) {
    const layer = LAYERS.find(({ path }) => path === `js/${folder}`);
    assert.equal(outsideText(layer), "nothing");
    assert.deepEqual(layer.types ?? [], []);
    for (const name of ["electron", "fs", "node:path", "module", "os"]) {
      for (const [, way] of ways) isRefused(layer, way(name), `"${name}"`, "only: nothing");
    }
  }
  assert.equal(oursText(LAYERS.find(({ path }) => path === "js/protocol")), "nothing");
});

test("js/core knows no Electron", () => {
  const core = LAYERS.find(({ path }) => path === "js/core");
  assert.ok(!core.types.includes("electron"));
  for (const [, way] of ways) isRefused(core, way("electron"), '"electron"', "only: nothing");
});

test("no build finds an import of Electron, and Node's modules come by js/host alone", () => {
  for (const layer of LAYERS.filter(({ path }) => path !== "js/migrate")) {
    for (const name of ["electron", "fs"]) {
      for (const way of ["import", "import()", "import of a type", "require()"]) {
        isRefused(layer, WAYS[way](name), `"${name}"`, outsideText(layer));
      }
    }
    if (layer.path === "js/host" || layer.findsModules) continue;
    isRefused(layer, "const a = require(name);", "require", "may not find modules at run time");
    isRefused(layer, 'process.getBuiltinModule("fs");', "getBuiltinModule", "at run time");
  }
});

test("an import that names no module in its text, and a reference, are faults anywhere", () => {
  for (const layer of LAYERS) {
    for (const text of [
      "import(name);",
      "type A = import(name).A;",
      '/// <reference types="electron" />',
      '/// <reference lib="dom" />',
      '/// <reference path="../core/turn.ts" />',
    ]) {
      assert.match(importFaults(fileOf(layer), text).join(), /:1 has .*names its module as a text/);
    }
  }
});

test("a folder without a row, and a file that is no TypeScript, are faults", () => {
  assert.match(importFaults("js/util/a.ts", "")[0], /^js\/util\/a\.ts is in no layer.*js\/util$/);
  assert.match(importFaults("js/client/deep/a.ts", "")[0], /has no row for js\/client\/deep$/);
  assert.match(importFaults("js/a.ts", "")[0], /is in no layer/);
  assert.match(importFaults("js/client/a.js", "")[0], /is no TypeScript/);
  assert.match(importFaults("js/client/a.ts", WAYS.import("../util/a"))[0], /\(js\/util\/a\)/);
});

test("a row of which there is no file, and a file with a layer's name, are faults", () => {
  const gone = { path: "js/gone", imports: [] };
  assert.deepEqual(emptyFaults(["js/client/a.ts"], [gone]), [
    "js/gone has a row and no file: take the row out",
  ]);
  for (const name of ["documents.ts", "documents.d.ts"]) {
    assert.match(importFaults(`js/main/${name}`, "")[0], /has the name of the layer/);
  }
});

test("the router knows no Node, no clock and nothing of ours, and the binding only the router", () => {
  for (const [file, code, fault] of [
    ["src/router/a.rs", "use napi::Env;", "names napi: src/router may use std, crossbeam-channel"],
    ["src/router/a.rs", "#[napi_derive::napi]\nfn a() {}", "names napi-derive"],
    ["src/router/a.rs", "use crate::binding::text;", "of ours only: nothing"],
    ["src/router/a.rs", "let now = std::time::Instant::now();", "names std::time"],
    ["src/router/a.rs", "use std::{fmt, time::Instant};", "names std::time"],
    ["src/binding/a.rs", "use dashmap::DashMap;", "names dashmap: src/binding may use std, napi"],
    ["src/binding/a.rs", "use crate::memory::a;", "of ours only: src/router"],
    ["src/other/a.rs", "", "is in no layer"],
  ]) {
    assert.ok(rustFileFaults(file, code).join("\n").includes(fault), `${file}: ${code}`);
  }
  assert.deepEqual(
    rustFileFaults("src/router/a.rs", "use std::sync::Arc; // std::time, napi::"),
    [],
  );
  assert.deepEqual(rustFileFaults("src/binding/a.rs", "use crate::router::Router;"), []);
});

test("there is no circle: a layer imports only layers above it", () => {
  const [a, b] = [
    { path: "js/a", imports: ["js/b"] },
    { path: "js/b", imports: ["js/a"] },
  ];
  assert.deepEqual(tableFaults(LAYERS), []);
  for (const circle of [[a, b], [b, a], [{ path: "js/a", imports: ["js/a"] }]]) {
    assert.match(tableFaults(circle).join(), /is no layer above it/);
  }
});

test("a tsconfig that sees more than its layer may is a fault", () => {
  const read = (file) => readFileSync(`${ROOT}/${file}`, "utf8");
  assert.deepEqual(tsconfigFaults(), []);
  for (const [file, key, value] of [
    ["js/client/tsconfig.json", "compilerOptions", { types: ["node"] }],
    ["js/protocol/tsconfig.json", "compilerOptions", { lib: ["ES2020", "DOM"] }],
    ["js/core/tsconfig.json", "compilerOptions", { paths: {} }],
    ["js/page/tsconfig.json", "include", ["**/*.ts", "../main/*.ts"]],
    ["js/preload/tsconfig.json", "references", [{ path: "../core" }]],
    ["tsconfig.json", "references", []],
  ]) {
    const settings = JSON.parse(read(file));
    const changed = Array.isArray(value) ? value : { ...settings[key], ...value };
    const text = JSON.stringify({ ...settings, [key]: changed });
    const [fault] = tsconfigFaults((name) => (name === file ? text : read(name)));
    assert.ok(fault?.startsWith(`${file} is not what its layers may see`), fault);
  }
});

test("a row of ARCHITECTURE.md that says something else is a fault", () => {
  const text = readFileSync(`${ROOT}/ARCHITECTURE.md`, "utf8");
  const row = /^\| `js\/client` .*$/m;
  assert.deepEqual(documentFaults(text), []);
  for (const changed of [
    text.replace(row, (found) => found.replace("protocol", "protocol, core")),
    text.replace(new RegExp(`${row.source}\n`, "m"), ""),
    text.replace(row, (found) => `${found}\n| \`js/util\` | nothing | nothing | |`),
    "",
  ]) {
    assert.match(documentFaults(changed).join(), /is not that of scripts\/lib\/layers\.mjs/);
  }
});
