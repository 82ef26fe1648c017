import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder } from "./consumer.mjs";
import { runInNode } from "./node.mjs";

const LIB = join(ROOT, "node_modules", "typescript", "lib");

const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");

/** The builds that run in pages and preloads. */
const PAGE_BUILDS = [
  "preload.js",
  ...["renderer", "browser", "preload"].flatMap((name) => [`${name}.mjs`, `${name}.cjs`]),
];

test("pages' builds have short names in the place of all that begin with _, but Electron's", () => {
  for (const file of PAGE_BUILDS) {
    const text = read("dist", file);
    // Two letters are a short name.
    assert.deepEqual(text.match(/[.#]_[a-z]\w+/g) ?? [], [], file);
    // Of webFrame.
    assert.equal(text.includes("_executeJavaScript"), !file.startsWith("renderer"), file);
  }
});

test("no member of the contract, the protocol, JavaScript or the DOM begins with _", () => {
  const libs = readdirSync(LIB).filter((name) => /^lib\.(es|dom)[\w.]*\.d\.ts$/.test(name));
  assert.ok(libs.length > 20);
  const ours = ["index.d.ts", "renderer.d.ts", "js/protocol/protocol.ts"].map((path) => read(path));
  const texts = [...libs.map((name) => readFileSync(join(LIB, name), "utf8")), ...ours];
  const member = /^\s+(?:(?:readonly|static|get|set) )*(_[a-z]\w*)\??[(:<]/gm;
  assert.deepEqual(
    texts.flatMap((text) => [...text.matchAll(member)].map(([, name]) => name)),
    [],
  );
});

test("what one copy in a world uses of another's endpoint has its long name in each build", async () => {
  const script = `
    const { BRIDGE, ENTRY } = process.env;
    globalThis[BRIDGE] = { post() {}, listen() {} };
    const { onCall, serve, subscribe } = await import(ENTRY);
    onCall(() => undefined);
    serve("s", { method() {} });
    subscribe("t", () => undefined);
    const end = globalThis[Symbol.for("electron-switchyard.endpoint")];
    const { fromMain, fromOther, reports, parts } = end;
    const used = [end.request, end.call, end.send, end.ask, end.add, end.flush, end.listenTo];
    used.push(fromMain.add, fromMain.remove, fromOther.add, fromOther.remove, reports.add);
    used.push(parts.calls.handle, parts.calls.take, parts.services.serve);
    used.push(parts.topics.publish, parts.topics.subscribe);
    console.log(JSON.stringify(used.map((each) => typeof each)));`;
  const [, BRIDGE] = /BRIDGE_KEY = "([^"]+)"/.exec(read("js", "protocol", "protocol.ts"));
  const app = appFolder("page-builds");
  for (const file of ["renderer.mjs", "browser.mjs"]) {
    const ENTRY = pathToFileURL(join(ROOT, "dist", file)).href;
    const types = await runInNode(app, file, script, { BRIDGE, ENTRY });
    assert.deepEqual([...new Set(types)], ["function"], file);
  }
});

test("pages' builds have no optional call with spread arguments, which Chrome 83 gets wrong", () => {
  for (const file of PAGE_BUILDS) {
    assert.doesNotMatch(read("dist", file), /\?\.\([^)]*\.\.\./, file);
  }
});
