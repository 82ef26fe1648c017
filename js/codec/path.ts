/** A member's key, an item's index, or, for Map and Set, how to write the way into it. */
export type Step = string | number | ((path: string) => string);

/** The JavaScript expression that leads to a member: `msg.items[3]["odd key"]`. */
export function pathText(label: string, steps: readonly Step[]): string {
  return steps.reduce(follow, label);
}

function follow(path: string, step: Step): string {
  if (typeof step === "function") return step(path);
  if (/^[A-Za-z_$][\w$]*$/.test(step as string)) return `${path}.${step}`;
  return `${path}[${/^(0|[1-9]\d*)$/.test(step as string) ? step : JSON.stringify(step)}]`;
}

/** The n-th of what iterating over `source` gives; `source` is "" or, say, ".keys()". */
export function nth(source: string, n: number): Step {
  return (path) => `[...${path}${source}][${n}]`;
}

/** The value of a Map's n-th entry. */
export function entry(key: unknown, n: number): Step {
  if (typeof key !== "string" && typeof key !== "number") return nth(".values()", n);
  return (path) => `${path}.get(${JSON.stringify(key)})`;
}
