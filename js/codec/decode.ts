import type { Form } from "../protocol/protocol";
import { at, define, malformed, nameError, text, viewClass } from "./revive";
import {
  ARRAY,
  BIGINT,
  BOXED,
  BYTES,
  DATE,
  ERROR,
  MAP,
  NUMBER,
  REF,
  REGEXP,
  SET,
  SPARSE,
  UNDEFINED,
  VIEW,
} from "./tags";

/** A tagged array, as JSON.parse gives it: nothing about it is certain. */
type Node = unknown[];
type Members = Record<string, unknown>;

/**
 * The value that was encoded. `payload` is the parsed text; it becomes part of the value and must
 * not be decoded again. `buffers` are exactly those of the form. Whatever the payload is, the
 * worst that it can do is to throw an Error.
 */
export function decode(form: Form, payload: unknown, buffers: readonly ArrayBuffer[]): unknown {
  if (buffers.length !== (form && form - 1)) malformed();
  return form ? new Reader(buffers).value(payload) : payload;
}

class Reader {
  /** The objects so far, by their number; undefined while one is still in the making. */
  private readonly objects: (object | undefined)[] = [];

  constructor(private readonly buffers: readonly ArrayBuffer[]) {}

  value(payload: unknown): unknown {
    if (typeof payload !== "object" || payload === null) return payload;
    if (!Array.isArray(payload)) return this.members(this.count(payload));
    switch (payload[0]) {
      case UNDEFINED:
        return undefined;
      case NUMBER:
        return Number(text(payload[1]));
      case BIGINT:
        return BigInt(text(payload[1]));
      case REF:
        return at(this.objects, payload[1]);
      default:
        return this.object(payload);
    }
  }

  private object(node: Node): unknown {
    const [tag, first, second] = node;
    switch (tag) {
      case ARRAY:
        node.shift();
        return this.items(this.count(node));
      case SPARSE:
        return this.sparse(node);
      case MAP:
        return this.map(node);
      case SET:
        return this.set(node);
      case DATE:
        return this.count(new Date((first ?? Number.NaN) as number));
      case REGEXP:
        return this.count(new RegExp(text(first), text(second)));
      case BYTES:
        return this.count(at(this.buffers, first));
      case ERROR:
        return this.error(node);
      default:
        return this.late(node);
    }
  }

  /** What can be made only after its parts, which therefore cannot refer to it. */
  private late(node: Node): object {
    const number = this.objects.push(undefined) - 1;
    const object: object = node[0] === BOXED ? Object(this.value(node[1])) : this.view(node);
    this.objects[number] = object;
    return object;
  }

  /** Gives the object the next number. */
  private count<T extends object>(object: T): T {
    this.objects.push(object);
    return object;
  }

  /** Decodes in place: the keys are there already, so that "__proto__" is one as any other. */
  private members<T extends object>(object: T): T {
    const members = object as Members;
    for (const key of Object.keys(members)) members[key] = this.value(members[key]);
    return object;
  }

  private items(items: unknown[]): unknown[] {
    for (let i = 0; i < items.length; i++) items[i] = this.value(items[i]);
    return items;
  }

  private sparse([, length, members]: Node): unknown[] {
    if (typeof length !== "number") malformed();
    const array = this.count(new Array<unknown>(length));
    define(array, this.members(members as Members));
    return array;
  }

  private map(node: Node): Map<unknown, unknown> {
    const map = this.count(new Map<unknown, unknown>());
    for (let i = 1; i < node.length; i += 2) {
      map.set(this.value(node[i]), this.value(node[i + 1]));
    }
    return map;
  }

  private set(node: Node): Set<unknown> {
    const set = this.count(new Set<unknown>());
    for (let i = 1; i < node.length; i++) set.add(this.value(node[i]));
    return set;
  }

  private error([, name, message, stack, members]: Node): Error {
    const error = this.count(new Error());
    nameError(error, text(name));
    define(error, { stack: stack === null ? undefined : text(stack) });
    if (message !== null) define(error, { message: text(message) });
    define(error, this.members(members as Members));
    return error;
  }

  private view([tag, name, buffer, offset, length]: Node): object {
    if (tag !== VIEW) malformed();
    const View = viewClass(name);
    const bytes = this.value(buffer) as ArrayBuffer;
    // Anything but a buffer of ours could make a view of any size.
    if (!this.buffers.includes(bytes)) malformed();
    return new View(bytes, offset as number, length as number);
  }
}
