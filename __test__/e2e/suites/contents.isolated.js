/** Names of views, webviews' guests and contents: the rules are those of windows. */
const electron = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED } = require("../kinds");
const { path } = require("../node");

const { BaseWindow, BrowserView, BrowserWindow, WebContentsView } = electron;
const PAGE = path.join(__dirname, "..", "pages", "page.html");

/** The app of such an Electron ends itself if a guest that has crashed is loaded again. */
const DIES_WITH_GUESTS = Number.parseInt(process.versions.electron, 10) > 27;

/** Drives contents that have no window of their own. */
function pageOf(t, contents) {
  const page = t.page({ webContents: contents });
  page.load = () => contents.loadFile(PAGE);
  return page;
}

/** A view in a window, by what adds it. */
function view(View, add) {
  return async (t) => {
    const host = t.unnamedWindow().window;
    const given = new View(ISOLATED.options());
    add(host, given);
    const page = pageOf(t, given.webContents);
    await page.load();
    return { given, page, host };
  };
}

/** A guest, whose webview has this package's preload as its attribute or by its host's will. */
function guest(isAttribute) {
  return async (t) => {
    const webPreferences = { webviewTag: true, contextIsolation: true, sandbox: false };
    const host = new BrowserWindow({ show: false, webPreferences });
    if (!isAttribute) {
      host.webContents.on("will-attach-webview", (_event, preferences) => {
        preferences.preload = sy.getPreloadPath();
      });
    }
    const attached = new Promise((resolve) =>
      host.webContents.once("did-attach-webview", (_event, contents) => resolve(contents)),
    );
    const preload = isAttribute ? ` preload="file://${sy.getPreloadPath()}"` : "";
    const tag = `<webview src="file://${PAGE}" webpreferences="contextIsolation=yes"${preload}>`;
    await host.loadFile(path.join(path.dirname(PAGE), "bare.html"));
    await host.webContents.executeJavaScript(
      `document.body.innerHTML = ${JSON.stringify(tag)}; undefined`,
    );
    const given = await attached;
    await t.until("the guest has loaded", () => given.getURL() !== "" && !given.isLoading());
    return { given, page: pageOf(t, given), host };
  };
}

async function ofWindow(t) {
  const page = t.unnamedWindow();
  await page.load();
  return { given: page.contents, page, host: page.window };
}

/** Each kind that this Electron has. `isWindow`: these are a BrowserWindow's own contents. */
const KINDS = {
  "a BrowserWindow's contents": { make: ofWindow, isWindow: true },
  "a guest with the preload attribute": { make: guest(true), isGuest: true },
  "a guest of will-attach-webview": { make: guest(false), isGuest: true },
};
if (BrowserView) {
  KINDS["a BrowserView"] = { make: view(BrowserView, (host, it) => host.setBrowserView(it)) };
}
// There was another WebContentsView before Electron 30, which takes contents.
if ("contentView" in BrowserWindow.prototype) {
  const add = (host, it) => host.contentView.addChildView(it);
  KINDS["a WebContentsView"] = { make: view(WebContentsView, add) };
}

