// Pages and a preload that keep to the contract.
import {
  type MsgFromMain,
  onCall,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
} from "electron-switchyard";
import { sendMsgToOtherRender } from "electron-switchyard/preload";
import { type CallTo, callOtherRender } from "electron-switchyard/renderer";
import { type Load, type Same, sure, type Train } from "./messages.js";

const loaded = sendMsgToMain({ type: "load", id: 7 });
sure<Same<typeof loaded, Promise<Train | undefined>>>();
const saved = sendMsgToMain({ type: "save", train: { id: 7, name: "ICN" } }, { timeoutMs: 5 });
sure<Same<typeof saved, Promise<void>>>();
const pong = sendMsgToMain("ping");
sure<Same<typeof pong, Promise<"pong">>>();
const named = sendMsgToMain<Load>({ type: "load", id: 7 });
sure<Same<typeof named, Promise<Train | undefined>>>();

declare const either: Load | "ping";
const eitherAnswer = sendMsgToMain(either);
sure<Same<typeof eitherAnswer, Promise<Train | "pong" | undefined>>>();

sendMsgToOtherRender("work", { pixels: new Uint8Array(4) });
const found = callOtherRender("work", { search: "night" });
sure<Same<typeof found, Promise<Train[]>>>();

// Any window's, as long as the page does not say which it is.
onMsgFromMain((event, msg) => {
  console.log(event.windowName);
  if (typeof msg === "object" && "progress" in msg) console.log(msg.progress);
});
onMsgFromMain<MsgFromMain<"work">>((_event, msg) => {
  sure<Same<typeof msg, "stop" | { type: "job"; id: number }>>();
});
onMsgFromMain((_event, msg: MsgFromMain<"main">) => console.log(msg.progress));
onMsgFromOtherRender((_event, { pixels }) => console.log(pixels.length));

onCall<CallTo<"work">>((event, msg) => {
  if (event.fromMain && "count" in msg) return 5;
  return "search" in msg ? [{ id: 1, name: msg.search }] : undefined;
});
onCall((_event, msg: "title") => msg.toUpperCase());
