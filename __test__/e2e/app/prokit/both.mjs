import { initExposeInMainWorld } from "electron-prokit";
import { initExposeInMainWorld as exposeOurs } from "electron-switchyard";

initExposeInMainWorld();
exposeOurs();
