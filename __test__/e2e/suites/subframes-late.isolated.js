/** Subframes that were there before the app called the package. Its own process: nothing was. */
const sy = require("electron-switchyard");
const { KINDS, KNOWS_FRAMES, addFrame, frameOf, origins } = require("../frames");

/** A page with subframes in a window that the package was not told of. */
async function early(t) {
  const all = await origins(t);
  const page = t.unnamedWindow(KINDS.isolated);
  await page.contents.loadURL(`${all.own}/frames.html`);
  for (const [id, origin] of Object.entries(all)) {
    await addFrame(page, id, { src: `${origin}/frames.html` });
  }
  await addFrame(frameOf(page, "site"), "nested", { src: `${all.other}/frames.html` });
  const paths = [["own"], ["other"], ["site"], ["site", "nested"]];
  const frames = paths.map((path) => ({
    frame: frameOf(page, ...path),
    origin: path.length > 1 ? all.other : all[path[0]],
  }));
  return { all, page, frames };
}

const listenAndAsk = () => {
  shared.hear("main", "onMsgFromMain");
  window.answer = sy.sendMsgToMain("early");
};

const LAWS = {
  "a window's own page and frames that come later take part": async (t) => {
    const { all, page } = await early(t);
    await page.run(listenAndAsk);
    sy.initIpc({ subframes: true });
    sy.registerWindow("page", page.window);
    t.handle(({ origin }, msg) => ({ origin, msg }));
    t.assert.deepEqual(await page.run(() => answer), { origin: all.own, msg: "early" });
    await addFrame(page, "late", { src: `${all.other}/frames.html` });
    const late = frameOf(page, "late");
    await late.run(listenAndAsk);
    t.assert.deepEqual(await late.run(() => answer), { origin: all.other, msg: "early" });
    sy.sendMsgToRender("page", 1);
    for (const end of [page, late]) {
      t.assert.deepEqual(await end.hears("main", 1), [[undefined, "1"]]);
    }
  },
};

/** Before Electron 12, main knows a window's own frame only, and cannot ask the others for a hello. */
const ASKED = {
  "what frames asked and listen to before initIpc({ subframes: true }) is not lost": async (t) => {
    const { page, frames } = await early(t);
    for (const { frame } of frames) await frame.run(listenAndAsk);
    await t.sleep(100);
    sy.initIpc({ subframes: true });
    sy.registerWindow("page", page.window);
    t.handle(({ windowName, origin }, msg) => ({ windowName, origin, msg }));
    for (const { frame, origin } of frames) {
      const answer = await frame.run(() => answer);
      t.assert.deepEqual(answer, { windowName: "page", origin, msg: "early" });
    }
    sy.sendMsgToRender("page", 1);
    for (const { frame } of frames) {
      t.assert.deepEqual(await frame.hears("main", 1), [[undefined, "1"]]);
    }
  },
};

// Only the first of them comes before the first call.
module.exports = KNOWS_FRAMES ? { ...ASKED, ...LAWS } : LAWS;