function lawsOf(what, { make, isWindow = false, isGuest = false }) {
  const named = async (t) => {
    const made = await make(t);
    sy.registerWindow("it", made.given);
    return made;
  };
  return {
    [`${what}: messages and requests, both ways, also after a reload`]: async (t) => {
      t.handle((event, msg) => [event.windowName, msg]);
      const { page } = await named(t);
      const peer = await t.open("peer");
      await peer.hear("other", "onMsgFromOtherRender");
      for (const round of [1, 2]) {
        await page.hear("main", "onMsgFromMain");
        await page.hear("other", "onMsgFromOtherRender");
        await page.run(() => void sy.onCall((event, msg) => [event.windowName, msg]));
        sy.sendMsgToRender("it", round);
        t.assert.deepEqual(await page.hears("main", 1), [[undefined, `${round}`]]);
        t.assert.deepEqual(await sy.callRender("it", round), [undefined, round]);
        await peer.run((n) => sy.sendMsgToOtherRender("it", n), round);
        t.assert.deepEqual(await page.hears("other", 1), [["peer", `${round}`]]);
        const call = (n) => sy.callOtherRender("it", n);
        t.assert.deepEqual(await peer.run(call, round), ["peer", round]);
        const ask = (n) => {
          sy.sendMsgToOtherRender("peer", n);
          return sy.sendMsgToMain(n);
        };
        t.assert.deepEqual(await page.run(ask, round), ["it", round]);
        t.assert.deepEqual((await peer.hears("other", round)).pop(), ["it", `${round}`]);
        if (round === 1) await page.reload();
      }
      t.assert.equal(sy.stats().windows.it.queued, 0);
      t.assert.ok(sy.stats().windows.it.delivered >= 8);
    },

    [`${what}: what each call gives for it`]: async (t) => {
      const { given, page, host } = await named(t);
      sy.registerWindow("it", given);
      sy.registerWindow("it", page.contents);
      t.assert.equal(sy.getContents("it"), page.contents);
      t.assert.equal(sy.getWindow("it"), isWindow ? host : undefined);
      t.assert.deepEqual(sy.getAllWindows(), isWindow ? [host] : []);
      t.assert.deepEqual(sy.windowNames(), ["it"]);
      t.assert.equal(sy.hasWindow("it"), true);
      sy.showWindow("it");
      const lines = t.console.lines.filter((line) => /showWindow/.test(line));
      t.assert.equal(lines.length, isWindow ? 0 : 1);
      t.assert.equal(t.thrown(() => sy.registerWindow("more", given)).code, "ERR_NAME_TAKEN");
      const other = t.window("other").window;
      t.assert.equal(t.thrown(() => sy.registerWindow("it", other)).code, "ERR_NAME_TAKEN");
      if (!isWindow) {
        const count = BrowserWindow.getAllWindows().length;
        t.assert.equal(t.thrown(() => sy.createWindow("it")).code, "ERR_NAME_TAKEN");
        t.assert.equal(BrowserWindow.getAllWindows().length, count);
        if (host.webContents) sy.registerWindow("host", host);
        t.assert.equal(sy.getWindow("host"), host);
      }
      t.assert.equal(sy.unregisterWindow("it"), true);
      t.assert.equal(sy.getContents("it"), undefined);
      sy.registerWindow("again", given);
      t.assert.equal(sy.getContents("again"), page.contents);
    },

    [`${what}: a crash keeps the name and what waits`]: async (t) => {
      const { page } = await named(t);
      await page.run(() => void sy.onCall(() => new Promise(() => undefined)));
      await page.known();
      const asked = t.shared.outcome(() => sy.callRender("it", 1));
      await t.sleep(50);
      await page.crash();
      t.assert.equal((await asked).error.code, "ERR_TARGET_GONE");
      t.assert.equal(sy.getContents("it"), page.contents);
      sy.sendMsgToRender("it", "waits");
      t.assert.equal(sy.stats().windows.it.queued, 1);
      if (isGuest && DIES_WITH_GUESTS) return;
      await page.reload();
      await page.hear("main", "onMsgFromMain");
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"waits"']]);
    },

    [`${what}: destroyWindow ends it, frees its name at once, and what waits is reported`]: async (
      t,
    ) => {
      const reports = [];
      t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
      const { page } = await named(t);
      sy.sendMsgToRender("it", "lost");
      const asked = t.shared.outcome(() => sy.callRender("it", 1));
      sy.destroyWindow("it");
      t.assert.equal(sy.hasWindow("it"), false);
      t.assert.deepEqual(sy.windowNames(), []);
      const next = t.window("it").window;
      const error = (await asked).error;
      t.assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", "closed"]);
      await t.until("it is ended", () => page.contents.isDestroyed());
      await t.until("it is reported", () => reports.length > 0);
      t.assert.deepEqual([reports[0].windowName, reports[0].reason], ["it", "closed"]);
      t.assert.equal(sy.getWindow("it"), next);
      const late = t.thrown(() => sy.registerWindow("late", page.contents));
      t.assert.equal(late.code, "ERR_TARGET_GONE");
      t.assert.equal(sy.hasWindow("late"), false);
    },

    [`${what}: closed by the app, its name is free`]: async (t) => {
      const { given, page, host } = await named(t);
      const over = new Promise((resolve) => page.contents.once("destroyed", resolve));
      if (isWindow) host.destroy();
      else if (isGuest) {
        const remove = 'document.querySelector("webview").remove()';
        await host.webContents.executeJavaScript(remove);
      } else {
        if (what === "a BrowserView") host.setBrowserView(null);
        if (given.destroy) given.destroy();
        else (page.contents.destroy || page.contents.close).call(page.contents);
      }
      await over;
      t.assert.equal(sy.hasWindow("it"), false);
      t.assert.deepEqual(sy.windowNames(), []);
      t.assert.equal("it" in sy.stats().windows, false);
      t.assert.ok(t.window("it").window);
    },

    [`${what}: clearWindows ends it, and resolveWindow may give it`]: async (t) => {
      const { given, page } = await make(t);
      sy.initIpc({ resolveWindow: (name) => (name === "found" ? given : undefined) });
      sy.sendMsgToRender("found", 1);
      sy.initIpc({ resolveWindow: () => undefined });
      t.assert.equal(sy.getContents("found"), page.contents);
      sy.clearWindows();
      t.assert.deepEqual(sy.windowNames(), []);
      await t.until("it is ended", () => page.contents.isDestroyed());
    },
  };
}

