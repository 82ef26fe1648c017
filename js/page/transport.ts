import { BRIDGE_KEY, DOWN, MEET, UP } from "../protocol/protocol";
import { type Meeting, relayFrom, relayTo, WorldTransport } from "../transport";

/** Joins the page to the transport. The port stays in the preload, which passes messages on. */
export function joinTransport() {
  const transport = new WorldTransport();
  const meeting = new EventTarget() as EventTarget & Meeting;
  dispatchEvent(new MouseEvent(MEET, { __proto__: null, relatedTarget: meeting } as object));
  transport.join({
    postMessage: relayTo(UP, meeting),
    addEventListener(type, take) {
      // A "messageerror" has no data, and stays in the preload.
      if (type === "message") relayFrom(DOWN, meeting, (data) => take({ data }));
    },
    start: () => undefined,
  });
  Object.defineProperty(window, BRIDGE_KEY, { __proto__: null, value: transport } as object);
}
