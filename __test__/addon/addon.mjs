// Not a test: the native addon in plain Node, without any of the package's JavaScript.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";

const prefix = `electron-switchyard.${process.platform}-${process.arch}`;

/** The file that this machine loads. */
export const ADDON = join(
  ROOT,
  readdirSync(ROOT).find((name) => name.startsWith(prefix) && name.endsWith(".node")) ??
    `${prefix}.node`,
);

export const { Router } = createRequire(import.meta.url)(ADDON);

export const FROM_MAIN = 1;
export const FROM_OTHER = 2;

/** A router with one window, named "work", whose page listens to `lanes`. */
export function routerWithWindow(lanes = 0) {
  const router = new Router();
  router.nameWindow("work", 7);
  const endpoint = router.connect(7, 20);
  tell(router, endpoint, lanes);
  return { router, endpoint };
}

/** Takes lines and a packet of a page to the router; `js/protocol/exchange.ts` describes all three texts. */
export function exchange(router, lines, { from = 0, lanes = 0, packet = "", bytes = 0 } = {}) {
  return router.messageFunctions()[0](bytes, lines, from, lanes, packet);
}

/** Sends a message of main. Throws if it is rejected. */
export function send(router, name, form, json, firstSlot = 0, sizes = []) {
  const line = `!${form},${json}`;
  exchange(router, `>${JSON.stringify(name)}\n${attached(firstSlot, sizes)}${line}`);
}

/** Calls a window for main. A rejection comes as a nack. */
export function call(router, name, id, json) {
  exchange(router, `>${JSON.stringify(name)}\n?${id},0,${json}`);
}

/** Routes a packet of a page. Returns the unknown names that it has, if they are to come back. */
export function routePacket(
  router,
  from,
  lanes,
  packet,
  { firstSlot = 0, sizes = [], resolve = false } = {},
) {
  const before = (resolve ? "~\n" : "") + attached(firstSlot, sizes);
  const out = exchange(router, before.slice(0, -1), { from, lanes, packet });
  return out[0] === "u" ? JSON.parse(out.slice(1)) : undefined;
}

function attached(firstSlot, sizes) {
  return sizes.length > 0 ? `@${[firstSlot, ...sizes].join(",")}\n` : "";
}

/** What a page listens to now, with no record beside it. */
export function tell(router, endpoint, lanes) {
  routePacket(router, endpoint, lanes, "");
}

/** An endpoint has taken packets; whether there is more for it. */
export function acknowledge(router, endpoint, packets) {
  return router.messageFunctions()[4](endpoint, packets);
}

/** The next packet alone; undefined where there is none. */
export function nextPacket(router) {
  return drained(router, 1)[0];
}

export function packets(router) {
  return drained(router, 2 ** 32 - 1);
}

function drained(router, bytes) {
  return framesOf(router, exchange(router, "", { bytes }));
}

/** The packets in what a router hands out. */
export function framesOf(router, out) {
  const [, ...packets] = out.split("\x1e");
  return packets.map((packet) => {
    const [, head, text] = /^([\d,]+)(\[.*)$/s.exec(packet);
    const [contents, link, ...slots] = head.split(",").map(Number);
    const endpoint = contents === 0 ? 0 : router.connect(contents, link);
    return { endpoint, contents, link, text, slots };
  });
}

/** The packets' records, each beside the endpoint that it is for. */
export function records(router) {
  return packets(router).flatMap(({ endpoint, text }) =>
    JSON.parse(text).map((record) => [endpoint, record]),
  );
}

export function statsOf(router) {
  return JSON.parse(router.stats());
}
