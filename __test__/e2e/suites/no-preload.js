/** A page whose window has no preload of ours. */
const { kind } = require("../kinds");
const { PROKIT } = require("../prokit");

const BARE = { "isolated and sandboxed": true, "not isolated": false };

function lawsOf(name, contextIsolation) {
  return {
    [`without a preload, ${name}: each call throws ERR_NO_PRELOAD with the causes`]: async (t) => {
      const bare = kind({ contextIsolation, sandbox: contextIsolation }, { preload: null });
      const page = await t.open("page", bare);
      const errors = [
        await page.thrown(() => sy.sendMsgToMain(1)),
        await page.thrown(() => sy.sendMsgToOtherRender("page", 1)),
        await page.thrown(() => sy.callOtherRender("page", 1)),
        await page.thrown(() => sy.onCall(() => 0)),
        await page.thrown(() => sy.onUndeliverable(() => 0)),
        await page.thrown(() => sy.onMsgFromMain(() => 0)),
        await page.thrown(() => sy.offMsgFromOtherRender(() => 0)),
      ];
      for (const { code, message } of errors) {
        t.assert.equal(code, "ERR_NO_PRELOAD");
        t.assert.match(message, /no preload called initExposeInMainWorld\(\)/);
        t.assert.match(message, /not set \(getPreloadPath\(\)\)/);
        t.assert.match(message, /not bundled/);
        t.assert.match(message, /not of this session \(registerPreload\)/);
      }
    },
  };
}

const laws = {
  "with electron-prokit's preload alone, ERR_NO_PRELOAD says whose preload it is": async (t) => {
    const page = await t.open("page", PROKIT);
    const { code, message } = await page.thrown(() => sy.sendMsgToMain(1));
    t.assert.equal(code, "ERR_NO_PRELOAD");
    t.assert.match(
      message,
      /no preload called initExposeInMainWorld\(\), only electron-prokit's: it is not set/,
    );
  },
};

module.exports = Object.assign(laws, ...Object.entries(BARE).map((entry) => lawsOf(...entry)));
