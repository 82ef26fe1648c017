// Not a test: what the codemod makes of each form. `before` becomes `after`; without `after` it
// stays as it is. `left`: what the report says of it; `staying`: what goes on coming from
// electron-prokit.
const lines = (...all) => all.join("\n");

export const CASES = {
  "import.ts": {
    before: `import { sendMsgToMain, onMsgFromMain as listen } from 'electron-prokit'`,
    after: `import { sendMsgToMain, onMsgFromMain as listen } from 'electron-switchyard'`,
  },
  "import-split.ts": {
    before: lines(
      `import { initIpc, readDb as read, createWindow, http } from "electron-prokit"; // ours`,
      `initIpc();`,
    ),
    after: lines(
      `import { readDb as read, http } from "electron-prokit"; // ours`,
      `import { initIpc, createWindow } from "electron-switchyard";`,
      `initIpc();`,
    ),
    staying: "readDb, http",
  },
  "import-split-lines.ts": {
    before: lines(
      "import {",
      "  // asks main",
      "  sendMsgToMain,",
      "  readDb, // the database",
      "  type http /* never { used } */,",
      "  onMsgFromMain, // listens",
      "  // the end",
      "} from 'electron-prokit'",
      "sendMsgToMain(1)",
    ),
    after: lines(
      "import {",
      "  readDb, // the database",
      "  type http /* never { used } */,",
      "  // the end",
      "} from 'electron-prokit'",
      "import {",
      "  // asks main",
      "  sendMsgToMain,",
      "  onMsgFromMain, // listens",
      "} from 'electron-switchyard'",
      "sendMsgToMain(1)",
    ),
    staying: "readDb, http",
  },
  "import-split-comment.js": {
    before: lines(
      "import { sendMsgToMain, // asks",
      "  readDb, showWindow } from 'electron-prokit';",
    ),
    after: lines(
      "import { readDb } from 'electron-prokit';",
      "import { sendMsgToMain, // asks",
      " showWindow } from 'electron-switchyard';",
    ),
    staying: "readDb",
  },
  "import-split-behind.js": {
    before: `import { isMain, initIpc } from "electron-prokit"; import fs from "fs";`,
    after: `import { isMain } from "electron-prokit"; import { initIpc } from "electron-switchyard"; import fs from "fs";`,
    staying: "isMain",
  },
  "import-type.ts": {
    before: `import type { sendMsgToMain, http } from "electron-prokit";`,
    after: lines(
      `import type { http } from "electron-prokit";`,
      `import type { sendMsgToMain } from "electron-switchyard";`,
    ),
    staying: "http",
  },
  "import-default.ts": {
    before: `import prokit, { initIpc } from "electron-prokit";`,
    after: lines(
      `import prokit from "electron-prokit";`,
      `import { initIpc } from "electron-switchyard";`,
    ),
    left: "its default export",
  },
  "import-default-alone.ts": {
    before: `import prokit from "electron-prokit";`,
    left: "its default export",
  },
  "import-namespace.tsx": {
    before: lines(
      `import * as prokit from "electron-prokit";`,
      `type Ask = typeof prokit.sendMsgToMain;`,
      `const other = { prokit: 1 }.prokit;`,
      `export const Page = () => <p onClick={() => prokit?.showWindow()}>{prokit["hasWindow"]("a")}</p>;`,
    ),
    after: lines(
      `import * as prokit from "electron-switchyard";`,
      `type Ask = typeof prokit.sendMsgToMain;`,
      `const other = { prokit: 1 }.prokit;`,
      `export const Page = () => <p onClick={() => prokit?.showWindow()}>{prokit["hasWindow"]("a")}</p>;`,
    ),
  },
  "import-namespace-mixed.ts": {
    before: lines(
      `import * as prokit from "electron-prokit";`,
      `prokit.readDb("a").then(prokit.sendMsgToMain);`,
    ),
    left: "one name for what moved (sendMsgToMain) and what did not (readDb)",
    staying: "readDb",
  },
  "import-namespace-whole.ts": {
    before: lines(`import * as prokit from "electron-prokit";`, `register(prokit);`),
    left: `"prokit" is used as a whole`,
  },
  "import-namespace-others.ts": {
    before: lines(`import * as prokit from "electron-prokit";`, `prokit.readDb("a");`),
    staying: "readDb",
  },
  "import-effects.ts": { before: `import "electron-prokit";`, left: "it imports no name" },
  "import-equals.cts": {
    before: lines(`import prokit = require("electron-prokit");`, `prokit.initIpc();`),
    after: lines(`import prokit = require("electron-switchyard");`, `prokit.initIpc();`),
  },
  "import-inside.ts": {
    before: `import { initIpc } from "electron-prokit/dist/index.cjs.js";`,
    left: "a file inside electron-prokit",
  },
  "import-others.mjs": {
    before: `import { http, isMain } from "electron-prokit";`,
    staying: "http, isMain",
  },
  "begins-both.ts": {
    before: lines(
      `import { initIpc as initProkit, createWindow } from "electron-prokit";`,
      `import { initIpc } from "electron-switchyard";`,
      `initProkit(); initIpc();`,
    ),
    after: lines(
      `import { initIpc as initProkit } from "electron-prokit";`,
      `import { createWindow } from "electron-switchyard";`,
      `import { initIpc } from "electron-switchyard";`,
      `initProkit(); initIpc();`,
    ),
  },
  "begins-both.cjs": {
    before: lines(
      `const prokit = require("electron-prokit");`,
      `const { initExposeInMainWorld } = require("electron-switchyard/preload");`,
      `prokit.initExposeInMainWorld();`,
      `initExposeInMainWorld();`,
    ),
  },
  "export.mts": {
    before: `export { sendMsgToMain as ask, initDb } from "electron-prokit";`,
    after: lines(
      `export { initDb } from "electron-prokit";`,
      `export { sendMsgToMain as ask } from "electron-switchyard";`,
    ),
    staying: "initDb",
  },
  "export-all.ts": { before: `export * from "electron-prokit";`, left: "it exports all" },
  "export-all-as.ts": { before: `export * as ipc from "electron-prokit";`, left: "it exports all" },
  "require.cjs": {
    before: `const { sendMsgToRender: send, hasWindow } = require("electron-prokit");`,
    after: `const { sendMsgToRender: send, hasWindow } = require("electron-switchyard");`,
  },
  "require-split.js": {
    before: lines(
      `function start() {`,
      `  const { initIpc, registerSchedule = null } = require('electron-prokit')`,
      `  initIpc()`,
      `}`,
    ),
    after: lines(
      `function start() {`,
      `  const { registerSchedule = null } = require('electron-prokit')`,
      `  const { initIpc } = require('electron-switchyard')`,
      `  initIpc()`,
      `}`,
    ),
    staying: "registerSchedule",
  },
  "require-split-list.js": {
    before: `var fs = require("fs"), { initIpc, http } = require("electron-prokit"), path;`,
    after: `var fs = require("fs"), { http } = require("electron-prokit"), { initIpc } = require("electron-switchyard"), path;`,
    staying: "http",
  },
  "require-split-export.ts": {
    before: `export const { initIpc, http } = require("electron-prokit");`,
    after: `export const { http } = require("electron-prokit"), { initIpc } = require("electron-switchyard");`,
    staying: "http",
  },
  "require-split-line.js": {
    before: `if (here) { const { initIpc, http } = require("electron-prokit") }`,
    after: `if (here) { const { http } = require("electron-prokit"); const { initIpc } = require("electron-switchyard") }`,
    staying: "http",
  },
  "require-whole.js": {
    before: lines(
      `const sy = require("electron-prokit");`,
      `sy.initIpc();`,
      `const { getWindow } = sy;`,
    ),
    after: lines(
      `const sy = require("electron-switchyard");`,
      `sy.initIpc();`,
      `const { getWindow } = sy;`,
    ),
  },
  "require-member.js": {
    before: `require("electron-prokit").initIpc(); const http = require("electron-prokit").http;`,
    after: `require("electron-switchyard").initIpc(); const http = require("electron-prokit").http;`,
    staying: "http",
  },
  "require-rest.js": {
    before: `const { initIpc, ...others } = require("electron-prokit");`,
    left: "the use of the module cannot be seen here",
  },
  "require-argument.js": {
    before: `start(require("electron-prokit"));`,
    left: "the use of the module cannot be seen here",
  },
  "require-typed.ts": {
    before: `const { initIpc } = require("electron-prokit") as { initIpc(): void };`,
    after: `const { initIpc } = require("electron-switchyard") as { initIpc(): void };`,
  },
  "require-later.js": {
    before: lines("let initIpc;", `({ initIpc } = require("electron-prokit"));`),
    after: lines("let initIpc;", `({ initIpc } = require("electron-switchyard"));`),
  },
  "dynamic.mjs": {
    before: lines(
      "const { sendMsgToMain, clearDb } = await import(`electron-prokit`);",
      `const ask = (await import("electron-prokit")).sendMsgToMain;`,
      `import("electron-prokit").then(({ showWindow }) => showWindow());`,
      `import("electron-prokit").then(function (prokit) { prokit.showWindow(); });`,
      `const all = import("electron-prokit");`,
    ),
    after: lines(
      "const { clearDb } = await import(`electron-prokit`);",
      "const { sendMsgToMain } = await import(`electron-switchyard`);",
      `const ask = (await import("electron-switchyard")).sendMsgToMain;`,
      `import("electron-switchyard").then(({ showWindow }) => showWindow());`,
      `import("electron-switchyard").then(function (prokit) { prokit.showWindow(); });`,
      `const all = import("electron-prokit");`,
    ),
    staying: "clearDb",
    left: "the use of the module cannot be seen here",
  },
  "types.d.ts": {
    before: lines(
      `type Ask = typeof import("electron-prokit").sendMsgToMain;`,
      `type All = typeof import("electron-prokit");`,
    ),
    after: lines(
      `type Ask = typeof import("electron-switchyard").sendMsgToMain;`,
      `type All = typeof import("electron-prokit");`,
    ),
    left: "the type of all that electron-prokit has",
  },
  "types-declared.ts": {
    before: `declare module "electron-prokit" {}`,
    left: "it declares types of electron-prokit",
  },
  "strings.config.ts": {
    before: `export default { external: ["electron", "electron-prokit"] };`,
    left: "a string, not an import",
  },
  "mock.test.js": { before: `jest.mock("electron-prokit");`, left: "a string, not an import" },
  "comments.js": { before: `// import { initIpc } from "electron-prokit"` },
  "page.vue": {
    before: lines(
      `<template><p v-if="1 < 2">electron-prokit</p></template>`,
      `<script>`,
      `export default { name: "page" };`,
      `</script>`,
      `<script setup lang="ts">`,
      `import { sendMsgToMain, readDb } from "electron-prokit";`,
      `const ask = async (msg: string) => sendMsgToMain(msg as any);`,
      `</script>`,
      `<style>p { color: red }</style>`,
    ),
    after: lines(
      `<template><p v-if="1 < 2">electron-prokit</p></template>`,
      `<script>`,
      `export default { name: "page" };`,
      `</script>`,
      `<script setup lang="ts">`,
      `import { readDb } from "electron-prokit";`,
      `import { sendMsgToMain } from "electron-switchyard";`,
      `const ask = async (msg: string) => sendMsgToMain(msg as any);`,
      `</script>`,
      `<style>p { color: red }</style>`,
    ),
    staying: "readDb",
  },
  "template.vue": {
    before: lines(
      `<script setup>`,
      `import * as prokit from "electron-prokit";`,
      `</script>`,
      `<template><p @click="prokit.readDb('a')" /></template>`,
    ),
    left: `"prokit" is used outside this script, too`,
  },
  "page.html": {
    before: `<script>const { sendMsgToMain } = require("electron-prokit");</script>`,
    left: ".html files are not rewritten",
  },
  "broken.ts": {
    before: `import { initIpc } from "electron-prokit";\nconst = 1;`,
    left: "syntax error",
  },
  "broken.vue": {
    before: `<template><p></template>\n<script>\nimport { initIpc } from "electron-prokit";\n(\n</script>`,
    left: "syntax error",
  },
  "decorated.ts": {
    before: lines(
      `import { sendMsgToMain } from "electron-prokit";`,
      `@Injectable() export class Ask { constructor(@Inject(A) private readonly a: A) {} }`,
      `const asked = <A>(a: A) => sendMsgToMain(<any>a)!;`,
    ),
    after: lines(
      `import { sendMsgToMain } from "electron-switchyard";`,
      `@Injectable() export class Ask { constructor(@Inject(A) private readonly a: A) {} }`,
      `const asked = <A>(a: A) => sendMsgToMain(<any>a)!;`,
    ),
  },
  "windows.js": {
    before: `import {\r\n  initIpc,\r\n  http,\r\n} from "electron-prokit";\r\ninitIpc();\r\n`,
    after: `import {\r\n  http,\r\n} from "electron-prokit";\r\nimport {\r\n  initIpc,\r\n} from "electron-switchyard";\r\ninitIpc();\r\n`,
    staying: "http",
  },
  "marked.js": {
    before: `\uFEFF#!/usr/bin/env node\nrequire("electron-prokit").initIpc();`.replace(
      "\uFEFF",
      "",
    ),
    after: `#!/usr/bin/env node\nrequire("electron-switchyard").initIpc();`,
  },
  "byte-order-mark.js": {
    before: `\uFEFFimport { initIpc } from "electron-prokit";`,
    after: `\uFEFFimport { initIpc } from "electron-switchyard";`,
  },
};
