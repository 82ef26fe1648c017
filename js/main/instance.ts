import { Batches } from "../core/batches";
import { wrongProcess } from "../errors";
import { electronHere, placeHere } from "../host/here";
import { loadNative } from "../host/native";
import { electron } from "../host/node";
import { MAIN_KEY } from "../protocol/protocol";
import { end, windowOf } from "./hosts";
import { keepListening } from "./keep";
import { type Messaging, messaging } from "./messaging";
import { OptionsKeeper } from "./options";
import { Windows } from "./windows";

/** Everything the main process has of this package. */
export interface Instance {
  readonly windows: Windows;
  readonly options: OptionsKeeper;
  /** Made when it is first needed. */
  readonly messaging: Messaging;
  /** Puts options into force; nothing is changed where it throws. */
  configure(given: unknown): void;
}

/** One per process, however many copies of this code were bundled into the app. */
const INSTANCE = Symbol.for(MAIN_KEY);

/** The process's instance, made at the first call that needs it. */
export function instance(apiName: string): Instance {
  const main = globalThis as { [INSTANCE]?: Instance };
  main[INSTANCE] ??= create(apiName);
  return main[INSTANCE] as Instance;
}

export function requireMain(apiName: string) {
  if (!electronHere()?.app) throw wrongProcess(apiName, "Electron's main process", placeHere());
}

/** No document says hello and no message comes before there are contents, or a call that is about messages. */
function create(apiName: string): Instance {
  requireMain(apiName);
  const batches = new Batches(new (loadNative().Router)());
  const options = new OptionsKeeper(batches.router);
  const windows = new Windows(batches.router, { windowOf, end });
  let made: Messaging | undefined;
  const need = () => {
    made ??= messaging(batches, options, windows);
    return made;
  };
  windows.follow({
    added: (contents) => need().added(contents),
    closed: (contents) => made?.closed(contents),
    changed: () => made?.changed(),
  });
  atFirstContents(need);
  return {
    windows,
    options,
    get messaging() {
      return need();
    },
    configure(given) {
      const changes = options.merge(given);
      made?.configured(changes);
    },
  };
}

/** Calls back before the first document of the app can send anything; at once if it may have. */
function atFirstContents(listener: () => void) {
  const { app, webContents } = electron();
  const isThere = () => webContents.getAllWebContents().length > 0;
  if (isThere()) return listener();
  const come = () => {
    unlisten();
    listener();
  };
  const unlisten = keepListening(app, { "web-contents-created": come }, () => isThere() && come());
}
