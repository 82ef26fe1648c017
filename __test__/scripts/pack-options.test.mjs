import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { readPackOptions } from "../../scripts/lib/pack-options.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets, isHost } from "../../scripts/lib/targets.mjs";

test("without options all targets are packed, and built", () => {
  const { targets, named, prebuilt, local } = readPackOptions([]);
  assert.equal(targets.length, 7);
  assert.deepEqual([named, prebuilt, local], [false, false, false]);
});

test("targets are those that are named", () => {
  const { targets, named } = readPackOptions(["--targets", "darwin-x64,linux-x64-gnu"]);
  assert.deepEqual(
    targets.map(({ name }) => name),
    ["darwin-x64", "linux-x64-gnu"],
  );
  assert.equal(named, true);
});

test("what stays on this machine is for this machine, unless targets are named", () => {
  const names = (...args) => readPackOptions(args).targets.map(({ name }) => name);
  assert.deepEqual(
    names("--local"),
    allTargets()
      .filter(isHost)
      .map(({ name }) => name),
  );
  assert.deepEqual(names("--local", "--targets", "darwin-x64"), ["darwin-x64"]);
});

const WRONG = {
  "a target that there is none of": [
    ["--targets", "linux-x86"],
    /no target "linux-x86": the targets are linux-x64-gnu, /,
  ],
  "a target twice": [["--targets", "darwin-x64,darwin-x64"], /names darwin-x64 twice/],
  "no target": [["--targets", ""], /no target ""/],
  "an unknown option": [["--target", "darwin-x64"], /Unknown option '--target'/],
  "a value without an option": [["darwin-x64"], /Unexpected argument 'darwin-x64'/],
};

for (const [what, [args, message]] of Object.entries(WRONG)) {
  test(`${what} is rejected`, () => assert.throws(() => readPackOptions(args), message));
}

test("the command says what was wrong and how it is used, and builds nothing", () => {
  const args = [join(ROOT, "scripts", "pack-all.mjs"), "--targets", "linux-x86"];
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 2);
  assert.match(stderr, /no target "linux-x86".*\n\nusage: npm run pack:all/s);
  assert.equal(stdout, "");
});
