import { initExposeInMainWorld } from "electron-switchyard";

window.preloadWasHere = true;
initExposeInMainWorld();
