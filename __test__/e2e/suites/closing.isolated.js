/** Windows are hidden and shown, and closed at the worst moments. */
const sy = require("electron-switchyard");
const { Series, numbers } = require("../series");
const { serve } = require("../server");

const MANY = 500;

/** How messages lie in a window that is closed while it loads, by when it is closed. */
const PAUSES = [0, 1, 2, 5, 10, 20, 40, 80];

function closed(window) {
  const done = new Promise((resolve) => window.once("closed", resolve));
  window.close();
  return done;
}

/** A page that asks {@link MANY} times at once, and heeds no answer. */
async function asker(t) {
  const page = await t.open("asker");
  const asking = (many) => {
    for (let n = 0; n < many; n++) sy.sendMsgToMain(n).catch(() => undefined);
  };
  return { page, ask: () => page.run(asking, MANY) };
}

/** What main says, once, of messages that waited for a window when it was closed. */
const warning = (name, count) =>
  `electron-switchyard: messages to "${name}" were not delivered (${count}): the window was closed [ERR_TARGET_GONE]`;

/** Others go on, and the name's next window gets nothing of what was before. */
async function freshAfter(t, name, lines = []) {
  t.assert.equal(sy.hasWindow(name), false);
  t.assert.ok(!(name in sy.stats().windows));
  t.unhandle();
  t.handle((_event, msg) => msg);
  const page = await t.open(name);
  await page.hear("main", "onMsgFromMain");
  sy.sendMsgToRender(name, "fresh");
  t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
  t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"fresh"']]);
  t.assert.deepEqual(t.console.lines, lines);
}

