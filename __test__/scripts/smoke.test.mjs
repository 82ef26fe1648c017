import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets, binaryName } from "../../scripts/lib/targets.mjs";
import { inNode } from "../../scripts/smoke/emulators.mjs";
import { isHost } from "../../scripts/smoke/smoke.mjs";

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
