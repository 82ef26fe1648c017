/**
 * What Electron says of its later versions, brought about in this one: docs/electron-support.md
 * names for each change the test here.
 */
const sy = require("electron-switchyard");
const { assertGone } = require("../ends");
const { kind } = require("../kinds");
const { fs, path } = require("../node");
const { hop } = require("../time");

const SANDBOXED = { contextIsolation: true, sandbox: true };
const CRASH = /^(?:render-process-gone|crashed)$/;

/**
 * The ready-made preload with what Electron 46 gives a sandboxed preload of Node: `process`,
 * `global`, and a `require` that knows Electron alone.
 */
function preloadWithoutShims() {
  const preload = fs.readFileSync(sy.getPreloadPath(), "utf8");
  const file = path.join(__dirname, "..", "built", "without-shims.js");
  const wrapped = `((require, Buffer, setImmediate, clearImmediate, module, exports) => {
    for (const name of ["Buffer", "setImmediate", "clearImmediate"]) delete globalThis[name];
    ${preload}
  })((name) => {
    if (name === "electron") return require(name);
    throw new Error(\`module not found: \${name}\`);
  });`;
  fs.writeFileSync(file, wrapped);
  return file;
}

/** From now on main is notified of this page's crash one task later. Gives the late events. */
function notifyCrashesLate({ contents }) {
  const { emit } = contents;
  const late = [];
  contents.emit = (name, ...args) => {
    if (!CRASH.test(name)) return emit.call(contents, name, ...args);
    late.push(name);
    setImmediate(() => emit.call(contents, name, ...args));
    return true;
  };
  return late;
}

/** The window has no webContents any more when its end is announced. */
function dropContentsAtItsEnd({ window, contents }) {
  contents.prependOnceListener("destroyed", () => {
    Object.defineProperty(window, "webContents", { get: () => undefined });
  });
}

const PRELOADS = {
  "a sandboxed preload needs no Buffer, no setImmediate and no module but electron": async (t) => {
    t.handle((_event, msg) => msg);
    const page = await t.open("page", kind(SANDBOXED, { preload: preloadWithoutShims }));
    t.assert.equal(await page.run(() => sy.sendMsgToMain("up")), "up");
    const bytes = await page.run(async () => {
      const { buffer } = await sy.sendMsgToMain(new Uint8Array(100000).fill(7));
      return [buffer.byteLength, new Uint8Array(buffer)[99999]];
    });
    t.assert.deepEqual(bytes, [100000, 7]);
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("page", new Date(1));
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "Date(1)"]]);
  },
};

const CRASHES = {
  "a crash that is announced a task later: its calls reject, and what waits arrives after a reload":
    async (t) => {
      const page = await t.open("page");
      await page.run(() => void sy.onCall(() => new Promise(() => undefined)));
      await page.known();
      const asked = sy.callRender("page", 1);
      asked.catch(() => undefined);
      await hop();
      const late = notifyCrashesLate(page);
      await page.crash();
      const error = await asked.catch((error) => error);
      t.assert.ok(late.length > 0);
      assertGone(t, Object.assign(error, { text: String(error) }), "crashed", "callRender: ");
      for (const n of [1, 2, 3]) sy.sendMsgToRender("page", n);
      await page.reload();
      await page.hear("main", "onMsgFromMain");
      const texts = (await page.hears("main", 3)).map(([, text]) => text);
      t.assert.deepEqual(texts, ["1", "2", "3"]);
    },

  "a reload from within a crash's event that comes late loses nothing that is sent then": async (
    t,
  ) => {
    const page = await t.open("page");
    const late = notifyCrashesLate(page);
    const loaded = new Promise((resolve) => {
      page.contents.once("render-process-gone", () => {
        page.contents.once("did-finish-load", resolve);
        page.contents.reload();
        for (const n of [1, 2, 3]) sy.sendMsgToRender("page", n);
      });
    });
    page.kill();
    await loaded;
    t.assert.ok(late.length > 0);
    await page.hear("main", "onMsgFromMain");
    const texts = (await page.hears("main", 3)).map(([, text]) => text);
    t.assert.deepEqual(texts, ["1", "2", "3"]);
  },
};

function lawsOfEnds(how, end) {
  return {
    [`a window that was ${how} and has no webContents any more is gone from the table`]: async (
      t,
    ) => {
      const page = await t.open("page");
      dropContentsAtItsEnd(page);
      const over = new Promise((resolve) => page.window.once("closed", resolve));
      end(page.window);
      await over;
      await hop();
      t.assert.deepEqual(sy.getAllWindows().length, 0);
      const error = await sy.callRender("page", 1).catch((error) => error);
      t.assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", "closed"]);
      t.handle((event) => event.windowName);
      const again = await t.open("page");
      t.assert.equal(await again.run(() => sy.sendMsgToMain(1)), "page");
    },
  };
}

module.exports = Object.assign(
  {},
  PRELOADS,
  CRASHES,
  lawsOfEnds("closed", (window) => window.close()),
  lawsOfEnds("destroyed", (window) => window.destroy()),
);
