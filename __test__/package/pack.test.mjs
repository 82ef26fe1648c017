import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import GithubSlugger from "github-slugger";
import { lexer, walkTokens } from "marked";
import { origin, publishedDocument, repository, requireOrigin } from "../../scripts/lib/origin.mjs";
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
/** Beside the documents of docs/ and docs/recipes/, all of which ship. */
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

/** The documents of a folder, by their paths from the root. */
const documentsIn = (folder) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder))
        .filter((name) => name.endsWith(".md"))
        .map((name) => `${folder}/${name}`)
    : [];
const DOCUMENTS = [
  ...documentsIn("docs"),
  ...documentsIn("docs/recipes"),
  ...["SECURITY.md"].filter((name) => existsSync(join(ROOT, name))),
];

/** Beside each bundle its map, and once the sources that the maps name. */
const maps = () =>
  SHIPPED.filter((path) => /^dist\/(?!node|migrate)/.test(path)).map((path) => `${path}.map`);

function sources() {
  const all = readdirSync(join(ROOT, "js"), { recursive: true }).map((name) =>
    `js/${name}`.replaceAll("\\", "/"),
  );
  return all.filter(
    (path) => path.endsWith(".ts") && !/^js\/migrate\/|\.(?:d|check)\.ts$/.test(path),
  );
}

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
  const files = [...SHIPPED, ...maps(), ...sources(), ...DOCUMENTS, ...binaries.map(binaryName)];
  assert.deepEqual(await filesOf("electron-switchyard"), files.sort());
});

test("the migration is a package of its own, and an app carries nothing of it", async () => {
  const files = ["LICENSE", "README.md", "migrate.cjs", "migrate.licenses.txt", "package.json"];
  assert.deepEqual(await filesOf("electron-switchyard-migrate"), files);
  const manifest = await manifestOf("electron-switchyard-migrate");
  assert.equal(manifest.version, version);
  assert.deepEqual(manifest.bin, { "electron-switchyard-migrate": "migrate.cjs" });
  const small = await textOf("electron-switchyard", "dist/migrate.cjs");
  assert.ok(small.length < 3_000, `${small.length} bytes`);
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
  for (const kind of ["dependencies", "devDependencies", "bundleDependencies"]) {
    assert.equal(kind in manifest, false, kind);
  }
  const { optionalDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  assert.deepEqual(peerDependencies, { electron: ">=9" });
  assert.deepEqual(peerDependenciesMeta, { electron: { optional: true } });
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
  const licences = readFileSync(join(ROOT, "npm", "migrate", "migrate.licenses.txt"), "utf8");
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

/** All that a document leads to: links, pictures, and those that are written as HTML. */
function targetsOf(text) {
  const found = [];
  walkTokens(lexer(text), ({ type, href, raw }) => {
    if (type === "link" || type === "image") found.push(href);
    if (type !== "html") return;
    for (const [, target] of raw.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g)) found.push(target);
  });
  return found;
}

function anchorsOf(text) {
  const slugger = new GithubSlugger();
  const anchors = [];
  walkTokens(lexer(text), ({ type, text: title }) => {
    if (type === "heading") anchors.push(slugger.slug(title));
  });
  return anchors;
}

test("each link of a packed document leads to a packed file and a heading of it, or is absolute", async () => {
  for (const name of tarballs.map((each) => each.name)) {
    const files = await filesOf(name);
    const documents = files.filter((path) => path.endsWith(".md"));
    const texts = new Map();
    for (const path of documents) texts.set(path, await textOf(name, path));
    for (const [path, text] of texts) {
      for (const target of targetsOf(text).filter((each) => !/^(?:https|mailto):/.test(each))) {
        const [file, anchor] = target.split("#");
        const at = file === "" ? path : posix.join(posix.dirname(path), file);
        assert.ok(files.includes(at), `${name}, ${path}: ${target}`);
        if (anchor === undefined) continue;
        assert.ok(anchorsOf(texts.get(at)).includes(anchor), `${name}, ${path}: ${target}`);
      }
    }
  }
  const files = await filesOf("electron-switchyard");
  assert.ok(files.includes("README.md") && files.includes("docs/packaging.md"));
});

test("what looks like a link in a document's code stays as it is", () => {
  const text = [
    "`handlers[name](event)` and ``a ` [b](c.md)``, [d](d.md)",
    "```js\nhandlers[name](event);\n```",
    "~~~\n[e](e.md)\n~~~",
    "an unclosed ` here\n\n[f](f.md) ` there",
  ].join("\n");
  const published = publishedDocument(text, "README.md", ["README.md", "f.md"]);
  const d = repository() === "" ? "d" : `[d](${repository()}/blob/HEAD/d.md)`;
  assert.equal(published, text.replace("[d](d.md)", d));
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
    author: "The electron-switchyard authors",
    repository: { type: "git", url: "git+https://git.example/owner/name.git" },
    homepage: "https://git.example/owner/name#readme",
    bugs: { url: "https://git.example/owner/name/issues" },
  });
  requireOrigin();
  const text = "[a](../ARCHITECTURE.md#x), [b](b.md), ![c](../c.svg), [d](https://d.example)";
  assert.equal(
    publishedDocument(text, "docs/a.md", ["docs/a.md", "docs/b.md"]),
    "[a](https://git.example/owner/name/blob/HEAD/ARCHITECTURE.md#x), [b](b.md), " +
      "![c](https://git.example/owner/name/raw/HEAD/c.svg), [d](https://d.example)",
  );
  for (const key of Object.keys(ORIGIN)) delete process.env[key];
  const unlinked = publishedDocument(text, "docs/a.md", ["docs/a.md", "docs/b.md"]);
  if (repository() === "") {
    assert.deepEqual(origin(), { author: "The electron-switchyard authors" });
    assert.throws(() => requireOrigin(), /scripts\/lib\/origin\.mjs has no repository, .*--local/);
    assert.equal(unlinked, "a, [b](b.md), , [d](https://d.example)");
  }
});

test("nothing is packed to be published while a value of its origin is empty or no address", () => {
  const whole = { repository: "https://git.example/owner/name", author: "Somebody" };
  requireOrigin(whole);
  for (const [wrong, message] of [
    [{ repository: "" }, /has no repository, so/],
    [{ author: " " }, /has no author, so/],
    [{ repository: "", author: "" }, /has no repository and no author, so/],
    [{ repository: "owner/name" }, /ORIGIN\.repository .* is "owner\/name"/],
    [{ repository: "https://git.example/owner/name/" }, /is "https:.*name\/"/],
    [{ repository: "https://git.example/owner/name.git" }, /without \.git/],
  ]) {
    assert.throws(() => requireOrigin({ ...whole, ...wrong }), message);
  }
});

test("the command that packs refuses at once, and builds nothing", (t) => {
  withOrigin(t, ORIGIN);
  for (const key of Object.keys(ORIGIN)) delete process.env[key];
  if (repository() !== "") return;
  const args = [join(ROOT, "scripts", "pack-all.mjs"), "--prebuilt"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^ORIGIN in scripts\/lib\/origin\.mjs has no repository/);
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
