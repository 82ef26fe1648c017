/** The windows of a rival that brings none of its own, by name. */
const electron = require("electron");

function windowsByName() {
  const windows = new Map();

  function createWindow(name, options) {
    const window = new electron.BrowserWindow(options);
    windows.set(name, window);
    return window;
  }

  function destroyWindow(name) {
    windows.get(name).destroy();
    windows.delete(name);
  }

  /** Gives a page a port, by the name of what is at its other end (port/ports.js). */
  function give(name, to, port) {
    windows.get(name).webContents.postMessage("port", to, [port]);
  }

  /** Gives a page one end of a new channel. Returns the other. */
  function channelTo(name, to) {
    const { port1, port2 } = new electron.MessageChannelMain();
    give(name, to, port2);
    return port1;
  }

  return { windows, createWindow, destroyWindow, give, channelTo };
}

module.exports = { windowsByName };
