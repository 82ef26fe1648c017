import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { origin, originWarning, publishedDocument, repository } from "../../scripts/lib/origin.mjs";
import { packTarballs } from "../../scripts/lib/pack.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets, binaryName, packagedBinary } from "../../scripts/lib/targets.mjs";
import { ADDON } from "../addon/addon.mjs";

const execute = promisify(execFile);
const FOLDER = join(ROOT, "target", "test", "pack");
const HOST = basename(ADDON)
  .replace(/\.node$/, "")
  .replace(".", "-");
const { version, napi } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

const CRATES = "electron-switchyard.node.licenses.txt";
const SHIPPED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/browser.cjs",
  "dist/browser.mjs",
  "dist/index.cjs",
  "dist/index.mjs",
  "dist/main-messaging.cjs",
  "dist/main.cjs",
  "dist/main.mjs",
  "dist/migrate.cjs",
  "dist/migrate.licenses.txt",
  "dist/node-main.mjs",
  "dist/node-preload.mjs",
  "dist/node-testing.mjs",
  "dist/node.mjs",
  "dist/preload.cjs",
  "dist/preload.js",
  "dist/preload.mjs",
  "dist/renderer.cjs",
  "dist/renderer.mjs",
  "dist/testing.cjs",
  "docs/contract.md",
  "docs/electron-support.md",
  "docs/from-ipcmain.md",
  "docs/getting-started.md",
  "docs/guarantees.md",
  "docs/migrating.md",
  "docs/packaging.md",
  "docs/recipes/README.md",
  "docs/recipes/broadcast.md",
  "docs/recipes/csp.md",
  "docs/recipes/esm-main.md",
  "docs/recipes/hot-reload.md",
  "docs/recipes/logging.md",
  "docs/recipes/plain-html.md",
  "docs/recipes/progress.md",
  "docs/recipes/react.md",
  "docs/recipes/shutdown.md",
  "docs/recipes/svelte.md",
  "docs/recipes/typescript.md",
  "docs/recipes/vue.md",
  "docs/security.md",
  "docs/testing.md",
  "docs/troubleshooting.md",
  "docs/values.md",
  "docs/windows.md",
  CRATES,
  "index.d.mts",
  "index.d.ts",
  "main.d.mts",
  "main.d.ts",
  "main.js",
  "package.json",
  "preload.d.mts",
  "preload.d.ts",
  "preload.js",
  "renderer.d.mts",
  "renderer.d.ts",
  "renderer.js",
  "testing.d.mts",
  "testing.d.ts",
  "testing.js",
];

let tarballs;
before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  tarballs = await packTarballs(FOLDER);
});

function tarball(name) {
  const found = tarballs.find((each) => each.name === name);
  assert.ok(found, `no tarball of ${name}`);
  return found;
}

