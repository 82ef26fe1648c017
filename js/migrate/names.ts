export const OLD = "electron-prokit";
export const NEW = "electron-switchyard";

/** The names that electron-prokit exports or documents, and that this package exports too. */
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

/** The functions that an app with the database calls of both packages: in its preload, and in main. */
export type Beginning = "initExposeInMainWorld" | "initIpc";
export const BEGINNINGS: readonly Beginning[] = ["initExposeInMainWorld", "initIpc"];

/** The functions that only main calls. A script that calls one belongs to main. */
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
