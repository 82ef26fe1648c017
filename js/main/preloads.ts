import type { Session, WebContents } from "electron";
import type { IpcOptions } from "../../index";
import { preloadFile } from "../host/files";
import { electron } from "../host/node";

/** Shared by all copies of this code in the process. */
const GIVEN = Symbol.for("electron-switchyard.sessions");

/** Sessions whose pages have been given our preload; undefined while there are none. */
function given(): WeakSet<Session> | undefined {
  return (globalThis as { [GIVEN]?: WeakSet<Session> })[GIVEN];
}

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
  Object.assign(globalThis, { [GIVEN]: (given() ?? new WeakSet()).add(session) });
  if (has(session, file)) return;
  if (typeof session.registerPreloadScript === "function") {
    session.registerPreloadScript({ type: "frame", filePath: file });
  } else session.setPreloads([...session.getPreloads(), file]);
}

function has(session: Session, file: string): boolean {
  return preloadsIn(session).includes(file);
}

function preloadsIn(session: Session): string[] {
  if (typeof session.getPreloadScripts === "function") {
    return session.getPreloadScripts().map((script) => script.filePath);
  }
  return session.getPreloads();
}

/** Members of contents that Electron has for itself: no documented one says which preload it runs. */
interface PreloadMembers {
  /** Electron 35 and later. */
  _getPreloadScript?(): { filePath: string } | null;
  /** Until Electron 34: the session's are among them. */
  _getPreloadPaths?(): string[];
  /** It has no preload in Electron 22 and later. */
  getLastWebPreferences?(): { preload?: string } | null;
}

/** The files of all preloads of a window, as far as Electron shows them: its session's, and its own. */
export function preloadsOf(contents: WebContents): string[] {
  const members = contents as PreloadMembers;
  const files = [
    ...preloadsIn(contents.session),
    ...(members._getPreloadPaths?.() ?? []),
    members._getPreloadScript?.()?.filePath ?? ownPreload(contents),
  ];
  return files.filter((file): file is string => typeof file === "string");
}

/** The file of a window's own preload, as its options have it. */
export function ownPreload(contents: WebContents): string | undefined {
  return (contents as PreloadMembers).getLastWebPreferences?.()?.preload;
}

/**
 * Whether a session's pages get our preload.
 * - `none`: no session's do.
 * - `elsewhere`: only those of other sessions do.
 * - `replaced`: the app has set another list of preloads since.
 */
export function sessionPreload(session: Session): "given" | "replaced" | "elsewhere" | "none" {
  const sessions = given();
  if (!sessions?.has(session)) return sessions ? "elsewhere" : "none";
  return has(session, preloadFile()) ? "given" : "replaced";
}
