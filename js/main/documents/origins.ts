import { invalidOption } from "../../errors";

/** One label of a host, or a port. */
const ANY = "[^.:/]+";

/** `scheme://host`, with a port if it is not the scheme's own; a label or the port may be `*`. */
const PATTERN =
  /^[a-z][a-z\d+.-]*:\/\/(?:\[[\da-f:.]+\]|[^\s./:?#@\\[\]A-Z*]+|\*)?(?:\.(?:[^\s./:?#@\\[\]A-Z*]+|\*))*(?::(?:\d+|\*))?$/;

/** The origin of documents that have none of their own, such as those of data URLs and sandboxed iframes. */
const OPAQUE = "null";

const RIGHT = 'an origin as documents have it, such as "https://*.example.com" or "file://"';

/** The origins of documents that are let in. */
export class Origins {
  private readonly _patterns: readonly RegExp[];

  /** Throws ERR_INVALID_OPTION where these are no patterns. */
  constructor(patterns: unknown) {
    if (!Array.isArray(patterns))
      throw invalidOption("initIpc", "origins", "an array of origins", patterns);
    // Not map: it would pass over holes.
    this._patterns = Array.from(patterns as unknown[], compiled);
  }

  has(origin: string): boolean {
    return this._patterns.some((pattern) => pattern.test(origin));
  }
}

function compiled(pattern: unknown, index: number): RegExp {
  const isRight = typeof pattern === "string" && (pattern === OPAQUE || isPattern(pattern));
  if (!isRight)
    throw invalidOption("initIpc", `origins[${index}]`, RIGHT + advice(pattern), pattern);
  const text = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ANY);
  return new RegExp(`^${text}$`);
}

function isPattern(text: string): boolean {
  return PATTERN.test(text) && originIn(text) === text;
}

/** A pattern that may have been meant. */
function advice(pattern: unknown): string {
  const meant = typeof pattern === "string" ? originIn(pattern) : undefined;
  return meant && meant !== pattern && PATTERN.test(meant)
    ? ` (did you mean ${JSON.stringify(meant)}?)`
    : "";
}

/** The origin of a URL, whose labels and port may be `*`. */
function originIn(text: string): string | undefined {
  // Neither is part of any name that the URL standard lets through.
  const label = "any-label-0";
  const port = ":61347";
  try {
    const { protocol, host, origin } = new URL(text.replace(/:\*/, port).replace(/\*/g, label));
    const known = origin === OPAQUE ? `${protocol}//${host}` : origin;
    return known.replace(port, ":*").split(label).join("*");
  } catch {
    return undefined;
  }
}

/** Schemes that an app does not have for itself. */
const FOREIGN = new Set(["http:", "https:", "ftp:"]);

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Whether an origin is somebody else's: not of files, not of the app's own scheme, not of this
 * machine.
 */
export function isForeign(origin: string): boolean {
  try {
    const { protocol, hostname } = new URL(origin);
    return FOREIGN.has(protocol) && !LOOPBACK.test(hostname);
  } catch {
    return false;
  }
}

/** URLs that do not show which page made a document. */
const WITHOUT_ORIGIN = /^(?:data:|about:|blob:null|$)/;

/**
 * The origin to judge a document by: its own; if that is opaque, that of its URL; if the URL has none,
 * that of the nearest page around it, which has made it. `urls`: of its frame and of those around it.
 */
export function sourceOf(origin: string, urls: readonly string[]): string {
  if (origin !== OPAQUE) return origin;
  // At the top such a document is the app's: no page can load one there.
  const known = urls.find((url) => !WITHOUT_ORIGIN.test(url));
  try {
    return new URL(known ?? "").origin;
  } catch {
    return OPAQUE;
  }
}
