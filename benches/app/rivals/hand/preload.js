const { contextBridge, ipcRenderer } = require("electron");

contextBridge.exposeInMainWorld("hand", {
  ask: (msg) => ipcRenderer.invoke("hand:ask", msg),
  findTrain: (msg) => ipcRenderer.invoke("hand:find-train", msg),
  theme: () => ipcRenderer.invoke("hand:theme"),
  tell: (name, msg) => ipcRenderer.send("hand:tell", name, msg),
  onMain: (listener) => {
    ipcRenderer.on("hand:from-main", (_event, msg) => listener(msg));
  },
  onOther: (listener) => {
    ipcRenderer.on("hand:from-other", (_event, msg) => listener(msg));
  },
  onNews: (listener) => {
    ipcRenderer.on("hand:news", (_event, value) => listener(value));
  },
});