module.exports = {
  "hidden, minimized and shown again: everything arrives once, in order": async (t) => {
    t.handle((_event, msg) => msg);
    const page = await t.open("page");
    const other = await t.open("other");
    const series = new Series(t, "page");
    await page.hear("main", "onMsgFromMain");
    await page.hear("other", "onMsgFromOtherRender");
    for (const [round, way] of ["show", "hide", "show", "minimize", "restore", "hide"].entries()) {
      page.window[way]();
      series.send(20);
      await other.run((round) => sy.sendMsgToOtherRender("page", round), round);
      await series.during(t.sleep(30));
      t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
    }
    await series.heard(page, "main", 0);
    const rounds = numbers(6).map((round) => ["other", String(round)]);
    t.assert.deepEqual(await page.hears("other", 6), rounds);
  },

  "what is sent to a hidden window that does not listen waits until it is shown and does": async (
    t,
  ) => {
    const page = await t.open("page");
    const series = new Series(t, "page");
    sy.showWindow("page");
    page.window.hide();
    await series.during(t.sleep(50));
    sy.showWindow("page");
    await series.waited(page);
  },

  "closed while it loads: the next window of the name gets only its own, main warns once": async (
    t,
  ) => {
    for (const pause of PAUSES) {
      const old = t.window("again");
      for (const n of numbers(20)) sy.sendMsgToRender("again", `old ${n}`);
      // Electron 9 never settles it.
      old.load("echo.html").catch(() => undefined);
      await t.sleep(pause);
      sy.sendMsgToRender("again", "old, late");
      await closed(old.window);
      sy.sendMsgToRender("again", "nobody's");
      await freshAfter(t, "again", [warning("again", 21)]);
      sy.destroyWindow("again");
    }
  },

  "destroyed while a slow page is on its way, before the first and over a loaded one": async (
    t,
  ) => {
    const { origin, close } = await serve();
    const before = sy.stats().closed.dropped;
    for (const isLoaded of [false, true]) {
      const page = t.window("slow");
      if (isLoaded) await page.load();
      page.contents.loadURL(`${origin}/never`).catch(() => undefined);
      await t.sleep(30);
      for (const n of numbers(10)) sy.sendMsgToRender("slow", n);
      sy.destroyWindow("slow");
      await freshAfter(t, "slow", [warning("slow", 10)]);
      sy.destroyWindow("slow");
    }
    close();
    t.assert.equal(sy.stats().closed.dropped - before, 20);
  },

  "crashed while it loads, loaded again: what waits arrives once, in order": async (t) => {
    const { origin, close } = await serve();
    t.undos.push(close);
    const page = await t.open("page");
    const series = new Series(t, "page");
    series.send(3);
    page.contents.loadURL(`${origin}/never`).catch(() => undefined);
    await series.during(page.crash());
    page.contents.stop();
    series.send(3);
    await series.during(page.load());
    await series.waited(page);
  },

  "crashed and then closed: nothing of it is left but a warning": async (t) => {
    const page = await t.open("crashed");
    for (const n of numbers(10)) sy.sendMsgToRender("crashed", n);
    await page.crash();
    for (const n of numbers(10)) sy.sendMsgToRender("crashed", n);
    await closed(page.window);
    await freshAfter(t, "crashed", [warning("crashed", 20)]);
  },

  "a window that is not let be closed stays an end of the line": async (t) => {
    t.handle((_event, msg) => msg);
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    page.window.once("close", (event) => {
      event.preventDefault();
      page.window.hide();
    });
    const series = new Series(t, "page");
    page.window.close();
    await series.during(t.sleep(50));
    t.assert.equal(sy.hasWindow("page"), true);
    series.send(3);
    await series.heard(page, "main", 0);
    t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
  },

  [`destroyed with ${MANY} requests in flight, answered later or never`]: async (t) => {
    const ends = [];
    t.handle((event, n) => {
      if (n % 5 === 4) return new Promise(() => undefined);
      return new Promise((resolve, reject) => {
        const answer = n % 5 === 3 ? { deep: [n, new Uint8Array(9)] } : n;
        ends.push(() => (n % 5 < 2 ? resolve(answer) : reject(new Error(`refused ${n}`))));
        void event.sender.id;
      });
    });
    const { ask } = await asker(t);
    await ask();
    await t.until("all came", () => ends.length === (MANY / 5) * 4);
    sy.destroyWindow("asker");
    for (const end of ends) end();
    await t.sleep(30);
    await freshAfter(t, "asker");
  },

  [`destroyed while ${MANY} requests wait for the first handler`]: async (t) => {
    const { ask } = await asker(t);
    await ask();
    await t.until("all wait", () => sy.stats().mainProcess.queued === MANY);
    sy.destroyWindow("asker");
    const seen = [];
    t.handle((event, n) => {
      seen.push([n, event.windowName]);
      if (n % 2) throw new Error(`refused ${n}`);
      return n;
    });
    // In as many turns of main as they take.
    await t.until("all are handled", () => seen.length >= MANY);
    await t.sleep(30);
    // What main does with a request is worth doing also where nobody hears of it.
    t.assert.deepEqual(
      seen,
      numbers(MANY).map((n) => [n, "asker"]),
    );
    t.assert.equal(sy.stats().mainProcess.queued, 0);
    await freshAfter(t, "asker");
  },

  [`destroyed by the handler of the middle one of ${MANY} requests`]: async (t) => {
    const seen = [];
    t.handle((_event, n) => {
      seen.push(n);
      if (n === MANY / 2) sy.destroyWindow("asker");
      return n % 2 ? n : Promise.resolve(n);
    });
    const { ask } = await asker(t);
    // Electron 9 never settles what a destroyed window was told to do.
    ask().catch(() => undefined);
    await t.until("it is gone", () => !sy.hasWindow("asker"));
    await t.sleep(30);
    t.assert.deepEqual(seen, numbers(seen.length));
    t.assert.ok(seen.length > MANY / 2);
    await freshAfter(t, "asker");
  },

  [`reloaded with ${MANY} requests in flight: the new page gets only its own answers`]: async (
    t,
  ) => {
    const ends = [];
    t.handle((_event, n) => new Promise((resolve) => ends.push(() => resolve(`old ${n}`))));
    const { page, ask } = await asker(t);
    await ask();
    await t.until("all came", () => ends.length === MANY);
    await page.reload();
    t.unhandle();
    t.handle((_event, n) => `new ${n}`);
    const answers = page.run(
      (many) =>
        Promise.all(Array.from({ length: many }, (_, n) => sy.sendMsgToMain(n))).then(String),
      MANY,
    );
    for (const end of ends) end();
    t.assert.equal(await answers, String(numbers(MANY).map((n) => `new ${n}`)));
  },
};
