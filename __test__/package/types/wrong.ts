// What must not compile.
import * as calls from "electron-switchyard";
import {
  callRender,
  connect,
  createWindow,
  type ErrorCode,
  initIpc,
  onCall,
  onMsgFromMain,
  onMsgFromRender,
  publish,
  registerWindow,
  sendMsgToMain,
  sendMsgToOtherRender,
  sendMsgToRender,
  serve,
  subscribe,
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
interface Files {
  read(path: string): string;
  watch(path: string): AsyncIterable<string>;
}

// @ts-expect-error a name is a string
connect(5);
// @ts-expect-error the service has no such method
connect<Files>("files").raed("list.txt");
// @ts-expect-error a path is a string
connect<Files>("files").read(5);
// @ts-expect-error the answer is a promise
connect<Files>("files").read("list.txt").length;
// @ts-expect-error no answer is a stream
connect<Files>("files").watch("list.txt");
// @ts-expect-error the option does not exist
connect<Files>("files", { window: "work" });
// @ts-expect-error an implementation is an object or a function
serve("files", 5);
// @ts-expect-error the method that answers with a stream cannot be served
serve<Files>("files", { read: (path) => path, watch: () => null as never });
// @ts-expect-error that is the answer of another type
serve<{ read(): string }>("files", { read: () => 5 });
// @ts-expect-error a method is missing
serve<{ read(): string }>("files", {});
// @ts-expect-error a name is a string
publish(5, "dark");
// @ts-expect-error a value is missing
publish("theme");
// @ts-expect-error the value is of another type
publish<string>("theme", 5);
// @ts-expect-error a callback is a function
subscribe("theme", "dark");
// @ts-expect-error the value is unknown until its type is said
subscribe("theme", (_event, theme) => theme.length);
// @ts-expect-error the code does not exist
const code: ErrorCode = "ERR_OTHER";
// @ts-expect-error the answer is unknown until its type is said
const { length } = await sendMsgToMain("x");
// @ts-expect-error there is no such name
export const misspelt = calls.onMsgFromRenderer;

export { code, length };
