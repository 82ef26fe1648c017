// The codemod, as the packed package installs it: each form of import, and the command around it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";
import { write } from "./consumer.mjs";
import { ALL_CALLS } from "./contract.mjs";
import { CASES } from "./migrate/cases.mjs";
import {
  migrate,
  newFolder,
  newProject,
  npx,
  texts,
  withoutMigration,
} from "./migrate/project.mjs";

let project;
before(async () => {
  project = await newProject("command");
});

const folder = (name, files) => newFolder(project, name, files);

test("what electron-prokit and this package both export moves, and nothing else", async () => {
  const entry = join(ROOT, "node_modules", "electron-prokit", "dist", "index.esm.js");
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    format: "esm",
    write: false,
    metafile: true,
  });
  const [{ exports: names }] = Object.values(metafile.outputs);
  assert.ok(names.includes("sendMsgToMain") && names.includes("readDb"));
  const app = folder("names", {
    "all.js": names.map((name) => `import { ${name} } from "electron-prokit";\n`).join(""),
  });
  await migrate(project, app);
  const moved = [...texts(app)["all.js"].matchAll(/\{ (\w+) \} from "electron-switchyard"/g)];
  assert.deepEqual(
    moved.map(([, name]) => name),
    names.filter((name) => ALL_CALLS.includes(name)),
  );
});

test("each form of import", async (t) => {
  const app = folder(
    "cases",
    Object.fromEntries(Object.entries(CASES).map(([name, each]) => [name, each.before])),
  );
  const { exit, stdout, stderr } = await migrate(project, app);
  assert.equal(stderr, "");
  assert.equal(exit, 1);
  const after = texts(app);
  const reported = (name, text) => {
    return stdout.split("\n").some((line) => line.startsWith(`  ${name}:`) && line.includes(text));
  };
  for (const [name, each] of Object.entries(CASES)) {
    await t.test(name, () => {
      assert.equal(after[name], each.after ?? each.before);
      assert.equal(
        stdout.includes(`\n${name}: `) || stdout.startsWith(`${name}: `),
        "after" in each,
      );
      for (const text of [each.left, each.staying]) {
        if (text) assert.ok(reported(name, text), stdout);
      }
      const told = "left" in each || "staying" in each;
      assert.equal(reported(name, ""), told, `${name} is reported without need`);
    });
  }
});

test("--dry writes nothing, and git makes of its diff what the command writes", async () => {
  const files = Object.fromEntries(
    Object.entries(CASES).map(([name, each]) => [name, each.before]),
  );
  const dry = folder("dry", files);
  const { exit, stdout, stderr } = await migrate(project, dry, "--dry");
  assert.equal(exit, 1);
  assert.match(stderr, /import to rewrite/);
  assert.deepEqual(texts(dry), files);
  const real = folder("dry-real", files);
  await migrate(project, real);
  const patch = join(project, "dry.patch");
  writeFileSync(patch, stdout);
  execFileSync("git", ["init", "-q"], { cwd: dry });
  execFileSync("git", ["apply", "--whitespace=nowarn", patch], { cwd: dry });
  const { ".git": _, ...rest } = texts(dry);
  const sources = Object.entries(rest).filter(([name]) => !name.startsWith(".git/"));
  assert.deepEqual(Object.fromEntries(sources), texts(real));
});

test("npx runs it; in a migrated project it has nothing to do", async () => {
  const app = folder("npx", { "main.js": `require("electron-prokit").initIpc();\n` });
  const first = await npx(app, "electron-switchyard-migrate");
  assert.deepEqual([first.exit, first.stderr], [0, ""]);
  assert.match(first.stdout, /^main\.js: 1 import rewritten\n\n1 file of 1 rewritten\.\n/);
  assert.equal(texts(app)["main.js"], `require("electron-switchyard").initIpc();\n`);
  const second = await npx(app, "electron-switchyard-migrate");
  assert.equal(second.exit, 0);
  assert.match(
    second.stderr,
    /^Nothing to do: electron-prokit is not imported in \. \(1 file read\)/,
  );
});

test("a project without electron-prokit is told so", async () => {
  const app = folder("without", { "main.js": `require("electron");\n` });
  const { exit, stderr } = await migrate(project, app);
  assert.equal(exit, 3);
  assert.match(stderr, /^Nothing imports electron-prokit in \. \(1 file read\)/);
});

