/**
 * Subframes that are let in: what they send and get. Its own process, where they are let in from
 * the beginning; subframes-off and subframes-late have the others.
 */
const sy = require("electron-switchyard");
const { FRAMES, KINDS, addFrame, frameOf, openOn, origins } = require("../frames");
const { NODE, built, kind } = require("../kinds");
const { numbers } = require("../series");
require("../pages/shared");

sy.initIpc({ subframes: true });

/** What iframes.hear keeps of a message. */
const heard = (windowName, origin, msg) => [windowName, shared.textOf({ origin, msg })];

/** In a page: many requests in one turn. */
const askMuch = (label) =>
  Promise.all(Array.from({ length: 20 }, (_, n) => sy.sendMsgToMain(`${label} ${n}`)));

/** Handles requests by telling what is known of their sender, every second one late. */
function tellBack(t) {
  let count = 0;
  t.handle(({ windowName, origin }, msg) => {
    const answer = { windowName, origin, msg };
    count += 1;
    return count % 2 ? answer : t.sleep(count % 7).then(() => answer);
  });
}

/** Each of a frame's requests is answered to it, and known to be its. */
async function isAnswered(t, frame, windowName, origin, label) {
  t.assert.deepEqual(
    await frame.run(askMuch, label),
    numbers(20).map((n) => ({ windowName, origin, msg: `${label} ${n}` })),
  );
}

function lawsOf(kindName, kind, frameName, make) {
  const law = (about) => `${kindName}, a frame ${frameName}: ${about}`;
  const opened = async (t) => {
    const all = await origins(t);
    const page = await openOn(t, all.own, "page", kind);
    const [attributes, origin] = make(all);
    await addFrame(page, "inner", attributes);
    return { all, page, frame: frameOf(page, "inner"), origin };
  };
  return {
    [law("main knows its origin, and its answers come to it")]: async (t) => {
      const { all, page, frame, origin } = await opened(t);
      tellBack(t);
      await Promise.all([
        isAnswered(t, frame, "page", origin, "frame"),
        isAnswered(t, page, "page", all.own, "page"),
      ]);
    },

    [law("other windows know its origin")]: async (t) => {
      const { all, page, frame, origin } = await opened(t);
      const other = await t.open("other", kind);
      await other.run(() => void iframes.handle("other"));
      await other.run(() => iframes.hear("other", "onMsgFromOtherRender"));
      const ask = (msg) => {
        sy.sendMsgToOtherRender("other", msg);
        return sy.callOtherRender("other", msg);
      };
      const known = { by: "other", fromMain: false, windowName: "page" };
      t.assert.deepEqual(await frame.run(ask, 1), { ...known, origin, msg: 1 });
      t.assert.deepEqual(await page.run(ask, 2), { ...known, origin: all.own, msg: 2 });
      t.assert.deepEqual(await other.hears("other", 2), [
        heard("page", origin, 1),
        heard("page", all.own, 2),
      ]);
    },

    [law("what is sent to the window comes to it and to the main frame, once and in order")]:
      async (t) => {
        const { page, frame, origin } = await opened(t);
        const other = await t.open("other", kind);
        const ends = [page, frame];
        for (const end of ends) {
          await end.run(() => iframes.hear("main", "onMsgFromMain"));
          await end.run(() => iframes.hear("other", "onMsgFromOtherRender"));
        }
        for (const n of numbers(5)) sy.sendMsgToRender("page", n);
        const send = (from) => {
          for (let n = from; n < from + 5; n++) sy.sendMsgToOtherRender("page", n);
        };
        await other.run(send, 0);
        const seen = () => page.hears("other", 5);
        await seen();
        await frame.run(send, 5);
        for (const end of ends) {
          const fromMain = numbers(5).map((n) => heard(undefined, undefined, n));
          t.assert.deepEqual(await end.hears("main", 5), fromMain);
          t.assert.deepEqual(
            await end.hears("other", 10),
            numbers(10).map((n) =>
              n < 5 ? heard("other", "file://", n) : heard("page", origin, n),
            ),
          );
        }
      },

    [law("a call is answered by the main frame, or else by it")]: async (t) => {
      const { page, frame, origin } = await opened(t);
      const ask = (msg) => sy.callOtherRender("page", msg);
      const answers = async (by) => {
        const fromMain = { by, fromMain: true, windowName: undefined, origin: undefined, msg: 1 };
        t.assert.deepEqual(await sy.callRender("page", 1), fromMain);
        const asked = { by, fromMain: false, windowName: "page", origin, msg: 2 };
        t.assert.deepEqual(await frame.run(ask, 2), asked);
      };
      await frame.run(() => void iframes.handle("frame"));
      await answers("frame");
      await page.run(() => {
        window.undo = iframes.handle("page");
      });
      await answers("page");
      await page.run(() => undo());
      await answers("frame");
    },
  };
}

