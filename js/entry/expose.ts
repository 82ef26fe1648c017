import { electronHere } from "../host/here";
import { exposeInMainWorld } from "../preload";
import { misplaced } from "./side";

export function initExposeInMainWorld(): void {
  const electron = electronHere();
  if (!electron?.ipcRenderer) throw misplaced("initExposeInMainWorld", "a preload");
  exposeInMainWorld(electron);
}
