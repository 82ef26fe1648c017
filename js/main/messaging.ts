import type { WebContents } from "electron";
import type { MainEvent } from "../../index";
import type { Batches } from "../core/batches";
import { Switchyard } from "../core/switchyard";
import { Turn } from "../core/turn";
import { electron } from "../host/node";
import { Documents } from "./documents/documents";
import { Endpoints } from "./documents/endpoints";
import { Gate } from "./documents/gate";
import { DocumentIpc } from "./documents/ipc";
import { Navigations } from "./documents/navigation";
import { PreloadFailures } from "./documents/preload-failures";
import { Senders } from "./documents/senders";
import { SilentWindows } from "./documents/silent";
import { DocumentTable } from "./documents/table";
import type { Changes, OptionsKeeper } from "./options";
import { ElectronPlatform } from "./platform";
import { ProkitWindows } from "./prokit/windows";
import type { WindowListener, Windows } from "./windows";

/** The part of main that messages and documents need. An app without windows has none. */
export interface Messaging extends WindowListener {
  readonly switchyard: Switchyard<MainEvent>;
  readonly silent: SilentWindows;
  /** Options have changed. */
  configured(changes: Changes): void;
}

/**
 * In dist/*.cjs this module is a file of its own (scripts/lib/bundle.mjs). Therefore it shares no state with
 * other modules but by its arguments. Each part is given only parts that are made before it; what follows
 * them is joined at the end.
 */
export function messaging(batches: Batches, options: OptionsKeeper, windows: Windows): Messaging {
  const { router } = batches;
  const senders = new Senders();
  const table = new DocumentTable();
  const turn = new Turn();
  const isDeveloping = !electron().app.isPackaged;
  const platform = new ElectronPlatform(options, senders, table, windows, isDeveloping);
  const switchyard = new Switchyard(batches, platform, turn);
  const navigations = new Navigations();
  const gate = new Gate(options);
  const endpoints = new Endpoints(router, senders, switchyard);
  const documents = new Documents(table, navigations, router, endpoints, gate);
  const prokit = new ProkitWindows(navigations, documents, switchyard, windows);
  const silent = new SilentWindows(navigations, router, windows, documents);
  documents.onGreeted((contents) => {
    prokit.greeted(contents);
    silent.greeted(contents);
  });
  const { prokitPreloads } = options.current;
  if (prokitPreloads !== undefined) prokit.setLetIn(prokitPreloads);
  new PreloadFailures(documents, windows).listen();
  const settings = { maxKept: () => options.maxQueueBytes, turn, isDeveloping };
  new DocumentIpc(documents, switchyard, gate, silent, options, settings).listen();
  prokit.lookSoon();
  return {
    switchyard,
    silent,
    added(contents: WebContents) {
      documents.watch(contents);
      prokit.watch(contents);
      silent.follow(contents);
    },
    closed: (contents) => documents.dispose(contents),
    changed: () => switchyard.flushSoon(),
    configured(changes) {
      if (changes.limits) switchyard.flushSoon();
      if (changes.subframes) {
        documents.admitSubframes((endpoint, lanes) => switchyard.receive(endpoint, lanes, "", []));
      }
      if (changes.prokitPreloads !== undefined) prokit.setLetIn(changes.prokitPreloads);
    },
  };
}
