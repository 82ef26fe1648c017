// Windows of which nothing listens: what it costs to find them, with stand-ins for windows.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { SilentWindows } from "./bundle.mjs";

const WINDOWS = 100;

/** A window's contents, whose page has loaded. */
function contentsOf(id) {
  return Object.assign(new EventEmitter(), {
    id,
    getURL: () => "file:///page.html",
    isLoadingMainFrame: () => false,
    isDestroyed: () => false,
    getLastWebPreferences: () => ({ preload: "preload.js" }),
  });
}

/** Many silent windows that have said hello, and how often each step was taken. */
function manySilent(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const lines = t.mock.method(console, "warn", () => undefined);
  const steps = { hasListener: 0, hasPending: 0, walks: 0 };
  const waits = new Set();
  const router = {
    hasListener: () => {
      steps.hasListener += 1;
      return false;
    },
    hasPending: (name) => {
      steps.hasPending += 1;
      return waits.has(name);
    },
    explainSilence: () => undefined,
  };
  // Their pages have loaded, and stay.
  const navigations = { of: () => ({ isLoaded: true, follow: () => undefined }) };
  const names = { nameOf: (id) => `window ${id}` };
  const silent = new SilentWindows(navigations, router, names, { isGreeted: () => true });
  for (let id = 1; id <= WINDOWS; id++) silent.follow(contentsOf(id));
  steps.hasPending = 0;
  const values = silent._silent.values.bind(silent._silent);
  silent._silent.values = () => {
    steps.walks += 1;
    return values();
  };
  const said = () => lines.mock.calls.map(({ arguments: [line] }) => line);
  return { silent, steps, waits, said, tick: (ms) => t.mock.timers.tick(ms) };
}

test("a message costs the same however many windows are silent", (t) => {
  const { silent, steps, tick } = manySilent(t);
  for (let n = 0; n < 10_000; n++) silent.messageSent();
  assert.equal(steps.walks, 1);
  // Each window once.
  assert.ok(steps.hasListener <= WINDOWS, `${steps.hasListener}`);
  for (let ms = 0; ms < 3000; ms += 10) {
    silent.messageSent();
    tick(10);
  }
  assert.ok(steps.walks <= 7, `${steps.walks}`);
  // When its time is over, and when it is watched anew.
  assert.ok(steps.hasListener <= 3 * WINDOWS, `${steps.hasListener}`);
  assert.ok(steps.hasPending <= WINDOWS, `${steps.hasPending}`);
});

test("a silent window is named once something waits for it, also in a stream to others", (t) => {
  const { silent, waits, said, tick } = manySilent(t);
  for (let ms = 0; ms < 2000; ms += 10) {
    silent.messageSent();
    tick(10);
  }
  waits.add("window 7");
  for (let ms = 0; ms < 3500; ms += 10) {
    silent.messageSent();
    tick(10);
  }
  assert.equal(said().length, 1);
  assert.match(said()[0], /nothing of window "window 7" listens/);
});

test("what is sent in the middle of a round is looked at after it, and nothing else comes", (t) => {
  const { silent, waits, said, tick } = manySilent(t);
  silent.messageSent();
  tick(100);
  waits.add("window 3");
  silent.messageSent();
  tick(4000);
  assert.equal(said().length, 1);
  tick(60_000);
  assert.equal(said().length, 1);
});
