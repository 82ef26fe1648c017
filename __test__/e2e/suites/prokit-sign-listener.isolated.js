/** The first sign of electron-prokit: its own main process, bundled, listens to its messages. */
const { lawsOf, moveApp } = require("../signs");
const prokit = require("../built/prokit-main");

moveApp();

module.exports = lawsOf("electron-prokit's own main begins", async (t, { old }) => {
  prokit.initIpc();
  await t.open("next");
  // Its listener throws for a name that is not in its own table.
  await old.run(() => prokit.renderMsgToRender("nobody", 1));
  t.undos.push(() =>
    t.assert.equal(t.console.lines.filter((line) => /nobody/.test(line)).length, 1),
  );
});
