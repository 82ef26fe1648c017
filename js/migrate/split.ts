import type { Node } from "@babel/types";
import { type Place, place, places, type Script } from "./syntax";

/** A name in a list in braces: `{ one, two as three }`. */
export interface Item {
  readonly name: string;
  readonly node: Node;
}

/** The text between two commas of a list, comments included. */
interface Segment {
  readonly name: string;
  readonly body: string;
  /** A comment behind the comma, on its line. */
  readonly after: string;
  readonly end: number;
}

/** A list in braces, which can be written anew with some of its names. */
export class List {
  /** The place of the braces. */
  readonly place: Place;
  private readonly _segments: Segment[] = [];
  private readonly _tail: string;
  private readonly _closesWithComma: boolean;

  get names(): string[] {
    return this._segments.map(({ name }) => name);
  }

  constructor(
    private readonly _script: Script,
    items: readonly Item[],
  ) {
    const { source, bare } = _script;
    const first = place((items[0] as Item).node);
    const last = place((items.at(-1) as Item).node);
    const open = bare.lastIndexOf("{", first.start);
    const close = bare.indexOf("}", last.end);
    this.place = { start: open, end: close + 1 };
    let start = open + 1;
    for (const { name, node } of items) {
      const segment = this._segment(name, start, place(node).end, close);
      this._segments.push(segment);
      start = segment.end;
    }
    this._tail = source.slice(start, close);
    this._closesWithComma = bare.slice(last.end, close).includes(",");
  }

  private _segment(name: string, start: number, end: number, close: number): Segment {
    const { source, bare } = this._script;
    const gap = /^\s*,/.exec(bare.slice(end, close));
    const comma = gap ? end + gap[0].length - 1 : end;
    const from = gap ? comma + 1 : end;
    const until = commentsEnd(this._script, from, close);
    return {
      name,
      body: source.slice(start, comma),
      after: source.slice(from, until),
      end: until,
    };
  }

  /**
   * The list, braces included, with those names only. Text behind the last name goes with
   * `rest`.
   */
  only(wanted: (name: string) => boolean, { rest }: { rest: boolean }): string {
    const chosen = this._segments.filter(({ name }) => wanted(name));
    const indent = LEAD.exec(this._segments[0]?.body ?? "")?.[0] ?? "";
    let text = "{";
    for (const [index, { body, after }] of chosen.entries()) {
      const comma = index < chosen.length - 1 || this._closesWithComma ? "," : "";
      const part = index === 0 ? indent + body.trimStart() : body;
      text = this._joined(text, part) + comma + after;
    }
    return `${this._joined(text, rest ? this._tail : this._bareTail())}}`;
  }

  private _bareTail(): string {
    const end = this.place.end - 1;
    const bare = this._script.bare.slice(end - this._tail.length, end);
    return bare === this._tail ? bare : (/\r?\n[^\S\n]*$/.exec(bare)?.[0] ?? " ");
  }

  /** A line comment must not swallow what follows. */
  private _joined(text: string, next: string): string {
    const lastLine = text.slice(text.lastIndexOf("\n") + 1);
    const swallows = lastLine.includes("//") && !/^[^\S\r\n]*\r?\n/.test(next);
    return swallows ? text + endOfLine(this._script.source) + next : text + next;
  }
}

const LEAD = /^\s*/;

/** Where the comments end that stand behind a place, with nothing else behind them on the line. */
function commentsEnd({ source, bare, comments }: Script, from: number, limit: number): number {
  const end = from + (/^[^\r\n]*/.exec(bare.slice(from, limit))?.[0] ?? "").length;
  const isCut = places(comments).some((comment) => comment.start < end && end < comment.end);
  if (isCut || bare.slice(from, end).trim() !== "") return from;
  return from + source.slice(from, end).trimEnd().length;
}

/** How lines end in a text. */
export function endOfLine(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
