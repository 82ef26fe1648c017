// A page that was there before our script, as the opener of an empty document is, and has the
// EventTarget at which the worlds meet: it harms itself at most.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { honestMain, Isolated } from "./isolated.mjs";

const UP = "electron-switchyard:up";
const DOWN = "electron-switchyard:down";
const MEET = "electron-switchyard:meet";

/** Takes the EventTarget from whoever listens at it first, and notes all that is said there. */
const GRAB = `
  const { addEventListener, dispatchEvent } = EventTarget.prototype;
  globalThis.seen = [];
  EventTarget.prototype.addEventListener = function (type, listener) {
    if (!globalThis.meeting) {
      globalThis.meeting = this;
      for (const name of ["${DOWN}", "${DOWN}:text", "${DOWN}:bytes"]) {
        addEventListener.call(this, name, (event) => {
          globalThis.seen.push(event.detail ?? event.initData);
          globalThis.onDown?.(event);
        });
      }
    }
    return addEventListener.call(this, type, listener);
  };
  EventTarget.prototype.dispatchEvent = function (event) {
    globalThis.sent?.push(event.detail);
    return dispatchEvent.call(this, event);
  };
  const set = (type, detail) => Object.assign(new CustomEvent(type), { detail });
  globalThis.say = (detail, more = "", name = "${UP}") =>
    dispatchEvent.call(globalThis.meeting, set(name + more, detail));
  globalThis.hear = (name, listener) => addEventListener.call(globalThis.meeting, name, listener);`;

const ATTACKS = {
  "forged requests, answers and acknowledgements": `
    for (let id = 0; id < 200; id++) {
      for (const kind of [1, 2, 5, 6, 7, 8, 9, 77]) {
        for (const address of [id, '"honest"', "[" + id + ",1]", "[" + id + ',"honest"]', "null"]) {
          say("[[" + kind + "," + address + ",0,7]]");
        }
      }
      say(id); say(id + ";[]"); say(2 ** 53 - 1 - id);
    }`,
  "words of the preload's": `for (let lanes = 0; lanes < 300; lanes++) say(lanes + ";" + lanes);`,
  "all that was said, again": `
    globalThis.sent = [];
    sy.sendMsgToMain("once").catch(() => 0);
    sy.sendMsgToOtherRender("honest", "told");
    Promise.resolve().then(() => {
      for (const detail of globalThis.sent.slice()) for (let n = 0; n < 50; n++) say(detail);
    });`,
  "nobody else receives an event": `
    for (const name of ["${UP}", "${DOWN}"]) {
      for (const more of ["", ":text", ":bytes"]) {
        hear(name + more, (event) => event.stopImmediatePropagation());
      }
    }
    globalThis.onDown = (event) => event.stopImmediatePropagation();
    sy.sendMsgToMain("unheard").catch(() => 0);`,
  "listeners that throw": `
    globalThis.onDown = () => { throw new Error("thrown"); };
    hear("${UP}", () => { throw new Error("thrown"); });
    sy.sendMsgToMain("thrown").catch(() => 0);`,
  "events within events": `
    let depth = 0;
    const again = () => { if (depth++ < 200) say('[[1,1,0,"deep"]]'); };
    hear("${UP}", again);
    globalThis.onDown = again;
    sy.sendMsgToMain("deep").catch(() => 0);`,
  "details without end": `
    const text = "x".repeat(3_000_000);
    for (let n = 0; n < 20; n++) { say(text); say("[" + text); say("1;[" + text); say(text, ":text"); }
    for (let n = 0; n < 20_000; n++) say("x", ":text");
    say("0,1;[]");`,
  "details that are objects": `
    const getter = { get length() { throw new Error("read"); }, get byteLength() { return 1e9; } };
    for (const detail of [getter, [1], new Map(), () => 1, Symbol("s"), null, new Proxy({}, {})]) {
      for (const more of ["", ":text", ":bytes"]) say(detail, more);
    }
    say("0;[]");`,
  "a port in an event": `
    for (const name of ["${UP}", "${MEET}"]) {
      const event = Object.assign(new MessageEvent(name), { ports: [{}], data: "[]" });
      meeting.dispatchEvent(event);
      dispatchEvent(event);
    }`,
};

async function harmed({ rig, honest }, page) {
  assert.equal(await honest.end.request("secret", {}), "secret");
  assert.equal(await rig.main.call("honest", "secret", {}), "secret");
  assert.equal(await page.exposed.renderMsgToMain("of the preload"), "of the preload");
  assert.deepEqual(page.preloadUncaught, []);
  for (const seen of page.window.seen) {
    assert.ok(["string", "number"].includes(typeof seen) || seen.byteLength >= 0);
    assert.doesNotMatch(String(seen), /secret|of the preload/);
  }
  const { windows } = rig.stats();
  for (const { accepted, delivered, queued, dropped } of Object.values(windows)) {
    assert.equal(accepted, delivered + queued + dropped);
  }
}

async function attacked(t, script) {
  for (const method of ["warn", "error"]) t.mock.method(console, method, () => undefined);
  const ends = honestMain();
  const page = new Isolated(ends.rig, "page", 2, { before: GRAB });
  t.after(() => page.close());
  page.window.sy = page.sy;
  await page.exposed.renderMsgToMain("both ends have met");
  page.run(
    `const { sy, say, hear, meeting, addEventListener, dispatchEvent } = globalThis; ${script}`,
  );
  await sleep(50);
  await harmed(ends, page);
  return { ...ends, page };
}

for (const [name, script] of Object.entries(ATTACKS)) {
  test(`${name}: a page with the meeting harms itself at most`, (t) => attacked(t, script));
}

test("who meets the preload later, receives and sends nothing", async (t) => {
  const { rig, page } = await attacked(
    t,
    `globalThis.mine = [];
     const other = new EventTarget();
     for (const name of ["${UP}", "${DOWN}", "${DOWN}:text"]) {
       other.addEventListener(name, (event) => globalThis.mine.push(event.detail));
     }
     dispatchEvent(new MouseEvent("${MEET}", { relatedTarget: other }));
     sy.onMsgFromMain(() => 0);
     other.dispatchEvent(Object.assign(new CustomEvent("${UP}"), { detail: '[[2,"honest",0,"forged"]]' }));`,
  );
  rig.main.send("page", "x".repeat(100_000));
  await sleep(50);
  assert.deepEqual(
    Array.from(page.window.mine).filter((detail) => !/forged/.test(detail)),
    [],
  );
});

test("an attack is only as good as the page's own calls: its messages are handled as its own", async (t) => {
  const { honest } = await attacked(t, `say('[[2,"honest",0,"from the page"]]');`);
  assert.deepEqual(honest.got, ["from the page"]);
});
