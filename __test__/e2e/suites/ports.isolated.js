/**
 * A port ends with its document, whoever holds it: what a page gives away of itself speaks and hears
 * for as long as the page is there, and as that page. Its own process: what it leaves behind must
 * not confuse other suites.
 */
const { BrowserWindow } = require("electron");
const sy = require("electron-switchyard");
const { KNOWS_FRAMES, origins } = require("../frames");
const { ISOLATED, kind } = require("../kinds");

/** The page shares its preload's world, and can take what that has. */
const TAKEN = kind({ contextIsolation: false, sandbox: true, nativeWindowOpen: true });

/** Longer than the last words of a document are heard, in ms. */
const AFTER_LAST_WORDS = 400;

/** In the page: takes the port of its wire. */
async function take() {
  const ports = MessagePort.prototype;
  const { postMessage } = ports;
  sy.onMsgFromMain(() => undefined);
  ports.postMessage = function (...args) {
    window.taken = this;
    return postMessage.apply(this, args);
  };
  await sy.sendMsgToMain("before");
  ports.postMessage = postMessage;
}

/** In the popup: takes the port that it is given. */
const receive = () => {
  window.heard = [];
  addEventListener("message", ({ ports }) => {
    if (ports.length === 0) return;
    window.stolen = ports[0];
    stolen.onmessage = ({ data }) => heard.push(data);
  });
};

/** A window whose page gives its port to a popup of another site, and what main hears. */
async function stolen(t) {
  const all = await origins(t);
  const seen = [];
  t.handle((event, msg) => {
    const { windowName, origin, senderFrame } = event;
    if (msg !== "before") {
      seen.push({ windowName, origin, url: senderFrame?.url, msg });
    }
    return "secret answer";
  });
  const page = t.window("taken", TAKEN);
  await page.contents.loadURL(`${all.own}/page.html`);
  await page.run(take);
  const before = new Set(BrowserWindow.getAllWindows());
  const open = `void (window.popup = window.open("${all.site}/frames.html"))`;
  await page.contents.executeJavaScript(open, true);
  const popup = BrowserWindow.getAllWindows().find((window) => !before.has(window));
  const inPopup = (body, ...args) =>
    popup.webContents.executeJavaScript(`(${body})(...${JSON.stringify(args)})`);
  await t.until("it has loaded", () => inPopup(() => Boolean(window.iframes)).catch(() => false));
  await inPopup(receive);
  await page.run(() => popup.postMessage(0, "*", [taken]));
  await t.until("the popup has it", () => inPopup(() => Boolean(window.stolen)));
  let id = 1000;
  const says = (msg) =>
    inPopup((packet) => stolen.postMessage(packet), `[[1,${++id},0,${JSON.stringify(msg)}]]`);
  const heard = () => inPopup(() => heard.filter((data) => typeof data !== "number").map(String));
  return { all, page, popup, seen, inPopup, says, heard };
}

const wordsOf = (seen) => seen.map(({ msg }) => msg);

