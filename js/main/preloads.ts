import type { Session } from "electron";
import { preloadFile } from "./files";
import { electron } from "./node";

/** Gives our preload to every page of the default session, once that exists. */
export function registerPreload() {
  const { app, session } = electron();
  const register = () => addTo(session.defaultSession, preloadFile());
  if (app.isReady()) register();
  // The event, not whenReady(): its listeners run before the promise's, which create windows.
  else app.once("ready", register);
}

/** Electron 35 and later know registerPreloadScript, earlier ones setPreloads. */
function addTo(session: Session, file: string) {
  if (typeof session.registerPreloadScript === "function") {
    const known = session.getPreloadScripts().some((script) => script.filePath === file);
    if (!known) session.registerPreloadScript({ type: "frame", filePath: file });
    return;
  }
  const preloads = session.getPreloads();
  if (!preloads.includes(file)) session.setPreloads([...preloads, file]);
}
