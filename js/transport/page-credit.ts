import {
  type Acknowledgement,
  MAX_PACKET,
  MAX_UNACKNOWLEDGED,
  type Message,
} from "../protocol/protocol";
import { InFlight } from "./in-flight";

type Crossing = Message | Acknowledgement;

/**
 * What an isolated page may send to main, as its preload keeps account: it is held to what its own
 * end of the transport keeps to (`WorldTransport`), whatever runs in it. `hear` is told what main says to
 * the page; `admits`, whether what the page says goes to main: an acknowledgement does that says
 * something new. A message that is longer than any of its end's does not.
 */
export function pageCredit(): [
  hear: (message: Crossing) => void,
  admits: (message: Crossing) => boolean,
] {
  let inFlight = new InFlight();
  /** How many messages came for the page, and how many it says it took. */
  let came = 0;
  let taken = 0;
  const hear = (message: Crossing) => {
    if (typeof message !== "number") came += 1;
    else if (message > 0) inFlight.acknowledge(message);
    else {
      // Main has answered a hello: it knows nothing of what was said before.
      inFlight = new InFlight();
      came = taken = 0;
    }
  };
  const admits = (message: Crossing) => {
    if (typeof message === "number") {
      if (message <= taken || message > came) return false;
      taken = message;
    } else {
      const packet = typeof message === "string" ? message : message[0];
      if (packet.length > MAX_PACKET) return false;
      if (inFlight.weight >= MAX_UNACKNOWLEDGED) return false;
      inFlight.add(message);
    }
    return true;
  };
  return [hear, admits];
}
