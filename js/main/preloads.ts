import type { Session } from "electron";
import type { IpcOptions } from "../../index";
import { preloadFile } from "../host/files";
import { electron } from "../host/node";

/** Sessions whose pages have been given our preload. */
const given = new WeakSet<Session>();

/** Gives our preload to every page of the default session, or of those named, once they exist. */
export function registerPreload(wanted: IpcOptions["registerPreload"]) {
  if (!wanted) return;
  const { app, session } = electron();
  const named = wanted === true ? [undefined] : wanted.sessions;
  const register = () => {
    for (const each of named) {
      const found = typeof each === "string" ? session.fromPartition(each) : each;
      addTo(found ?? session.defaultSession, preloadFile());
    }
  };
  if (app.isReady()) register();
  // The event, not whenReady(): its listeners run before the promise's, which create windows.
  else app.once("ready", register);
}

/** Electron 35 and later know registerPreloadScript, earlier ones setPreloads. */
function addTo(session: Session, file: string) {
  given.add(session);
  if (has(session, file)) return;
  if (typeof session.registerPreloadScript === "function") {
    session.registerPreloadScript({ type: "frame", filePath: file });
  } else session.setPreloads([...session.getPreloads(), file]);
}

function has(session: Session, file: string): boolean {
  if (typeof session.getPreloadScripts === "function") {
    return session.getPreloadScripts().some((script) => script.filePath === file);
  }
  return session.getPreloads().includes(file);
}

/** Whether a session's pages get our preload; "replaced" where the app has set another list since. */
export function sessionPreload(session: Session): "given" | "replaced" | "none" {
  if (!given.has(session)) return "none";
  return has(session, preloadFile()) ? "given" : "replaced";
}
