import { requireFunction } from "../errors";
import type { AskOptions } from "../requests";
import type { Endpoint } from "./endpoint";
import type { Listener, Listeners } from "./listeners";
import { requireTarget } from "./target";

/**
 * The calls of a window that each page has, and the endpoint with them. `here` gives the endpoint at each call.
 * The other calls are functions of their own, so that a bundler leaves out those that a page does not use.
 */
export function renderApi(here: (apiName: string) => Endpoint) {
  const change =
    <How extends "add" | "remove">(apiName: string, lane: "fromMain" | "fromOther", how: How) =>
    (callback: unknown) => {
      requireFunction(apiName, callback);
      return here(apiName)[lane][how](callback as Listener) as ReturnType<Listeners[How]>;
    };
  return {
    sendMsgToMain<Msg = unknown, Answer = unknown>(
      msg: Msg,
      options?: AskOptions | number,
    ): Promise<Answer> {
      const given = (typeof options === "object" && options) || undefined;
      // As a callback of Array's map it gets an index as its second argument.
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
    onMsgFromMain: change("onMsgFromMain", "fromMain", "add"),
    offMsgFromMain: change("offMsgFromMain", "fromMain", "remove"),
    onMsgFromOtherRender: change("onMsgFromOtherRender", "fromOther", "add"),
    onMsgFormOtherRender: change("onMsgFormOtherRender", "fromOther", "add"),
    offMsgFromOtherRender: change("offMsgFromOtherRender", "fromOther", "remove"),
  };
}

export type RenderApi = ReturnType<typeof renderApi>;
