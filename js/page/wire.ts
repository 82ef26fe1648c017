import { ASK_FOR_PORT, ASKED, BRIDGE_KEY, PORT } from "../protocol/protocol";
import { WorldWire } from "../wire";

/** Joins the page to the wire, over a port of its own: nothing of its crosses the contextBridge. */
export function joinWire() {
  const wire = new WorldWire();
  addEventListener(PORT, (event) => {
    const [port] = (event as MessageEvent).ports;
    if (port) wire.join(port);
  });
  addEventListener(ASKED, () => wire.here());
  dispatchEvent(new Event(ASK_FOR_PORT));
  Object.defineProperty(window, BRIDGE_KEY, { value: wire });
}
