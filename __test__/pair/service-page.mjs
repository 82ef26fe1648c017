// Not a test: pages that serve and call services by their own calls, and send records that none of these would.
import { connect, serve } from "./bundle.mjs";

const NOTHING = { form: 0, text: "0", attachments: [] };

/** A client in a page, of a service of main or of the window that `in` names. */
export function connectFrom(page, service, options) {
  return connect(() => page.end, service, options);
}

export function serveIn(page, service, implementation) {
  return serve(() => page.end, service, implementation);
}

/** Sends a record of a page as it is. */
export function post(page, kind, address) {
  page.end.add(kind, address, NOTHING);
}
