import { requireFunction } from "../errors";
import type { AskOptions, Handler, Report } from "../requests";
import type { CallEvent, Endpoint } from "./endpoint";
import type { Listener } from "./listeners";
import { requireTarget } from "./target";

/** The calls of a window, over whichever endpoint `here` gives at the time of the call. */
export function renderApi(here: (apiName: string) => Endpoint) {
  const hear =
    <Callback, Result>(apiName: string, use: (end: Endpoint, callback: Callback) => Result) =>
    (callback: unknown) => {
      requireFunction(apiName, "callback", callback);
      return use(here(apiName), callback as Callback);
    };
  const on = (apiName: string, lane: "fromMain" | "fromOther") =>
    hear(apiName, (end, callback: Listener) => end[lane].add(callback));
  const off = (apiName: string, lane: "fromMain" | "fromOther") =>
    hear(apiName, (end, callback: Listener) => end[lane].remove(callback));
  return {
    sendMsgToMain<Msg = unknown, Answer = unknown>(
      msg: Msg,
      options?: AskOptions | number,
    ): Promise<Answer> {
      // Its second argument is an index where it is given to Array's map.
      const asked = (typeof options === "object" && options) || {};
      return here("sendMsgToMain").request(msg, asked) as Promise<Answer>;
    },
    callOtherRender<Msg = unknown, Answer = unknown>(
      windowName: string,
      msg: Msg,
      options: AskOptions = {},
    ): Promise<Answer> {
      requireTarget("callOtherRender", windowName);
      return here("callOtherRender").call(windowName, msg, options) as Promise<Answer>;
    },
    sendMsgToOtherRender(windowName: unknown, msg: unknown) {
      requireTarget("sendMsgToOtherRender", windowName);
      here("sendMsgToOtherRender").send(windowName, msg);
    },
    onCall: hear("onCall", (end, callback: Handler<CallEvent>) => end.handle(callback)),
    onMsgFromMain: on("onMsgFromMain", "fromMain"),
    offMsgFromMain: off("offMsgFromMain", "fromMain"),
    onMsgFromOtherRender: on("onMsgFromOtherRender", "fromOther"),
    onMsgFormOtherRender: on("onMsgFormOtherRender", "fromOther"),
    offMsgFromOtherRender: off("offMsgFromOtherRender", "fromOther"),
    onUndeliverable: hear("onUndeliverable", (end, callback: (report: Report) => void) =>
      end.reports.add(callback),
    ),
  };
}

export type RenderApi = ReturnType<typeof renderApi>;
