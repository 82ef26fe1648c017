// What holds of the codemod for any source, generated or real.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { before, test } from "node:test";
import fc from "fast-check";
import { ROOT } from "../../scripts/lib/root.mjs";
import { ALL_CALLS } from "./contract.mjs";
import { sources } from "./migrate/generated.mjs";
import { migrate, newFolder, newProject, texts } from "./migrate/project.mjs";
import { reading } from "./migrate/reading.mjs";

const SEED = Number(process.env.MIGRATE_SEED ?? 7);
const SOURCES = Number(process.env.MIGRATE_SOURCES ?? 500);

let project;
before(async () => {
  project = await newProject("laws");
});

/** What a source should take after the codemod: the same, what moved from this package. */
function expected(taken, text) {
  return taken.map((each) => (moves(each, text) ? each.replace(/-prokit$/, "-switchyard") : each));
}

function moves(each, text) {
  const [, name, local] = /^(?:[a-z]+ )+?([\w*]+) as (\w+) of /.exec(each);
  if (name !== "*") return ALL_CALLS.includes(name);
  const members = [...text.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, "g"))];
  return members.every(([, member]) => ALL_CALLS.includes(member));
}

test(`${SOURCES} generated sources, seed ${SEED}: each name comes from the right package, all else stays, a second run changes nothing`, async () => {
  const texts0 = fc.sample(sources, { seed: SEED, numRuns: SOURCES });
  const files = Object.fromEntries(texts0.map((text, number) => [`${number}.ts`, text]));
  const folder = newFolder(project, "generated", files);
  const { stderr } = await migrate(project, folder);
  assert.equal(stderr, "");
  const after = texts(folder);
  let rewritten = 0;
  for (const [name, text] of Object.entries(files)) {
    const was = reading(text);
    const is = reading(after[name]);
    if (was.errors.length > 0) {
      assert.equal(after[name], text);
      continue;
    }
    const shown = `${name}\n${text}\n---- became\n${after[name]}`;
    assert.deepEqual(is.errors, [], shown);
    assert.deepEqual(is.taken, expected(was.taken, text).sort(), shown);
    assert.equal(is.rest, was.rest, shown);
    assert.deepEqual(is.lines, was.lines, shown);
    assert.deepEqual(is.comments, was.comments, shown);
    if (after[name] !== text) rewritten += 1;
  }
  assert.ok(rewritten > SOURCES / 3, `only ${rewritten} were rewritten`);
  await migrate(project, folder);
  assert.deepEqual(texts(folder), after);
});

/** Sources of this project and of packages that it uses, and how an import is put to their end. */
function realSources() {
  const tracked = execFileSync("git", ["ls-files", "*.ts", "*.mts", "*.js", "*.mjs"], {
    cwd: ROOT,
  });
  const packages = [
    "diff/libesm",
    "vite/dist/client",
    "fast-check/lib",
    "marked/lib",
    "electron-prokit",
  ];
  const found = packages.flatMap((name) => modules(join("node_modules", name)));
  return [...tracked.toString().trim().split("\n"), ...found];
}

function modules(folder) {
  return Object.keys(texts(join(ROOT, folder)))
    .filter((name) => /\.(js|mjs|ts)$/.test(name))
    .map((name) => join(folder, name));
}

test("in real sources an import changes, and not a byte beside it", async () => {
  const names = realSources().filter(
    (name) => !readFileSync(join(ROOT, name), "utf8").includes("electron-prokit"),
  );
  assert.ok(names.length > 300, `${names.length} sources`);
  const files = {};
  const wanted = {};
  for (const [number, name] of names.entries()) {
    const text = readFileSync(join(ROOT, name), "utf8");
    const path = `${number}${extname(name)}`;
    const isModule = /^\s*(import|export)\b/m.test(text);
    const line = isModule
      ? (module) => `\nimport { initIpc as lastOne } from "${module}";\n`
      : (module) => `\nvar { initIpc: lastOne } = require("${module}");\n`;
    files[path] = text + line("electron-prokit");
    wanted[path] = text + line("electron-switchyard");
  }
  const folder = newFolder(project, "real", files);
  const { exit, stdout } = await migrate(project, folder);
  assert.equal(exit, 0, stdout);
  assert.deepEqual(texts(folder), wanted);
});
