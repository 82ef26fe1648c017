import { BRIDGE_KEY, DOWN, UP } from "../protocol/protocol";
import { relayFrom, relayTo, WorldWire } from "../wire";

/** Joins the page to the wire. Its port stays with the preload, which passes on what is sent. */
export function joinWire() {
  const wire = new WorldWire();
  wire.join({
    postMessage: relayTo(UP),
    addEventListener(type, take) {
      // What cannot be read stays with the preload.
      if (type === "message") relayFrom(DOWN, (data) => take({ data }));
    },
    start: () => undefined,
  });
  Object.defineProperty(window, BRIDGE_KEY, { value: wire });
}
