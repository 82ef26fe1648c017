// Not a test: pages that serve and call services, record by record.
import { clientOf, decode, encode } from "./bundle.mjs";

const ANSWER = 8;
const INVOKE = 16;
const SERVE = 17;
const UNSERVE = 18;
const INVOKED = 19;
const NOTHING = { form: 0, text: "0", attachments: [] };

/** A client in a page, of a service of main or of the window that `in` names. */
export function connectFrom(page, service, { in: windowName, ...ask } = {}) {
  const target = windowName === undefined ? 0 : JSON.stringify(windowName);
  return clientOf(service, (method, args, title) =>
    page.end._outgoing._start(title, ask, (id) => {
      const names = [service, method].map((name) => JSON.stringify(name));
      page.end._outbox._add(INVOKE, `[${id},${target},${names}]`, args);
    }),
  );
}

/** Sends records of a page as they are. */
export function post(page, kind, address) {
  page.end._outbox._add(kind, address, NOTHING);
}

/** Serves in a page. `method` gets the name of the service, that of the method, and the arguments. */
export function serveIn(page, service, method) {
  const { deliver } = page;
  const answer = async ([, number, , name, called, form, payload]) => {
    let [ok, value] = [1, undefined];
    try {
      value = await method(name, called, ...decode(form, payload, []));
    } catch (error) {
      [ok, value] = [0, error];
    }
    page.end._outbox._add(ANSWER, `[${number},${ok}]`, encode(value, "answer"));
  };
  page.deliver = (packet, attachments) => {
    const records = JSON.parse(packet);
    const isMine = (record) => record[0] === INVOKED && record[3] === service;
    records.filter(isMine).forEach(answer);
    const rest = records.filter((record) => !isMine(record));
    if (rest.length > 0) deliver(JSON.stringify(rest), attachments);
  };
  post(page, SERVE, JSON.stringify(service));
  return () => post(page, UNSERVE, JSON.stringify(service));
}
