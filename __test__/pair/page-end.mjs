// Not a test: a page's end of the wire, whose port the test holds in main's place.
import { Endpoint, WorldTransport } from "./bundle.mjs";

/** What the page posts, and how it hears; the number 0 answers its hello. */
export function pageEnd() {
  const posted = [];
  let take;
  const wire = new WorldTransport();
  wire.join({
    postMessage: (message) => posted.push(message),
    addEventListener: (_type, listener) => {
      take = listener;
    },
    start: () => undefined,
  });
  return { end: new Endpoint(wire), posted, hear: (data) => take({ data }) };
}
