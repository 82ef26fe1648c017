import type { BrowserWindow, WebContents } from "electron";
import { failure, wrongType } from "../errors";

/** All of these together are a BrowserWindow's alone. */
const OF_WINDOW = ["isDestroyed", "loadURL", "webContents", "getBounds"];

/** All of these together are a webContents's alone. */
const OF_CONTENTS = ["isDestroyed", "loadURL", "getURL", "send", "isLoadingMainFrame", "session"];

const RIGHT = "a BrowserWindow, a WebContentsView, a BrowserView or a webContents";

const ORDER = "the name comes first, and the window second";

/** Throws if the arguments are in the wrong order: a window first, or its name second. */
export function requireOrder(apiName: string, name: unknown, window: unknown) {
  if (typeof name === "string") return;
  if (typeof window !== "string" && !has(name, "webContents") && !isContents(name)) return;
  throw advised(wrongType(apiName, "name", "a non-empty string", name), ORDER);
}

/**
 * The webContents of what an app gave as a window. It throws unless it is there and alive. `argument` is what
 * the error calls the value.
 */
export function contentsOf(apiName: string, argument: string, given: unknown): WebContents {
  const contents = liveContentsOf(apiName, argument, given);
  if (contents) return contents;
  const what = isContents(given) ? "webContents" : isWindow(given) ? "window" : "view";
  throw failure("ERR_TARGET_GONE", `${apiName}: the ${what} was closed already`);
}

/** The same, and undefined for what was closed already. */
export function liveContentsOf(
  apiName: string,
  argument: string,
  given: unknown,
): WebContents | undefined {
  if (isContents(given)) return given.isDestroyed() ? undefined : given;
  if (!has(given, "webContents") || has(given, "fromId")) throw wrong(apiName, argument, given);
  // A destroyed window throws if its contents are read, and a destroyed view has none.
  if (isWindow(given) && given.isDestroyed()) return undefined;
  const contents = read(given, "webContents") as WebContents | null | undefined;
  if (!contents) return undefined;
  // A window's are not looked at: a stand-in for one, in an app's own tests, may have less.
  if (!isWindow(given) && !isContents(contents)) throw wrong(apiName, argument, given);
  return contents.isDestroyed() ? undefined : contents;
}

export function isWindow(given: unknown): given is BrowserWindow {
  return OF_WINDOW.every((member) => has(given, member));
}

function isContents(given: unknown): given is WebContents {
  return OF_CONTENTS.every((member) => has(given, member));
}

function has(given: unknown, member: string): boolean {
  const isObject = typeof given === "object" && given !== null;
  return isObject && member in given;
}

/** A member of an object; undefined if the object throws. */
function read(given: unknown, member: string): unknown {
  try {
    return (given as Record<string, unknown>)[member];
  } catch {
    return undefined;
  }
}

function wrong(apiName: string, argument: string, given: unknown): TypeError {
  const error = wrongType(apiName, argument, RIGHT, given);
  const advice = adviceFor(given);
  return advice ? advised(error, advice) : error;
}

function advised(error: TypeError, advice: string): TypeError {
  return failure("ERR_INVALID_ARG_TYPE", `${error.message}: ${advice}`);
}

/** A member by which a value is known, and what would be right in its place. The first row that fits counts. */
const ADVICE: readonly (readonly [member: string, sentence: string])[] = [
  ["then", "this is a promise; await it first"],
  ["getAllWebContents", "this is Electron's module; pass one webContents of it"],
  ["fromId", "this is Electron's module; pass one window or webContents"],
  ["sender", "this is an event; pass event.sender"],
  [
    "routingId",
    "this is a frame, and names stand for whole windows; pass the webContents it is in",
  ],
  ["webRequest", "this is a session, which has no page; pass a window that uses it"],
  ["getContentBounds", "this is a BaseWindow, which has no page; pass a WebContentsView in it"],
  ["addChildView", "this is a View, which has no page; pass a WebContentsView"],
  ["postMessage", "this is a process or a port, which has no page"],
  ["length", "this is a list; pass one of its windows"],
];

/** A sentence about what else it is, with the right one in its place. */
function adviceFor(given: unknown): string | undefined {
  if (typeof given === "string") return ORDER;
  if (typeof given === "number") return "pass webContents.fromId(id) or BrowserWindow.fromId(id)";
  if (typeof given === "function") return "pass a window, and not its class or what returns it";
  return ADVICE.find(([member]) => has(given, member))?.[1];
}
