// No contract: a value that nobody has named is unknown.
import {
  callRender,
  connect,
  onCall,
  onMsgFromMain,
  onMsgFromRender,
  sendMsgToMain,
  serve,
  subscribe,
} from "electron-switchyard";
import { testApp } from "electron-switchyard/testing";

serve("files", { read: (path, ...more) => [path, more] });
serve("files", (event) => ({ read: async (path) => [path, event.signal.aborted] }));
serve("files", {
  read(path = "list.txt", as) {
    return [path, as];
  },
});
subscribe("theme", (event, value) => [event.windowName, value]);
onMsgFromRender((event, msg) => [event.windowName, msg]);
onMsgFromMain((event, msg) => [event.origin, msg]);
onCall((event, msg) => [event.fromMain, msg]);
testApp().stub("files", { read: (path, ...more) => [path, more] });

export const answers = [
  await sendMsgToMain(7),
  await callRender("board", 7),
  await connect("files")["read"]?.("list.txt"),
  await connect("view", { in: "board" })["zoom"]?.(2),
];
