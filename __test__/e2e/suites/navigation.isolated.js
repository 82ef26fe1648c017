/**
 * Where a window's document is replaced, or nearly: nothing that waits is lost, nothing doubled.
 * Its own process, as it takes long.
 */
const { BrowserWindow } = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED, OPEN, built, kind } = require("../kinds");
const { Series, disorder, numbers } = require("../series");
const { serve } = require("../server");
const { hop, sleep } = require("../time");

const KINDS = { "isolated and sandboxed": ISOLATED, "not isolated, sandboxed": OPEN };
const BOTH_WORLDS = kind(
  { contextIsolation: true, sandbox: true },
  { preload: built("user-browser.js"), file: "page.html" },
);
const RELOADS = 100;

async function served(t) {
  const { origin, close } = await serve();
  t.undos.push(close);
  return origin;
}

/** An address of this machine where nobody listens. */
async function deadOrigin() {
  const { origin, close } = await serve();
  close();
  return origin;
}

/**
 * Waits until a page is there and nothing of its load is still to come: Electron takes the late
 * end of one load for that of the next.
 */
async function there(page, loading) {
  await loading;
  do await sleep(1);
  while (page.contents.isLoading());
}

async function opened(t, ...args) {
  const page = await t.open(...args);
  await there(page);
  return page;
}

/** Waits for the next document to be loaded by what is done here. */
function loadedBy(page, act) {
  const loaded = new Promise((resolve) => page.contents.once("did-finish-load", resolve));
  act();
  return there(page, loaded);
}

/**
 * Waits for a navigation that ends without a new page. What Electron's promise says of it depends
 * on the version and on what was loaded before.
 */
async function given(up) {
  await up.catch(() => undefined);
  await hop();
}

/** Loads what cannot be loaded; gives why, once the page that says so is there. */
async function failureOf(page, url) {
  const failed = new Promise((resolve) => {
    const hear = (_event, _code, description, failedUrl) => {
      if (!failedUrl.startsWith(url)) return;
      page.contents.removeListener("did-fail-load", hear);
      resolve(description);
    };
    page.contents.on("did-fail-load", hear);
  });
  given(page.contents.loadURL(url));
  const why = await failed;
  while (page.contents.isLoading()) await sleep(5);
  return why;
}

/** A request of the page that is answered when the test wants. */
async function ask(t, page) {
  let open;
  const answer = new Promise((resolve) => {
    open = resolve;
  });
  let asked = false;
  const undo = t.handle((_event, msg) => {
    if (msg !== "the open request") return undefined;
    asked = true;
    return answer;
  });
  await page.run(() => {
    window.answer = sy.sendMsgToMain("the open request");
  });
  await t.until("it asked", () => asked);
  undo();
  return (value) => open(value);
}

/** The document that was there stays: it listens on, and its open request is answered. */
async function staysAlive(t, navigate) {
  const page = await opened(t, "page", t.kind);
  const series = new Series(t, "page");
  await page.hear("stays", "onMsgFromMain");
  const open = await ask(t, page);
  await series.during(navigate(page));
  open("for the same page");
  t.assert.equal(await page.run(() => window.answer), "for the same page");
  series.send(3);
  await series.heard(page, "stays", 0);
  t.handle((_event, msg) => msg);
  t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
}

