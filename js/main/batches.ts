import type { Encoded } from "../codec";
import { addressOf } from "../ends";
import { MAX_PIECE } from "../protocol/protocol";
import type { Router } from "./binding";

/** More than a record adds to its payload, and than a character of it has bytes. */
const MOST_HEAD_BYTES = 64;
const MOST_BYTES_OF_CHARACTER = 3;

type Express = ReturnType<Router["express"]>;

/** A window's messages of this turn, and what its queue has room for at least. */
interface Batch {
  /** Messages, and bytes. */
  records: number;
  bytes: number;
  readonly head: string;
  lines: string;
}

/**
 * Hands what main sends to the router as lines of one text: to go over Node-API takes 0.5 us, to
 * route a record 0.15. What has room in a window's queue is asked once, and known until somebody
 * else may have put something there; so errors are thrown at the message that they belong to.
 */
export class Batches {
  /** By window, where its room is known. */
  private readonly batches = new Map<string, Batch>();
  /** Lines that come before theirs. */
  private lines = "";
  /** Whether there may be lines in a batch. */
  private batched = false;
  /** Whether answers take room that the batches do not know of. */
  private answered = false;
  /** Whether the router may have reports for windows, which take room when it drains. */
  private reports = false;
  /** The router as it is for everybody else: what was sent before goes before. */
  readonly behind: Router;
  /** Called in the middle of a turn in which there is much to send already. */
  full: () => void = () => undefined;
  private readonly takeFrame: Express[0];
  private readonly drain: Express[1];

  constructor(private readonly router: Router) {
    [this.takeFrame, this.drain] = router.express();
    this.behind = behindBatches(router, () => this.forget());
  }

  /** Sends a message without attachments. Throws where the window is unknown or its queue full. */
  send(windowName: string, { form, text }: Encoded) {
    const most = MOST_HEAD_BYTES + MOST_BYTES_OF_CHARACTER * text.length;
    const batch = this.batchFor(windowName, most);
    if (!batch) return this.sendAlone(windowName, form, text);
    batch.records -= 1;
    batch.bytes -= most;
    batch.lines += `\n${form},${text}`;
    this.batched = true;
    // Handed over at once, so that its window has work to do.
    if (batch.lines.length >= MAX_PIECE) this.full();
  }

  /** Answers a request, without attachments. */
  answer(asker: number, id: number, ok: boolean, { form, text }: Encoded) {
    this.gather();
    this.add(`=${asker},${id},${ok ? 1 : 0},${form},${text}`);
    this.answered = true;
  }

  /** Hands all over, so that what is done next comes after it. */
  flush() {
    const lines = this.takeLines();
    if (lines !== "") this.drain(0, lines);
  }

  /** Hands all over, and takes what can go to the platform, to so many bytes of text; frames.ts. */
  nextFrames(bytes: number): string {
    const lines = this.takeLines();
    if (this.reports) this.forgetRooms();
    this.reports = false;
    return this.drain(bytes, lines);
  }

  /** Takes a frame from a window, and what can go then, as {@link nextFrames}. */
  take(endpoint: number, lanes: number, frame: string, bytes: number): string {
    this.forget();
    return this.takeFrame(endpoint, lanes, frame, bytes);
  }

  /** An endpoint took so many frames more, which takes no room. */
  acknowledge(endpoint: number, frames: number) {
    this.flush();
    this.router.acknowledge(endpoint, frames);
  }

  /** Hands all over; others may take room then, or give something up. */
  private forget() {
    this.flush();
    this.forgetRooms();
    this.reports = true;
  }

  private forgetRooms() {
    // A Map that is cleared gets new memory, though it was empty.
    if (this.batches.size > 0) this.batches.clear();
  }

  /** Undefined where the window may have no room for it, or had none in this turn before. */
  private batchFor(windowName: string, most: number): Batch | undefined {
    // What goes to other windows takes none of this one's room, but an answer may.
    if (this.answered) this.flush();
    const known = this.batches.get(windowName);
    if (known && has(known, most)) return known;
    if (known === FULL) return undefined;
    if (known) this.flush();
    const [records, bytes] = this.router.room(windowName);
    const batch = { records, bytes, head: `>${addressOf(windowName)}`, lines: "" };
    this.batches.set(windowName, batch);
    return has(batch, most) ? batch : undefined;
  }

  private sendAlone(windowName: string, form: number, text: string) {
    this.forget();
    this.batches.set(windowName, FULL);
    this.router.send(windowName, form, text, 0, NO_SIZES);
  }

  private takeLines(): string {
    this.gather();
    const { lines } = this;
    this.lines = "";
    if (this.answered) this.forgetRooms();
    this.answered = false;
    return lines;
  }

  /** Puts the messages of all batches behind the lines. */
  private gather() {
    if (!this.batched) return;
    this.batched = false;
    for (const batch of this.batches.values()) {
      if (batch.lines === "") continue;
      this.add(batch.head + batch.lines);
      batch.lines = "";
    }
  }

  private add(lines: string) {
    this.lines = this.lines === "" ? lines : `${this.lines}\n${lines}`;
  }
}

function has(room: Batch, most: number): boolean {
  return room.records > 0 && room.bytes >= most;
}

const NO_SIZES: number[] = [];

/** There was not enough room: what goes there in this turn goes alone. */
const FULL: Batch = { records: 0, bytes: 0, head: "", lines: "" };

function behindBatches(router: Router, first: () => void): Router {
  const behind: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(router))) {
    if (name === "constructor") continue;
    const method = router[name as keyof Router] as (...args: unknown[]) => unknown;
    behind[name] = (...args: unknown[]) => {
      first();
      return method.apply(router, args);
    };
  }
  return behind as unknown as Router;
}
