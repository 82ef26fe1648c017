import { ASK_FOR_PORT, ASKED, BRIDGE_KEY, type Bridge, HERE, PORT } from "../protocol/protocol";
import { WorldWire } from "../wire";

/** Joins the page to the wire, over a port of its own: nothing of its crosses the contextBridge. */
export function joinWire() {
  const wire = new WorldWire();
  addEventListener(PORT, (event) => {
    const [port] = (event as MessageEvent).ports;
    if (port) wire.join(port);
  });
  addEventListener(ASKED, () => {
    wire.say(HERE);
    wire.repeat();
  });
  dispatchEvent(new Event(ASK_FOR_PORT));
  const bridge: Bridge = {
    post: (lanes, frame, attachments) => wire.post(lanes, frame, attachments),
    listen: (deliver) => wire.listen(deliver),
  };
  Object.defineProperty(window, BRIDGE_KEY, { value: Object.freeze(bridge) });
}
