import assert from "node:assert/strict";
import { test } from "node:test";
import { appFolder, linkPackage } from "./consumer.mjs";
import { runInNode } from "./node.mjs";

const app = appFolder("places");
linkPackage(app);

/** Where a call is made: the script that makes it there, with `SCRIPT` for the caller's text. */
const PLACES = {
  "a Node process": "eval(SCRIPT)",
  "a worker thread": `new (require("worker_threads").Worker)(SCRIPT, { eval: true })`,
  "a child process": `require("child_process").execFile(process.execPath, ["-e", SCRIPT],
    { cwd: __dirname }, (error, out) => console.log(String(error || out).trim()))`,
  "a process whose package electron is the npm one": `
    require("fs").mkdirSync(__dirname + "/node_modules/electron", { recursive: true });
    require("fs").writeFileSync(__dirname + "/node_modules/electron/index.js",
      "throw new Error('it was loaded, and would download')");
    eval(SCRIPT)`,
  "a process that says it is a window's": `process.type = "renderer"; eval(SCRIPT)`,
  "a process that says it is the main one": `process.type = "browser"; eval(SCRIPT)`,
};

const CALLS = ["sendMsgToMain", "initIpc", "stats", "initExposeInMainWorld", "onUndeliverable"];

for (const [place, script] of Object.entries(PLACES)) {
  for (const entry of ["", "/main", "/preload", "/renderer"]) {
    test(`in ${place}, each call of electron-switchyard${entry} says that it is misplaced, and who can call it`, async () => {
      const caller = `
        const sy = require(${JSON.stringify("electron-switchyard")} + ${JSON.stringify(entry)});
        const said = ${JSON.stringify(CALLS)}.filter((call) => sy[call]).map((call) => {
          try { return sy[call](() => 1) && "nothing"; }
          catch (error) { return error.code + " " + error.message; }
        });
        console.log(JSON.stringify(said));`;
      const text = script.replace(/SCRIPT/g, JSON.stringify(caller));
      const said = await runInNode(app, `${place.length}${entry.length}.cjs`, text);
      assert.ok(said.length > 0);
      const is =
        place === "a worker thread"
          ? "a worker thread, for which the main process can call it"
          : "a Node process; tests import electron-switchyard/testing";
      const end = entry === "/renderer" ? "import electron-switchyard/testing" : `; this is ${is}`;
      for (const each of said) {
        assert.match(each, /^ERR_WRONG_PROCESS /);
        assert.ok(each.endsWith(end), each);
      }
    });
  }
}
