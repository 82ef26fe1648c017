/**
 * Messages that will not be delivered: onUndeliverable and the console. Its own process: while
 * nobody listens, main says one line for each window and reason, once for its whole life.
 */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

const DEFAULTS = { maxQueueRecords: 100000, overflow: "reject" };

const KINDS = { "isolated and sandboxed": ISOLATED, "not isolated, sandboxed": OPEN };

const FULL = /^the queue of window "\w+" is full: .*maxQueueRecords/;

/** Collects main's reports, for the time of the test. */
function reportsInMain(t) {
  const reports = [];
  t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
  return reports;
}

/** Collects a page's reports, from now on. */
async function collect(page) {
  await page.run(() => {
    if (window.undo) undo();
    window.reports = [];
    window.undo = sy.onUndeliverable((report) => reports.push(report));
  });
}

const reportsOf = (page) => page.run(() => reports);

/** What there is of reports once their counts come to this. */
function counting(t, count, read) {
  return t.until(`${count} messages are reported`, async () => {
    const reports = await read();
    return sum(reports) >= count && reports;
  });
}

function sum(reports) {
  return reports.reduce((sum, { count }) => sum + count, 0);
}

function withLimits(t, limits) {
  sy.initIpc(limits);
  t.undos.push(() => sy.initIpc(DEFAULTS));
}

const gone = (windowName, count, reason, message) => {
  return { windowName, count, code: "ERR_TARGET_GONE", reason, message };
};

const CLOSED = "the window was closed";
const UNREGISTERED = "the name of the window was unregistered";

const line = (name, count, sentence, code) =>
  `electron-switchyard: messages to "${name}" were not delivered (${count}): ${sentence} [${code}]`;

/** What a page says of messages, beside Electron's warnings. */
function warnings(page) {
  return page.console.filter((line) => /electron-switchyard/.test(line));
}

function send(name, count) {
  for (let n = 0; n < count; n++) sy.sendMsgToRender(name, n);
}

const sendFromPage = (page, name, count) =>
  page.run(
    (name, count) => {
      for (let n = 0; n < count; n++) sy.sendMsgToOtherRender(name, n);
    },
    name,
    count,
  );

/** A page's messages, sent and taken by main. */
async function arrive(t, page, name, count) {
  const { accepted } = sy.stats().windows[name];
  await sendFromPage(page, name, count);
  await t.until("they came", () => sy.stats().windows[name].accepted === accepted + count);
}