test("wrong usage says what is wrong, and changes nothing", async () => {
  const files = { "main.js": `require("electron-prokit").initIpc();\n`, "notes.txt": "" };
  const app = folder("usage", files);
  const wrong = [
    [["--dyr"], /^Unknown option '--dyr'\n/],
    [["--dry=yes"], /'--dry' does not take an argument/],
    [["nowhere"], /^there is no file or folder nowhere\n/],
    [["notes.txt"], /^notes\.txt is not rewritten; .* \.js /],
  ];
  for (const [args, message] of wrong) {
    const { exit, stdout, stderr } = await npx(app, "electron-switchyard-migrate", ...args);
    assert.deepEqual([exit, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
    assert.match(stderr, /\n\nUsage: npx electron-switchyard-migrate /);
  }
  assert.deepEqual(texts(app), files);
  const help = await npx(app, "electron-switchyard-migrate", "--help");
  assert.equal(help.exit, 0);
  assert.match(help.stdout, /^Usage: npx electron-switchyard-migrate /);
});

test("the command of the app's package starts the migration that is installed", async () => {
  const files = { "main.js": `require("electron-prokit").initIpc();\n` };
  const app = folder("by-app", files);
  const dry = await npx(app, "electron-switchyard", "migrate", "--dry");
  assert.deepEqual([dry.exit, texts(app)["main.js"]], [0, files["main.js"]]);
  assert.match(dry.stdout, /^\+require\("electron-switchyard"\)/m);
  const done = await npx(app, "electron-switchyard", "migrate", "main.js");
  assert.deepEqual([done.exit, done.stderr], [0, ""]);
  assert.equal(texts(app)["main.js"], `require("electron-switchyard").initIpc();\n`);
});

test("without the migration it names the line that runs it, with the same arguments", async () => {
  const files = { "main.js": `require("electron-prokit").initIpc();\n` };
  // Outside of the checkout, whose own folders have no migration installed either way.
  const app = mkdtempSync(join(tmpdir(), "switchyard-migrate-"));
  write(app, files);
  const { exit, stdout, stderr } = await withoutMigration(app, "migrate", "--dry", "my app/src");
  assert.deepEqual([exit, stdout], [2, ""]);
  const [why, , line, ...more] = stderr.split("\n");
  assert.match(why, /^electron-switchyard: migrate is a package of its own, .*not installed here/);
  assert.equal(line, `  npx electron-switchyard-migrate --dry "my app/src"`);
  assert.deepEqual(more, [""]);
  assert.deepEqual(texts(app), files);
  rmSync(app, { recursive: true });
});

test("a command that there is not, and none, are wrong usage", async () => {
  const wrong = [
    [["upgrade"], /^there is no command upgrade: write migrate\n/],
    [[], /^the command is missing: write migrate\n/],
  ];
  for (const [args, message] of wrong) {
    const { exit, stdout, stderr } = await withoutMigration(project, ...args);
    assert.deepEqual([exit, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
    assert.match(stderr, /\n\nUsage: npx electron-switchyard migrate /);
  }
  const help = await withoutMigration(project, "--help");
  assert.equal(help.exit, 0);
  assert.match(help.stdout, /^Usage: npx electron-switchyard migrate /);
});

test("what .gitignore names, node_modules and hidden folders are left out of folders", async () => {
  const source = `require("electron-prokit").initIpc();\n`;
  const app = folder("ignored", {
    ".gitignore": "/out\n*.gen.js\n",
    "src/.gitignore": "!kept.gen.js\n",
    "src/main.js": source,
    "src/kept.gen.js": source,
    "src/other.gen.js": source,
    "out/main.js": source,
    "node_modules/a/index.js": source,
    ".cache/a.js": source,
  });
  const changed = () => Object.keys(texts(app)).filter((name) => texts(app)[name].includes("yard"));
  await migrate(project, join(app, "src"));
  assert.deepEqual(changed().sort(), ["src/kept.gen.js", "src/main.js"]);
  await migrate(project, app, "out/main.js");
  assert.deepEqual(changed().sort(), ["out/main.js", "src/kept.gen.js", "src/main.js"]);
});

test("a file that is not UTF-8 is left as it is", async () => {
  const app = folder("latin", {});
  const bytes = Buffer.from(`import { initIpc } from "electron-prokit"; // caf\xe9\n`, "latin1");
  writeFileSync(join(app, "main.js"), bytes);
  const { exit, stdout } = await migrate(project, app);
  assert.equal(exit, 1);
  assert.match(stdout, /main\.js:1:1 {2}it is not UTF-8 text/);
  assert.deepEqual(readFileSync(join(app, "main.js")), bytes);
});

test("a file keeps its mode", async () => {
  const app = folder("mode", { "main.js": `require("electron-prokit").initIpc();\n` });
  const file = join(app, "main.js");
  chmodSync(file, 0o755);
  const { mode } = statSync(file);
  await migrate(project, app);
  assert.equal(statSync(file).mode, mode);
});

test("the report tells the project's own package manager what to install and remove", async () => {
  const manifest = JSON.stringify({ dependencies: { "electron-prokit": "16" } });
  const whole = { "package.json": manifest, "main.js": `require("electron-prokit").initIpc();\n` };
  const part = { ...whole, "db.js": `require("electron-prokit").readDb("a");\n` };
  const run = (name, files) => migrate(project, folder(name, files));
  const npm = await run("with-npm", { ...whole, "package-lock.json": "{}" });
  assert.match(npm.stdout, /npm install electron-switchyard && npm uninstall electron-prokit\n$/);
  const some = await migrate(
    project,
    folder("with-some", { ...whole, "src/main.js": whole["main.js"] }),
    "src",
  );
  assert.match(some.stdout, /Then: npm install electron-switchyard\n$/);
  const pnpm = await run("with-pnpm", { ...part, "pnpm-lock.yaml": "" });
  assert.match(pnpm.stdout, /\nThen: pnpm add electron-switchyard\n/);
});

const DATABASE_APP = {
  "src/main.ts": `import { createWindow, initIpc } from "electron-prokit";\ninitIpc();\n`,
  "src/preload.ts": `import {initExposeInMainWorld} from 'electron-prokit'\n\ninitExposeInMainWorld()\n`,
  "src/page.vue": `<script setup>\nimport { initDb, readDb, sendMsgToMain } from "electron-prokit";\n</script>\n`,
};

const LATER = {
  "src/main.ts": `import { initIpc as initProkit } from "electron-prokit";\ninitProkit();\n`,
  "src/preload.ts": `import { initExposeInMainWorld as exposeProkit } from "electron-prokit";\nexposeProkit();\n`,
};

test("an app that uses the database in pages is NOT DONE YET until both packages begin in it", async () => {
  const app = folder("database", DATABASE_APP);
  for (const args of [["--dry"], [], [], ["--dry"]]) {
    const { exit, stdout, stderr } = await migrate(project, app, ...args);
    assert.equal(exit, 1);
    const [, told] = (args.length > 0 ? stderr : stdout).split("NOT DONE YET: ");
    assert.match(told, /^in a page or preload, initDb, readDb go through electron-prokit's own/);
    assert.match(
      told,
      /\n {2}src\/preload\.ts:1:37 {2}initExposeInMainWorld: import it from electron-pr/,
    );
    assert.match(
      told,
      /\n {2}src\/main\.ts:1:39 {2}initIpc: import it from electron-prokit as well/,
    );
    assert.match(told, /docs\/migrating\.md/);
  }
  for (const [name, line] of Object.entries(LATER)) {
    const { exit, stdout } = await migrate(project, app);
    assert.equal(exit, 1);
    assert.ok(stdout.includes(`\n  ${name}:`), stdout);
    writeFileSync(join(app, name), line + texts(app)[name]);
  }
  const before = texts(app);
  const { exit, stdout } = await migrate(project, app);
  assert.equal(exit, 0, stdout);
  assert.doesNotMatch(stdout, /NOT DONE|npm uninstall/);
  assert.deepEqual(texts(app), before);
});

test("where the preload and main were not read, it says what to call there", async () => {
  const app = folder("database-part", DATABASE_APP);
  const { exit, stdout } = await migrate(project, app, "src/page.vue");
  assert.equal(exit, 1);
  assert.match(
    stdout,
    /NOT DONE YET: [\s\S]* in the preload, which is in no file that was read: call/,
  );
  assert.match(
    stdout,
    /where the main process begins, which is in no file that was read: call initIpc/,
  );
});

test("an app whose main process alone uses the database is done", async () => {
  for (const also of [
    `import { initIpc } from "electron-prokit";`,
    `import { app } from "electron";`,
    `const { ipcMain: ipc } = require("electron");`,
  ]) {
    const main = `${also}\nimport { readDb } from "electron-prokit";\n`;
    const app = folder("database-main", {
      ...DATABASE_APP,
      "src/page.vue": "",
      "src/main.ts": main,
    });
    const { exit, stdout } = await migrate(project, app);
    assert.equal(exit, 0, stdout);
    assert.doesNotMatch(stdout, /NOT DONE/);
  }
});

const PAGE = `import { readDb, sendMsgToMain } from "electron-prokit";\nreadDb("a");\n`;
const mainOf = (preload) =>
  `import { app, BrowserWindow } from "electron";
import { createWindow, initIpc } from "electron-prokit";
initIpc();
createWindow("main", { webPreferences: { preload: ${preload} } });
createWindow("work", { webPreferences: { preload: ${preload} } });
`;
const PRELOAD_TEXT = `import { initExposeInMainWorld } from "electron-prokit";\ninitExposeInMainWorld();\n`;

/** Where apps have their main process, preloads and pages, and how main finds a preload. */
const LAYOUTS = {
  "vite, an ES module": {
    "electron/main.mts": mainOf(`new URL("preload.mjs", import.meta.url).pathname`),
    "electron/preload.mts": PRELOAD_TEXT,
    "src/App.tsx": PAGE,
  },
  "electron-vite": {
    "src/main/index.ts": mainOf(`join(__dirname, "../preload/index.js")`),
    "src/preload/index.ts": PRELOAD_TEXT,
    "src/renderer/src/App.vue": `<script setup lang="ts">\n${PAGE}</script>\n`,
  },
  "Forge with Vite": {
    "src/main.js": mainOf(`path.resolve(__dirname, "preload.js")`),
    "src/preload.js": PRELOAD_TEXT,
    "src/renderer.js": PAGE,
  },
  "Forge with webpack": {
    "src/main.ts": mainOf("MAIN_WINDOW_PRELOAD_WEBPACK_ENTRY"),
    "src/preload.cts": `const prokit = require("electron-prokit");\nprokit.initExposeInMainWorld();\n`,
    "src/renderer.tsx": PAGE,
  },
  "CommonJS, several preloads": {
    "main.cjs": `const { join } = require("path");\nconst prokit = require("electron-prokit");\nprokit.initIpc();\nprokit.createWindow("main", { webPreferences: { preload: join(__dirname, "a.cjs") } });\n`,
    "a.cjs": `require("electron-prokit").initExposeInMainWorld();\n`,
    "b.cjs": `const { initExposeInMainWorld: expose } = require("electron-prokit");\nexpose();\n`,
    "page.js": PAGE,
  },
};

for (const [name, files] of Object.entries(LAYOUTS)) {
  const id = `layout-${name.replace(/\W+/g, "-")}`;

  test(`an app of ${name} that uses the database is NOT DONE YET, with each place`, async () => {
    const app = folder(id, files);
    for (let n = 0; n < 2; n++) {
      const { exit, stdout } = await migrate(project, app);
      assert.equal(exit, 1, stdout);
      const [, told = ""] = stdout.split("NOT DONE YET: ");
      assert.match(told, /^in a page or preload, readDb go through electron-prokit's own/);
      for (const [file, text] of Object.entries(files)) {
        const call = /initExposeInMainWorld|initIpc/.exec(text)?.[0];
        if (!call) continue;
        const place = new RegExp(`\\n {2}${file.replaceAll(".", "\\.")}:\\d+:\\d+ {2}${call}: `);
        assert.match(told, place);
      }
    }
  });

  test(`an app of ${name} without the database is edited, and its preloads' paths stay`, async () => {
    const rest = Object.entries(files).map(([file, text]) => [
      file,
      text.replace("readDb, ", "").replace('readDb("a");', "sendMsgToMain(1);"),
    ]);
    const app = folder(id, Object.fromEntries(rest));
    const { exit, stdout } = await migrate(project, app);
    assert.equal(exit, 0, stdout);
    assert.doesNotMatch(stdout, /NOT DONE/);
    const expected = rest.map(([file, text]) => [
      file,
      text.replaceAll("electron-prokit", "electron-switchyard"),
    ]);
    assert.deepEqual(texts(app), Object.fromEntries(expected));
  });
}
