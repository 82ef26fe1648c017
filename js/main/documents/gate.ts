import type { WebContents, WebFrameMain } from "electron";
import { failure } from "../../errors";
import { warn } from "../../requests";
import { isForeign, type Origins, sourceOf } from "./origins";
import type { Place } from "./transport";

/** The options that documents depend on, as they are at this moment. */
export interface DocumentOptions {
  readonly current: { readonly origins?: Origins; readonly subframes: boolean };
}

/** In UTF-16 units: more of an origin is not named. */
const MAX_ORIGIN_LENGTH = 200;

/**
 * Decides which documents are let in, by their origin. If all are, the console has a line for each
 * foreign origin.
 */
export class Gate {
  private readonly _warned = new Set<string>();

  constructor(private readonly _options: DocumentOptions) {}

  /** Why a document is not let in; undefined if it is. */
  rejectionOf(place: Place): Error | undefined {
    const { origin } = place;
    const { origins } = this._options.current;
    if (origins?.has(origin)) return undefined;
    const name = quoted(origin);
    if (!origins) {
      this._warnOfForeign(place);
      return undefined;
    }
    const sentence = `documents of ${name} are not let in; initIpc({ origins: [${name}] }) lets them in`;
    this._warn(origin, `${name} is not let in: initIpc({ origins }) does not name it`);
    return failure("ERR_ORIGIN", sentence);
  }

  private _warnOfForeign(place: Place) {
    const { origin } = place;
    const isLetIn = this._options.current.subframes || !place.senderFrame?.parent;
    const source = isLetIn ? sourceOf(origin, urlsOf(place)) : "";
    if (!isForeign(source)) return;
    const name = source === origin ? quoted(origin) : `${quoted(origin)} in ${quoted(source)}`;
    this._warn(source, `${name} is let in. ${ADVICE}`);
  }

  private _warn(origin: string, what: string) {
    warn(this._warned, origin, `a document of ${what}`);
  }
}

const ADVICE = "initIpc({ origins: [...] }) names the origins to let in";

function quoted(origin: string): string {
  return JSON.stringify(origin.slice(0, MAX_ORIGIN_LENGTH));
}

/** The URLs of the frame and of those around it; before Electron 12, of the window's document. */
function urlsOf({ senderFrame, sender }: Place): string[] {
  if (!senderFrame) return [urlIn(sender)];
  const urls: string[] = [];
  for (let frame: WebFrameMain | null = senderFrame; frame; frame = frame.parent) {
    urls.push(frame.url);
  }
  return urls;
}

function urlIn(contents: WebContents): string {
  return contents.isDestroyed() ? "" : contents.getURL();
}
