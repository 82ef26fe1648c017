/** A preload that opens the calls to the page and uses them itself. */
import {
  initExposeInMainWorld,
  onCall,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
} from "electron-switchyard";

initExposeInMainWorld();
onMsgFromMain((_event, msg) => sendMsgToMain({ preload: "main", msg }));
onMsgFromOtherRender((event, msg) =>
  sendMsgToMain({ preload: "other", from: event.windowName, msg }),
);
onCall((event, msg) => ({ preload: "call", from: event.windowName, msg }));
sendMsgToMain({ preload: "hello" });
