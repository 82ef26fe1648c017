// As an app's main process is written for electron-prokit.
import type { BrowserWindow } from "electron";
import {
  clearWindows,
  createWindow,
  destroyWindow,
  getAllWindows,
  getWindow,
  hasWindow,
  initIpc,
  onMsgFromRender,
  sendMsgToRender,
  showWindow,
} from "electron-switchyard";

interface Msg {
  type: string;
  data: number[];
}

initIpc();

onMsgFromRender(async (_e: Electron.IpcMainEvent, args: Msg) => {
  _e.sender.send("other-channel", args.data.length);
  return args.type;
});

// biome-ignore lint/suspicious/noExplicitAny: apps write it so.
onMsgFromRender((event: Electron.IpcMainEvent, args: any) => {
  console.log(event.frameId, args.anything.at.all);
});

onMsgFromRender((event, msg) => {
  const unknownMessage: unknown = msg;
  const name: string | undefined = event.windowName;
  return [unknownMessage, name, event.sender.id];
});

const window: BrowserWindow = createWindow("main", {
  width: 800,
  webPreferences: { preload: "preload.js" },
});
window.loadURL("about:blank");

sendMsgToRender("main", { type: "x", data: [1] });
sendMsgToRender<Msg>("main", { type: "x", data: [1] });

const found: BrowserWindow | undefined = getWindow("main");
const all: BrowserWindow[] = getAllWindows();
const known: boolean = hasWindow("main");
console.log(found, all, known);
showWindow();
showWindow("main");
destroyWindow("main");
clearWindows();
