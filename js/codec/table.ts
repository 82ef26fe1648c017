import { hasKeys, type Members } from "./plain";
import { TABLE } from "./tags";

/** Fewer rows are read faster as they are. */
const ROWS = 8;

/**
 * The table of an array's items, which are copies already, if all of them are objects with the
 * same keys in the same order: the keys need not be written and read with each of them.
 */
export function tableOf(rows: readonly unknown[]): unknown[] | undefined {
  if (rows.length < ROWS || !rows.every(hasKeys)) return undefined;
  const [first] = rows;
  const keys = Object.keys(first as Members);
  const parts: unknown[] = [TABLE, first];
  for (let i = 1; i < rows.length; i++) {
    let n = 0;
    const row = rows[i] as Members;
    // What somebody put on Object.prototype is a key too many.
    for (const key in row) {
      if (key !== keys[n++]) return undefined;
      parts.push(row[key]);
    }
    if (n !== keys.length) return undefined;
  }
  return parts.length > 2 ? parts : undefined;
}
