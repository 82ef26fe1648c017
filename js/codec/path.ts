import { isPlain } from "./plain";

/** A member's key, an item's index or, for Map and Set, the text on either side of the path. */
export type Step = string | number | readonly [before: string, after: string];

/** Adds a step to the JavaScript expression of a member: `msg.items[3]["odd key"]`. */
export function follow(path: string, step: Step): string {
  if (typeof step === "object") return step[0] + path + step[1];
  if (/^[a-z_$][\w$]*$/i.test(step as string)) return `${path}.${step}`;
  return `${path}[${`${+step}` === `${step}` ? step : JSON.stringify(step)}]`;
}

/** The n-th value of an iteration over `source`, which is "" or, for instance, ".keys()". */
export function nth(source: string, n: number): Step {
  return ["[...", `${source}][${n}]`];
}

/** The value of a Map's n-th entry. */
export function entry(key: unknown, n: number): Step {
  return isPlain(key) ? ["", `.get(${JSON.stringify(key)})`] : nth(".values()", n);
}
