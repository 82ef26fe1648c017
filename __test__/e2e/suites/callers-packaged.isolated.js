/** In a packaged app, stacks are as they were made. Its own process: the app says that it is packaged. */
const { app } = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

Object.defineProperty(app, "isPackaged", { value: true });
sy.initIpc({ handlerWaitMs: 50 });

const laws = {
  "main's rejections have no line of the caller": async (t) => {
    t.assert.equal(app.isPackaged, true);
    await t.open("page");
    const { stack } = await sy.callRender("page", 1).catch((error) => error);
    t.assert.match(stack, /^Error \[ERR_NO_HANDLER]/);
    t.assert.ok(!stack.includes("at async callRender"), stack);
  },
};

for (const [name, kind] of Object.entries({ isolated: ISOLATED, "not isolated": OPEN })) {
  laws[`${name}: a page's rejections have no line of the caller`] = async (t) => {
    const page = await t.open("page", kind);
    const stacks = await page.run(async () => {
      const stackOf = () => sy.sendMsgToMain(1).catch(({ stack }) => stack);
      return [await stackOf(), await stackOf()];
    });
    for (const stack of stacks) {
      t.assert.match(stack, /^Error \[ERR_NO_HANDLER]/);
      t.assert.ok(!stack.includes("at async sendMsgToMain"), stack);
    }
  };
}

module.exports = laws;
