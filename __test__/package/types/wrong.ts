// What must not compile.
import * as calls from "electron-switchyard";
import {
  callRender,
  createWindow,
  type ErrorCode,
  initIpc,
  onCall,
  onMsgFromMain,
  onMsgFromRender,
  registerWindow,
  sendMsgToMain,
  sendMsgToOtherRender,
  sendMsgToRender,
} from "electron-switchyard";

// @ts-expect-error a message is missing
sendMsgToRender("work");
// @ts-expect-error the name comes first
sendMsgToRender({ msg: 1 }, "work");
// @ts-expect-error the message is of another type
sendMsgToRender<string>("work", 5);
// @ts-expect-error a name is a string
sendMsgToOtherRender(5, "msg");
// @ts-expect-error a message is missing
sendMsgToMain();
// @ts-expect-error a handler is a function
onMsgFromRender("handler");
// @ts-expect-error a handler gets two arguments
onMsgFromRender((_event: unknown, _msg: unknown, more: string) => more);
// @ts-expect-error a handler's event is no number
onMsgFromRender((event: number) => event);
// @ts-expect-error electron-prokit's event has members that do not exist
onMsgFromRender((event) => event.reply("channel"));
// @ts-expect-error a listener is a function
onMsgFromMain({});
// @ts-expect-error the option does not exist
initIpc({ queueSize: 5 });
// @ts-expect-error the policy does not exist
initIpc({ overflow: "drop" });
// @ts-expect-error the bound is a number
initIpc({ maxQueueRecords: "5" });
// @ts-expect-error a window has a name
createWindow();
// @ts-expect-error the option is not BrowserWindow's
createWindow("work", { widht: 5 });
// @ts-expect-error it is no window
registerWindow("work", {});
// @ts-expect-error the name comes first
registerWindow({} as Electron.BrowserWindow, "work");
// @ts-expect-error a session has no page
registerWindow("work", {} as Electron.Session);
// @ts-expect-error the option does not exist
callRender("work", 1, { retries: 5 });
// @ts-expect-error a signal is no controller
callRender("work", 1, { signal: new AbortController() });
// @ts-expect-error a handler is a function
onCall(5);
// @ts-expect-error the code does not exist
const code: ErrorCode = "ERR_OTHER";
// @ts-expect-error the answer is unknown until its type is said
const { length } = await sendMsgToMain("x");
// @ts-expect-error there is no such name
export const misspelt = calls.onMsgFromRenderer;

export { code, length };
