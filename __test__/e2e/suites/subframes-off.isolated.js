/**
 * Subframes by default: they may call, and all that they send is refused. Its own process: nobody
 * has let them in here before the last test does.
 */
const sy = require("electron-switchyard");
const { FRAMES, KINDS, addFrame, frameOf, openOn, origins } = require("../frames");

/** A page with one subframe, and a window that it may write to. */
async function framed(t, make, kind = KINDS.isolated) {
  const all = await origins(t);
  const page = await openOn(t, all.own, "page", kind);
  await addFrame(page, "inner", make(all)[0]);
  const other = await t.open("other", kind);
  await other.hear("other", "onMsgFromOtherRender");
  await other.run(() => void sy.onCall((_event, msg) => msg));
  return { page, frame: frameOf(page, "inner"), other };
}

const sameOrigin = FRAMES["of the same origin"];

/** The window around the frame sends, asks, is asked and listens as ever. */
async function pageWorks(t, page, other) {
  await page.hear("main", "onMsgFromMain");
  sy.sendMsgToRender("page", 1);
  t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
  t.assert.deepEqual(await page.run(() => sy.sendMsgToMain("page")), { main: "page" });
  t.assert.equal(await page.run(() => sy.callOtherRender("other", 2)), 2);
  await page.run(() => sy.sendMsgToOtherRender("other", 3));
  t.assert.deepEqual(await other.hears("other", 1), [["page", "3"]]);
}

function lawsOf(kindName, kind, frameName, make) {
  const law = (about) => `${kindName}, a frame ${frameName}: ${about}`;
  return {
    [law("its requests and calls reject with ERR_SUBFRAME, and reach nobody")]: async (t) => {
      const asked = [];
      t.handle((_event, msg) => {
        asked.push(msg);
        return { main: msg };
      });
      const { page, frame, other } = await framed(t, make, kind);
      const errors = [
        await frame.thrown(() => sy.sendMsgToMain("frame")),
        await frame.thrown(() => sy.callOtherRender("other", "frame")),
        await frame.thrown(() => sy.callOtherRender("nobody", "frame", { timeoutMs: 9999 })),
      ];
      for (const { code, message } of errors) {
        t.assert.equal(code, "ERR_SUBFRAME");
        t.assert.match(
          message,
          /^electron-switchyard: (sendMsgToMain|callOtherRender): .*subframes: true/,
        );
      }
      await pageWorks(t, page, other);
      t.assert.deepEqual(asked, ["page"]);
      t.assert.deepEqual(t.console.lines, []);
    },

    [law("its messages reach nobody, and are reported to it alone")]: async (t) => {
      t.handle((_event, msg) => ({ main: msg }));
      const { page, frame, other } = await framed(t, make, kind);
      for (const end of [page, frame]) {
        await end.run(() => {
          window.reports = [];
          sy.onUndeliverable((report) => reports.push(report));
        });
      }
      await frame.run(() => sy.sendMsgToOtherRender("other", "frame"));
      const reports = await t.until("it is reported", async () => {
        const reports = await frame.run(() => reports);
        return reports.length > 0 && reports;
      });
      const [{ message, ...report }, ...more] = reports;
      t.assert.match(message, /subframes: true/);
      t.assert.deepEqual(report, {
        windowName: "other",
        count: 1,
        code: "ERR_SUBFRAME",
        reason: undefined,
      });
      t.assert.deepEqual(more, []);
      await pageWorks(t, page, other);
      t.assert.deepEqual(await page.run(() => reports), []);
      t.assert.deepEqual(t.console.lines, []);
    },

    [law("what is sent to its window, or asked of it, does not come to it")]: async (t) => {
      t.handle((_event, msg) => ({ main: msg }));
      const { page, frame, other } = await framed(t, make, kind);
      await frame.hear("main", "onMsgFromMain");
      await frame.hear("other", "onMsgFromOtherRender");
      await frame.run(() => void sy.onCall(() => "frame"));
      // Behind its listeners, which main has been told of then.
      await frame.thrown(() => sy.sendMsgToMain("frame"));
      await pageWorks(t, page, other);
      await other.run(() => sy.sendMsgToOtherRender("page", 4));
      const answer = sy.callRender("page", 5);
      await t.until("all waits", () => sy.stats().windows.page.queued === 2);
      await page.run(() => void sy.onCall(() => "page"));
      t.assert.equal(await answer, "page");
      await page.hear("other", "onMsgFromOtherRender");
      t.assert.deepEqual(await page.hears("other", 1), [["other", "4"]]);
      for (const lane of ["main", "other"]) t.assert.deepEqual(await frame.heard(lane), []);
    },
  };
}

