/** Isolated, sandboxed, hidden windows of this package. */
const sy = require("electron-switchyard");
const { path } = require("../node");
const { hop } = require("../time");

const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  backgroundThrottling: false,
};

/** Opens windows of these names, does the work with them, and closes them. */
async function withWindows(names, work) {
  const windows = await Promise.all(names.map(open));
  try {
    return await work(...windows);
  } finally {
    await hop();
    sy.clearWindows();
    await hop();
  }
}

async function open(name) {
  const webPreferences = { ...WEB_PREFERENCES, preload: sy.getPreloadPath() };
  const window = sy.createWindow(name, { show: false, webPreferences });
  await window.loadFile(path.join(__dirname, "pressure.html"));
  return new Pressed(window.webContents);
}

class Pressed {
  constructor(contents) {
    this.contents = contents;
  }

  /** Calls a function of the page's window.pressed. */
  run(call, ...args) {
    return this.contents.executeJavaScript(`pressed.${call}(...${JSON.stringify(args)})`);
  }
}

/** Main answers requests by a function for the time of a piece of work. */
async function answering(answer, work) {
  const undo = sy.onMsgFromRender((_event, msg) => answer(msg));
  try {
    return await work();
  } finally {
    undo();
  }
}

module.exports = { answering, withWindows };