const HISTORY = {
  "going back and forward loads documents anew; what waits arrives once, in order": async (t) => {
    const page = await opened(t, "page", t.kind);
    const series = new Series(t, "page");
    await there(page, page.load("page.html", { second: "yes" }));
    await page.run(() => {
      window.mark = "of this document";
    });
    for (const way of ["goBack", "goForward", "goBack", "goForward"]) {
      series.send(2);
      await series.during(loadedBy(page, () => page.contents[way]()));
      series.send(2);
    }
    t.assert.equal(await page.run(() => location.search), "?second=yes");
    t.assert.equal(await page.run(() => window.mark), undefined);
    await series.waited(page);
  },

  // If it kept some, a document that ended for the router could come back to life.
  "Electron keeps no page in the back/forward cache: going back makes a fresh document": async (
    t,
  ) => {
    const [origin, another] = [await served(t), await served(t)];
    const page = await opened(t, "page", t.kind, "shown.html");
    const mark = () => page.run(() => void Object.assign(window, { mark: "of this document" }));
    await mark();
    const urls = [
      page.contents.getURL(),
      `${origin}/shown.html`,
      `${origin}/shown.html?2`,
      `${another}/shown.html`,
    ];
    for (const url of urls.slice(1)) {
      await there(page, page.contents.loadURL(url));
      await mark();
    }
    for (const [way, at] of [
      ["goBack", 2],
      ["goBack", 1],
      ["goBack", 0],
      ["goForward", 1],
      ["goForward", 2],
    ]) {
      await loadedBy(page, () => page.contents[way]());
      await t.until("it is shown", () => page.run(() => shown.length > 0));
      const seen = await page.run(() => ({ shown, mark: window.mark, url: location.href }));
      t.assert.deepEqual(seen, { shown: [false], mark: undefined, url: urls[at] });
      await mark();
    }
  },

  "a listening page that was left by going back gets nothing any more": async (t) => {
    const inbox = t.inbox();
    const told = () => inbox.map(({ msg }) => msg.msg);
    const page = await opened(t, "page", t.kind, "echo.html");
    await there(page, page.load("echo.html", { second: "yes" }));
    const series = new Series(t, "page");
    for (const way of ["goBack", "goForward", "goBack"]) {
      await series.during(loadedBy(page, () => page.contents[way]()));
      series.send();
      await t.until("the last was told", () => told().includes(series.count - 1));
    }
    await t.sleep(20);
    t.assert.deepEqual(disorder(told()), []);
    const loads = new Set(inbox.map(({ msg }) => msg.load));
    t.assert.ok(loads.size <= 4, `${loads.size} documents told of messages`);
  },

  "an answer for the page that going back has left goes nowhere": async (t) => {
    const page = await opened(t, "page", t.kind);
    await there(page, page.load("page.html", { second: "yes" }));
    const open = await ask(t, page);
    await loadedBy(page, () => page.contents.goBack());
    const mine = await ask(t, page);
    open("for the page that was left");
    await t.sleep(20);
    mine("for the page that is there");
    t.assert.equal(await page.run(() => window.answer), "for the page that is there");
  },

  "going back and forward within a document changes nothing": (t) =>
    staysAlive(t, async (page) => {
      const places = await page.run(() => {
        const places = [location.href];
        history.pushState({}, "", "#a-place");
        places.push(location.href);
        history.pushState({}, "", "?another=place");
        return [...places, location.href];
      });
      const at = (place) => t.until(place, () => page.contents.getURL() === place);
      await at(places[2]);
      let place = 2;
      for (const steps of [-1, -1, 2, -2]) {
        // By the page: Electron's goBack passes over entries that no user's doing has made.
        await page.run((steps) => void setTimeout(() => history.go(steps)), steps);
        place += steps;
        await at(places[place]);
        await t.sleep(10);
      }
    }),
};

const ORIGINS = {
  "from file to http, to data and back: what waits arrives once, in order": async (t) => {
    const origin = await served(t);
    const page = await opened(t, "page", t.kind);
    const series = new Series(t, "page");
    const urls = [`${origin}/page.html`, "data:text/html,nothing", `${origin}/redirect`];
    for (const url of urls) {
      series.send(2);
      await series.during(there(page, page.contents.loadURL(url)));
      series.send(2);
    }
    await series.during(there(page, page.load()));
    await series.during(there(page, page.contents.loadURL(`${origin}/page.html`)));
    await series.waited(page);
  },

  "on each origin a page is received from and answered; what was asked on the one before is not":
    async (t) => {
      const origin = await served(t);
      const page = await opened(t, "page", t.kind);
      const series = new Series(t, "page");
      const ways = [
        () => there(page, page.contents.loadURL(`${origin}/page.html`)),
        () => there(page, page.load()),
        () => there(page, page.contents.loadURL(`${origin}/redirect`)),
      ];
      let earlier = () => undefined;
      for (const go of ways) {
        const open = await ask(t, page);
        await go();
        earlier = open;
        await page.hear("here", "onMsgFromMain");
        const from = series.count;
        series.send(3);
        const mine = await ask(t, page);
        earlier("for the page before");
        await t.sleep(10);
        mine("for this page");
        t.assert.equal(await page.run(() => window.answer), "for this page");
        await series.heard(page, "here", from);
      }
    },

  "a page of a data: URL listens and asks like any other": async (t) => {
    const inbox = t.inbox();
    const page = t.window("page", t.kind);
    sy.sendMsgToRender("page", "waits");
    const script = "electronProkit.onMsgFromMain((e, msg) => electronProkit.renderMsgToMain(msg))";
    await page.contents.loadURL(
      `data:text/html,${encodeURIComponent(`<script>${script}</script>`)}`,
    );
    sy.sendMsgToRender("page", "sent then");
    await t.until("both were told", () => inbox.length >= 2);
    t.assert.deepEqual(inbox, [
      { from: "page", msg: "waits" },
      { from: "page", msg: "sent then" },
    ]);
  },

  "a page that loads itself again and again loses nothing that waits": async (t) => {
    const inbox = t.inbox();
    const page = t.window("page", t.kind);
    const series = new Series(t, "page");
    const settled = t.until("it settles", () => inbox.some(({ msg }) => msg === "settled"));
    page.load("loop.html", { left: "15" }).catch(() => undefined);
    await series.during(settled);
    await series.waited(page);
  },

  "a listening page that loads itself again and again gets nothing twice": async (t) => {
    const inbox = t.inbox();
    const told = () => inbox.map(({ msg }) => msg.msg).filter(Number.isInteger);
    const page = t.window("page", t.kind);
    const series = new Series(t, "page");
    const settled = t.until("it settles", () => inbox.some(({ msg }) => msg === "settled"));
    page.load("loop.html", { left: "15", tells: "yes" }).catch(() => undefined);
    await series.during(settled);
    series.send();
    await t.until("the last was told", () => told().includes(series.count - 1));
    t.assert.deepEqual(disorder(told()), []);
  },
};

