// Not a test: the main process of docs/values.md, which reports as text what arrives.
const { app, BrowserWindow, ipcMain } = require("electron");
const sy = require("electron-switchyard");
require("./describe");
const results = require("./out/results");
const rows = require("./rows");

const { describe } = globalThis;

app.setPath("userData", `${__dirname}/user-data`);
process.env.SWITCHYARD_PRELOAD = sy.getPreloadPath();

/** Runs in the page: how row `i` ends on each way. */
async function send(i) {
  const outcome = async (run) => {
    try {
      return await run();
    } catch (error) {
      const { code, message } = error;
      if (code === "ERR_NOT_CLONEABLE" || /could not be cloned/.test(message)) return "rejected";
      return `${code} ${message}`;
    }
  };
  const { examples, instead } = window;
  const remedy = instead[i];
  const arrives = async () => {
    await window.sendMsgToMain(await remedy(examples[i]()));
    return "arrives";
  };
  return {
    ours: await outcome(() => window.sendMsgToMain(examples[i]())),
    raw: await outcome(() => window.raw(examples[i]())),
    instead: remedy && (await outcome(arrives)),
  };
}

async function run() {
  sy.initIpc();
  sy.onMsgFromRender((_event, value) => describe(value));
  ipcMain.handle("raw", (_event, value) => describe(value));
  await app.whenReady();
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      preload: `${__dirname}/preload.js`,
      contextIsolation: false,
      nodeIntegration: false,
      sandbox: false,
    },
  });
  await window.loadFile("page.html");
  const outcomes = [];
  for (let i = 0; i < rows.length; i++) {
    outcomes.push(await window.webContents.executeJavaScript(`(${send})(${i})`));
  }
  const texts = {};
  for (const code of Object.keys(results)) texts[code] = describe(results[code]());
  console.log(`RESULT ${JSON.stringify({ outcomes, results: texts })}`);
}

run()
  .catch((error) => console.log(error))
  .then(() => app.exit(0));
