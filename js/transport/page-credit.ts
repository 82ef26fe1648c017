import {
  type Acknowledgement,
  MAX_PACKET,
  MAX_UNACKNOWLEDGED,
  type Message,
} from "../protocol/protocol";
import { InFlight } from "./in-flight";

type Crossing = Message | Acknowledgement;

/**
 * The preload holds an isolated page to the limits of `WorldTransport`, whatever script runs in the page.
 * `onDown` gets all that main posts to the page. `isAdmitted` decides whether main gets what the page
 * posts: an acknowledgement must be news, a message must have credit and must not be too long.
 */
export function pageCredit(): [
  onDown: (message: Crossing) => void,
  isAdmitted: (message: Crossing) => boolean,
] {
  let inFlight = new InFlight();
  /** How many messages main posted to the page, and how many the page has acknowledged. */
  let posted = 0;
  let taken = 0;
  const onDown = (message: Crossing) => {
    if (typeof message !== "number") posted += 1;
    else if (message > 0) inFlight.acknowledge(message);
    else {
      // Main has answered a hello, and both ends count from 0.
      inFlight = new InFlight();
      posted = taken = 0;
    }
  };
  const isAdmitted = (message: Crossing) => {
    if (typeof message === "number") {
      if (message <= taken || message > posted) return false;
      taken = message;
    } else {
      const packet = typeof message === "string" ? message : message[0];
      if (packet.length > MAX_PACKET) return false;
      if (inFlight.weight >= MAX_UNACKNOWLEDGED) return false;
      inFlight.add(message);
    }
    return true;
  };
  return [onDown, isAdmitted];
}
