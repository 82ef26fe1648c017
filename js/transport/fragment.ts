import { append, copied } from "../errors";
import {
  type Attachment,
  type Fragment,
  MAX_FRAGMENT,
  MAX_FRAGMENTS,
  type Message,
  type Parts,
} from "../protocol/protocol";
import { sizeOf, sizeOfAll } from "./size";

/**
 * The length of fragments, in bytes and units of text. Old Chromiums take long to make messages of more than 32 KiB: 16 MB of bytes from
 * a page to main take 111 ms in fragments of 30,000 and 215 in fragments of 60,000 (Electron 9, Chromium 83;
 * 22, with Chromium 108, is faster with the longer ones). Only these two were measured.
 * Array.at came with Chromium 92.
 */
const FRAGMENT = "at" in Array.prototype ? MAX_FRAGMENT : MAX_FRAGMENT / 2;

/** Takes a message before the next one is made, because long bytes lie in memory that is used again. */
export type SendMessage = (message: Parts) => void;

/**
 * Sends a packet as messages that are short enough. All but the last bring fragments only.
 *
 * `isDestination`: nobody gets the attachments after the receiver. Messages then have the size of long
 * ones, so that the receiver can reassemble them as they come.
 */
export function sendFragmented(
  packet: string,
  lanes: number,
  attachments: readonly (readonly Attachment[])[],
  isDestination: boolean,
  send: SendMessage,
) {
  let fragments: Fragment[] = [];
  let size = 0;
  let total = 0;
  const flush = () => {
    if (fragments.length > 0) send(total > 0 ? ["", 0, fragments, [total]] : ["", 0, fragments]);
    fragments = [];
    size = 0;
    total = 0;
  };
  const counts = attachments.map((attachment) => {
    const long = isDestination ? longBytes(attachment) : 0;
    if (long > 0) {
      flush();
      total = long;
    }
    let count = 0;
    for (const fragment of attachment) {
      for (let from = 0; from < sizeOf(fragment) || from === 0; from += FRAGMENT) {
        const length = Math.min(FRAGMENT, sizeOf(fragment) - from);
        if (size + length > FRAGMENT || fragments.length === MAX_FRAGMENTS) flush();
        append(fragments, part(fragment, from, length));
        size += length;
        count += 1;
      }
    }
    return long > 0 ? 1 : count;
  });
  if (size + packet.length > FRAGMENT) flush();
  send([packet, lanes, fragments, counts]);
}

/** A message that waits: its bytes do not change when the next message is made. */
export function withOwnBytes(message: Message): Message {
  if (typeof message === "string") return message;
  const [, , fragments] = message;
  if (fragments)
    message[2] = fragments.map((fragment) =>
      fragment === scratch?.buffer ? fragment.slice(0) : fragment,
    );
  return message;
}

/** The one fragment of an attachment that crossed nothing. The sender's memory is copied. */
export function fragmentsOf(attachment: Attachment): readonly Fragment[] {
  return [attachment instanceof Uint8Array ? copied(attachment) : attachment];
}

/** The bytes of an attachment that is sent in several fragments. 0 for any other. */
function longBytes(fragments: readonly Attachment[]): number {
  const bytes = typeof fragments[0] === "string" ? 0 : sizeOfAll(fragments);
  return bytes > FRAGMENT ? bytes : 0;
}

/**
 * The memory of full fragments. The port copies them at once, and fresh memory for each costs as much
 * as the copy: 1 MB to main and back takes 8 ms, and 9.8 ms with fresh memory (Electron 22).
 */
let scratch: Uint8Array | undefined;

function part(fragment: Attachment, from: number, length: number): Fragment {
  if (typeof fragment === "string") return fragment.slice(from, from + length);
  if (fragment instanceof ArrayBuffer && length === fragment.byteLength) return fragment;
  const bytes = fragment instanceof ArrayBuffer ? new Uint8Array(fragment) : fragment;
  if (length < FRAGMENT) return copied(bytes.subarray(from, from + length));
  scratch ??= new Uint8Array(FRAGMENT);
  scratch.set(bytes.subarray(from, from + length));
  return scratch.buffer as ArrayBuffer;
}
