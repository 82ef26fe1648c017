// The preload of window "work". Window "main" does with the ready-made one: getPreloadPath().
import { initExposeInMainWorld, sendMsgToMain } from "electron-switchyard";

initExposeInMainWorld();
initExposeInMainWorld(); // harmless

sendMsgToMain({ tell: "the preload is here" });
