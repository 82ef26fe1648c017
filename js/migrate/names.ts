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

export const isMoved = (name: string) => MOVED.has(name);

/** Whether a module's name is electron-prokit or a file in it. */
export const isOld = (module: string) => module === OLD || module.startsWith(`${OLD}/`);