const LAST_WORDS = {
  "what a page says just before it leaves arrives, once and in its order": async (t) => {
    const inbox = t.inbox();
    const origin = await served(t);
    const page = await opened(t, "page", t.kind);
    const urls = [`${origin}/page.html`, "data:text/html,nothing", page.contents.getURL()];
    let said = 0;
    const leave = (said, url) => {
      for (let n = said; n < said + 5; n++) sy.sendMsgToMain(n);
      addEventListener("pagehide", () => void sy.sendMsgToMain(said + 5));
      setTimeout(() => (url ? location.assign(url) : location.reload()));
    };
    for (const _ of numbers(5)) {
      for (const url of [null, urls[0], null, "back"]) {
        await loadedBy(page, () => {
          const to = url === "back" ? null : url;
          page.run(leave, said, to).catch(() => undefined);
          if (url === "back") setTimeout(() => given(page.load()), 5);
        });
        said += 6;
        await hop();
      }
    }
    const got = () => inbox.map(({ msg }) => msg);
    await t.sleep(100);
    const missing = numbers(said).filter((n) => n % 6 < 5 && !got().includes(n));
    t.assert.deepEqual(missing, []);
    // Two documents are two senders: the last word of one may come after the next's first.
    for (const first of numbers(said / 6)) {
      const ofOne = got().filter((n) => Math.floor(n / 6) === first);
      t.assert.deepEqual(disorder(ofOne), []);
    }
    t.assert.deepEqual(t.console.lines, []);
  },
};

