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
  /** The endpoint, once it has warned of an argument that is dropped. */
  const to = (apiName: string, dropped: unknown) => {
    const endpoint = here(apiName);
    endpoint.dropped?.(apiName, dropped);
    return endpoint;
  };
  return {
    sendMsgToMain<Msg = unknown, Answer = unknown>(
      msg: Msg,
      options?: AskOptions | number,
      array?: unknown,
    ): Promise<Answer> {
      const given = (typeof options === "object" && options) || undefined;
      // As a callback of Array's map it gets an index and the array behind its message.
      const dropped = given || array ? undefined : options;
      return to("sendMsgToMain", dropped).request(msg, given) as Promise<Answer>;
    },
    callOtherRender<Msg = unknown, Answer = unknown>(
      windowName: string,
      msg: Msg,
      options?: AskOptions,
    ): Promise<Answer> {
      requireTarget("callOtherRender", windowName);
      return here("callOtherRender").call(windowName, msg, options) as Promise<Answer>;
    },
    sendMsgToOtherRender(windowName: unknown, msg: unknown, dropped?: unknown) {
      requireTarget("sendMsgToOtherRender", windowName);
      to("sendMsgToOtherRender", dropped).send(windowName, msg);
    },
    onMsgFromMain: change("onMsgFromMain", "fromMain", "add"),
    offMsgFromMain: change("offMsgFromMain", "fromMain", "remove"),
    onMsgFromOtherRender: change("onMsgFromOtherRender", "fromOther", "add"),
    onMsgFormOtherRender: change("onMsgFormOtherRender", "fromOther", "add"),
    offMsgFromOtherRender: change("offMsgFromOtherRender", "fromOther", "remove"),
  };
}

export type RenderApi = ReturnType<typeof renderApi>;
