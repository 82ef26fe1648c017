import { type Encoded, encodedTree } from "./encoded";
import { kindOf } from "./kind";
import { notCloneable } from "./not-cloneable";
import { hasKeys, isFlat, isPlain } from "./plain";
import { Walker } from "./walker";

/** A stack overflow at fewer levels than this is not the value's but its getter's or our caller's. */
const SHALLOW = 500;

/**
 * Reads a value as structured clone would, at once. `label` names the value in errors:
 * "msg" gives "msg.items[3].onClick is a function and cannot be sent".
 */
export function encode(value: unknown, label: string): Encoded {
  const members = hasKeys(value) && kindOf(value) === "Object" ? { ...value } : undefined;
  // Most messages are flat, and need none of what finds the way through a tree.
  if (members ? isFlat(members) : isPlain(value)) return encodedTree(members ?? value, false, []);
  const walker = new Walker(label);
  try {
    if (members) walker.adopted(value as object);
    const tree = members ? walker.members(members) : walker.copyOf(value);
    return encodedTree(tree, walker.rich, walker.beside);
  } catch (error) {
    const isDeep = walker.steps.length > SHALLOW && error instanceof RangeError;
    if (!(isDeep && /call stack/.test(error.message))) throw error;
    throw notCloneable(`${label} is nested too deeply`);
  }
}
