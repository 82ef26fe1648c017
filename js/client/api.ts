import { requireFunction } from "../errors";
import type { AskOptions } from "../requests";
import type { Endpoint } from "./endpoint";
import type { Listener } from "./listeners";
import { requireTarget } from "./target";

/**
 * The calls of a window that each page has, and the endpoint with them. `here` gives the endpoint at each call.
 * The other calls are functions of their own, so that a bundler leaves out those that a page does not use.
 */
export function renderApi(here: (apiName: string) => Endpoint) {
  const listen =
    <Callback, Result>(apiName: string, use: (endpoint: Endpoint, callback: Callback) => Result) =>
    (callback: unknown) => {
      requireFunction(apiName, callback);
      return use(here(apiName), callback as Callback);
    };
  const on = (apiName: string, lane: "fromMain" | "fromOther") =>
    listen(apiName, (endpoint, callback: Listener) => endpoint[lane].add(callback));
  const off = (apiName: string, lane: "fromMain" | "fromOther") =>
    listen(apiName, (endpoint, callback: Listener) => endpoint[lane].remove(callback));
  return {
    sendMsgToMain<Msg = unknown, Answer = unknown>(
      msg: Msg,
      options?: AskOptions | number,
    ): Promise<Answer> {
      // As a callback of Array's map it gets an index as its second argument.
      const given = (typeof options === "object" && options) || undefined;
      return here("sendMsgToMain").request(msg, given) as Promise<Answer>;
    },
    callOtherRender<Msg = unknown, Answer = unknown>(
      windowName: string,
      msg: Msg,
      options?: AskOptions,
    ): Promise<Answer> {
      requireTarget("callOtherRender", windowName);
      return here("callOtherRender").call(windowName, msg, options) as Promise<Answer>;
    },
    sendMsgToOtherRender(windowName: unknown, msg: unknown) {
      requireTarget("sendMsgToOtherRender", windowName);
      here("sendMsgToOtherRender").send(windowName, msg);
    },
    onMsgFromMain: on("onMsgFromMain", "fromMain"),
    offMsgFromMain: off("offMsgFromMain", "fromMain"),
    onMsgFromOtherRender: on("onMsgFromOtherRender", "fromOther"),
    onMsgFormOtherRender: on("onMsgFormOtherRender", "fromOther"),
    offMsgFromOtherRender: off("offMsgFromOtherRender", "fromOther"),
  };
}

export type RenderApi = ReturnType<typeof renderApi>;