const TOGETHER = {
  "frames in frames: each is known by its own origin, and gets all once": async (t) => {
    const all = await origins(t);
    const page = await openOn(t, all.own, "page");
    const ends = [{ end: page, origin: all.own, label: "page" }];
    for (const [outer, origin] of Object.entries(all)) {
      await addFrame(page, outer, { src: `${origin}/frames.html` });
      const frame = frameOf(page, outer);
      ends.push({ end: frame, origin, label: outer });
      for (const [inner, origin] of Object.entries(all)) {
        // Chromium loads no page in a frame whose address two pages around it have.
        await addFrame(frame, inner, { src: `${origin}/frames.html?in=${outer}` });
        ends.push({ end: frameOf(page, outer, inner), origin, label: `${inner} in ${outer}` });
      }
    }
    tellBack(t);
    const ask = ({ end, origin, label }) => isAnswered(t, end, "page", origin, label);
    await Promise.all(ends.map(ask));
    for (const { end } of ends) await end.run(() => iframes.hear("main", "onMsgFromMain"));
    for (const n of numbers(9)) sy.sendMsgToRender("page", n);
    for (const { end } of ends) {
      const fromMain = numbers(9).map((n) => heard(undefined, undefined, n));
      t.assert.deepEqual(await end.hears("main", 9), fromMain);
    }
  },

  "ten windows with a frame of each kind each, all at once": async (t) => {
    const all = await origins(t);
    tellBack(t);
    const makes = Object.values(FRAMES).map((make) => make(all));
    const windows = numbers(10).map(async (n) => {
      const page = await openOn(t, all.own, `page ${n}`);
      await Promise.all(makes.map(([attributes], i) => addFrame(page, `frame${i}`, attributes)));
      const asked = makes.map(([, origin], i) =>
        isAnswered(t, frameOf(page, `frame${i}`), `page ${n}`, origin, i),
      );
      await Promise.all(asked);
    });
    await Promise.all(windows);
  },

  "a preload that uses the calls itself does so in each frame": async (t) => {
    const all = await origins(t);
    const told = [];
    t.handle(({ origin }, { preload, msg }) => {
      told.push([origin, preload, msg]);
    });
    const preferences = { nodeIntegrationInSubFrames: true, sandbox: true, contextIsolation: true };
    const options = { preload: built("user-browser.js"), file: "frames.html" };
    const page = await openOn(t, all.own, "page", kind(preferences, options));
    await addFrame(page, "inner", { src: `${all.other}/frames.html` });
    const frame = frameOf(page, "inner");
    await frame.run(() => iframes.hear("main", "onMsgFromMain"));
    sy.sendMsgToRender("page", 1);
    t.assert.deepEqual(await frame.hears("main", 1), [heard(undefined, undefined, 1)]);
    await t.until("both preloads told", () => told.length === 4);
    t.assert.deepEqual(told.slice(0, 2), [
      [all.own, "hello", undefined],
      [all.other, "hello", undefined],
    ]);
    const both = told.slice(2).sort(([a], [b]) => String(a).localeCompare(String(b)));
    const expected = [all.own, all.other].sort((a, b) => a.localeCompare(b));
    t.assert.deepEqual(
      both,
      expected.map((origin) => [origin, "main", 1]),
    );
  },

  "with node, a frame that requires the package takes part": async (t) => {
    tellBack(t);
    const preferences = { ...NODE, nodeIntegrationInSubFrames: true };
    const page = await t.open(
      "page",
      kind(preferences, { preload: null, file: "node-frames.html" }),
    );
    await addFrame(page, "inner", { src: "node-frames.html" });
    const frame = frameOf(page, "inner");
    const answer = await frame.run(() => sy.sendMsgToMain("a file"));
    t.assert.equal(answer.windowName, "page");
    t.assert.equal(typeof answer.origin, "string");
    t.assert.deepEqual(await page.run(() => sy.sendMsgToMain("page")), {
      windowName: "page",
      origin: "file://",
      msg: "page",
    });
    await frame.run(() => iframes.hear("main", "onMsgFromMain"));
    sy.sendMsgToRender("page", 1);
    t.assert.deepEqual(await frame.hears("main", 1), [heard(undefined, undefined, 1)]);
  },
};

