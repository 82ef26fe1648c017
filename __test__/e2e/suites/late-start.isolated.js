/** The app calls the package only after its windows are up. Its own process: nothing was called. */
const sy = require("electron-switchyard");

module.exports = {
  "requests and listeners of pages loaded before initIpc are not lost": async (t) => {
    const page = t.unnamedWindow();
    await page.load();
    await page.hear("main", "onMsgFromMain");
    await page.hear("other", "onMsgFromOtherRender");
    await page.run(() => {
      window.answer = sy.sendMsgToMain("early");
    });
    await t.sleep(100);
    sy.initIpc();
    sy.registerWindow("page", page.window);
    t.handle((event, msg) => [event.windowName, msg]);
    sy.sendMsgToRender("page", 1);
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
    t.assert.deepEqual(await page.run(() => window.answer), ["page", "early"]);
  },
};
