// Each sh and json block of the documents is right in what it names; each diff is what the command
// prints; and there is no block that nobody checks.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { migrate, newFolder, newProject } from "../package/migrate/project.mjs";
import { RUN, readmeApp } from "./apps.mjs";
import { BLOCKS } from "./blocks.mjs";

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const features = /^\[features\]\n((?:.+\n)*)/m.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"));

let project;
before(async () => {
  project = await newProject("docs");
});

const places = (lang) => BLOCKS.filter((block) => block.lang === lang);
const at = ({ document, line }) => `${document}:${line}`;

/** The source of an npm script's file, where its options are read. */
function sourceOf(script) {
  const file = /^node (\S+)/.exec(scripts[script] ?? "")?.[1];
  return file && readFileSync(join(ROOT, file), "utf8");
}

function checkOptions(script, args) {
  for (const option of args.filter((arg) => arg.startsWith("--"))) {
    const source = sourceOf(script);
    const known = new RegExp(`^\\s+"?${option.slice(2)}"?: \\{ type: "(string|boolean)"`, "m");
    assert.match(source ?? "", known, `npm run ${script} has no option ${option}`);
  }
}

function checkScript([script, dashes, ...args]) {
  assert.ok(script in scripts, `there is no script ${script}`);
  if (dashes !== undefined) assert.equal(dashes, "--");
  checkOptions(script, args);
}

/** The packages that the documents tell to install, this one apart: well-known ones. */
const PACKAGES = new Set(["electron", "esbuild"]);

function checkInstall(args) {
  const names = args.filter((arg) => !arg.startsWith("-"));
  assert.ok(names.length > 0);
  for (const name of names) {
    assert.ok(name === "electron-switchyard" || PACKAGES.has(name), `${name} is installed`);
  }
  for (const option of args.filter((arg) => arg.startsWith("-"))) {
    assert.equal(option, "--save-dev");
  }
}

/** The command of the app's package passes on what it does not answer itself. */
function checkCommand([command, ...args]) {
  assert.equal(command, "migrate");
  return checkMigrate(args);
}

async function checkMigrate(args) {
  const folder = newFolder(project, "named", { "a.js": `require("electron-prokit").initIpc();\n` });
  const { exit, stderr } = await migrate(project, folder, ...args);
  assert.equal(exit, 0, stderr);
}

function checkCargo([command, ...args]) {
  assert.equal(command, "test");
  for (const arg of args) assert.equal(arg, "--no-default-features");
  assert.match(features?.[1] ?? "", /^default = /m);
}

function checkNode([test, ...paths]) {
  assert.equal(test, "--test");
  for (const path of paths) assert.ok(existsSync(join(ROOT, path)), path);
}

/** Its command lines are run where the apps are (apps.test.mjs). */
function checkEsbuild(args) {
  assert.ok(args.includes("--bundle"));
}

/** README's app is started where the apps are (apps.test.mjs). */
function checkElectron(args) {
  assert.deepEqual(args, ["main.js"]);
  assert.ok("main.js" in readmeApp().files);
}

/** By how a command begins. */
const COMMANDS = {
  "npm install": checkInstall,
  "npm run": checkScript,
  "npm start": (args) => checkScript(["start", ...args]),
  "npm test": (args) => checkScript(["test", ...args]),
  "npx electron-switchyard": checkCommand,
  "npx electron-switchyard-migrate": checkMigrate,
  "npx esbuild": checkEsbuild,
  "npx electron": checkElectron,
  cargo: checkCargo,
  node: checkNode,
};

async function checkLine(line) {
  const begins = Object.keys(COMMANDS).find((each) => `${line} `.startsWith(`${each} `));
  assert.ok(begins, `nobody checks: ${line}`);
  const rest = line.slice(begins.length).trim();
  await COMMANDS[begins](rest === "" ? [] : rest.split(/\s+/));
}

for (const block of places("sh")) {
  test(`${at(block)} names commands and options that there are`, async () => {
    for (const line of block.text.split(/\n|&&/)) {
      const command = line.replace(/\s+#.*$/, "").trim();
      if (command !== "") await checkLine(command);
    }
  });
}

test("the check finds a script and an option that there are not", async () => {
  await assert.rejects(checkLine("npm run fly"), /no script fly/);
  await assert.rejects(checkLine("npm run bench -- --fast"), /no option --fast/);
  await assert.rejects(checkLine("npx electron-switchyard migrate --wet"), /Unknown option/);
  await assert.rejects(checkLine("npx electron-switchyard-migrate --wet"), /Unknown option/);
  await assert.rejects(checkLine("node --test __test__/nowhere/"), /nowhere/);
  await assert.rejects(checkLine("make"), /nobody checks: make/);
});

for (const block of places("json")) {
  test(`${at(block)} is JSON`, () => {
    assert.equal(typeof JSON.parse(block.text), "object");
  });
}

/** Its diffs are of the files of templates; `npm run test:install` applies them. */
const OF_TEMPLATES = "docs/preload.md";

for (const block of places("diff").filter(({ document }) => document !== OF_TEMPLATES)) {
  test(`${at(block)} is what the command prints of the file before`, async () => {
    const [name] = /(?<=^--- a\/).+$/m.exec(block.text);
    const lines = block.text.split("\n").filter((line) => /^([ -](?!-- )|$)/.test(line));
    const text = `${lines.map((line) => line.slice(1)).join("\n")}\n`;
    const folder = newFolder(project, "diff", { [name]: text });
    const { stdout } = await migrate(project, folder, "--dry");
    assert.equal(stdout.trimEnd(), block.text.trimEnd());
  });
}

test("no block is left without a check", () => {
  const checked = new Set(["js", "ts", "tsx", "sh", "json", "diff"]);
  const alone = BLOCKS.filter((block) => {
    // What a document's app consists of and says is checked where it is run.
    const isRun = RUN.includes(block.document) || block.document.startsWith("docs/recipes/");
    const isOfApp = isRun && (block.file !== undefined || block.said);
    return !checked.has(block.lang) && !isOfApp && !isDrawing(block);
  });
  assert.deepEqual(alone.map(at), []);
  assert.ok(BLOCKS.length > 15);
});

/** ARCHITECTURE's picture of the whole, in plain characters. */
function isDrawing({ document, lang }) {
  return document === "ARCHITECTURE.md" && lang === "";
}
