import { complain } from "../requests";
import type { Backlog, Turn } from "./turn";

/** How many are handled before what their handlers await goes on: async answers are work too. */
const MAX_TOGETHER = 128;

/**
 * The records for the main process, in order. Code that awaits an answer goes on in a microtask, and
 * a record that was sent after the answer is handled after that. Records that are too many for one
 * turn of the event loop are handled in the next ones.
 */
export class Inbox<Item> implements Backlog {
  private _items: Item[] = [];
  private _state = State.Empty;

  constructor(
    private readonly _isAnswer: (item: Item) => boolean,
    private readonly _handle: (item: Item) => void,
    private readonly _turn: Turn,
  ) {
    _turn.serve(this);
  }

  /** Whether some of what has come may not be handled yet. */
  get isBusy(): boolean {
    return this._state !== State.Empty;
  }

  /** Keeps the array, and may add to it. */
  add(items: Item[]) {
    if (this.isBusy) {
      for (const item of items) this._items.push(item);
    } else {
      this._items = items;
      this._run();
    }
  }

  goOn() {
    if (this._state === State.NextTurn) this._run();
  }

  private _run() {
    this._state = State.Busy;
    let wasAnswer = false;
    // The length is read anew each time, because a handler may add to it.
    for (let i = 0; i < this._items.length; i++) {
      const item = this._items[i] as Item;
      const isAnswer = this._isAnswer(item);
      if (this._turn.isOver) {
        this._state = State.NextTurn;
        return this._keepFrom(i);
      }
      if ((wasAnswer && !isAnswer) || i === MAX_TOGETHER) {
        Promise.resolve().then(() => this._run());
        return this._keepFrom(i);
      }
      wasAnswer = isAnswer;
      this._handleSafely(item);
    }
    this._items = [];
    this._state = State.Empty;
  }

  private _handleSafely(item: Item) {
    try {
      this._handle(item);
    } catch (error) {
      // Not known to happen. If it does, it is one item's end and not that of all behind it.
      complain("a record for main could not be handled", error);
    }
  }

  private _keepFrom(first: number) {
    this._items = this._items.slice(first);
  }
}

enum State {
  Empty,
  /** Items are handled, or will be in a microtask. */
  Busy,
  /** The rest waits for main's next turn. */
  NextTurn,
}
