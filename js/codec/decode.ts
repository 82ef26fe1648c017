import { append, define, failure, hasOwn } from "../errors";
import type { Form, Fragment } from "../protocol/protocol";
import { TypedArray } from "./bytes";
import { getPrototypeOf, isNative } from "./kind";
import { MAX_DEPTH, MAX_PATTERN, patternCost, TOO_DEEP, TOO_LONG } from "./limits";
import { hasKeys, json, type Members } from "./plain";
import { at, bigint, bytes, holes, malformed, text } from "./revive";
import {
  ABSENT,
  ARRAY,
  BIGINT,
  BOXED,
  BYTES,
  DATE,
  ERROR,
  LITERAL,
  MAP,
  NUMBER,
  PLAIN_BESIDE,
  REF,
  REGEXP,
  RICH_BESIDE,
  SET,
  SPARSE,
  TABLE,
  TEXT,
  UNLISTED,
  VIEW,
} from "./tags";

/** Takes the attachments of the next record of a packet. Its form says their number. */
export type TakeAttachments = (form: Form) => readonly Fragment[];

const NONE: readonly Fragment[] = [];

export function attachmentsOf(packet: readonly Fragment[]): TakeAttachments {
  let next = 0;
  return (form) => {
    if (form <= 1) return NONE;
    const first = next;
    next += form - 1;
    return packet.slice(first, next);
  };
}

/** A tagged array from JSON.parse. Its members may be anything. */
type Node = unknown[];

/**
 * The value that was encoded. `payload` is the parsed text; it becomes part of the value and must not be
 * decoded again. `attachments` are exactly those of the form. A payload of another process may be
 * anything; if it cannot be decoded, this throws ERR_BAD_PACKET and nothing else.
 */
export function decode(form: Form, payload: unknown, attachments: readonly Fragment[]): unknown {
  if (form === 0 && attachments.length === 0) return payload;
  try {
    return attachments.length === form - 1 ? whole(payload, attachments) : malformed();
  } catch (error) {
    // The message of the engine may quote the text of the sender, so it is left out.
    const { why } = error as { why?: string };
    throw failure("ERR_BAD_PACKET", `the message could not be read${why ? `: it is ${why}` : ""}`);
  }
}

/** A text beside the packet is always the whole payload, so that it is parsed once. */
function whole(payload: unknown, attachments: readonly Fragment[]): unknown {
  const tag = Array.isArray(payload) && payload[0] === ABSENT && payload[1];
  const isBeside = tag === PLAIN_BESIDE || tag === RICH_BESIDE;
  const tree = isBeside ? json.parse(text(attachments[attachments.length - 1])) : payload;
  return tag === PLAIN_BESIDE ? tree : new Reader(attachments)._revive(tree);
}

class Reader {
  /** The objects so far, by their number; undefined while one is being made. */
  private readonly _objects: (object | undefined)[] = [];
  private _depthNow = 0;
  private _patterns = 0;

  constructor(private readonly _beside: readonly Fragment[]) {}

  _revive(payload: unknown): unknown {
    if (typeof payload !== "object" || payload === null) {
      return payload === ABSENT ? undefined : payload;
    }
    // One level more, for tagged values that are no objects.
    if (this._depthNow > MAX_DEPTH) malformed(TOO_DEEP);
    this._depthNow++;
    const value = this._made(payload);
    this._depthNow--;
    return value;
  }

