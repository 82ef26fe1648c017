// A reporter for node --test, for scripts to read: how each test ended and how long it took.

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {boolean} passed A test that was skipped or left as a to-do has not passed.
 * @property {number} ms
 * @property {boolean} parent Whether it has tests inside.
 */

/**
 * A line of JSON for each test, none for suites.
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
// biome-ignore lint/style/noDefaultExport: so node --test wants its reporters
export default async function* results(events) {
  /** How many tests have ended since the last one of the level above, by level. */
  const inside = [];
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { name, nesting, details, skip, todo } = data;
    const parent = inside[nesting + 1] > 0;
    inside[nesting + 1] = 0;
    inside[nesting] = (inside[nesting] ?? 0) + 1;
    if (details.type === "suite") continue;
    const passed = type === "test:pass" && skip === undefined && todo === undefined;
    yield `${JSON.stringify({ name, passed, ms: details.duration_ms, parent })}\n`;
  }
}

/**
 * What a file of this reporter says.
 * @param {string} text
 * @returns {Result[]}
 */
export function readResults(text) {
  const lines = text.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

/**
 * The slowest tests, as lines.
 * @param {readonly { name: string, ms: number }[]} times
 * @param {number} [count]
 */
export function slowest(times, count = 10) {
  const sorted = [...times].sort((a, b) => b.ms - a.ms).slice(0, count);
  return sorted.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
}
