import { failure } from "../errors";
import type { Hub } from "./hub";
import type { Windows } from "./windows";

/**
 * The `Instance` of `js/main/instance.ts` for a global object, as much of it as the calls use that need no
 * Electron. `js/entry/contract.check.ts` compares the two.
 */
export function mainStandIn({ settings, switchyard }: Hub, windows: Windows) {
  return {
    options: { current: {} },
    configure: (given: unknown) => settings.configure(given),
    messaging: { switchyard, silent: { messageSent: () => undefined } },
    windows: {
      names: () => windows.names(),
      contentsOf: (name: string) => (windows.has(name) ? CONTENTS : undefined),
      destroy: (name: string) => windows.closeIfOpen(name),
      destroyAll: () => {
        for (const name of windows.names()) windows.closeIfOpen(name);
      },
      get: noBrowserWindow,
      all: noBrowserWindow,
      requireFree: noBrowserWindow,
      add: noBrowserWindow,
      remove: (name: string) => windows.unname(name),
    },
  };
}

export type MainStandIn = ReturnType<typeof mainStandIn>;

/** There is a window, but no Electron's contents of it. */
const CONTENTS = Object.freeze({}) as never;

function noBrowserWindow(): never {
  const message =
    "testApp has no Electron, and so no BrowserWindow; its windows are those of testApp({ windows }) and open(name)";
  throw failure("ERR_WRONG_PROCESS", message);
}
