/** The ready-made preload, with its world watched from before it begins. */
const { contextBridge } = require("electron");
require("../pages/watched.js");
const { wakes } = globalThis;
require("electron-switchyard/dist/preload.js");

const ofPreload = { list: () => wakes.slice(), forget: () => void wakes.splice(0) };
try {
  contextBridge.exposeInMainWorld("ofPreload", ofPreload);
} catch {
  // Both are one world.
  window.ofPreload = ofPreload;
}
