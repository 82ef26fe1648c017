/** Subframes come and go in a window. Its own process: here they are let in. */
const sy = require("electron-switchyard");
const { KINDS, KNOWS_FRAMES, addFrame, frameOf, openOn, origins } = require("../frames");
const { Series, disorder, numbers } = require("../series");

sy.initIpc({ subframes: true });

const ROUNDS = 5;

/** What happens to an iframe in each round; `[what its page runs, on which of its origins it is then]`. */
const MOVES = {
  "navigates within its origin": () => [go, "own"],
  "navigates to another origin and back": (round) => [go, round % 2 ? "own" : "other"],
  "navigates to another site and back": (round) => [go, round % 2 ? "own" : "site"],
  reloads: () => [(id) => iframes.go(id), "own"],
  "is removed and put in again": () => [
    (id, src) => {
      iframes.remove(id);
      return iframes.open(id, { src });
    },
    "own",
  ],
  "is moved within its page": () => [
    (id, src) => {
      // Chromium loads it anew.
      const iframe = document.getElementById(id);
      iframe.src = src;
      return iframes.put(iframe);
    },
    "own",
  ],
  "goes to where nothing listens and back": () => [
    (id, src) => iframes.go(id, "data:text/html,nothing").then(() => iframes.go(id, src)),
    "own",
  ],
};

function go(id, src) {
  return iframes.go(id, src);
}

/** What frames tell main: messages that came, and requests that are never answered. */
function listenTo(t) {
  const told = [];
  const open = [];
  t.handle((event, msg) => {
    if (msg.open) {
      open.push({ doc: msg.doc, origin: event.origin, signal: event.signal });
      return new Promise(() => undefined);
    }
    told.push(msg);
    return t.sleep(5);
  });
  const by = (doc, lane) => told.filter((it) => it.doc === doc && it.lane === lane);
  return {
    open,
    said: (doc, lane) => by(doc, lane).map(({ msg }) => msg),
    lane: (lane) => told.filter((it) => it.lane === lane).map(({ msg }) => msg),
  };
}

/** Another window that sends numbers to the page, until it is told to stop; then tells how many. */
async function flooding(t, kind) {
  const other = await t.open("other", kind);
  await other.run(() => {
    let n = 0;
    const ticks = setInterval(() => sy.sendMsgToOtherRender("page", n++), 1);
    window.stop = () => {
      clearInterval(ticks);
      sy.sendMsgToOtherRender("page", n);
      return n + 1;
    };
  });
  return () => other.run(() => stop());
}

function isGone({ aborted, reason }, how) {
  return aborted && reason.code === "ERR_TARGET_GONE" && reason.reason === how;
}

function lawOf(kind, move) {
  return async (t) => {
    const all = await origins(t);
    const { open, said, lane } = listenTo(t);
    const page = await openOn(t, all.own, "page", kind);
    await page.hear("main", "onMsgFromMain");
    await page.hear("other", "onMsgFromOtherRender");
    await addFrame(page, "inner", { src: `${all.own}/frames.html?tells` });
    const stop = await flooding(t, kind);
    const series = new Series(t, "page");
    const where = ["own"];
    await series.during(
      (async () => {
        for (const round of numbers(ROUNDS)) {
          const [body, key] = move(round);
          where.push(key);
          await page.run(body, "inner", `${all[key]}/frames.html?tells=${round}`);
          await t.sleep(20);
        }
      })(),
    );
    const count = await stop();
    series.send();
    await t.until("all documents asked", () => open.length === where.length);
    const { doc } = open[ROUNDS];
    await t.until("the last one has the last", () => said(doc, "main").includes(series.count - 1));
    await t.until("and the other's", () => said(doc, "other").includes(count - 1));
    await series.heard(page, "main", 0);
    t.assert.deepEqual(
      await page.hears("other", count),
      numbers(count).map((n) => ["other", String(n)]),
    );
    t.assert.deepEqual(
      open.map(({ origin }) => origin),
      where.map((key) => all[key]),
    );
    for (const name of ["main", "other"]) {
      for (const { doc } of open) t.assert.deepEqual(disorder(said(doc, name)), []);
      t.assert.equal(new Set(lane(name)).size, lane(name).length);
    }
    await t.until("what the former ones asked is nobody's", () =>
      open.slice(0, ROUNDS).every(({ signal }) => isGone(signal, "reloaded")),
    );
    t.assert.equal(open[ROUNDS].signal.aborted, false);
    t.assert.equal(sy.stats().windows.page.queued, 0);
    t.assert.deepEqual(t.console.lines, []);
  };
}

