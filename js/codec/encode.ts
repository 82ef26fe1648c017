import { type Encoded, encodedTree } from "./encoded";
import { kindOf } from "./kind";
import { hasKeys, isFlat, isPlain } from "./plain";
import { Walker } from "./walker";

/**
 * Reads a value as structured clone would, at once. `label` names the value in errors:
 * "msg" gives "msg.items[3].onClick is a function and cannot be sent".
 */
export function encode(value: unknown, label: string): Encoded {
  const members = hasKeys(value) && kindOf(value) === "Object" ? { ...value } : undefined;
  // Most messages are flat, and need none of what finds the way through a tree.
  if (members ? isFlat(members) : isPlain(value)) return encodedTree(members ?? value, false, []);
  const walker = new Walker(label);
  if (members) walker._adopted(value as object);
  const tree = members ? walker._members(members) : walker._copyOf(value);
  return encodedTree(tree, walker._rich, walker._beside);
}
