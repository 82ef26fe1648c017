/** An app without anything of electron-prokit's. */
const { app, ipcMain } = require("electron");
const { moveApp, assertUntouched, MESSAGE, REQUEST } = require("../signs");
const { fs, path } = require("../node");
const sy = require("electron-switchyard");
const { ISOLATED, KINDS, NODE, kind } = require("../kinds");

// An npm alias gives electron-prokit's name to this package.
moveApp({ "electron-prokit": { name: "electron-switchyard" } });

/** What is evaluated in pages by others than the tests' own {@link Page}. */
const evaluated = [];
app.on("web-contents-created", (_event, contents) => {
  spyOn(contents);
  contents.on("did-start-navigation", () => contents.mainFrame && spyOn(contents.mainFrame));
});

function spyOn(target) {
  for (const name of ["executeJavaScript", "executeJavaScriptInIsolatedWorld"]) {
    const own = target[name];
    if (!own) continue;
    target[name] = function (...args) {
      if (!/^shared\.outcome/.test(args[0])) evaluated.push([name, ...args]);
      return own.apply(this, args);
    };
  }
}

function lawsOf(name, kindOfWindow) {
  return {
    [`an app without electron-prokit, ${name}: nothing is evaluated in a page, or replaced in main`]:
      async (t) => {
        evaluated.length = 0;
        t.handle((_event, msg) => msg);
        const page = await t.open("page", kindOfWindow);
        await page.hear("main", "onMsgFromMain");
        sy.sendMsgToRender("page", 1);
        t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
        await page.reload();
        t.assert.equal(await page.run(() => sy.sendMsgToMain(2)), 2);
        sy.unregisterWindow("page");
        sy.registerWindow("again", page.window);
        await t.sleep(50);
        t.assert.deepEqual(evaluated, []);
        assertUntouched(t);
      },
  };
}

const laws = {
  "an app without electron-prokit: what the test looks for is found": async (t) => {
    const page = await t.open("page");
    await page.contents.executeJavaScript("0");
    if (page.contents.mainFrame) await page.contents.mainFrame.executeJavaScript("1");
    const codes = evaluated.splice(0).map(([, code]) => code);
    t.assert.deepEqual(codes, page.contents.mainFrame ? ["0", "1"] : ["0"]);
  },

  "an app without electron-prokit: its request channel is the app's, as often as it likes": async (
    t,
  ) => {
    t.undos.push(() => ipcMain.removeHandler(REQUEST));
    const page = await t.open("page", kind(NODE, { preload: null, file: "node.html" }));
    for (const answer of ["first", "second"]) {
      ipcMain.handle(REQUEST, () => answer);
      const ask = (channel) => require("electron").ipcRenderer.invoke(channel);
      t.assert.equal(await page.run(ask, REQUEST), answer);
      ipcMain.removeHandler(REQUEST);
    }
    assertUntouched(t);
  },

  "an app without electron-prokit: options are no sign, nor is what main sends on its channels":
    async (t) => {
      for (const options of [{}, { prokitPreloads: undefined }, { subframes: false }]) {
        sy.initIpc(options);
      }
      const page = await t.open("page");
      for (const channel of [MESSAGE, "EPmainMsgToRender"]) page.contents.send(channel, 1);
      await t.sleep(50);
      assertUntouched(t);
    },

  "an app without electron-prokit: no preload is a sign that cannot be read, or has other words":
    async (t) => {
      const folder = app.getPath("userData");
      const file = path.join(folder, "words.js");
      fs.writeFileSync(file, `// ${REQUEST.slice(1)} ${MESSAGE} electron-prokit`);
      for (const preload of [file, folder, path.join(folder, "nowhere.js")]) {
        const page = await t.open("page", kind({}, { preload: () => preload }));
        page.window.destroy();
        await t.until("its name is free", () => !sy.hasWindow("page"));
      }
      assertUntouched(t);
    },

  "an app without electron-prokit: its message channel has our listener after removeAllListeners":
    async (t) => {
      await t.open("page", ISOLATED);
      for (const args of [[MESSAGE], []]) {
        ipcMain.removeAllListeners(...args);
        await t.sleep(0);
        t.assert.equal(ipcMain.listenerCount(MESSAGE), 1);
      }
      assertUntouched(t);
    },
};

module.exports = Object.assign(laws, ...Object.entries(KINDS).map((entry) => lawsOf(...entry)));
