import type { MainEvent } from "../../index";
import { Batches } from "../core/batches";
import { Switchyard } from "../core/switchyard";
import { Turn } from "../core/turn";
import { wrongProcess } from "../errors";
import { electronHere, placeHere } from "../host/here";
import { loadNative } from "../host/native";
import { Documents } from "./documents/documents";
import { Endpoints } from "./documents/endpoints";
import { Gate } from "./documents/gate";
import { DocumentIpc } from "./documents/ipc";
import { Navigations } from "./documents/navigation";
import { Senders } from "./documents/senders";
import { SilentWindows } from "./documents/silent";
import { DocumentTable } from "./documents/table";
import { OptionsKeeper } from "./options";
import { ElectronPlatform } from "./platform";
import { ProkitWindows } from "./prokit/windows";
import { Windows } from "./windows";

/** Everything the main process has of this package. */
export interface Instance {
  readonly switchyard: Switchyard<MainEvent>;
  readonly windows: Windows;
  readonly options: OptionsKeeper;
  readonly documents: Documents;
  readonly prokit: ProkitWindows;
  readonly silent: SilentWindows;
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

/** Each part is given only parts that are made before it; what follows them is joined at the end. */
function create(apiName: string): Instance {
  requireMain(apiName);
  const batches = new Batches(new (loadNative().Router)());
  const { router } = batches;
  const options = new OptionsKeeper(router);
  const windows = new Windows(router);
  const senders = new Senders();
  const table = new DocumentTable();
  const turn = new Turn();
  const platform = new ElectronPlatform(options, senders, table, windows);
  const switchyard = new Switchyard(batches, platform, turn);
  const navigations = new Navigations();
  const gate = new Gate(options);
  const endpoints = new Endpoints(router, senders, switchyard);
  const documents = new Documents(table, navigations, router, endpoints, gate);
  const prokit = new ProkitWindows(navigations, documents, switchyard, windows);
  const silent = new SilentWindows(navigations, router, windows, documents);
  windows.follow({
    added(contents) {
      documents.watch(contents);
      prokit.watch(contents);
      silent.follow(contents);
    },
    closed: (contents) => documents.dispose(contents),
    changed: () => switchyard.flushSoon(),
  });
  documents.onGreeted((contents) => {
    prokit.greeted(contents);
    silent.greeted(contents);
  });
  new DocumentIpc(documents, switchyard, gate, silent, options, turn).listen();
  prokit.lookSoon();
  return { switchyard, windows, options, documents, prokit, silent };
}

/** Puts options into force; nothing is changed where it throws. */
export function configure({ options, switchyard, documents, prokit }: Instance, given: unknown) {
  const changed = options.merge(given);
  if (changed.limits) switchyard.flushSoon();
  if (changed.subframes) {
    documents.admitSubframes((endpoint, lanes) => switchyard.receive(endpoint, lanes, "", []));
  }
  if (changed.prokitPreloads !== undefined) prokit.setLetIn(changed.prokitPreloads);
}
