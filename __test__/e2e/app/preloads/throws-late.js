require("electron-switchyard/preload").initExposeInMainWorld();
throw new Error("after the call");
