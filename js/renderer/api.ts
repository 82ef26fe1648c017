import { requireFunction, requireName } from "../errors";
import { Lane } from "../protocol/protocol";
import type { Endpoint } from "./endpoint";
import type { Listener } from "./listeners";

/** The calls of a window, over whichever endpoint `here` gives at the time of the call. */
export function renderApi(here: (call: string) => Endpoint) {
  const on = (call: string, lane: Lane) => (callback: unknown) => {
    requireFunction(call, "callback", callback);
    return here(call).on(lane, callback as Listener);
  };
  const off = (call: string, lane: Lane) => (callback: unknown) => {
    requireFunction(call, "callback", callback);
    here(call).off(lane, callback as Listener);
  };
  return {
    sendMsgToMain<Msg = unknown, Answer = unknown>(msg: Msg): Promise<Answer> {
      return here("sendMsgToMain").request(msg) as Promise<Answer>;
    },
    sendMsgToOtherRender(windowName: unknown, msg: unknown) {
      requireName("sendMsgToOtherRender", "windowName", windowName);
      here("sendMsgToOtherRender").send(windowName, msg);
    },
    onMsgFromMain: on("onMsgFromMain", Lane.FromMain),
    offMsgFromMain: off("offMsgFromMain", Lane.FromMain),
    onMsgFromOtherRender: on("onMsgFromOtherRender", Lane.FromOther),
    onMsgFormOtherRender: on("onMsgFormOtherRender", Lane.FromOther),
    offMsgFromOtherRender: off("offMsgFromOtherRender", Lane.FromOther),
  };
}

export type RenderApi = ReturnType<typeof renderApi>;
