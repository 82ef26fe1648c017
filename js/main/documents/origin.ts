import type { WebContents, WebFrameMain } from "electron";
import { FILE_ORIGIN } from "../../protocol/protocol";

/** The text of an opaque origin. */
const OPAQUE = "null";

/**
 * The origin of a document, as Electron gives it. Before Electron 20, main does not know a frame's
 * origin, and takes what the document's preload claims. The frame's URL is worth less: at the hello it
 * may still be that of the document before, and neither a srcdoc nor a sandboxed frame has the origin of
 * its URL.
 */
export function originOf(
  frame: WebFrameMain | null | undefined,
  contents: WebContents,
  claim = "",
): string {
  return knownOrigin(frame) ?? (claim || originOfUrl(frame ? frame.url : contents.getURL()));
}

/** The types have it always. */
export function knownOrigin(frame: WebFrameMain | null | undefined): string | undefined {
  const origin: unknown = frame?.origin;
  return typeof origin === "string" ? origin : undefined;
}

function originOfUrl(text: string): string {
  try {
    const { protocol, host, origin } = new URL(text);
    if (protocol === "file:") return FILE_ORIGIN;
    // Node knows no origins of an app's own schemes.
    const isOwn = origin === OPAQUE && host !== "";
    return isOwn ? `${protocol}//${host}` : origin;
  } catch {
    return OPAQUE;
  }
}

/** An origin as in a sender tag; undefined for that of files. */
export function taggedOrigin(origin: string): string | undefined {
  return origin === FILE_ORIGIN ? undefined : origin;
}
