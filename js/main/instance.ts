import type { MainEvent } from "../../index";
import { Batches } from "../core/batches";
import { Resolver } from "../core/resolver";
import { type Platform, Switchyard } from "../core/switchyard";
import { Turn } from "../core/turn";
import { wrongProcess } from "../errors";
import { electronHere, placeHere } from "../host/here";
import { loadNative } from "../host/native";
import { electron } from "../host/node";
import { Kind } from "../protocol/protocol";
import { Deaf } from "./documents/deaf";
import { Documents } from "./documents/documents";
import { Gate } from "./documents/gate";
import { listenToWindows } from "./documents/ipc";
import { Navigations } from "./documents/navigation";
import { Senders } from "./documents/senders";
import type { Place } from "./documents/transport";
import { relisten } from "./keep";
import { OptionsKeeper } from "./options";
import { ProkitWindows } from "./prokit/windows";
import { Windows } from "./windows";

/** Everything the main process has of this package. */
export interface Instance {
  readonly switchyard: Switchyard<MainEvent>;
  readonly windows: Windows;
  readonly options: OptionsKeeper;
  readonly deaf: Deaf;
}

/** One per process, however many copies of this code were bundled into the app. */
const INSTANCE = Symbol.for("electron-switchyard.main");

/** The process's instance, made at the first call that needs it. */
export function instance(apiName: string): Instance {
  const main = globalThis as { [INSTANCE]?: Instance };
  main[INSTANCE] ??= create(apiName);
  return main[INSTANCE] as Instance;
}

export function requireMain(apiName: string) {
  if (!electronHere()?.app) throw wrongProcess(apiName, "Electron's main process", placeHere());
}

function create(apiName: string): Instance {
  requireMain(apiName);
  const batches = new Batches(new (loadNative().Router)());
  const router = batches.behind;
  const senders = new Senders(() => switchyard.requestsWait);
  const gate = new Gate(
    () => options.current.origins,
    () => options.current.subframes,
  );
  const refusalOf = (place: Place) => gate.refusalOf(place);
  const navigations = new Navigations();
  const documents = new Documents(navigations, router, senders, {
    refusalOf,
    changed: () => switchyard.flushSoon(),
    lost: (...endpoints) => switchyard.lose(...endpoints),
    unheard: () => relisten(electron().ipcMain),
    greeted: (contents) => {
      prokit.greeted(contents);
      deaf.greeted(contents);
    },
  });
  const windows = new Windows(
    router,
    (contents) => {
      documents.watch(contents);
      prokit.watch(contents);
      deaf.follow(contents);
    },
    (contents) => documents.close(contents),
    () => switchyard.flushSoon(),
  );
  const options = new OptionsKeeper(
    router,
    () =>
      documents.admitSubframes((endpoint, lanes) => switchyard.receive(endpoint, lanes, "", [])),
    (are) => prokit.letIn(are),
    () => switchyard.flushSoon(),
  );
  const resolver = new Resolver(
    (name) => windows.resolve(name, options.current.resolveWindow),
    () => options.current.resolveWindow,
  );
  const platform: Platform<MainEvent> = {
    deliver: (...packet) => documents.deliver(...packet),
    eventOf: (endpoint, sender, request) => senders.eventOf(endpoint, sender, request),
    lost: (endpoint) => senders.whyLost(endpoint),
    handlerWaitMs: () => options.current.handlerWaitMs,
    resolves: () => options.current.resolveWindow !== undefined,
    resolve: (names) => resolver.resolveAll(names),
  };
  const turn = new Turn();
  const switchyard = new Switchyard(batches, platform, turn);
  const prokit = new ProkitWindows(navigations, documents, {
    receive: (...packet) => switchyard.receive(...packet),
    acknowledge: (...packets) => switchyard.acknowledge(...packets),
    tellSender: (target, { sender, code }, count, sentence) => {
      const name = windows.nameOf(target) ?? "";
      if (!sender) {
        switchyard.report(name, code, count, sentence);
        return true;
      }
      const window = sender.windowName === undefined ? undefined : windows.get(sender.windowName);
      if (!window || window.isDestroyed()) return false;
      const nack = [Kind.Nack, name, code, null, count, sentence];
      documents.notify(window.webContents.id, JSON.stringify([nack]));
      return true;
    },
  });
  listenToWindows(documents, {
    receive: (...packet) => {
      switchyard.receive(...packet);
      deaf.stirred();
    },
    acknowledge: (...packets) => switchyard.acknowledge(...packets),
    badPacket: () => switchyard.countBadPacket(),
    refusalOf,
    turnedAway: (contents, why) => deaf.refused(contents, why),
    subframes: () => options.current.subframes,
    mostKept: () => options.maxQueueBytes,
    turn,
  });
  const deaf = new Deaf(navigations, router, {
    nameOf: (contents) => windows.nameOf(contents),
    isGreeted: (contents) => documents.isGreeted(contents),
  });
  return { switchyard, windows, options, deaf };
}
