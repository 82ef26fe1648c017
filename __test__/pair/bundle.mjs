// Not a test: both ends of the transport, bundled from the TypeScript.
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const FOLDER = join(ROOT, "target", "test");
const FILE = join(FOLDER, "pair.mjs");

/** The test files run at the same time, each builds: none may import a half-written file. */
async function bundle() {
  const draft = join(FOLDER, `pair.${process.pid}.mjs`);
  mkdirSync(FOLDER, { recursive: true });
  await build({
    stdin: {
      resolveDir: join(ROOT, "js"),
      contents: `
        export { Batches } from "./core/batches";
        export * as lines from "./core/lines";
        export { eachPacket, hasMark, unknownNames } from "./core/packets";
        export { payloadOf, singleOf } from "./core/single";
        export { Switchyard } from "./core/switchyard";
        export { Windows } from "./main/windows";
        export { contentsOf, liveContentsOf, requireOrder } from "./main/contents";
        export { SilentWindows } from "./main/documents/silent";
        export { Gate } from "./main/documents/gate";
        export { Resolver } from "./core/resolver";
        export { abortSource } from "./core/abort";
        export { MAX_WORK, Turn } from "./core/turn";
        export { MAX_WAITING } from "./main/documents/waiting";
        export { pageCredit, RejectingPort, rejectionOf, relayFrom, relayTo, SUBFRAMES_ARE_OUT } from "./transport";
        export { callsOf, connect, Endpoint, onCall, onUndeliverable, publish, renderApi, serve, subscribe } from "./client";
        export { PortTransport } from "./main/documents/transport";
        export { WorldTransport } from "./transport";
        export { Reassembler, withOwnBytes, OVERSIZED, fragmentsOf, sendFragmented, sizeOfMessage, reassemble } from "./transport";
        export { ACKNOWLEDGE_COUNT, ACKNOWLEDGE_IDLE_MS, DEVELOPING, Lane, MAX_PACKET, MAX_FRAGMENT, MAX_INLINE, MAX_UNACKNOWLEDGED, MESSAGE_WEIGHT, NOTICE_HERE, World, WORLDS, MAX_DOCUMENT, documentOf, isFirstAddress, isOfSubframe, newDocument, worldAddressOf, worldOf } from "./protocol/protocol";
        export { membersOf, recordsOf, warn } from "./requests";
        export { clientOf, Served } from "./services";
        export { membersOf as optionMembersOf, Numbers, Subscriptions } from "./topics";
        export { decode, encode, json } from "./codec";
        export { itemsOf, Pending } from "./requests/pending";
        export { failure, traced, warnOfDropped } from "./errors";`,
    },
    outfile: draft,
    bundle: true,
    format: "esm",
    target: "chrome83",
    logLevel: "error",
  });
  renameSync(draft, FILE);
}

await bundle();
export const {
  Batches,
  eachPacket,
  hasMark,
  lines,
  unknownNames,
  payloadOf,
  singleOf,
  Windows,
  contentsOf,
  liveContentsOf,
  requireOrder,
  SilentWindows,
  Gate,
  Resolver,
  warn,
  itemsOf,
  Pending,
  Switchyard,
  abortSource,
  MAX_WORK,
  Turn,
  MAX_WAITING,
  pageCredit,
  RejectingPort,
  rejectionOf,
  SUBFRAMES_ARE_OUT,
  relayFrom,
  relayTo,
  Endpoint,
  callsOf,
  connect,
  onCall,
  onUndeliverable,
  publish,
  renderApi,
  serve,
  subscribe,
  PortTransport,
  WorldTransport,
  Reassembler,
  withOwnBytes,
  OVERSIZED,
  fragmentsOf,
  sendFragmented,
  sizeOfMessage,
  reassemble,
  ACKNOWLEDGE_COUNT,
  ACKNOWLEDGE_IDLE_MS,
  DEVELOPING,
  Lane,
  MAX_PACKET,
  MAX_FRAGMENT,
  MAX_INLINE,
  MAX_UNACKNOWLEDGED,
  MESSAGE_WEIGHT,
  NOTICE_HERE,
  World,
  WORLDS,
  MAX_DOCUMENT,
  documentOf,
  isFirstAddress,
  isOfSubframe,
  newDocument,
  worldAddressOf,
  worldOf,
  clientOf,
  Served,
  optionMembersOf,
  Numbers,
  Subscriptions,
  decode,
  encode,
  json,
  membersOf,
  recordsOf,
  failure,
  traced,
  warnOfDropped,
} = await import(pathToFileURL(FILE).href);
