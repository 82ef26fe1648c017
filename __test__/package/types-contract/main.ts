// A main process that keeps to the contract.
import { callRender, createWindow, sendMsgToRender } from "electron-switchyard";
import {
  getWindow,
  type MainEvent,
  type MsgToMain,
  onMsgFromRender,
  type WindowName,
} from "electron-switchyard/main";
import { type Load, type Same, type Save, sure, type Train } from "./messages.js";

sure<Same<WindowName, "main" | "work" | `doc-${number}`>>();

createWindow("work", { show: false });
createWindow(`doc-${5}`);
getWindow("main")?.show();

sendMsgToRender("main", { progress: 0.5 });
sendMsgToRender("work", "stop");
sendMsgToRender("work", { type: "job", id: 5 });
sendMsgToRender<"stop">("work", "stop");

const found = callRender("work", { search: "night" }, { timeoutMs: 5 });
sure<Same<typeof found, Promise<Train[]>>>();
const count = callRender("work", { count: true });
sure<Same<typeof count, Promise<number>>>();
const title = callRender("doc-7", "title");
sure<Same<typeof title, Promise<string>>>();

declare function load(msg: Load): Promise<Train | undefined>;

onMsgFromRender((event, msg) => {
  sure<Same<typeof event.windowName, WindowName | undefined>>();
  if (msg === "ping") return "pong";
  return msg.type === "load" ? load(msg) : undefined;
});
onMsgFromRender(async (_event, msg) => {
  if (msg === "ping") return "pong";
});
// A handler for a part leaves the rest to the others.
onMsgFromRender((_event, msg: MsgToMain) => {
  if (msg === "ping" || msg.type !== "load") return undefined;
  return { id: msg.id, name: "ICN" };
});
// A type that is wider than the contract's takes all of it.
onMsgFromRender((_event: MainEvent, msg: unknown) => console.log(msg));
onMsgFromRender((_event, msg: Load | Save | "ping" | "other") => console.log(msg));
// biome-ignore lint/suspicious/noExplicitAny: apps write it so.
onMsgFromRender((event: Electron.IpcMainEvent, msg: any) => event.reply("channel", msg.type));
onMsgFromRender<MsgToMain>((event: Electron.IpcMainEvent) => console.log(event.processId));
onMsgFromRender((event: Electron.IpcMainEvent, msg) => {
  if (msg !== "ping") event.sender.send("other-channel", msg.type);
});