const IN_MAIN = {
  "main is notified of what waited for a window that was closed or destroyed": async (t) => {
    const reports = reportsInMain(t);
    const ways = [(window) => window.close(), (window) => window.destroy()];
    for (const [i, close] of ways.entries()) {
      const { window } = t.window("waiting");
      send("waiting", 3);
      close(window);
      await t.until("it is told", () => reports.length > i);
    }
    const report = gone("waiting", 3, "closed", CLOSED);
    t.assert.deepEqual(reports, [report, report]);
    t.assert.ok(reports.every(Object.isFrozen));
    t.assert.deepEqual(t.console.lines, []);
  },

  "main is notified only of what was not delivered": async (t) => {
    const reports = reportsInMain(t);
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    send("page", 3);
    await page.hears("main", 3);
    await page.run(() => shared.ears.main.undo());
    await t.sleep(20);
    send("page", 2);
    sy.destroyWindow("page");
    await t.until("it is told", () => reports.length > 0);
    t.assert.deepEqual(reports, [gone("page", 2, "closed", CLOSED)]);
  },

  "main is notified of what waited under a name that was unregistered": async (t) => {
    const reports = reportsInMain(t);
    t.window("leaving");
    send("leaving", 4);
    sy.unregisterWindow("leaving");
    await t.until("it is told", () => reports.length > 0);
    t.assert.deepEqual(reports, [gone("leaving", 4, "unregistered", UNREGISTERED)]);
  },

  "a crash and a reload are no reason: the sender of what waits is notified when the window is closed":
    async (t) => {
      const reports = reportsInMain(t);
      const page = await t.open("page");
      send("page", 2);
      await page.reload();
      await page.crash();
      send("page", 3);
      await t.sleep(20);
      t.assert.deepEqual(reports, []);
      sy.destroyWindow("page");
      await t.until("it is told", () => reports.length > 0);
      t.assert.deepEqual(reports, [gone("page", 5, "closed", CLOSED)]);
    },

  "main is notified of what gave way at a bound, in one report for each turn": async (t) => {
    const reports = reportsInMain(t);
    t.window("full");
    for (const overflow of ["drop-oldest", "drop-newest"]) {
      withLimits(t, { maxQueueRecords: 2, overflow });
      send("full", 2 - sy.stats().windows.full.queued);
      for (const [turn, count] of [5, 7].entries()) {
        send("full", count);
        await t.until("it is told", () => reports.length > turn);
      }
      for (const [turn, { message, ...rest }] of reports.splice(0).entries()) {
        const expected = { windowName: "full", code: "ERR_QUEUE_FULL", reason: undefined };
        t.assert.deepEqual(rest, { ...expected, count: [5, 7][turn] }, overflow);
        t.assert.match(message, FULL);
      }
    }
    sy.destroyWindow("full");
    await t.until("the rest is told", () => reports.length > 0);
    t.assert.deepEqual(reports, [gone("full", 2, "closed", CLOSED)]);
  },

  "what a call throws or a promise rejects with is not reported again": async (t) => {
    const reports = reportsInMain(t);
    withLimits(t, { maxQueueRecords: 2 });
    const asker = await t.open("asker");
    t.window("full");
    send("full", 2);
    const codes = [
      t.thrown(() => sy.sendMsgToRender("full", 1)).code,
      t.thrown(() => sy.sendMsgToRender("nobody", 1)).code,
      (await t.shared.outcome(() => sy.callRender("full", 1))).error.code,
      (await t.shared.outcome(() => sy.callRender("nobody", 1))).error.code,
    ];
    const expected = ["ERR_QUEUE_FULL", "ERR_UNKNOWN_WINDOW"];
    t.assert.deepEqual(codes, [...expected, ...expected]);
    t.window("calls");
    const call = t.shared.outcome(() => sy.callRender("calls", 1));
    const fromPage = asker.run(() => shared.outcome(() => sy.callOtherRender("calls", 1)));
    await t.until("both wait", () => sy.stats().windows.calls.queued === 2);
    sy.destroyWindow("calls");
    for (const { error } of [await call, await fromPage]) {
      t.assert.equal(error.code, "ERR_TARGET_GONE");
    }
    await t.sleep(20);
    t.assert.deepEqual(reports, []);
    t.assert.deepEqual(t.console.lines, []);
  },

  "messages with another fate have a report of their own, and each listener gets each": async (
    t,
  ) => {
    const [first, second] = [reportsInMain(t), reportsInMain(t)];
    for (const name of ["a", "b", "c"]) t.window(name);
    for (const [name, count] of Object.entries({ a: 1, b: 2, c: 3 })) send(name, count);
    sy.destroyWindow("a");
    sy.destroyWindow("b");
    sy.unregisterWindow("c");
    await counting(t, 6, () => first);
    const byName = (a, b) => (a.windowName < b.windowName ? -1 : 1);
    t.assert.deepEqual(first.slice().sort(byName), [
      gone("a", 1, "closed", CLOSED),
      gone("b", 2, "closed", CLOSED),
      gone("c", 3, "unregistered", UNREGISTERED),
    ]);
    t.assert.deepEqual(second, first);
  },

  "the same listener twice is notified once, and one undo takes it away": async (t) => {
    const reports = [];
    const listener = (report) => reports.push(report);
    const undo = sy.onUndeliverable(listener);
    t.undos.push(undo, sy.onUndeliverable(listener));
    t.window("a");
    send("a", 1);
    sy.destroyWindow("a");
    await counting(t, 1, () => reports);
    t.assert.equal(reports.length, 1);
    undo();
    t.window("a");
    send("a", 1);
    sy.destroyWindow("a");
    await t.sleep(20);
    t.assert.equal(reports.length, 1);
  },

  "unobserved, main says one line for each window and reason, for 1,000 messages": async (t) => {
    withLimits(t, { maxQueueRecords: 1, overflow: "drop-oldest" });
    for (const name of ["one", "two"]) t.window(name);
    for (let turn = 0; turn < 10; turn++) {
      send("one", 100);
      send("two", 100);
      await t.sleep(1);
    }
    t.assert.equal(sy.stats().windows.one.dropped, 999);
    sy.unregisterWindow("one");
    sy.destroyWindow("two");
    await t.until("all is said", () => t.console.lines.length >= 4);
    // The next windows of these names, and the same again.
    for (const name of ["one", "two"]) t.window(name);
    for (const name of ["one", "two"]) send(name, 2);
    await t.sleep(5);
    sy.unregisterWindow("one");
    sy.destroyWindow("two");
    await t.sleep(20);
    const said = t.console.lines.slice().sort();
    const [gone1, full1, gone2, full2] = said;
    t.assert.equal(said.length, 4, said.join("\n"));
    t.assert.equal(gone1, line("one", 1, UNREGISTERED, "ERR_TARGET_GONE"));
    t.assert.equal(gone2, line("two", 1, CLOSED, "ERR_TARGET_GONE"));
    for (const [full, name] of [
      [full1, "one"],
      [full2, "two"],
    ]) {
      t.assert.ok(
        full.startsWith(`electron-switchyard: messages to "${name}" were not delivered (99): `),
        full,
      );
      t.assert.match(full, /is full: .*\[ERR_QUEUE_FULL\]$/);
    }
  },

  "after the last listener left, main says it on the console again": async (t) => {
    const reports = [];
    const undo = sy.onUndeliverable((report) => reports.push(report));
    for (const _twice of [1, 2]) undo();
    t.window("unheard");
    send("unheard", 2);
    sy.destroyWindow("unheard");
    await t.until("it is said", () => t.console.lines.length > 0);
    t.assert.deepEqual(t.console.lines, [line("unheard", 2, CLOSED, "ERR_TARGET_GONE")]);
    t.assert.deepEqual(reports, []);
  },

  "what a listener was notified of is not said on the console, even if it leaves then": async (
    t,
  ) => {
    const reports = [];
    const undo = sy.onUndeliverable((report) => {
      reports.push(report);
      undo();
    });
    t.window("once");
    send("once", 2);
    sy.destroyWindow("once");
    await t.until("it is told", () => reports.length > 0);
    await t.sleep(20);
    t.assert.deepEqual(reports, [gone("once", 2, "closed", CLOSED)]);
    t.assert.deepEqual(t.console.lines, []);
  },

  "a listener may send what was not delivered to another window": async (t) => {
    const [page] = [await t.open("page"), t.window("gone")];
    await page.hear("main", "onMsgFromMain");
    t.undos.push(
      sy.onUndeliverable(({ windowName, count }) => {
        sy.sendMsgToRender("page", `${windowName} ${count}`);
      }),
    );
    send("gone", 2);
    sy.destroyWindow("gone");
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"gone 2"']]);
  },
};

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: a page is notified of messages to an unknown window`]: async (t) => {
      t.window("work");
      const page = await t.open("page", kind);
      await collect(page);
      const frozen = page.run(
        () => new Promise((resolve) => sy.onUndeliverable((it) => resolve(Object.isFrozen(it)))),
      );
      await sendFromPage(page, "wrok", 3);
      const [{ message, ...rest }, ...more] = await counting(t, 3, () => reportsOf(page));
      const expected = { windowName: "wrok", code: "ERR_UNKNOWN_WINDOW", reason: undefined };
      t.assert.deepEqual([rest, more], [{ ...expected, count: 3 }, []]);
      t.assert.match(message, /^not find windowInstance: .*"wrok".*"work"/);
      t.assert.equal(await frozen, true);
      t.assert.deepEqual([...warnings(page), ...t.console.lines], []);
    },

    [`${kindName}: a page is notified of messages to a full queue, whatever the policy`]: async (
      t,
    ) => {
      const page = await t.open("page", kind);
      t.window("full");
      await arrive(t, page, "full", 2);
      for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
        withLimits(t, { maxQueueRecords: 2, overflow });
        await collect(page);
        await sendFromPage(page, "full", 4);
        const reports = await counting(t, 4, () => reportsOf(page));
        t.assert.equal(sum(reports), 4);
        for (const { windowName, code, reason, message } of reports) {
          const expected = ["full", "ERR_QUEUE_FULL", undefined];
          t.assert.deepEqual([windowName, code, reason], expected, overflow);
          t.assert.match(message, FULL);
        }
      }
      t.assert.deepEqual([...warnings(page), ...t.console.lines], []);
    },

    [`${kindName}: a page is notified of its messages that waited for a window that is gone`]:
      async (t) => {
        const page = await t.open("page", kind);
        await collect(page);
        const ways = {
          closed: [(name) => sy.getWindow(name).close(), CLOSED],
          destroyed: [(name) => sy.destroyWindow(name), CLOSED],
          unregistered: [(name) => sy.unregisterWindow(name), UNREGISTERED],
        };
        const expected = [];
        for (const [name, [end, sentence]] of Object.entries(ways)) {
          t.window(name);
          await arrive(t, page, name, 3);
          end(name);
          expected.push(gone(name, 3, name === "unregistered" ? name : "closed", sentence));
          await counting(t, 3 * expected.length, () => reportsOf(page));
        }
        t.assert.deepEqual(await reportsOf(page), expected);
        t.assert.deepEqual([...warnings(page), ...t.console.lines], []);
      },

    [`${kindName}: unobserved, a page says one line for each window and reason`]: async (t) => {
      withLimits(t, { maxQueueRecords: 1, overflow: "drop-newest" });
      const page = await t.open("page", kind);
      t.window("work");
      for (let turn = 0; turn < 10; turn++) {
        await sendFromPage(page, "wrok", 100);
        await sendFromPage(page, "work", 100);
      }
      await t.until("all was dropped", () => sy.stats().windows.work.dropped >= 999);
      sy.destroyWindow("work");
      await page.says(/was closed/);
      // Until the page has handled all that came before.
      t.handle(() => "answer");
      await page.run(() => sy.sendMsgToMain(1));
      await t.sleep(20);
      const said = warnings(page);
      t.assert.equal(said.length, 3, said.join("\n"));
      t.assert.ok(
        said[0].startsWith(
          `electron-switchyard: messages to "wrok" were not delivered (100): not find`,
        ),
      );
      t.assert.match(said[0], /\[ERR_UNKNOWN_WINDOW\]$/);
      t.assert.ok(
        said[1].startsWith(
          `electron-switchyard: messages to "work" were not delivered (99): the queue`,
        ),
      );
      t.assert.match(said[1], /\[ERR_QUEUE_FULL\]$/);
      t.assert.equal(said[2], line("work", 1, CLOSED, "ERR_TARGET_GONE"));
      t.assert.deepEqual(t.console.lines, []);
    },
  };
}

const IN_PAGES = {
  "each sender is notified of its own messages, and nobody of another's": async (t) => {
    const inMain = reportsInMain(t);
    const pages = [await t.open("a"), await t.open("b"), await t.open("silent")];
    for (const page of pages) await collect(page);
    t.window("work");
    send("work", 5);
    await arrive(t, pages[0], "work", 2);
    await arrive(t, pages[1], "work", 3);
    sy.destroyWindow("work");
    for (const [i, count] of [2, 3].entries()) {
      await counting(t, count, () => reportsOf(pages[i]));
    }
    const told = await Promise.all(pages.map(reportsOf));
    const of = (count) => [gone("work", count, "closed", CLOSED)];
    t.assert.deepEqual([inMain, ...told], [of(5), of(2), of(3), []]);
  },

  "after the last listener left, the page says it on the console again": async (t) => {
    const page = await t.open("page");
    await collect(page);
    await page.run(() => undo());
    await sendFromPage(page, "wrok", 1);
    await page.says(/messages to "wrok" were not delivered \(1\)/);
    t.assert.deepEqual(await reportsOf(page), []);
  },

  "what a page sent before it was reloaded troubles neither the next page nor main": async (t) => {
    const page = await t.open("page");
    t.window("work");
    await arrive(t, page, "work", 3);
    await page.reload();
    await collect(page);
    sy.destroyWindow("work");
    t.handle(() => "answer");
    await page.run(() => sy.sendMsgToMain(1));
    await t.sleep(20);
    t.assert.deepEqual(await reportsOf(page), []);
    t.assert.deepEqual([...warnings(page), ...t.console.lines], []);
  },

  "a listener in a page that throws stops no other, and is an error of its own": async (t) => {
    const page = await t.open("page");
    await page.run(() => {
      sy.onUndeliverable(() => {
        throw new Error("a listener's own");
      });
    });
    await collect(page);
    await sendFromPage(page, "wrok", 1);
    t.assert.equal(sum(await counting(t, 1, () => reportsOf(page))), 1);
    await page.says(/a listener's own/);
  },
};

module.exports = Object.assign(
  {},
  IN_MAIN,
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  IN_PAGES,
);