/** A page with a subframe of another origin in a new window. */
async function framed(t) {
  const all = await origins(t);
  const page = await openOn(t, all.own, "page");
  await addFrame(page, "inner", { src: `${all.other}/frames.html` });
  return { page, frame: frameOf(page, "inner"), origin: all.other };
}

const REQUESTS = {
  "what a frame sends to nobody is reported to it alone": async (t) => {
    const { page, frame } = await framed(t);
    const listen = () => {
      window.reports = [];
      sy.onUndeliverable((report) => reports.push(report));
    };
    for (const end of [page, frame]) await end.run(listen);
    await frame.run(() => {
      for (let n = 0; n < 3; n++) sy.sendMsgToOtherRender("nobody", n);
    });
    const reports = (end) => end.run(() => reports);
    await t.until("it is reported", async () => (await reports(frame)).length > 0);
    const [{ message, ...report }, ...more] = await reports(frame);
    t.assert.match(message, /"nobody"/);
    t.assert.deepEqual(report, {
      windowName: "nobody",
      count: 3,
      code: "ERR_UNKNOWN_WINDOW",
      reason: undefined,
    });
    t.assert.deepEqual(more, []);
    t.assert.deepEqual(await reports(page), []);
  },

  "main's handler is notified of a frame's request that takes too long or is aborted": async (
    t,
  ) => {
    const { frame } = await framed(t);
    const events = [];
    t.handle((event, msg) => {
      events.push({ msg, signal: event.signal, origin: event.origin });
      return new Promise(() => undefined);
    });
    const late = await frame.thrown(() => sy.sendMsgToMain("late", { timeoutMs: 30 }));
    t.assert.equal(late.code, "ERR_TIMEOUT");
    await frame.run(() => {
      window.controller = new AbortController();
      const { signal } = controller;
      window.outcome = shared.outcome(() => sy.sendMsgToMain("aborted", { signal }));
    });
    await t.until("both came", () => events.length === 2);
    await frame.run(() => controller.abort());
    t.assert.equal((await frame.run(() => outcome)).error.name, "AbortError");
    await t.until("both are aborted", () => events.every(({ signal }) => signal.aborted));
    t.assert.equal(events[0].signal.reason.code, "ERR_TIMEOUT");
    t.assert.equal(events[1].signal.reason.name, "AbortError");
  },

  "a call that a frame gives up while it waits is never delivered": async (t) => {
    const { frame } = await framed(t);
    const other = await t.open("other", KINDS.isolated);
    const late = await frame.thrown(() => sy.callOtherRender("other", 1, { timeoutMs: 20 }));
    t.assert.equal(late.code, "ERR_TIMEOUT");
    await other.run(() => {
      window.calls = [];
      sy.onCall((_event, msg) => calls.push(msg));
    });
    t.assert.equal(await frame.run(() => sy.callOtherRender("other", 2)), 1);
    t.assert.deepEqual(await other.run(() => calls), [2]);
  },

  "what the handler in a frame throws rejects the call": async (t) => {
    const { frame } = await framed(t);
    await frame.run(() => {
      sy.onCall(async (_event, msg) => {
        throw Object.assign(new RangeError("in the frame"), { msg });
      });
    });
    await t.assert.rejects(sy.callRender("page", 1), {
      name: "RangeError",
      message: "in the frame",
      msg: 1,
    });
  },

  "a frame of a window without a name has an origin and no name": async (t) => {
    const { frame, origin } = await framed(t);
    sy.unregisterWindow("page");
    tellBack(t);
    await isAnswered(t, frame, undefined, origin, "nameless");
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map(([kindName, kind]) =>
    Object.assign({}, ...Object.entries(FRAMES).map((frame) => lawsOf(kindName, kind, ...frame))),
  ),
  TOGETHER,
  REQUESTS,
);
