/** initIpc is never called, and handlers come late. Its own process: both happen once only. */
const sy = require("electron-switchyard");

module.exports = {
  "without initIpc, what waited for the first handler is answered, in order": async (t) => {
    const page = await t.open("page");
    const answers = page.run(() => Promise.all([1, 2, 3].map((n) => sy.sendMsgToMain(n))));
    await t.until("they wait", () => sy.stats().mainProcess.queued === 3);
    await t.sleep(100);
    const seen = [];
    t.handle((event, msg) => `${event.windowName} ${seen.push(msg)}`);
    t.assert.deepEqual(await answers, ["page 1", "page 2", "page 3"]);
    t.assert.deepEqual(seen, [1, 2, 3]);
  },

  "requests of pages that went away before there was a handler harm nothing": async (t) => {
    for (const name of ["closed", "reloaded", "crashed"]) {
      const page = await t.open(name);
      await page.run(() => void sy.sendMsgToMain("early"));
      await t.until("it waits", () => sy.stats().mainProcess.queued > 0);
      if (name === "closed") sy.destroyWindow(name);
      if (name === "crashed") await page.crash();
      if (name === "reloaded") for (const _each of [1, 2, 3]) await page.reload();
    }
    const events = [];
    t.handle((event) => {
      events.push(event);
      return event.windowName;
    });
    const page = await t.open("page");
    t.assert.equal(await page.run(() => sy.sendMsgToMain("late")), "page");
    t.assert.ok(events.every((event) => typeof event === "object" && event.sender));
  },

  "without initIpc, main and windows reach each other": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    await page.hear("other", "onMsgFromOtherRender");
    sy.sendMsgToRender("page", 1);
    await page.run(() => sy.sendMsgToOtherRender("page", 2));
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
    t.assert.deepEqual(await page.hears("other", 1), [["page", "2"]]);
  },

  "initIpc after windows were created and loaded changes nothing for them": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    sy.initIpc();
    sy.initIpc({});
    t.handle(() => "answer");
    sy.sendMsgToRender("page", 1);
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
  },
};
