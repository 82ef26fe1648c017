import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";
import { onLinux } from "../scripts/platforms.mjs";
import { ADDON } from "./addon.mjs";

// The reason for the limit: docs/design/0010-addon-size.md.
test("the addon is at most 900 KB", () => {
  const { size } = statSync(ADDON);
  assert.ok(size <= 921_600, `${size} bytes`);
});

/** Without the line that names a source map: bundlers leave it out. */
function gzipped(file) {
  const text = readFileSync(join(ROOT, "dist", file), "utf8");
  return gzipSync(text.replace(/\n\/\/# sourceMappingURL=.*/, ""), { level: 9 }).length;
}

/** The calls that stand in place of electron-prokit's, and callOtherRender. */
const EIGHT = [
  "callOtherRender",
  "offMsgFromMain",
  "offMsgFromOtherRender",
  "onMsgFormOtherRender",
  "onMsgFromMain",
  "onMsgFromOtherRender",
  "sendMsgToMain",
  "sendMsgToOtherRender",
];

/** What a page gets that imports these calls, bundled as apps do. */
async function bundled(names, file = "renderer.mjs") {
  const contents = `import { ${names} } from "./${file}"; globalThis.app = [${names}];`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(ROOT, "dist") },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
  });
  return outputFiles[0].text;
}

test("a page that imports the eight calls gets at most 7 KB gzipped, and nothing of services and topics", async () => {
  const { length } = gzipSync(await bundled(EIGHT), { level: 9 });
  assert.ok(length <= 7_168, `${length} bytes`);
});

// 9.5 KB of it were the bound of services and topics as they came in. Since then 1,000 calls of a service at once
// take 0.6 of the time, for 25 bytes (docs/design/0014-services.md), and errors say more.
test("electron-switchyard/renderer, all that a page can import, is at most 9.75 KB gzipped", () => {
  const length = gzipped("renderer.mjs");
  assert.ok(length <= 9_984, `${length} bytes`);
});

// Services and topics are 2,200 bytes of it, and are left out of pages that do not use them. 200 bytes are for
// calls that wait while a module is replaced, and for errors that name themselves. The last 360 are for what helps
// while an app is developed, the callers' lines and the warnings: the preload has it so that no page's bundle does.
test("the root import for pages, with the preload's part and main's stubs, is at most 17 KB gzipped", () => {
  const length = gzipped("browser.mjs");
  assert.ok(length <= 17_362, `${length} bytes`);
});

test("a page that imports a call from the root import gets nothing of calls that it does not import", async () => {
  const has = async (names) => {
    const text = await bundled(names, "browser.mjs");
    // Of main's calls, of services and of topics.
    return ["clearWindows", "ERR_NO_METHOD", "conflate"].map((each) => text.includes(each));
  };
  assert.deepEqual(await has(EIGHT), [false, false, false]);
  assert.deepEqual(await has(["clearWindows"]), [true, false, false]);
  assert.deepEqual(await has(["serve"]), [false, true, false]);
  assert.deepEqual(await has(["publish"]), [false, false, true]);
});

// Services and topics are 2,200 bytes of it too, and what helps while an app is developed 320. 20 bytes are for long
// fragments, with which 16 MB of text take 0.8 of the time (docs/design/0004-fragments.md).
test("electron-switchyard/preload is at most 16.55 KB gzipped", () => {
  const length = gzipped("preload.mjs");
  assert.ok(length <= 16_936, `${length} bytes`);
});

// A page keeps about 2.5 times the text of its preload in memory. If a module is wrapped in a function of its own,
// the text is 2,600 bytes longer, and none of it is compiled later than before. 1,260 bytes are what helps while an app
// is developed, once for the page's world and once for that of the preload. 40 bytes are for long fragments.
test("the ready-made preload is at most 41,202 bytes", () => {
  const { length } = readFileSync(join(ROOT, "dist", "preload.js"));
  assert.ok(length <= 41_202, `${length} bytes`);
});

test("the ready-made preload requires nothing but electron, as a sandboxed one must", () => {
  const text = readFileSync(join(ROOT, "dist", "preload.js"), "utf8");
  const required = [...text.matchAll(/\brequire\(([^)]*)\)/g)].map(([, what]) => what);
  const others = required.filter((what) => !/^["'`]electron["'`]$/.test(what));
  assert.deepEqual(others, []);
  assert.doesNotMatch(text, /^\s*(?:import|export)\b/m);
});

/** The names of the sections of a 64-bit ELF file. */
function sectionNames(elf) {
  const at = Number(elf.readBigUInt64LE(0x28));
  const [size, count, names] = [0x3a, 0x3c, 0x3e].map((offset) => elf.readUInt16LE(offset));
  const headers = Array.from({ length: count }, (_, i) => elf.subarray(at + i * size));
  const text = elf.subarray(Number(headers[names].readBigUInt64LE(0x18)));
  return headers.map((header) => {
    const start = header.readUInt32LE(0);
    return text.toString("latin1", start, text.indexOf(0, start));
  });
}

onLinux("the addon is stripped of symbols and debug information", () => {
  const names = sectionNames(readFileSync(ADDON));
  assert.ok(names.includes(".dynsym"));
  const left = names.filter((name) => name === ".symtab" || name.startsWith(".debug"));
  assert.deepEqual(left, []);
});

/** What came after level 5, which is what Electron 9 has. */
const NEWER = [
  "napi_add_async_cleanup_hook",
  "napi_check_object_type_tag",
  "napi_create_bigint_int64",
  "napi_create_bigint_uint64",
  "napi_create_bigint_words",
  "napi_detach_arraybuffer",
  "napi_get_all_property_names",
  "napi_get_instance_data",
  "napi_get_value_bigint_int64",
  "napi_get_value_bigint_uint64",
  "napi_get_value_bigint_words",
  "napi_is_detached_arraybuffer",
  "napi_object_freeze",
  "napi_object_seal",
  "napi_remove_async_cleanup_hook",
  "napi_set_instance_data",
  "napi_type_tag_object",
];

onLinux("the addon needs no Node-API function newer than level 5", () => {
  const names = readFileSync(ADDON).toString("latin1");
  const used = [...new Set(names.match(/\b(?:napi|node_api)_[a-z0-9_]+/g))];
  assert.ok(used.includes("napi_create_function"), "its functions are named in it");
  const newer = used.filter((name) => NEWER.includes(name) || name.startsWith("node_api_"));
  assert.deepEqual(newer, []);
});
