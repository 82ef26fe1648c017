// Handlers that would get more than their annotation says.
import {
  type CallEvent,
  type MainEvent,
  onCall,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  onMsgFromRender,
  type RenderEvent,
} from "electron-switchyard";
import type { Find, Load, Save, Train } from "./contract.js";

// says: Argument of type '(_event: HandlerEvent, msg: Load) => { id: number; name: string; }' is not assignable to parameter of type 'HandlerThatAlsoTakes<"ping" | Save>'.
onMsgFromRender((_event, msg: Load) => ({ id: msg.id, name: "ICN" }));
// says: Argument of type '(_event: HandlerEvent, msg: "ping" | Load) => void' is not assignable to parameter of type 'HandlerThatAlsoTakes<Save>'.
onMsgFromRender((_event, msg: Load | "ping") => console.log(msg));
// says: Argument of type '(_event: Electron.IpcMainEvent, msg: Save) => Promise<void>' is not assignable to parameter of type 'HandlerThatAlsoTakes<"ping" | Load>'.
onMsgFromRender(async (_event: Electron.IpcMainEvent, msg: Save) => console.log(msg.train));
// says: Argument of type '({ origin }: HandlerEvent, { id }: Load) => Train' is not assignable to parameter of type 'HandlerThatAlsoTakes<"ping" | Save>'.
onMsgFromRender(({ origin }, { id }: Load): Train => ({ id, name: origin }));

const handlers = {
  load: (_event: MainEvent, msg: Load): Train => ({ id: msg.id, name: "ICN" }),
  save(_event: MainEvent, _msg: Save) {},
};
// says: Argument of type '(_event: MainEvent, msg: Load) => Train' is not assignable to parameter of type 'HandlerThatAlsoTakes<"ping" | Save>'.
onMsgFromRender(handlers.load);
// says: Argument of type '(_event: MainEvent, _msg: Save) => void' is not assignable to parameter of type 'HandlerThatAlsoTakes<"ping" | Load>'.
onMsgFromRender(handlers.save);
// says: Argument of type '() => undefined' is not assignable to parameter of type 'HandlerThatAlsoTakes<"ping" | Save>'.
onMsgFromRender<Load>(() => undefined);

// says: Argument of type '(_event: RenderEvent, msg: "clear") => void' is not assignable to parameter of type 'HandlerThatAlsoTakes<{ train: Train; }>'.
onMsgFromMain((_event, msg: "clear") => console.log(msg));
// says: Argument of type '(_event: RenderEvent, msg: "pause") => void' is not assignable to parameter of type 'HandlerThatAlsoTakes<{ pixels: number[]; }>'.
onMsgFromOtherRender((_event: RenderEvent, msg: "pause") => console.log(msg));
declare const listener: (event: RenderEvent, msg: "pause") => void;
// says: Argument of type '(event: RenderEvent, msg: "pause") => void' is not assignable to parameter of type 'HandlerThatAlsoTakes<{ pixels: number[]; }>'.
onMsgFormOtherRender(listener);
// says: Argument of type '(_event: CallEvent, msg: Find) => { id: number; name: string; }[]' is not assignable to parameter of type 'HandlerThatAlsoTakes<"count">'.
onCall((_event: CallEvent, msg: Find) => [{ id: 7, name: msg.find }]);
