/** Hellos that main cannot read: their documents are told so at once, and nobody else is. */
const { ipcMain } = require("electron");
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");

const OPTIONS = { sandbox: false };
const MANGLED = ["ports", "text", "wrapped"];

function mangling(way, contextIsolation) {
  const additionalArguments = [`--mangle=${way}`];
  const options = { ...OPTIONS, contextIsolation, additionalArguments };
  return kind(options, { preload: source("mangling.js") });
}

/** How many hellos a document's preload made, and how many refusals came. */
function countsOf(page) {
  const counts = new Promise((resolve) => {
    ipcMain.once("counts", (_event, hellos, refusals) => resolve({ hellos, refusals }));
  });
  page.contents.send("counts");
  return counts;
}

function lawsOf(way, isolated) {
  const law = async (t) => {
    sy.initIpc({ handlerWaitMs: 300 });
    t.handle(() => "answer");
    const page = await t.open("page", mangling(way, isolated));
    const began = Date.now();
    const calls = [
      () => sy.sendMsgToMain(1),
      () => sy.callOtherRender("page", 1),
      () => sy.sendMsgToMain(2),
    ];
    for (const call of calls) {
      const error = await page.thrown(call);
      t.assert.equal(error.code, "ERR_NO_MAIN");
      t.assert.match(error.message, /main rejected this page's hello \(it is no hello/);
    }
    t.assert.ok(Date.now() - began < 4000);
    const { error } = await t.shared.outcome(() => sy.callRender("page", 1));
    t.assert.match(
      error.message,
      /within 300 ms \(handlerWaitMs\): main rejected this page's hello/,
    );
    await t.sleep(500);
    const { hellos, refusals } = await countsOf(page);
    t.assert.ok(hellos <= 2, `${hellos} hellos`);
    // Beside those over ports.
    t.assert.ok(refusals <= 2, `${refusals} refusals`);
    t.assert.equal(t.console.lines.length, 1, t.console.lines.join("\n"));
    t.assert.match(t.console.lines[0], /was rejected: Error: it is no hello/);
  };
  const where = isolated ? "an isolated page" : "a page that is not isolated";
  return { [`${where}, its hello mangled (${way}): what it asks rejects at once`]: law };
}

const OTHERS = {
  "rejections of another document's hellos change nothing, and are bounded": async (t) => {
    t.handle(() => "answer");
    const page = await t.open("page", mangling("first", true));
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
    const { hellos, refusals } = await countsOf(page);
    t.assert.ok(hellos <= 2, `${hellos} hellos`);
    t.assert.ok(refusals <= 20 * hellos, `${refusals} refusals`);
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
  },

  "a document that was let in keeps its wire, whatever else it sends": async (t) => {
    t.handle(() => "answer");
    const page = await t.open("page", mangling("none", true));
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
    for (let n = 0; n < 3; n++) {
      page.contents.send("send nonsense");
      await t.sleep(50);
      t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
    }
    t.assert.deepEqual(await countsOf(page), { hellos: 1, refusals: 0 });
  },
};

module.exports = Object.assign(
  {},
  ...MANGLED.map((way) => lawsOf(way, true)),
  lawsOf("text", false),
  OTHERS,
);
