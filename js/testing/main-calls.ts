import { requireFunction, requireName } from "../errors";
import type { AskOptions, Handler, Report } from "../requests";
import type { TestEvent } from "./event";
import type { Hub } from "./hub";
import { type Global, installMain } from "./install";
import { mainStandIn } from "./main-stand-in";
import type { Windows } from "./windows";

/** The calls of the main process that need no Electron. */
export function mainCalls(hub: Hub, windows: Windows) {
  const { switchyard } = hub;
  const standIn = mainStandIn(hub, windows);
  return Object.freeze({
    onMsgFromRender(callback: unknown): () => void {
      requireFunction("onMsgFromRender", callback);
      return switchyard.handle(callback as Handler<TestEvent>);
    },
    sendMsgToRender(windowName: string, msg: unknown) {
      requireName("sendMsgToRender", "windowName", windowName);
      switchyard.send(windowName, msg);
    },
    callRender(windowName: string, msg: unknown, options?: AskOptions): Promise<never> {
      requireName("callRender", "windowName", windowName);
      return switchyard.call(windowName, msg, options) as Promise<never>;
    },
    onUndeliverable(callback: unknown): () => void {
      requireFunction("onUndeliverable", callback);
      return switchyard.onUndeliverable(callback as (report: Report) => void);
    },
    serve: (service: unknown, implementation: unknown) =>
      switchyard.services.serve(service, implementation),
    connect: (service: unknown, options?: object) =>
      switchyard.services.connect(service, options) as never,
    publish: (topic: unknown, value: unknown, options?: object) =>
      switchyard.topics.publish(topic, value, options),
    subscribe: (topic: unknown, callback: unknown) => switchyard.topics.subscribe(topic, callback),
    hasWindow: (name: string) => windows.has(name),
    unregisterWindow: (name: string) => windows.unname(name),
    windowNames: () => windows.names(),
    install: (global: Global = globalThis) => installMain(global, standIn),
    stats: () => JSON.parse(switchyard.stats()) as never,
  });
}
