import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { notInstalled } from "../../scripts/lib/debian.mjs";
import { electronCommand, hasDisplay } from "../../scripts/lib/launch.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { onLinux } from "./platforms.mjs";

const runtime = { executable: "/opt/electron/electron" };
const before = { ...process.env };

beforeEach(() => {
  delete process.env.WAYLAND_DISPLAY;
  delete process.env.DISPLAY;
});

afterEach(() => {
  process.env = { ...before };
});

test("only Linux can lack a display", () => {
  assert.equal(hasDisplay({}, "linux"), false);
  assert.equal(hasDisplay({ DISPLAY: ":0" }, "linux"), true);
  assert.equal(hasDisplay({ WAYLAND_DISPLAY: "wayland-0" }, "linux"), true);
  assert.equal(hasDisplay({}, "darwin"), true);
});

test("the app and its arguments come last, in order", () => {
  const { args } = electronCommand(runtime, "/app", ["--bench", "10"]);
  assert.deepEqual(args.slice(-3), ["/app", "--bench", "10"]);
});

test("the environment makes Electron run as Electron", () => {
  process.env.ELECTRON_RUN_AS_NODE = "1";
  const { env } = electronCommand(runtime, "/app");
  assert.equal("ELECTRON_RUN_AS_NODE" in env, false);
  assert.equal(env.ELECTRON_DISABLE_SECURITY_WARNINGS, "1");
});

onLinux("without a display Linux gets a virtual screen", () => {
  assert.equal(electronCommand(runtime, "/app").command, "xvfb-run");
  process.env.DISPLAY = ":7";
  assert.equal(electronCommand(runtime, "/app").command, runtime.executable);
});

test("a Debian package counts under its 64-bit time name too", () => {
  const listing = "libasound2t64 installed\nlibgtk-3-0 installed\nlibnss3 not-installed\n";
  const wanted = ["libasound2", "libgtk-3-0", "libnss3", "xvfb"];
  assert.deepEqual(notInstalled(wanted, listing), ["libnss3", "xvfb"]);
});

test("a command that fails is named with its exit code", async () => {
  await assert.rejects(
    run(process.execPath, ["-e", "process.exit(3)"], { quiet: true }),
    /-e process\.exit\(3\): ended with exit code 3/,
  );
});

test("a command that does not exist is named", async () => {
  await assert.rejects(
    run("switchyard-no-such-command"),
    /^Error: switchyard-no-such-command: could/,
  );
});
