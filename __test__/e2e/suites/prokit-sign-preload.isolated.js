/** The first sign of electron-prokit: the preload of a window that the package was not given. */
const { lawsOf, moveApp } = require("../signs");
const { PROKIT } = require("../prokit");

moveApp();

module.exports = lawsOf("electron-prokit's channel in a window's preload", async (t) => {
  const page = t.unnamedWindow(PROKIT);
  await page.load();
  t.assert.equal(await page.run(() => prokit.renderMsgToMain(1)), "ours undefined 1");
});
