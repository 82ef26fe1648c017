// A sandboxed preload can require nothing of node_modules.
require("electron-switchyard/preload").initExposeInMainWorld();