const LAWS = {
  "a port that was given away sends and receives while its document is there": async (t) => {
    const { all, seen, says, heard } = await stolen(t);
    await says("as the page");
    await t.until("it came", () => seen.length > 0);
    const url = KNOWS_FRAMES ? `${all.own}/page.html` : undefined;
    t.assert.deepEqual(seen, [{ windowName: "taken", origin: all.own, url, msg: "as the page" }]);
    sy.sendMsgToRender("taken", "for the page");
    await t.until("it is heard", async () => (await heard()).length > 1);
    t.assert.match((await heard()).join(), /secret answer.*for the page/);
  },

  ...Object.fromEntries(
    ["own", "site"].flatMap((where) => [
      [
        `it is silent once the window went to another page (${where})`,
        async (t) => {
          const { all, page, seen, says, heard } = await stolen(t);
          await page.contents.loadURL(`${all[where]}/page.html`);
          await says("at once");
          await t.sleep(AFTER_LAST_WORDS);
          await says("later");
          t.assert.equal(await page.run(() => sy.sendMsgToMain("trusted")), "secret answer");
          t.assert.deepEqual(wordsOf(seen), ["trusted"]);
          t.assert.equal(seen[0].origin, all[where]);
          await page.hear("main", "onMsgFromMain");
          t.assert.deepEqual(await heard(), []);
          sy.sendMsgToRender("taken", "secret");
          await page.hears("main", 1);
          t.assert.deepEqual(await heard(), []);
        },
      ],
    ]),
  ),

  "it is silent once an empty page is there": async (t) => {
    const { page, seen, says } = await stolen(t);
    await page.contents.loadURL("about:blank").catch(() => undefined);
    await t.sleep(AFTER_LAST_WORDS);
    await says("later");
    await t.sleep(50);
    t.assert.deepEqual(wordsOf(seen), []);
  },

  "it is silent after a crash of its page, and cannot come back": async (t) => {
    const { page, popup, seen, says, heard } = await stolen(t);
    await page.crash();
    await t.sleep(AFTER_LAST_WORDS);
    // Where they shared a process, nobody is left to speak.
    if (popup.isDestroyed() || popup.webContents.isCrashed()) return;
    await says("from the grave");
    sy.sendMsgToRender("taken", "secret");
    await t.sleep(50);
    t.assert.deepEqual(wordsOf(seen), []);
    t.assert.deepEqual(await heard(), []);
  },

  "it says that it is here all the time: the window's messages go to its page": async (t) => {
    const { all, page, inPopup, seen, heard } = await stolen(t);
    await inPopup(() => {
      setInterval(() => {
        for (let n = 0; n < 20; n++) {
          for (const question of ["", "0", "1", "undefined", "NaN"]) {
            stolen.postMessage([question, 0x40]);
          }
          stolen.postMessage(["", 7]);
        }
      }, 0);
    });
    // What the old page got while it was there does not count.
    await t.sleep(50);
    let sent = 0;
    for (let round = 0; round < 6; round++) {
      const loaded = page.contents.loadURL(`${all.own}/page.html?${round}`);
      if (round === 0) {
        await loaded;
        await t.sleep(50);
      }
      for (let n = 0; n < 20; n++) {
        sy.sendMsgToRender("taken", `secret ${sent++}`);
        await t.sleep(5);
      }
      await loaded;
    }
    await page.hear("main", "onMsgFromMain");
    await t.until("all came", async () => (await page.heard("main")).length > 0);
    await t.sleep(50);
    t.assert.deepEqual(await heard(), []);
    t.assert.equal(sy.stats().windows.taken.queued, 0);
    const got = (await page.heard("main")).length;
    t.assert.equal(got, sent);
    t.assert.deepEqual(seen, []);
  },

  "final messages of a page are received, as its own, on each of 20 pages": async (t) => {
    const all = await origins(t);
    const seen = [];
    t.handle(({ origin, windowName, senderFrame }, msg) => {
      seen.push([windowName, origin, msg, senderFrame?.url]);
    });
    const page = t.window("leaving", ISOLATED);
    const places = [all.own, all.own, all.site, all.other];
    const [sent, kept] = [[], []];
    for (let n = 0; n < 20; n++) {
      const at = n % places.length;
      await page.contents.loadURL(`${places[at]}/page.html?${n}`);
      await page.run((n) => {
        addEventListener("pagehide", () => void sy.sendMsgToMain(n));
      }, n);
      sent.push(["leaving", places[at], n]);
      // The process of a page that another site's replaces ends with it, maybe before it has spoken.
      if (at === 0 || at === 3) kept.push(n);
    }
    await page.contents.loadURL(`${all.own}/page.html`);
    const came = () => new Set(seen.map(([, , n]) => n));
    await t.until("all came", () => kept.every((n) => came().has(n)));
    for (const [name, origin, n] of seen) t.assert.deepEqual([name, origin, n], sent[n]);
    t.assert.equal(came().size, seen.length);
    // Of the document that sent it, or null: never the next one's.
    for (const [, , n, url] of seen) {
      if (url) t.assert.match(url, new RegExp(`\\?${n}$`));
    }
  },

  "an event that is kept does not show the next document": async (t) => {
    const all = await origins(t);
    const events = [];
    t.handle((event) => void events.push(event));
    const page = t.window("page", ISOLATED);
    await page.contents.loadURL(`${all.own}/page.html`);
    await page.run(() => sy.sendMsgToMain(1));
    const [event] = events;
    if (KNOWS_FRAMES) t.assert.equal(event.senderFrame.url, `${all.own}/page.html`);
    await page.contents.loadURL(`${all.own}/frames.html`);
    t.assert.equal(event.senderFrame, null);
    t.assert.equal(event.origin, all.own);
  },

  "an isolated page cannot get a port": async (t) => {
    const page = t.window("page", ISOLATED);
    const all = await origins(t);
    await page.contents.loadURL(`${all.own}/page.html`);
    const got = await page.run(async () => {
      const ports = [];
      const names = ["port", "port?", "up", "down", "up:bytes", "up:text", "down:bytes"];
      for (const name of names) {
        addEventListener(`electron-switchyard:${name}`, (event) => {
          ports.push(...(event.ports || []));
          if (event.detail instanceof Object) ports.push(event.detail);
        });
      }
      const post = MessagePort.prototype.postMessage;
      MessagePort.prototype.postMessage = function (...args) {
        ports.push(this);
        return post.apply(this, args);
      };
      for (const name of names) {
        dispatchEvent(new Event(`electron-switchyard:${name}`));
        dispatchEvent(new MessageEvent(`electron-switchyard:${name}`, { data: 1 }));
      }
      await sy.sendMsgToMain(1).catch(() => undefined);
      const bridge = window.__electronSwitchyard;
      const deep = (value, depth) =>
        Object.values(Object(value)).some(
          (item) => item instanceof MessagePort || (depth > 0 && deep(item, depth - 1)),
        );
      return [ports.length, deep(bridge, 4)];
    });
    t.assert.deepEqual(got, [0, false]);
  },
};

module.exports = LAWS;
