import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets, binaryName, hostGlibc, isHost } from "../../scripts/lib/targets.mjs";
import { glibcVersions } from "../../scripts/smoke/elf.mjs";
import { inNode } from "../../scripts/smoke/emulators.mjs";
import { smokeTest } from "../../scripts/smoke/smoke.mjs";
import { onLinux } from "./platforms.mjs";

const host = allTargets().find(isHost);

test("the smoke test that each platform's binary must pass routes a message here", async () => {
  assert.ok(host, "this machine is one of the targets");
  assert.match(await inNode(host, join(ROOT, binaryName(host))), /^routed a message in Node \d/);
});

test("a file that is no addon does not pass it", async () => {
  await assert.rejects(
    inNode(host, join(ROOT, "package.json")),
    new RegExp(`${host.name}: .*Router`),
  );
});

test("a binary that is not there does not pass it", async () => {
  await assert.rejects(inNode(host, join(ROOT, "no.node")), /Cannot find module/);
});

test("a binary that runs on another platform than its own does not pass", async () => {
  const other = { ...host, cpu: "riscv64" };
  await assert.rejects(inNode(other, join(ROOT, binaryName(host))), /ran on /);
});

onLinux("a plain build passes for this machine, and else the error says what to do", async () => {
  const file = join(ROOT, binaryName(host));
  assert.match(await smokeTest(host, file, hostGlibc()), /^routed a message/);
  const newest = glibcVersions(readFileSync(file)).sort(byNumber).at(-1);
  const { message } = await smokeTest(host, file, "2.2").catch((error) => error);
  assert.match(message, /at most 2\.2 may be needed.*npm run pack:all.*--local/);
  assert.ok(message.includes(newest), message);
});

function byNumber(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}
