import type { IpcRenderer } from "electron";
import {
  ACKNOWLEDGE_COUNT,
  ACKNOWLEDGE_SIZE,
  type Acknowledgement,
  CHANNEL,
  type Hello,
  type Link,
  type Message,
} from "../protocol/protocol";
import { sizeOfMessage } from "../wire";

/**
 * How much may be on its way to main and not acknowledged, in bytes and units of text: main has so
 * much to do at once for one document, and others have their turn. What is beyond waits here.
 */
const MOST_UNACKNOWLEDGED = 512 * 1024;

/** What is told of what was taken under a link, and not acknowledged yet. */
interface Taken {
  count: number;
  size: number;
}

/** The document's end of the wire. */
export class Wire {
  private port: MessagePort | undefined;
  private answered = false;
  private waiting: Message[] = [];
  /** The sizes of what is on its way to main, in order. */
  private readonly sizes: number[] = [];
  private unacknowledged = 0;
  private readonly taken = new Map<Link, Taken>();

  /** `take` gets what comes from main; `here` says what main asks for. */
  constructor(
    private readonly ipcRenderer: IpcRenderer,
    private readonly hello: Hello,
    private readonly take: (message: Message) => void,
    private readonly here: () => void,
  ) {
    ipcRenderer.on(CHANNEL, () => (this.answered ? this.here() : this.offer()));
    this.offer();
  }

  send(message: Message) {
    if (this.answered && this.unacknowledged < MOST_UNACKNOWLEDGED) this.post(message);
    else this.waiting.push(message);
  }

  /** Where main did not hear the hello before, the port of that was closed with it. */
  private offer() {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }) => {
      if (port1 === this.port) this.receive(data);
    };
    this.ipcRenderer.postMessage(CHANNEL, this.hello, [port2]);
  }

  private receive(message: Message | Acknowledgement) {
    if (typeof message[1] === "number") return this.acknowledged(message[1]);
    this.take(message as Message);
    this.acknowledge(message as Message);
  }

  /** The first one answers the hello. */
  private acknowledged(count: number) {
    this.answered = true;
    for (const size of this.sizes.splice(0, count)) this.unacknowledged -= size;
    let sent = 0;
    for (; sent < this.waiting.length && this.unacknowledged < MOST_UNACKNOWLEDGED; sent++) {
      this.post(this.waiting[sent] as Message);
    }
    if (sent > 0) this.waiting = this.waiting.slice(sent);
  }

  private post(message: Message) {
    const size = sizeOfMessage(message);
    this.sizes.push(size);
    this.unacknowledged += size;
    this.port?.postMessage(message);
  }

  /** Counts frames; pieces that come before theirs belong to it. */
  private acknowledge(message: Message) {
    const [link, frame] = message;
    const taken = this.takenOf(link);
    taken.size += sizeOfMessage(message);
    if (frame === "") return;
    taken.count += 1;
    if (taken.count < ACKNOWLEDGE_COUNT && taken.size < ACKNOWLEDGE_SIZE) return;
    this.port?.postMessage([link, taken.count]);
    taken.count = 0;
    taken.size = 0;
  }

  private takenOf(link: Link): Taken {
    let taken = this.taken.get(link);
    if (!taken) {
      taken = { count: 0, size: 0 };
      this.taken.set(link, taken);
    }
    return taken;
  }
}
