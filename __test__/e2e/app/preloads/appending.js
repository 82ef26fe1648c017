/** Our preload under an instrumentation that appends a member to whatever is posted. */
const { ipcRenderer } = require("electron");

const { postMessage } = ipcRenderer;
ipcRenderer.postMessage = function (channel, message, transfer) {
  const traced = Array.isArray(message) ? [...message, { trace: 1 }] : message;
  return postMessage.call(this, channel, traced, transfer);
};
require("../node_modules/electron-switchyard/dist/preload.js");
