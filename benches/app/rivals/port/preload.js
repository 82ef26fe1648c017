const { ipcRenderer } = require("electron");

ipcRenderer.on("port", ({ ports }, to) => window.postMessage({ portTo: to }, "*", ports));
