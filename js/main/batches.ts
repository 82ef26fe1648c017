import type { Encoded } from "../codec";
import { MAX_PIECE } from "../protocol/protocol";
import type { Router } from "./binding";

/** More than a record adds to its payload, and than a character of it has bytes. */
const MOST_HEAD_BYTES = 64;
const MOST_BYTES_OF_CHARACTER = 3;

/** Its endpoint, webContents and link, its text, and the slots of its attachments. */
export type Frame = ReturnType<Router["nextFrames"]>[number];

/** Messages of a turn to one window. What has room in its queue was asked, once for all of them. */
interface Batch {
  lines: string;
  records: number;
  bytes: number;
}

/**
 * Hands what main sends to the router in batches: to go over Node-API takes 1.1 us, to route a
 * record 0.15. Of each turn's messages to a window the first goes alone, and at once. Errors are
 * thrown all the same at the message that they belong to.
 */
export class Batches {
  /** By window; undefined after its first message. */
  private readonly messages = new Map<string, Batch | undefined>();
  private answers = "";
  /** The router as it is for everybody else: what was sent before goes before. */
  readonly behind: Router;
  /** Called in the middle of a turn in which there is much to send already. */
  full: () => void = () => undefined;

  /** `router`: itself; who uses it has to flush before. */
  constructor(readonly router: Router) {
    this.behind = behindBatches(router, this);
  }

  /** Sends a message without attachments. */
  send(windowName: string, { form, text }: Encoded) {
    if (this.answers !== "") this.flush();
    const batch = this.messages.get(windowName);
    const most = MOST_HEAD_BYTES + MOST_BYTES_OF_CHARACTER * text.length;
    if (batch && batch.records > 0 && batch.bytes >= most) {
      batch.records -= 1;
      batch.bytes -= most;
      batch.lines += batch.lines === "" ? `${form},${text}` : `\n${form},${text}`;
      // Handed over at once, so that its window has work to do.
      if (batch.lines.length >= MAX_PIECE) this.full();
    } else this.sendAlone(windowName, form, text);
  }

  /** Answers a request, without attachments. */
  answer(asker: number, id: number, ok: boolean, { form, text }: Encoded) {
    if (this.messages.size > 0) this.flush();
    const line = `${asker},${id},${ok ? 1 : 0},${form},${text}`;
    this.answers += this.answers === "" ? line : `\n${line}`;
  }

  /** Hands all over, so that what is done next comes after it. */
  flush() {
    if (this.messages.size > 0) this.flushMessages();
    if (this.answers !== "") this.router.nextFrames(0, this.takeAnswers());
  }

  /** Hands all over, and takes what can go to the platform; see Router. */
  nextFrames(bytes: number): Frame[] {
    if (this.messages.size > 0) this.flushMessages();
    return this.router.nextFrames(bytes, this.takeAnswers());
  }

  /** The first of a turn to a window, or one for which there may be no room. */
  private sendAlone(windowName: string, form: number, text: string) {
    const isFirst = !this.messages.has(windowName);
    if (!isFirst) this.flush();
    this.router.send(windowName, form, text, 0, NO_SIZES);
    this.messages.set(windowName, isFirst ? undefined : this.open(windowName));
  }

  private takeAnswers(): string {
    const { answers } = this;
    this.answers = "";
    return answers;
  }

  private open(windowName: string): Batch {
    return { lines: "", ...this.router.room(windowName) };
  }

  private flushMessages() {
    const batches = [...this.messages];
    this.messages.clear();
    for (const [windowName, batch] of batches) {
      if (batch && batch.lines !== "") this.router.sendAll(windowName, batch.lines);
    }
  }
}

const NO_SIZES: number[] = [];

function behindBatches(router: Router, batches: Batches): Router {
  const behind: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(router))) {
    if (name === "constructor") continue;
    const method = router[name as keyof Router] as (...args: unknown[]) => unknown;
    behind[name] = (...args: unknown[]) => {
      batches.flush();
      return method.apply(router, args);
    };
  }
  return behind as unknown as Router;
}
