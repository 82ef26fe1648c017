/**
 * The wire, whole: what crosses between a window and the main process, readable alone.
 * This file imports nothing; everything else may import it. `src/router/record.rs` holds the
 * same numbers for Rust, and `__test__/addon/protocol.test.mjs` holds the two to each other.
 *
 * A **frame** is one JSON text: an array of records. A **record** is a JSON array whose first
 * member is its kind. Beside a frame travel its **attachments**: the ArrayBuffers of its
 * records, in the order of the records, because JSON cannot carry bytes cheaply.
 */

/** The one ipc channel, both ways. */
export const CHANNEL = "electron-switchyard";

/** The property of the page's `window` under which the preload exposes its {@link Bridge}. */
export const BRIDGE_KEY = "__electronSwitchyard";

/** Kinds of records, the first member of each. */
export const Kind = {
  /** window to main: `[Request, requestId, form, payload]` */
  Request: 1,
  /** window to window: `[Message, "target window", form, payload]` */
  Message: 2,
  /** main to window: `[FromMain, form, payload]` */
  FromMain: 3,
  /** another window, by way of main: `[FromOther, "sender's window" | null, form, payload]` */
  FromOther: 4,
  /** answer to a Request: `[Reply, requestId, 1 for a value or 0 for an error, form, payload]` */
  Reply: 5,
  /** what became of a refused Message: `[Nack, "target window", code, reason]` */
  Nack: 6,
} as const;

/**
 * How a record's payload is to be read: 0, it is the value itself; 1 + n, it is the codec's rich
 * form and the next n attachments of the frame belong to it.
 */
export type Form = number;

/** What listeners listen to. A record of a lane waits in the router until somebody listens. */
export const Lane = {
  FromMain: 1,
  FromOther: 2,
} as const;
export type Lane = (typeof Lane)[keyof typeof Lane];

/** Stable error codes, the `code` of every error that this package throws or rejects with. */
export type Code =
  /** An argument is of the wrong type; the error is a TypeError. */
  | "ERR_INVALID_ARG_TYPE"
  /** An option is of the wrong type or out of its range. */
  | "ERR_INVALID_OPTION"
  /** A value cannot be sent: it holds a function, a symbol or the like. */
  | "ERR_NOT_CLONEABLE"
  /** No window has that name. */
  | "ERR_UNKNOWN_WINDOW"
  /** Another live window has that name, or the window has another name. */
  | "ERR_NAME_TAKEN"
  /** The target's queue is at its bound and the overflow policy is "reject". */
  | "ERR_QUEUE_FULL"
  /** What came from a window is no frame. */
  | "ERR_BAD_FRAME"
  /** The window was closed or its document replaced. */
  | "ERR_TARGET_GONE"
  /** Main had no handler for a request for as long as `handlerWaitMs`. */
  | "ERR_NO_HANDLER"
  /** A call of another process: a main call in a window, or the reverse. */
  | "ERR_WRONG_PROCESS"
  /** The page has no preload of ours. */
  | "ERR_NO_PRELOAD"
  /** The native binary could not be loaded. */
  | "ERR_NATIVE_LOAD";

/**
 * Which JS world of which document speaks: twice the document's number, plus the world. The
 * preload makes it; it is an address, not a credential: who a window *is*, main reads from the
 * ipc event.
 */
export type Link = number;

/** The worlds of a document. A window without context isolation has only the first. */
export const World = { Preload: 0, Page: 1 } as const;
export type World = (typeof World)[keyof typeof World];

/**
 * `ipcRenderer.send(CHANNEL, ...Upward)`, window to main. An empty frame tells of nothing but the
 * lanes; the preload's first one, without lanes, is the document's hello, which main answers with
 * an empty frame: until then the preload keeps its frames back.
 */
export type Upward = [
  link: Link,
  lanes: number,
  frame: string,
  attachments?: ArrayBuffer[] | undefined,
];

/** The link of the empty frame that asks every document to say hello, when main begins. */
export const MAIN_BEGINS = -1;

/** `webContents.send(CHANNEL, ...Downward)`, main to window. */
export type Downward = [link: Link, frame: string, attachments?: ArrayBuffer[]];

/** Takes a frame that came for this world. */
export type Deliver = (frame: string, attachments?: ArrayBuffer[]) => void;

/** All that a page gets from the preload: one frame up, one function for frames down. */
export interface Bridge {
  /** Sends a frame to main. `lanes`: the bits of {@link Lane} that this world listens to now. */
  post(lanes: number, frame: string, attachments?: ArrayBuffer[]): void;
  /** Names the function that takes this world's frames; a second call replaces the first. */
  listen(deliver: Deliver): void;
}
