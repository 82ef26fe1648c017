import { BRIDGE_KEY, DOWN, MEET, UP } from "../protocol/protocol";
import { type Meeting, relayFrom, relayTo, WorldWire } from "../transport";

/** Joins the page to the wire. Its port stays with the preload, which passes on what is sent. */
export function joinWire() {
  const wire = new WorldWire();
  const meeting = new EventTarget() as EventTarget & Meeting;
  dispatchEvent(new MouseEvent(MEET, { __proto__: null, relatedTarget: meeting } as object));
  wire.join({
    postMessage: relayTo(UP, meeting),
    addEventListener(type, take) {
      // What cannot be read stays with the preload.
      if (type === "message") relayFrom(DOWN, meeting, (data) => take({ data }));
    },
    start: () => undefined,
  });
  Object.defineProperty(window, BRIDGE_KEY, { __proto__: null, value: wire } as object);
}
