/** The preload of a window that was taken over: it sends what it likes. */
const { ipcRenderer } = require("electron");

window.sendRaw = (...args) => ipcRenderer.send("electron-switchyard", ...args);
