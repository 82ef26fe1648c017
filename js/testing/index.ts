/** The import `electron-switchyard/testing`: an app without Electron, for the tests of users' code. */
import { type Report, requireOptions } from "../requests";
import { Hub } from "./hub";
import { later } from "./loop";
import { mainCalls } from "./main-calls";
import type { Limits } from "./settings";
import { Windows } from "./windows";

export type { MainStandIn } from "./main-stand-in";

interface Options extends Limits {
  readonly windows?: readonly string[] | undefined;
}

/** A report of messages that were not delivered. `sender`: the window that sent them; undefined for main. */
type Undelivered = Report & { readonly sender: string | undefined };

interface StubOptions {
  readonly in?: string | undefined;
}

export function testApp(options: Options = {}) {
  requireOptions("testApp", options, OPTIONS);
  const { windows: names = [], ...limits } = options;
  const undelivered: Undelivered[] = [];
  const report = (each: Report, sender?: string) => void undelivered.push({ ...each, sender });
  const hub = new Hub(limits);
  hub.switchyard.onUndeliverable(report);
  const windows = new Windows(hub, report);
  for (const name of names) windows.open(name);
  const main = mainCalls(hub, windows);
  return Object.freeze({
    main,
    window: (name: string) => windows.get("window", name).calls,
    open: (name: string, given?: { origin?: string }) => windows.open(name, given).calls,
    reload: (name: string) => windows.get("reload", name).reload(),
    crash: (name: string) => windows.get("crash", name).crash(),
    close: (name: string) => windows.close(name),
    fill: (name: string) => windows.get("fill", name).fill(),
    stub(service: unknown, implementation: unknown, { in: windowName }: StubOptions = {}) {
      const place = windowName === undefined ? main : windows.get("stub", windowName).calls;
      return place.serve(service, implementation);
    },
    async settle() {
      do await new Promise<void>(later);
      while (!hub.tasks.areDone);
    },
    // The contract names the codes that a report can have.
    undelivered: () => [...undelivered] as never[],
    dispose: () => hub.stop(),
  });
}

const OPTIONS = [
  "windows",
  "handlerWaitMs",
  "maxQueueRecords",
  "maxQueueBytes",
  "maxInFlightBytes",
  "maxRetainedBytes",
  "overflow",
];
