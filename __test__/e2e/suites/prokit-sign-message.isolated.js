/** The first sign of electron-prokit: a message on its channel, which is delivered too. */
const { lawsOf, moveApp } = require("../signs");

moveApp();

module.exports = lawsOf("a message on electron-prokit's channel", async (t, { old, ours }) => {
  await old.run(() => prokit.renderMsgToRender("ours", "the sign"));
  t.assert.deepEqual(await ours.hears("other", 1), [["old", '"the sign"']]);
});
