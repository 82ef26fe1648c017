import type { WebContents } from "electron";
import { ownPreload, sessionPreload } from "../preloads";

/** In UTF-16 units. The end of a path is kept, and the beginning of an error. */
const MAX_FILE = 150;
const MAX_ERROR = 150;

/** Errors of a preload that imports what is not in it. */
const UNBUNDLED =
  /module not found: |Cannot find (?:module|package) |import statement outside a module|Unexpected token '?export|\bES Module\b/;

const BUNDLE_IT =
  "; bundle it into one CommonJS file, or set webPreferences.preload to getPreloadPath()";

/** The cause of a silent window if a preload of it threw. Node appends the require stack to an error's first line. */
export function preloadCause(file: string, error: unknown): string {
  const [line = ""] = `${error}`.split("\n");
  const remedy = UNBUNDLED.test(line) && !line.includes(file) ? BUNDLE_IT : "";
  return `its preload ${file.slice(-MAX_FILE)} failed: ${line.slice(0, MAX_ERROR)}${remedy}`;
}

/** The cause if the document of a window has said hello. */
export const NO_LISTENER =
  "its page has loaded and has added no listener; if its script failed, its console says why";

/** The cause if this package's preload was registered, and not for the window's session. */
export const OTHER_SESSION =
  "its session is none of those whose pages initIpc({ registerPreload }) gives this package's preload; " +
  "name it in registerPreload: { sessions: [...] }, or set webPreferences.preload to getPreloadPath()";

/** The cause if the document of a window has not said hello, and its preload did not throw. */
export function noHelloCause(contents: WebContents): string {
  const held = contents.isDestroyed() ? "none" : sessionPreload(contents.session);
  if (held === "replaced") {
    return "session.setPreloads() has removed this package's preload; the new list must have all that getPreloads() returned";
  }
  if (held === "elsewhere") return OTHER_SESSION;
  const preload = ownPreload(contents);
  if (preload) return `its preload ${preload} has not called initExposeInMainWorld()`;
  if (held === "given") return "this package's preload did not run in its page";
  return "it has no preload of this package: call initExposeInMainWorld() in its own preload, set webPreferences.preload to getPreloadPath(), or give its session to initIpc({ registerPreload: { sessions } })";
}
