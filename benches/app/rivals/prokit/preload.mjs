import { initExposeInMainWorld } from "electron-prokit";

initExposeInMainWorld();
