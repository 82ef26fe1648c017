/** 64 MB in one message, on each of the four ways. */
const sy = require("electron-switchyard");

/** Run in main and in pages. */
const LARGE = {
  string: {
    make: () => `${'"0123456789abc\n'.repeat(1 << 22)}窓`,
    isWhole: (msg) => msg === `${'"0123456789abc\n'.repeat(1 << 22)}窓`,
  },
  buffer: {
    make: () => {
      const bytes = new Uint8Array(1 << 26);
      for (let i = 0; i < bytes.length; i++) bytes[i] = i % 251;
      return bytes.buffer;
    },
    isWhole: (msg) => {
      const bytes = new Uint8Array(msg);
      for (let i = 0; i < bytes.length; i++) if (bytes[i] !== i % 251) return false;
      return msg instanceof ArrayBuffer && bytes.length === 1 << 26;
    },
  },
};

function lawsOf(what, { make, isWhole }) {
  const ready = async (t, name) => {
    const page = await t.open(name);
    await page.run(`() => { Object.assign(window, { make: ${make}, isWhole: ${isWhole} }); }`);
    return page;
  };
  const listening = async (t, call) => {
    const page = await ready(t, "page");
    await page.run((call) => {
      window.whole = new Promise((resolve) => sy[call]((_event, msg) => resolve(isWhole(msg))));
    }, call);
    return page;
  };
  const arrived = (page) => page.run(() => window.whole);
  return {
    [`a ${what} of 64 MB arrives whole from page to main`]: async (t) => {
      t.handle((_event, msg) => isWhole(msg));
      const page = await ready(t, "page");
      t.assert.equal(await page.run(() => sy.sendMsgToMain(make())), true);
    },

    [`a ${what} of 64 MB arrives whole as an answer`]: async (t) => {
      t.handle(make);
      const page = await ready(t, "page");
      t.assert.equal(await page.run(async () => isWhole(await sy.sendMsgToMain(0))), true);
    },

    [`a ${what} of 64 MB arrives whole from main to page`]: async (t) => {
      const page = await listening(t, "onMsgFromMain");
      sy.sendMsgToRender("page", make());
      t.assert.equal(await arrived(page), true);
    },

    [`a ${what} of 64 MB arrives whole from page to page`]: async (t) => {
      const page = await listening(t, "onMsgFromOtherRender");
      const sender = await ready(t, "sender");
      await sender.run(() => sy.sendMsgToOtherRender("page", make()));
      t.assert.equal(await arrived(page), true);
    },
  };
}

const laws = Object.entries(LARGE).map((entry) => lawsOf(...entry));
module.exports = Object.assign({}, ...laws);
for (const law of Object.values(module.exports)) law.timeout = 60000;
