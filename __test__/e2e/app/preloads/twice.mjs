import { initExposeInMainWorld } from "electron-switchyard";

initExposeInMainWorld();
initExposeInMainWorld();
