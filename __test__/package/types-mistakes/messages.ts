// Windows and messages that are misspelt, and answers of another type.
import {
  callRender,
  onCall,
  onMsgFromRender,
  sendMsgToMain,
  sendMsgToOtherRender,
  sendMsgToRender,
} from "electron-switchyard";

// says: Argument of type '"baord"' is not assignable to parameter of type '"board" | "main"'.
sendMsgToRender("baord", "clear");
// says: Argument of type '"baord"' is not assignable to parameter of type '"board" | "main"'.
sendMsgToOtherRender("baord", "pause");
// says: Argument of type '"baord"' is not assignable to parameter of type '"board" | "main"'.
callRender("baord", "title");

// says: Argument of type '"pnig"' is not assignable to parameter of type '"ping" | Load | Save'.
sendMsgToMain("pnig");
// says: Object literal may only specify known properties, but 'trian' does not exist in type '{ train: Train; }'. Did you mean to write 'train'?
sendMsgToRender("board", { trian: 7 });
// says: Type 'string' is not assignable to type 'number'.
sendMsgToMain({ type: "load", id: "7" });

// says: Type 'number' is not assignable to type 'void | Train | "pong" | Promise<void | Train | "pong" | undefined> | undefined'.
onMsgFromRender(() => 5);
// says: Type '"png"' is not assignable to type 'void | Train | "pong" | undefined'. Did you mean '"pong"'?
onMsgFromRender(async (_event, msg) => (msg === "ping" ? "png" : undefined));
// says: Type 'number' is not assignable to type 'string | void | Promise<string | void | undefined> | undefined'.
onCall<"title">(() => 5);
// says: Type 'string' is not assignable to type 'number'.
export const count: number = await callRender("main", "title");
