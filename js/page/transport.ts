import { BRIDGE_KEY, DOWN, MEET, UP } from "../protocol/protocol";
import { type Meeting, relayFrom, relayTo, WorldTransport } from "../transport";

/** Joins the page to the transport. Its port stays with the preload, which passes on what is sent. */
export function joinTransport() {
  const transport = new WorldTransport();
  const meeting = new EventTarget() as EventTarget & Meeting;
  dispatchEvent(new MouseEvent(MEET, { __proto__: null, relatedTarget: meeting } as object));
  transport.join({
    postMessage: relayTo(UP, meeting),
    addEventListener(type, take) {
      // What cannot be read stays with the preload.
      if (type === "message") relayFrom(DOWN, meeting, (data) => take({ data }));
    },
    start: () => undefined,
  });
  Object.defineProperty(window, BRIDGE_KEY, { __proto__: null, value: transport } as object);
}
