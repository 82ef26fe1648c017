/** Windows whose preload is still electron-prokit's. */
const sy = require("electron-switchyard");
const { ISOLATED, NODE, built, kind } = require("./kinds");

const FILE = "prokit.html";
const PRELOAD = built("prokit-preload.js");

const PROKIT_KINDS = {
  "isolated and sandboxed": kind(
    { contextIsolation: true, sandbox: true },
    { preload: PRELOAD, file: FILE },
  ),
  isolated: kind({ contextIsolation: true, sandbox: false }, { preload: PRELOAD, file: FILE }),
  "with node, no preload": kind(NODE, { preload: null, file: FILE }),
};
const PROKIT = PROKIT_KINDS.isolated;

/** Windows of electron-prokit's own table: `old` with its preload, `ours` with ours. */
async function openBoth(t) {
  const theirs = require("./built/prokit-main");
  const open = async (name, kind) => {
    const page = t.page(theirs.createWindow(name, { show: false, ...kind.options() }), kind);
    t.undos.push(() => theirs.destroyWindow(name));
    await page.load();
    return page;
  };
  const pages = { old: await open("old", PROKIT), ours: await open("ours", ISOLATED) };
  sy.registerWindow("old", pages.old.window);
  sy.registerWindow("ours", pages.ours.window);
  await pages.ours.hear("other", "onMsgFromOtherRender");
  await pages.ours.known();
  return pages;
}

/** A law: electron-prokit's own main answers its preload, and ours sends to it all the same. */
async function giveWay(t, sends = true) {
  t.handle(() => "ours");
  const { old, ours } = await openBoth(t);
  t.assert.equal(await old.run(() => prokit.renderMsgToMain(1)), "theirs 1");
  t.assert.equal(await ours.run(() => sy.sendMsgToMain(1)), "ours");
  await old.run(() => prokit.renderMsgToRender("old", 2));
  t.assert.deepEqual(await old.hears("other", 1), [[undefined, "2"]]);
  // Passed on by electron-prokit, to a preload that it is not.
  await old.run(() => prokit.renderMsgToRender("ours", 3));
  if (sends) {
    sy.sendMsgToRender("old", 4);
    await ours.run(() => sy.sendMsgToOtherRender("old", 5));
    t.assert.deepEqual(await old.hears("main", 1), [[undefined, "4"]]);
    t.assert.deepEqual(await old.hears("other", 2), [
      [undefined, "2"],
      [undefined, "5"],
    ]);
  }
  await ours.run(() => sy.sendMsgToOtherRender("ours", 6));
  t.assert.deepEqual(await ours.hears("other", 1), [["ours", "6"]]);
  t.unhandle();
}

module.exports = { PROKIT, PROKIT_KINDS, giveWay, openBoth };
