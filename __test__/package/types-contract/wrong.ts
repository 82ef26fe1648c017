// What the contract forbids.
import {
  callOtherRender,
  callRender,
  createWindow,
  hasWindow,
  type MsgFromMain,
  onCall,
  onMsgFromMain,
  onMsgFromRender,
  type RenderCallback,
  sendMsgToMain,
  sendMsgToOtherRender,
  sendMsgToRender,
} from "electron-switchyard";
import type { Train } from "./messages.js";

declare const stopListener: RenderCallback<"stop">;

// @ts-expect-error no window has that name
sendMsgToRender("wrok", "stop");
// @ts-expect-error no window has that name
createWindow("doc-five");
// @ts-expect-error no window has that name
hasWindow("other");
// @ts-expect-error no window has that name
export type Misnamed = MsgFromMain<"other">;

// @ts-expect-error that is another window's message
sendMsgToRender("main", "stop");
// @ts-expect-error the id is a number
sendMsgToRender("work", { type: "job", id: "5" });
// @ts-expect-error the message has no such member
sendMsgToRender("main", { progress: 1, off: 2 });
// @ts-expect-error the window takes nothing from main
sendMsgToRender("doc-1", "title");
// @ts-expect-error the type argument is no part of the contract
sendMsgToRender<number>("work", 5);
// @ts-expect-error the window takes nothing from other windows
sendMsgToOtherRender("main", { pixels: new Uint8Array(4) });
// @ts-expect-error the bytes are missing
sendMsgToOtherRender("work", {});

// @ts-expect-error there is no such message
sendMsgToMain({ type: "delete", id: 7 });
// @ts-expect-error the id is missing
sendMsgToMain({ type: "load" });
// @ts-expect-error a member is misspelt
sendMsgToMain({ type: "load", id: 7, frehs: true });
// @ts-expect-error there is no such message
sendMsgToMain("pong");
// @ts-expect-error there may be no such train
export const train: Train = await sendMsgToMain({ type: "load", id: 7 });
// @ts-expect-error the answer is of another type
export const wrong: number = await sendMsgToMain<"ping", number>("ping");

// @ts-expect-error the window is asked for something else
callRender("work", "title");
// @ts-expect-error a member is too many
callRender("work", { count: true, of: "trains" });
// @ts-expect-error the window answers no calls
callOtherRender("main", { count: true });
// @ts-expect-error the answer is of another type
export const count: string = await callOtherRender("work", { count: true });

// @ts-expect-error no message has that answer
onMsgFromRender(() => 5);
// @ts-expect-error there is no such message
onMsgFromRender((_event, msg: { type: "delete" }) => console.log(msg));
// @ts-expect-error a type argument narrows the message
onMsgFromRender<"ping">(() => "pong");
// @ts-expect-error electron-prokit's event has members that do not exist
onMsgFromRender((event) => event.reply("channel"));
// @ts-expect-error the window gets other messages too
onMsgFromMain((_event, msg: "stop") => console.log(msg));
// @ts-expect-error the window gets other messages too
onMsgFromMain(stopListener);
// @ts-expect-error no window gets such a message from main
onMsgFromMain((_event, msg: number) => console.log(msg));
// @ts-expect-error no message has that member
onMsgFromMain<MsgFromMain<"main">>((_event, msg) => console.log(msg.type));
// @ts-expect-error the window is called otherwise too
onCall((_event, msg: { search: string }) => [{ id: 1, name: msg.search }]);
// @ts-expect-error no call has that answer
onCall<{ search: string }>(() => "five");
