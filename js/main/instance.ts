import type { MainEvent } from "../../index";
import { wrongProcess } from "../errors";
import { deliverTo, listenToWindows } from "./ipc";
import { loadNative } from "./native";
import { OptionsKeeper } from "./options";
import { Pages } from "./pages";
import { type Platform, Switchyard } from "./switchyard";
import { Windows } from "./windows";

/** Everything the main process has of this package. */
export interface Instance {
  readonly switchyard: Switchyard<MainEvent>;
  readonly windows: Windows;
  readonly options: OptionsKeeper;
}

/** One per process, however many copies of this code were bundled into the app. */
const INSTANCE = Symbol.for("electron-switchyard.main");

/** The process's instance, made at the first call that needs it. */
export function instance(call: string): Instance {
  const main = globalThis as { [INSTANCE]?: Instance };
  main[INSTANCE] ??= create(call);
  return main[INSTANCE] as Instance;
}

function create(call: string): Instance {
  if ((process as { type?: string }).type !== "browser") {
    throw wrongProcess(call, "Electron's main process");
  }
  const router = new (loadNative().Router)();
  const pages = new Pages(router);
  const windows = new Windows(router, (contents) => pages.watch(contents));
  const options = new OptionsKeeper(router);
  const platform: Platform<MainEvent> = {
    deliver: deliverTo(() => pages),
    eventOf: (...sender) => pages.eventOf(...sender),
    resolves: () => options.current.resolveWindow !== undefined,
    resolve: (names) =>
      names.forEach(quietly((name) => resolveWindow(call, windows, options, name))),
  };
  const switchyard = new Switchyard(router, platform);
  listenToWindows(pages, (...frame) => switchyard.receive(...frame));
  return { switchyard, windows, options };
}

/** Asks the app for a window that is not in the table, and registers what it returns. */
export function resolveWindow(
  call: string,
  windows: Windows,
  options: OptionsKeeper,
  name: string,
) {
  const window = options.current.resolveWindow?.(name);
  if (window && !window.isDestroyed()) windows.add(call, name, window);
}

/** What the app's resolveWindow throws is reported, not thrown at whoever is not its caller. */
function quietly(ask: (name: string) => unknown): (name: string) => void {
  return (name) => {
    try {
      ask(name);
    } catch (error) {
      console.error(`electron-switchyard: resolveWindow(${JSON.stringify(name)}) failed:`, error);
    }
  };
}
