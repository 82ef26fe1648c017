import { append, copied } from "../errors";
import {
  type Attachment,
  type Fragment,
  MAX_FRAGMENT,
  MAX_FRAGMENTS,
  MAX_INLINE,
  type Message,
  type Parts,
} from "../protocol/protocol";
import { sizeOf, sizeOfAll } from "./size";

/**
 * The length of fragments, in bytes and units of text: of all attachments up to `LONG`, and of longer ones, where
 * a message of shared memory takes less time than many inline. Old Chromiums are slow with messages of more than
 * 32 KiB. Array.at came with Chromium 92. The measurements are in docs/design/0004-fragments.md.
 */
const IS_OLD = !("at" in Array.prototype);
const USUAL = IS_OLD ? MAX_INLINE / 2 : MAX_INLINE;
const LONGEST = IS_OLD ? USUAL : MAX_FRAGMENT;
const LONG = 1_000_000;

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
    const bytes = sizeOfAll(attachment);
    const longest = bytes > LONG ? LONGEST : USUAL;
    const long = isDestination && typeof attachment[0] !== "string" && bytes > USUAL ? bytes : 0;
    if (long > 0) {
      flush();
      total = long;
    }
    let count = 0;
    for (const fragment of attachment) {
      for (let from = 0; from < sizeOf(fragment) || from === 0; from += longest) {
        const length = Math.min(longest, sizeOf(fragment) - from);
        if (size + length > longest || fragments.length === MAX_FRAGMENTS) flush();
        append(fragments, part(fragment, from, longest));
        size += length;
        count += 1;
      }
    }
    return long > 0 ? 1 : count;
  });
  if (size + packet.length > USUAL) flush();
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

/**
 * The memory of full fragments. The port copies them at once, and fresh memory for each costs as much
 * as the copy: 1 MB to main and back takes 8 ms, and 9.8 ms with fresh memory (Electron 22).
 */
let scratch: Uint8Array | undefined;

function part(fragment: Attachment, from: number, longest: number): Fragment {
  if (typeof fragment === "string") return fragment.slice(from, from + longest);
  if (fragment instanceof ArrayBuffer && fragment.byteLength <= longest) return fragment;
  const whole = fragment instanceof ArrayBuffer ? new Uint8Array(fragment) : fragment;
  const bytes = whole.subarray(from, from + longest);
  if (bytes.length < longest) return copied(bytes);
  if (scratch?.length !== longest) scratch = new Uint8Array(longest);
  scratch.set(bytes);
  return scratch.buffer as ArrayBuffer;
}
