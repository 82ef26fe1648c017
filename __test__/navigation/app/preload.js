const { ipcRenderer } = require("electron");

// What the package's preload does: a document says its number as soon as it is there.
const document = Math.floor(Math.random() * 2 ** 40);
ipcRenderer.send("hello", document);
ipcRenderer.on("who", () => ipcRenderer.send("here", document));
ipcRenderer.on("crash", () => process.crash());