const OTHERS = {
  "a window and its name in the wrong order is an error that says the order": async (t) => {
    const { window } = t.window("shell");
    const given = [window, window.webContents, { webContents: window.webContents }];
    if (BrowserView) given.push(new BrowserView());
    if (KINDS["a WebContentsView"]) given.push(new WebContentsView());
    for (const each of given) {
      for (const swapped of [[each, "tab"], [each], [each, each]]) {
        const error = t.thrown(() => sy.registerWindow(...swapped));
        t.assert.equal(error.code, "ERR_INVALID_ARG_TYPE");
        t.assert.match(
          error.message,
          /^electron-switchyard: registerWindow: name must be a non-empty string, and is /,
        );
        t.assert.match(error.message, /: the name comes first, and the window second$/);
      }
    }
    t.assert.deepEqual(sy.windowNames(), ["shell"]);
  },

  "what is no window is an error that says what it is and what would be right": async (t) => {
    const { window } = t.window("shell");
    const wrong = [
      [{}, /an object/],
      [undefined, /undefined/],
      [null, /null/],
      ["tab", /the name comes first/],
      [window.webContents.id, /fromId/],
      [Promise.resolve(window), /promise; await/],
      [BrowserWindow, /its class/],
      [() => window, /what returns it/],
      [window.webContents.session, /a session/],
      [[window], /a list/],
      [{ sender: window.webContents }, /event\.sender/],
      [electron.webContents, /Electron's module/],
      [{ webContents: {} }, /an object/],
    ];
    if (window.webContents.mainFrame) wrong.push([window.webContents.mainFrame, /a frame/]);
    if (BaseWindow) wrong.push([new BaseWindow({ show: false }), /BaseWindow/]);
    if (KINDS["a WebContentsView"]) wrong.push([new electron.View(), /a View/]);
    for (const [given, says] of wrong) {
      for (const call of ["registerWindow", "resolveWindow"]) {
        if (call === "resolveWindow" && !given) continue;
        sy.initIpc({ resolveWindow: () => given });
        const error = t.thrown(() =>
          call === "registerWindow"
            ? sy.registerWindow("tab", given)
            : sy.sendMsgToRender("tab", 1),
        );
        t.assert.equal(error.code, "ERR_INVALID_ARG_TYPE", error.stack);
        t.assert.match(
          error.message,
          /^electron-switchyard: \w+: .* must be a BrowserWindow, .*webContents, and is /,
        );
        t.assert.match(error.message, says);
      }
    }
    sy.initIpc({ resolveWindow: () => undefined });
    t.assert.deepEqual(sy.windowNames(), ["shell"]);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  OTHERS,
);