/** How a frame's document may end: what is done, and the reason that is told, if it must be that. */
const ENDS = {
  "navigates within its origin": [
    ({ page, all }) => page.run(go, "inner", `${all.own}/frames.html?2`),
    "reloaded",
  ],
  "navigates to another site": [
    ({ page, all }) => page.run(go, "inner", `${all.site}/frames.html`),
    "reloaded",
  ],
  reloads: [({ page }) => page.run((id) => iframes.go(id), "inner"), "reloaded"],
  "is removed": [({ page }) => page.run((id) => iframes.remove(id), "inner")],
  "has its page reloaded": [({ page }) => page.reload(), "reloaded"],
  "has its page crash": [({ page }) => page.crash(), "crashed"],
  "has its window closed": [() => sy.destroyWindow("page"), "closed"],
};

function endLawOf(kind, end, reason) {
  return async (t) => {
    const all = await origins(t);
    const { open } = listenTo(t);
    const page = await openOn(t, all.own, "page", kind);
    await addFrame(page, "inner", { src: `${all.own}/frames.html?tells` });
    const other = await t.open("other", kind);
    const never = () => {
      window.signals = [];
      sy.onCall(({ signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      });
    };
    const frame = frameOf(page, "inner");
    await other.run(never);
    await frame.run(never);
    await frame.run(() => void sy.callOtherRender("other", "the frame's"));
    const outcomes = [t.shared.outcome(() => sy.callRender("page", "main's"))];
    await other.run(() => {
      window.outcome = shared.outcome(() => sy.callOtherRender("page", "other's"));
    });
    await t.until("they are at work", async () => {
      const [here, there] = await Promise.all(
        [frame, other].map((page) => page.run(() => signals.length)),
      );
      return here === 2 && there === 1 && open.length === 1;
    });
    await end({ page, all });
    outcomes.push(other.run(() => outcome));
    for (const { error } of await Promise.all(outcomes)) {
      t.assert.equal(error.code, "ERR_TARGET_GONE");
      if (reason) t.assert.match(error.text, new RegExp(`reason: "${reason}"`));
    }
    await t.until("main's handler knows", () => open[0].signal.aborted);
    t.assert.equal(open[0].signal.reason.code, "ERR_TARGET_GONE");
    if (reason) t.assert.equal(open[0].signal.reason.reason, reason);
    await t.until("the other's handler knows", () => other.run(() => signals[0].aborted));
  };
}

function lawsOf(kindName, kind) {
  const moves = Object.entries(MOVES).map(([name, move]) => ({
    [`${kindName}: a frame that ${name} in a flood disturbs nobody`]: lawOf(kind, move),
  }));
  const ends = Object.entries(ENDS).map(([name, [end, reason]]) => ({
    [`${kindName}: a frame that ${name}: what was asked of it and what it asked ends`]: endLawOf(
      kind,
      end,
      reason,
    ),
  }));
  return Object.assign({}, ...moves, ...ends);
}

const LAST_WORDS = {
  "what frames send before they are removed arrives": async (t) => {
    const all = await origins(t);
    const asked = [];
    t.handle(({ origin }, msg) => {
      asked.push([origin, msg]);
    });
    const page = await openOn(t, all.own, "page");
    const other = await t.open("other", KINDS.isolated);
    await other.run(() => iframes.hear("other", "onMsgFromOtherRender"));
    // More than two of them, and more at once than Chromium has processes for.
    const origin = (n) => Object.values(all)[n % 3];
    for (const n of numbers(15)) {
      await addFrame(page, `frame${n}`, { src: `${origin(n)}/frames.html` });
    }
    const send = (n) => {
      sy.sendMsgToOtherRender("other", n);
      sy.sendMsgToMain(n);
    };
    await Promise.all(numbers(15).map((n) => frameOf(page, `frame${n}`).run(send, n)));
    await page.run(() => {
      for (const iframe of [...document.querySelectorAll("iframe")]) iframe.remove();
    });
    await t.until("main has all", () => asked.length === 15);
    const sorted = (list) => list.sort(([, a], [, b]) => a - b);
    t.assert.deepEqual(
      sorted(asked),
      numbers(15).map((n) => [origin(n), n]),
    );
    const heard = (await other.hears("other", 15)).map(([name, text]) => `${name} ${text}`);
    const expected = numbers(15).map(
      (n) => `page ${t.shared.textOf({ origin: origin(n), msg: n })}`,
    );
    t.assert.deepEqual(heard.sort(), expected.sort());
  },

  "a frame that is removed in the turn in which it sends throws nowhere": async (t) => {
    const { all, page } = await plain(t);
    const other = await t.open("other", KINDS.isolated);
    await other.run(() => void sy.onCall(() => "answer"));
    const count = await page.run(async () => {
      let count = 0;
      addEventListener("error", () => count++);
      addEventListener("unhandledrejection", () => count++);
      for (let n = 0; n < 10; n++) {
        await iframes.open("inner", { src: "frames.html?inner" });
        const { sy } = document.getElementById("inner").contentWindow;
        sy.onMsgFromMain(() => undefined);
        sy.sendMsgToOtherRender("other", n);
        sy.sendMsgToMain(n);
        sy.callOtherRender("other", n);
        iframes.remove("inner");
        await new Promise((resolve) => setTimeout(resolve));
      }
      return count;
    });
    t.assert.equal(count, 0);
    t.handle((_event, msg) => msg);
    t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
    await addFrame(page, "next", { src: `${all.other}/frames.html` });
    t.assert.equal(await frameOf(page, "next").run(() => sy.sendMsgToMain("alive")), "alive");
    t.assert.deepEqual(t.console.lines, []);
  },
};

const WRITTEN = {
  "a frame whose document is written anew stays what it was": async (t) => {
    const { all, page } = await plain(t);
    t.handle(({ origin }, msg) => ({ origin, msg }));
    await addFrame(page, "inner", { src: `${all.own}/frames.html?inner` });
    const ask = (msg) => document.getElementById("inner").contentWindow.sy.sendMsgToMain(msg);
    t.assert.deepEqual(await page.run(ask, 1), { origin: all.own, msg: 1 });
    await page.run(() => {
      const { contentDocument } = document.getElementById("inner");
      contentDocument.open();
      contentDocument.write("<p>written</p>");
      contentDocument.close();
    });
    t.assert.deepEqual(await page.run(ask, 2), { origin: all.own, msg: 2 });
  },
};

async function plain(t) {
  const all = await origins(t);
  return { all, page: await openOn(t, all.own, "page") };
}

const NONE = {
  "a page that reloads in a flood misses nothing that its frames do not get": async (t) => {
    const all = await origins(t);
    const page = await openOn(t, all.own, "page");
    await page.hear("old", "onMsgFromMain");
    for (const [id, origin] of Object.entries(all)) {
      await addFrame(page, id, { src: `${origin}/frames.html` });
      await frameOf(page, id).hear("main", "onMsgFromMain");
    }
    const series = new Series(t, "page");
    series.send(5);
    await page.hears("old", 5);
    const from = series.count;
    const reloaded = page.reload();
    const gone = new Promise((resolve) => page.contents.once("did-navigate", resolve));
    await gone;
    await series.during(reloaded);
    await page.hear("new", "onMsgFromMain");
    await series.heard(page, "new", from);
  },

  "what is sent to a window after its listening frame was removed waits for the next listener":
    async (t) => {
      const { page, removed } = await listeningAlone(t);
      await removed();
      for (const n of [1, 2, 3]) sy.sendMsgToRender("page", n);
      await page.hear("main", "onMsgFromMain");
      const all = [1, 2, 3].map((n) => [undefined, String(n)]);
      t.assert.deepEqual(await page.hears("main", 3), all);
    },

  "what is asked of a window after its frame with a handler was removed waits for the next": async (
    t,
  ) => {
    const { page, frame, removed } = await listeningAlone(t);
    await frame.run(() => void sy.onCall(() => "frame"));
    t.assert.equal(await sy.callRender("page", 1), "frame");
    await removed();
    const answer = t.shared.outcome(() => sy.callRender("page", 2));
    await page.run(() => void sy.onCall(() => "page"));
    t.assert.deepEqual(await answer, { value: "page" });
  },

  "200 frames come, talk and go: the counters add up and nothing is left of them": many(
    async (t) => {
      const all = await origins(t);
      const { open } = listenTo(t);
      const page = await openOn(t, all.own, "page");
      await page.hear("main", "onMsgFromMain");
      // Electron 9 does not tell of a removed frame in a process of its own before the next delivery.
      const places = KNOWS_FRAMES ? Object.values(all) : [all.own, all.other];
      const counts = () => sy.stats().windows.page;
      for (const batch of numbers(10)) {
        const urls = numbers(20).map((n) => places[n % places.length]);
        await Promise.all(
          urls.map((origin, n) =>
            addFrame(page, `frame${n}`, { src: `${origin}/frames.html?tells=${batch}` }),
          ),
        );
        await t.until("all asked", () => open.length === 20 * (batch + 1));
        sy.sendMsgToRender("page", "to all");
        await page.run(() => {
          for (const iframe of [...document.querySelectorAll("iframe")]) iframe.remove();
        });
        // To those that are not known to be gone yet.
        sy.sendMsgToRender("page", "to some");
        await t.until("they are known to be gone", () =>
          open.every(({ signal }) => signal.aborted),
        );
        const { accepted } = counts();
        sy.sendMsgToRender("page", "to the page alone");
        t.assert.equal(counts().accepted, accepted + 1);
        await t.until("nothing waits", () => counts().queued === 0);
      }
      t.assert.equal((await page.hears("main", 30)).length, 30);
      t.assert.deepEqual(t.console.lines, []);
    },
  ),
};

/** So many frames, some in processes of their own, want their time. */
function many(law) {
  return Object.assign(law, { timeout: 60000 });
}

/** A page that does not listen, with a frame that does; and a way to remove that. */
async function listeningAlone(t) {
  const all = await origins(t);
  const { open, said } = listenTo(t);
  const page = await openOn(t, all.own, "page");
  await addFrame(page, "inner", { src: `${all.other}/frames.html?tells` });
  sy.sendMsgToRender("page", 0);
  await t.until("it listens", () => open.length > 0 && said(open[0].doc, "main").length === 1);
  const removed = async () => {
    await page.run((id) => iframes.remove(id), "inner");
    await t.until("it is known to be gone", () => open[0].signal.aborted);
  };
  return { page, frame: frameOf(page, "inner"), removed };
}

/** Electron 9 to 11 do not tell which process a frame is in. */
const CRASH = {
  "a frame whose process crashes disturbs nobody, and its next document ends what it asked": async (
    t,
  ) => {
    const all = await origins(t);
    const { open, said } = listenTo(t);
    const page = await openOn(t, all.own, "page");
    await page.hear("main", "onMsgFromMain");
    await addFrame(page, "inner", { src: `${all.site}/frames.html?tells` });
    await t.until("it asked", () => open.length === 1);
    const [{ osProcessId }] = page.contents.mainFrame.frames;
    t.assert.notEqual(osProcessId, page.contents.getOSProcessId());
    process.kill(osProcessId, "SIGKILL");
    const series = new Series(t, "page");
    await series.during(t.sleep(100));
    await page.run(go, "inner", `${all.site}/frames.html?tells`);
    await t.until("the next one asked", () => open.length === 2);
    await t.until("the first is known to be gone", () => open[0].signal.aborted);
    series.send();
    await t.until("the next one listens", () =>
      said(open[1].doc, "main").includes(series.count - 1),
    );
    await series.heard(page, "main", 0);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  LAST_WORDS,
  WRITTEN,
  NONE,
  KNOWS_FRAMES ? CRASH : {},
);
