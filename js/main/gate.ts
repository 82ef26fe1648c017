import type { WebContents } from "electron";
import { warn } from "../ends";
import { failure } from "../errors";
import { isForeign, type Origins } from "./origins";
import type { Place } from "./wire";

/** In UTF-16 units: more of an origin is not named. */
const MAX_ORIGIN_LENGTH = 200;

/** Says which documents may take part, by their origin; where all may, says once which foreign ones do. */
export class Gate {
  private readonly warned = new Set<string>();

  /** `origins`: whose documents may; undefined where all may. `subframes`: whether these may at all. */
  constructor(
    private readonly origins: () => Origins | undefined,
    private readonly subframes: () => boolean,
  ) {}

  /** Why a document may not take part; undefined where it may. */
  refusalOf(place: Place): Error | undefined {
    const { origin } = place;
    const origins = this.origins();
    if (origins?.include(origin)) return undefined;
    const name = JSON.stringify(origin.slice(0, MAX_ORIGIN_LENGTH));
    if (!origins) {
      const takesPart = this.subframes() || !place.senderFrame?.parent;
      if (takesPart && isForeign(origin, urlOf(place))) {
        this.warn(origin, `${name} takes part. ${ADVICE}`);
      }
      return undefined;
    }
    const sentence = `documents of ${name} may not take part; initIpc({ origins: [${name}] }) lets them`;
    this.warn(origin, `${name} may not take part: initIpc({ origins }) does not name it`);
    return failure("ERR_ORIGIN", sentence);
  }

  private warn(origin: string, what: string) {
    warn(this.warned, origin, `a document of ${what}`);
  }
}

const ADVICE = "initIpc({ origins: [...] }) says whose documents may";

function urlOf({ senderFrame, sender }: Place): string {
  return senderFrame?.url ?? urlIn(sender);
}

function urlIn(contents: WebContents): string {
  return contents.isDestroyed() ? "" : contents.getURL();
}