const FAILURES = {
  "a navigation that fails: what is sent from then on waits for the next page": async (t) => {
    const dead = await deadOrigin();
    const page = await opened(t, "page", t.kind);
    await page.hear("old", "onMsgFromMain");
    t.assert.equal(await failureOf(page, dead), "ERR_CONNECTION_REFUSED");
    const series = new Series(t, "page");
    series.send(5);
    await series.during(there(page, page.load()));
    await series.waited(page);
  },

  "before, during and between failures nothing that waits is lost": async (t) => {
    const dead = await deadOrigin();
    const origin = await served(t);
    const page = t.window("page", t.kind);
    const series = new Series(t, "page");
    series.send(3);
    const failures = [];
    for (const url of [dead, `${dead}/again`, "file:///there/is/no/such.html"]) {
      failures.push(await series.during(failureOf(page, url)));
      series.send(3);
    }
    await series.during(there(page, page.contents.loadURL(`${origin}/page.html`)));
    failures.push(await series.during(failureOf(page, dead)));
    await series.during(loadedBy(page, () => page.contents.goBack()));
    const refused = "ERR_CONNECTION_REFUSED";
    t.assert.deepEqual(failures, [refused, refused, "ERR_FILE_NOT_FOUND", refused]);
    await series.waited(page);
  },

  "a navigation that is answered by 204: the old page stays": async (t) => {
    const origin = await served(t);
    await staysAlive(t, async (page) => {
      for (const _ of numbers(3)) await given(page.contents.loadURL(`${origin}/nothing`));
    });
  },

  "a navigation that becomes a download: the old page stays": async (t) => {
    const origin = await served(t);
    await staysAlive(t, async (page) => {
      const { session } = page.contents;
      const downloads = new Promise((resolve) => {
        session.once("will-download", (event) => {
          event.preventDefault();
          resolve();
        });
      });
      await given(page.contents.loadURL(`${origin}/download`));
      await downloads;
    });
  },

  "a navigation that is stopped: the old page stays": async (t) => {
    const origin = await served(t);
    await staysAlive(t, async (page) => {
      const ended = given(page.contents.loadURL(`${origin}/never`));
      await t.sleep(50);
      page.contents.stop();
      await ended;
    });
  },

  "a navigation that another overtakes: what waits arrives once, in order": async (t) => {
    const origin = await served(t);
    const page = await opened(t, "page", t.kind);
    const series = new Series(t, "page");
    for (const path of ["/slow", "/never", "/slow"]) {
      given(page.contents.loadURL(origin + path));
      series.send(2);
      await series.during(t.sleep(20));
    }
    const last = `${origin}/page.html?last`;
    given(page.contents.loadURL(last));
    await series.during(
      t.until("the last is there", () => {
        return page.contents.getURL() === last && !page.contents.isLoading();
      }),
    );
    await series.waited(page);
  },

  "a page that does not let itself be reloaded stays": (t) =>
    staysAlive(t, async (page) => {
      const refused = `addEventListener("beforeunload", (event) => {
        event.preventDefault();
        event.returnValue = false;
      }); undefined`;
      // As if a user had done it: pages that nobody touched are not asked.
      await page.contents.executeJavaScript(refused, true);
      const asked = new Promise((resolve) => page.contents.once("will-prevent-unload", resolve));
      page.contents.reload();
      await asked;
      await t.sleep(30);
    }),

  "while a slow page is on its way the old one listens; then the new one does": async (t) => {
    const origin = await served(t);
    const inbox = t.inbox();
    const page = await opened(t, "page", t.kind, "echo.html");
    const series = new Series(t, "page");
    const loading = there(page, page.contents.loadURL(`${origin}/slow`));
    series.send(5);
    await t.until("the old page told of all", () => inbox.length === 5);
    await loading;
    const from = series.count;
    series.send(5);
    await page.hear("new", "onMsgFromMain");
    await series.heard(page, "new", from);
    t.assert.deepEqual(
      inbox.map(({ msg }) => msg.msg),
      numbers(5),
    );
  },
};