  private _made(payload: object): unknown {
    if (!Array.isArray(payload)) return this._members(this._numbered(payload));
    if (payload[0] !== ABSENT) return this._itemsOf(this._numbered(payload));
    const [, tag, first, second] = payload;
    switch (tag) {
      case LITERAL:
        return ABSENT;
      case NUMBER:
        return Number(text(first));
      case BIGINT:
        return bigint(text(first));
      case REF:
        return at(this._objects, first);
      case ARRAY:
        return this._itemsOf(this._numbered(payload.slice(2)));
      case TABLE:
        return this._rowsOf(payload, first);
      case SPARSE:
        return this._sparse(first, second);
      case MAP:
        return this._mapOf(payload);
      case SET:
        return this._setOf(payload);
      case DATE:
        return this._numbered(new Date(typeof first === "number" ? first : ""));
      case REGEXP:
        return this._regexpOf(text(first), text(second));
      case BYTES:
        return this._numbered(bytes(at(this._beside, first)));
      case TEXT:
        return text(at(this._beside, first));
      case ERROR:
        return this._errorOf(first, second);
      case BOXED:
        return this._numbered(Object(this._revive(first)));
      case VIEW:
        return this._viewOf(payload);
      default:
        return malformed();
    }
  }

  /** Gives the object the next number. */
  private _numbered<T extends object>(object: T): T {
    append(this._objects, object);
    return object;
  }

  /** Decodes in place. The keys exist already, so "__proto__" is a key like any other. */
  private _members<T extends object>(object: T): T {
    const members = object as Members;
    for (const key in members) {
      const value = members[key];
      // Object.prototype may have enumerable members.
      if ((typeof value === "object" || value === ABSENT) && hasOwn.call(members, key)) {
        members[key] = this._revive(value);
      }
    }
    return object;
  }

  private _itemsOf(items: unknown[]): unknown[] {
    for (let i = 0; i < items.length; i++) items[i] = this._revive(items[i]);
    return items;
  }

  /** Each row begins as a copy of the first one, which has all keys, "__proto__" included. */
  private _rowsOf(node: Node, first: unknown): unknown[] {
    const keys = hasKeys(first) ? Object.keys(first) : [];
    // The remainder of a division by 0 is NaN.
    if ((node.length - 3) % keys.length !== 0) malformed();
    const rows: unknown[] = this._numbered([]);
    append(rows, this._revive(first));
    for (let i = 3; i < node.length; ) {
      const row: Members = this._numbered({ ...(first as Members) });
      for (const key of keys) row[key] = this._revive(node[i++]);
      append(rows, row);
    }
    return rows;
  }

  private _sparse(length: unknown, members: unknown): unknown[] {
    const array = this._numbered(holes(length));
    define(array, this._members(members as Members));
    return array;
  }

  private _mapOf(node: Node): Map<unknown, unknown> {
    const map = this._numbered(new Map<unknown, unknown>());
    for (let i = 2; i < node.length; i += 2) {
      map.set(this._revive(node[i]), this._revive(node[i + 1]));
    }
    return map;
  }

  private _setOf(node: Node): Set<unknown> {
    const set = this._numbered(new Set<unknown>());
    for (let i = 2; i < node.length; i++) set.add(this._revive(node[i]));
    return set;
  }

  private _regexpOf(source: string, flags: string): RegExp {
    this._patterns += patternCost(source, flags);
    if (this._patterns > MAX_PATTERN) malformed(TOO_LONG);
    return this._numbered(new RegExp(source, flags));
  }

  private _errorOf(name: unknown, members: unknown): Error {
    const error = this._numbered(new Error());
    // Only builtin classes, and no class of the app that is global.
    const Class = /Error$/.test(text(name)) && globalThis[name as "Error"];
    if (getPrototypeOf(Object(Class)) === Error && isNative(Class)) {
      Object.setPrototypeOf(error, (Class as ErrorConstructor).prototype);
    }
    const named = error.name !== name && { name };
    define(error, { ...named, stack: undefined, ...this._members(members as Members) }, UNLISTED);
    return error;
  }

  /** A view is made after its buffer, but its number comes before that of its buffer. */
  private _viewOf([, , name, buffer, offset, length]: Node): object {
    const number = append(this._objects, undefined);
    const View = globalThis[text(name) as "Uint8Array"];
    const isView = (View as unknown) === DataView || getPrototypeOf(View) === TypedArray;
    if (!isView) malformed();
    const content = bytes(this._revive(buffer));
    const view = new View(content, offset as number, length as number);
    this._objects[number] = view;
    return view;
  }
}