const MORE = {
  "messages of one turn that are rejected share a report": async (t) => {
    const { frame } = await framed(t, sameOrigin);
    await frame.run(() => {
      window.reports = [];
      sy.onUndeliverable(({ windowName, count }) => reports.push([windowName, count]));
      for (let n = 0; n < 100; n++) sy.sendMsgToOtherRender(n % 4 ? "other" : "page", n);
    });
    // Answered behind them.
    await frame.thrown(() => sy.sendMsgToMain("frame"));
    t.assert.deepEqual((await frame.run(() => reports)).sort(), [
      ["other", 75],
      ["page", 25],
    ]);
  },

  "while a frame does not listen to reports, one line on its console says so": async (t) => {
    const { page, frame } = await framed(t, sameOrigin);
    await frame.run(() => {
      for (let n = 0; n < 9; n++) sy.sendMsgToOtherRender("other", n);
    });
    await page.says(/electron-switchyard: messages to "other" were not delivered.*ERR_SUBFRAME/);
    await frame.thrown(() => sy.sendMsgToMain("frame"));
    const lines = page.console.filter((line) => /not delivered/.test(line));
    t.assert.equal(lines.length, 1, lines.join("\n"));
    t.assert.deepEqual(t.console.lines, []);
  },

  "10,000 rejections neither flood main's console nor hold up its window": async (t) => {
    t.handle((_event, msg) => ({ main: msg }));
    const { page, frame, other } = await framed(t, sameOrigin);
    const codes = await frame.run(async () => {
      const asked = Array.from({ length: 10000 }, (_, n) => sy.sendMsgToMain(n));
      const codes = asked.map((answer) => answer.catch(({ code }) => code));
      return [...new Set(await Promise.all(codes))];
    });
    t.assert.deepEqual(codes, ["ERR_SUBFRAME"]);
    await pageWorks(t, page, other);
    t.assert.deepEqual(t.console.lines, []);
  },

  "a request that its frame gives up is settled by that, and nothing else is said of it": async (
    t,
  ) => {
    const { frame } = await framed(t, sameOrigin);
    const outcome = await frame.run(async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const outcome = shared.outcome(() => sy.sendMsgToMain("frame", { signal }));
      controller.abort();
      return outcome;
    });
    t.assert.equal(outcome.error.name, "AbortError");
    t.assert.equal((await frame.thrown(() => sy.sendMsgToMain(1))).code, "ERR_SUBFRAME");
    t.assert.deepEqual(t.console.lines, []);
  },

  // The last: from here on they are let in.
  "frames that were rejected are let in by a second initIpc, with what they listen to": async (
    t,
  ) => {
    sy.initIpc();
    t.handle(({ origin }, msg) => ({ origin, msg }));
    const all = await origins(t);
    const page = await openOn(t, all.own, "page");
    await addFrame(page, "inner", { src: `${all.other}/frames.html` });
    const frame = frameOf(page, "inner");
    await frame.hear("main", "onMsgFromMain");
    t.assert.equal((await frame.thrown(() => sy.sendMsgToMain(1))).code, "ERR_SUBFRAME");
    sy.initIpc({ subframes: true });
    sy.sendMsgToRender("page", 1);
    t.assert.deepEqual(await frame.hears("main", 1), [[undefined, "1"]]);
    const answer = await frame.run(() => sy.sendMsgToMain(2));
    t.assert.deepEqual(answer, { origin: all.other, msg: 2 });
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map(([kindName, kind]) =>
    Object.assign({}, ...Object.entries(FRAMES).map((frame) => lawsOf(kindName, kind, ...frame))),
  ),
  MORE,
);
