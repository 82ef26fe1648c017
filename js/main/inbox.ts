import { complain } from "../ends";
import type { Backlog, Turn } from "./turn";

/** How many are taken before what their handlers await goes on: answers of async handlers are work too. */
const MAX_TOGETHER = 128;

/**
 * What has come for the main process, in order. Whoever awaits an answer goes on in a microtask;
 * what was sent after the answer is taken after that. What is too much for one turn of the event
 * loop is taken in the next ones.
 */
export class Inbox<Item> implements Backlog {
  private items: Item[] = [];
  private state = State.Empty;

  constructor(
    private readonly isAnswer: (item: Item) => boolean,
    private readonly take: (item: Item) => void,
    private readonly turn: Turn,
  ) {
    turn.serve(this);
  }

  /** Whether some of what has come may not be taken yet. */
  get isBusy(): boolean {
    return this.state !== State.Empty;
  }

  /** Keeps the array, and may add to it. */
  add(items: Item[]) {
    if (this.isBusy) {
      for (const item of items) this.items.push(item);
    } else {
      this.items = items;
      this.run();
    }
  }

  goOn() {
    if (this.state === State.NextTurn) this.run();
  }

  private run() {
    this.state = State.Busy;
    let answered = false;
    // Its length is read anew each time: what is taken may add to it.
    for (let i = 0; i < this.items.length; i++) {
      const item = this.items[i] as Item;
      const answers = this.isAnswer(item);
      if (this.turn.isOver) {
        this.state = State.NextTurn;
        return this.keepFrom(i);
      }
      if ((answered && !answers) || i === MAX_TOGETHER) {
        Promise.resolve().then(() => this.run());
        return this.keepFrom(i);
      }
      answered = answers;
      this.takeSafely(item);
    }
    this.items = [];
    this.state = State.Empty;
  }

  private takeSafely(item: Item) {
    try {
      this.take(item);
    } catch (error) {
      // Not known to happen. If it does, it is one item's end and not that of all behind it.
      complain("a message could not be taken", error);
    }
  }

  private keepFrom(first: number) {
    this.items = this.items.slice(first);
  }
}

enum State {
  Empty,
  /** Items are taken, or will be in a microtask. */
  Busy,
  /** The rest waits for main's next turn. */
  NextTurn,
}