async function filesOf(name) {
  const { file } = tarball(name);
  const { stdout } = await execute("tar", ["-tf", basename(file)], { cwd: FOLDER });
  return stdout
    .trim()
    .split(/\r?\n/)
    .map((path) => path.replace(/^package\//, ""))
    .sort();
}

async function textOf(name, path) {
  const { file } = tarball(name);
  const args = ["-xOf", basename(file), `package/${path}`];
  const { stdout } = await execute("tar", args, { cwd: FOLDER });
  return stdout;
}

async function manifestOf(name) {
  return JSON.parse(await textOf(name, "package.json"));
}

test("the main package has just the files that are meant to ship, and the binaries", async () => {
  assert.equal(tarballs[0].name, "electron-switchyard");
  const binaries = allTargets().filter((target) => existsSync(packagedBinary(target)));
  assert.ok(binaries.length > 0);
  const files = [...SHIPPED, ...binaries.map(binaryName)].sort();
  assert.deepEqual(await filesOf("electron-switchyard"), files);
});

test("this machine's platform package has the binary, as it was built last", async () => {
  const files = ["LICENSE", "README.md", basename(ADDON), CRATES, "package.json"];
  assert.deepEqual(await filesOf(HOST), files.sort());
  const packed = readFileSync(
    join(ROOT, "npm", HOST.replace(/^electron-switchyard-/, ""), basename(ADDON)),
  );
  assert.ok(packed.equals(readFileSync(ADDON)));
});

test("the published package depends on its platform packages alone, at its own version", async () => {
  const manifest = await manifestOf("electron-switchyard");
  for (const kind of [
    "dependencies",
    "devDependencies",
    "peerDependencies",
    "bundleDependencies",
  ]) {
    assert.equal(kind in manifest, false, kind);
  }
  const { optionalDependencies } = manifest;
  assert.equal(Object.keys(optionalDependencies).length, napi.targets.length);
  assert.ok(HOST in optionalDependencies);
  for (const [name, wanted] of Object.entries(optionalDependencies)) {
    assert.match(name, /^electron-switchyard-/);
    assert.equal(wanted, version);
  }
});

test("the licence of each crate that the addon names comes with it", async () => {
  const cargo = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const [, table] = cargo.split(/^\[dependencies\]$/m);
  const crates = [...table.split(/^\[/m)[0].matchAll(/^([\w-]+)\s*=/gm)].map(([, name]) => name);
  assert.ok(crates.includes("napi") && crates.includes("dashmap"), crates.join());
  for (const name of ["electron-switchyard", HOST]) {
    const licences = await textOf(name, CRATES);
    for (const crate of crates) {
      if (crate === "napi-derive") continue; // A macro: nothing of its own is in the binary.
      assert.match(licences, new RegExp(`^${crate} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
    assert.ok(licences.match(/copyright/gi).length > crates.length);
  }
});

test("the command names the licence of each package that is bundled into it", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const licences = readFileSync(join(ROOT, "dist", "migrate.licenses.txt"), "utf8");
  const sources = readdirSync(join(ROOT, "js", "migrate")).filter((name) => name.endsWith(".ts"));
  const imported = sources.flatMap((name) => {
    const text = readFileSync(join(ROOT, "js", "migrate", name), "utf8");
    return [...text.matchAll(/^import (?!type).* from "([^.][^"]*)";$/gm)].map(([, from]) => from);
  });
  const packages = [...new Set(imported)].filter((name) => !name.startsWith("node:"));
  assert.ok(packages.includes("magic-string") && packages.includes("@babel/parser"));
  for (const name of packages) {
    assert.ok(name in devDependencies, name);
    assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  }
  const notices = licences.match(/^Copyright|\bcopyright notice\b/gim);
  assert.ok(notices.length >= packages.length);
});

test("no link of a packed document leads nowhere", async () => {
  const files = await filesOf("electron-switchyard");
  const documents = files.filter((path) => path.endsWith(".md"));
  assert.ok(documents.includes("README.md") && documents.includes("docs/packaging.md"));
  for (const path of documents) {
    const text = await textOf("electron-switchyard", path);
    for (const [, target] of text.matchAll(/\]\((?!https:|#)([^)#]+)[^)]*\)/g)) {
      const file = posix.join(posix.dirname(path), target);
      assert.ok(files.includes(file), `${path}: ${target}`);
    }
  }
});

const ORIGIN = { GITHUB_SERVER_URL: "https://git.example", GITHUB_REPOSITORY: "owner/name" };

/** For as long as a test lasts. */
function withOrigin(t, env) {
  const before = Object.keys(ORIGIN).map((key) => [key, process.env[key]]);
  t.after(() => {
    for (const [key, value] of before) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
  });
  Object.assign(process.env, env);
}

test("where the repository is known, each link of a packed document is to a file that it has", async (t) => {
  withOrigin(t, ORIGIN);
  const shipped = await filesOf("electron-switchyard");
  const address = `${repository()}/`;
  const linked = new Set();
  for (const path of shipped.filter((each) => each.endsWith(".md"))) {
    const text = publishedDocument(readFileSync(join(ROOT, path), "utf8"), path, shipped);
    for (const [, target] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      const isOwn = target.startsWith(address);
      assert.ok(isOwn || /^https:/.test(target) || !target.includes(":"), `${path}: ${target}`);
      if (isOwn) linked.add(target.slice(address.length));
    }
  }
  assert.ok(linked.size > 0);
  for (const target of linked) {
    const [, file] = /^(?:blob|raw)\/HEAD\/(.+)$/.exec(target) ?? [];
    assert.ok(file && existsSync(join(ROOT, file)), target);
  }
});

test("where the repository is known, manifests and links name it", (t) => {
  withOrigin(t, ORIGIN);
  assert.deepEqual(origin(), {
    repository: { type: "git", url: "git+https://git.example/owner/name.git" },
    homepage: "https://git.example/owner/name#readme",
    bugs: { url: "https://git.example/owner/name/issues" },
  });
  assert.equal(originWarning(), undefined);
  const text = "[a](../ARCHITECTURE.md#x), [b](b.md), ![c](../c.svg), [d](https://d.example)";
  assert.equal(
    publishedDocument(text, "docs/a.md", ["docs/a.md", "docs/b.md"]),
    "[a](https://git.example/owner/name/blob/HEAD/ARCHITECTURE.md#x), [b](b.md), " +
      "![c](https://git.example/owner/name/raw/HEAD/c.svg), [d](https://d.example)",
  );
  for (const key of Object.keys(ORIGIN)) delete process.env[key];
  const unlinked = publishedDocument(text, "docs/a.md", ["docs/a.md", "docs/b.md"]);
  if (repository() === "") {
    assert.deepEqual(origin(), {});
    assert.match(originWarning(), /scripts\/lib\/origin\.mjs/);
    assert.equal(unlinked, "a, [b](b.md), , [d](https://d.example)");
  }
});

test("installing runs no script", async () => {
  for (const { name } of tarballs) {
    const { scripts = {} } = await manifestOf(name);
    assert.deepEqual(scripts, {}, name);
  }
});

test("packing leaves the checkout's own manifest as it was", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  assert.equal("optionalDependencies" in manifest, false);
  assert.ok("build" in manifest.scripts);
});
