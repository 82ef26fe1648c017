// A channel before the data, as raw ipc has it.
import { sendMsgToMain, sendMsgToOtherRender, sendMsgToRender } from "electron-switchyard";

// says: Argument of type '"data"' is not assignable to parameter of type 'number | AskOptions | undefined'.
sendMsgToMain("ping", "data");
// says: Object literal may only specify known properties, and 'id' does not exist in type 'AskOptions'.
sendMsgToMain("ping", { id: 7 });
// says: Expected 2 arguments, but got 3.
sendMsgToRender("board", "clear", { id: 7 });
// says: Expected 2 arguments, but got 3.
sendMsgToOtherRender("board", "pause", "data");
