export const OLD = "electron-prokit";
export const NEW = "electron-switchyard";

/** What electron-prokit exports, or its documents promise, and this package has under the same name. */
const MOVED: ReadonlySet<string> = new Set([
  "clearWindows",
  "createWindow",
  "destroyWindow",
  "getAllWindows",
  "getWindow",
  "hasWindow",
  "initExposeInMainWorld",
  "initIpc",
  "offMsgFromMain",
  "onMsgFormOtherRender",
  "onMsgFromMain",
  "onMsgFromOtherRender",
  "onMsgFromRender",
  "sendMsgToMain",
  "sendMsgToOtherRender",
  "sendMsgToRender",
  "showWindow",
]);

/** In a window these go through electron-prokit's own preload and main process. */
export const DATABASE: ReadonlySet<string> = new Set(["clearDb", "initDb", "readDb", "writeDb"]);

/** What an app that keeps the database calls of both packages: in its preload, and in main. */
export type Beginning = "initExposeInMainWorld" | "initIpc";
export const BEGINNINGS: readonly Beginning[] = ["initExposeInMainWorld", "initIpc"];

/** What main alone calls: a script that does is main's. */
export const OF_MAIN: ReadonlySet<string> = new Set([
  "clearWindows",
  "createWindow",
  "destroyWindow",
  "getAllWindows",
  "getWindow",
  "hasWindow",
  "initIpc",
  "onMsgFromRender",
  "sendMsgToRender",
  "showWindow",
]);

export const isMoved = (name: string) => MOVED.has(name);

/** Whether a module's name is electron-prokit or a file in it. */
export const isOld = (module: string) => module === OLD || module.startsWith(`${OLD}/`);

/** Whether a module's name is this package or a part of it. */
export const isNew = (module: string) => module === NEW || module.startsWith(`${NEW}/`);