const WINDOWS = {
  [`${RELOADS} reloads of a page that does not listen: all that was sent waits, in order`]: async (
    t,
  ) => {
    const page = await opened(t, "page");
    const series = new Series(t, "page");
    const listeners = countListeners(page.contents);
    for (const _ of numbers(RELOADS)) {
      series.send();
      await loadedBy(page, () => page.contents.reload());
      series.send();
    }
    t.assert.deepEqual(countListeners(page.contents), listeners);
    await series.waited(page);
  },

  [`${RELOADS} reloads of a page that listens and asks: each receives once, in order`]: async (
    t,
  ) => {
    const inbox = t.inbox();
    const page = await opened(t, "page", ISOLATED, "echo.html");
    const listeners = countListeners(page.contents);
    for (const round of numbers(RELOADS)) {
      await loadedBy(page, () => page.contents.reload());
      sy.sendMsgToRender("page", round);
      await t.until("it was told", () => inbox.length > round);
    }
    t.assert.deepEqual(
      inbox.map(({ msg }) => msg.msg),
      numbers(RELOADS),
    );
    t.assert.equal(new Set(inbox.map(({ msg }) => msg.load)).size, RELOADS);
    t.assert.deepEqual(countListeners(page.contents), listeners);
  },

  "both worlds get each message on each of the documents of three origins": async (t) => {
    const inbox = t.inbox();
    const origin = await served(t);
    const page = await opened(t, "page", BOTH_WORLDS);
    const ways = [
      () => there(page, page.contents.loadURL(`${origin}/page.html`)),
      () => there(page, page.load()),
      () => loadedBy(page, () => page.contents.goBack()),
    ];
    for (const [round, go] of ways.entries()) {
      await go();
      await page.hear("page", "onMsgFromMain");
      // Else main may take it that only the preload listens.
      await page.known();
      for (const part of ["a", "b"]) sy.sendMsgToRender("page", `${round}${part}`);
      const expected = ["a", "b"].map((part) => `${round}${part}`);
      const got = (await page.hears("page", 2)).map(([, text]) => JSON.parse(text));
      t.assert.deepEqual(got, expected);
      const told = () =>
        inbox.filter(({ msg }) => msg.preload === "main").map(({ msg }) => msg.msg);
      await t.until("the preload got it", () => told().length >= 2 * round + 2);
      t.assert.deepEqual(told().slice(-2), expected);
    }
  },

  "frames within a page come and go, fail and reload: the page notices nothing": async (t) => {
    const dead = await deadOrigin();
    const origin = await served(t);
    const page = t.window("page");
    const series = new Series(t, "page");
    await there(page, page.load("framed.html"));
    await page.hear("outer", "onMsgFromMain");
    const open = await ask(t, page);
    const urls = [`${origin}/page.html`, dead, "data:text/html,nothing", `${origin}/nothing`];
    const inner = async (urls) => {
      const frame = document.querySelector("iframe");
      const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      for (const url of urls) {
        frame.src = url;
        await pause(60);
      }
      const other = document.createElement("iframe");
      other.src = urls[0];
      document.body.append(other);
      await pause(60);
      other.remove();
      frame.src = "page.html";
      await pause(60);
      const outcome = frame.contentWindow.sy
        ? await frame.contentWindow.shared.outcome(() => frame.contentWindow.sy.sendMsgToMain(1))
        : {};
      return outcome.error?.code;
    };
    await series.during(page.run(inner, urls));
    open("for the page");
    t.assert.equal(await page.run(() => window.answer), "for the page");
    await series.heard(page, "outer", 0);
  },

  "a window that a page opens has no preload of its opener's, and says so": async (t) => {
    const page = await opened(t, "page");
    await page.hear("opener", "onMsgFromMain");
    const child = await childOf(t, page, { show: false });
    const { error } = await child.run(() => shared.outcome(() => sy.sendMsgToMain(1)));
    t.assert.equal(error.code, "ERR_NO_PRELOAD");
    child.window.destroy();
    sy.sendMsgToRender("page", "the opener hears");
    t.assert.deepEqual(await page.hears("opener", 1), [[undefined, '"the opener hears"']]);
  },

  "a window that a page opens and the app gives a preload is an end of its own": async (t) => {
    t.handle((event, msg) => [String(event.windowName), msg]);
    const origin = await served(t);
    const page = await opened(t, "page");
    await page.hear("opener", "onMsgFromMain");
    const child = await childOf(t, page, { show: false, ...ISOLATED.options() });
    const unnamed = await child.run(() => sy.sendMsgToMain("unnamed"));
    t.assert.deepEqual(unnamed, ["undefined", "unnamed"]);
    sy.registerWindow("child", child.window);
    const series = new Series(t, "child");
    series.send(3);
    await series.during(there(child, child.contents.loadURL(`${origin}/page.html`)));
    await series.waited(child);
    t.assert.deepEqual(await child.run(() => sy.sendMsgToMain("named")), ["child", "named"]);
    await child.run(() => sy.sendMsgToOtherRender("page", "to the opener"));
    child.window.destroy();
    t.assert.equal(sy.hasWindow("child"), false);
    sy.sendMsgToRender("page", "the opener hears");
    t.assert.deepEqual(await page.hears("opener", 1), [[undefined, '"the opener hears"']]);
  },
};

/** The window that a page opens, made with these options. */
async function childOf(t, page, options) {
  if (page.contents.setWindowOpenHandler) {
    const answer = { action: "allow", overrideBrowserWindowOptions: options };
    page.contents.setWindowOpenHandler(() => answer);
  } else {
    // Electron 9.
    page.contents.once("new-window", (event, url) => {
      event.preventDefault();
      event.newGuest = new BrowserWindow(options);
      event.newGuest.loadURL(url);
    });
  }
  const known = BrowserWindow.getAllWindows();
  await page.contents.executeJavaScript(`void open(location.href + "?child", "child")`, true);
  const isNew = (window) => !known.includes(window);
  const window = await t.until("it is open", () => BrowserWindow.getAllWindows().find(isNew));
  const child = t.page(window);
  await t.until("it is loaded", () => {
    return child.contents.getURL().endsWith("?child") && !child.contents.isLoading();
  });
  return child;
}

function countListeners(contents) {
  return contents.eventNames().map((name) => [String(name), contents.listenerCount(name)]);
}

/** Each law, for windows of a kind. */
function lawsOf(kindName, kind, laws) {
  return Object.entries(laws).map(([name, law]) => ({
    [`${kindName}: ${name}`]: (t) => law(Object.assign(t, { kind })),
  }));
}

module.exports = Object.assign(
  {},
  ...[].concat(
    ...Object.entries(KINDS).map((entry) =>
      lawsOf(...entry, { ...HISTORY, ...ORIGINS, ...LAST_WORDS, ...FAILURES }),
    ),
  ),
  WINDOWS,
);
