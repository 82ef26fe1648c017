// A reporter for node --test, for scripts to read: how each test ended and how long it took.

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {boolean} passed A test that was skipped or left as a to-do has not passed.
 * @property {number} ms
 * @property {boolean} parent Whether it has tests inside.
 * @property {string} [why] The error's text of a test that has not passed for itself; a parent whose
 *   tests inside failed has none.
 */

/** Characters of an error's text that are kept. */
const MAX_WHY = 600;

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
    const why = passed ? undefined : reason(details.error, skip);
    yield `${JSON.stringify({ name, passed, ms: details.duration_ms, parent, why })}\n`;
  }
}

/**
 * @param {any} error As node --test reports it: the test's own error is its cause.
 * @param {unknown} skip
 */
function reason(error, skip) {
  if (error === undefined) return skip === undefined ? "is left to do" : "is skipped";
  if (error.failureType === "subtestsFailed") return undefined;
  return String(error.cause?.stack ?? error.cause ?? error.message).slice(0, MAX_WHY);
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

/**
 * The tests that failed for themselves, each with its error's text.
 * @param {readonly { name: string, why: string }[]} failures
 */
export function failedLines(failures) {
  if (failures.length === 0) return [];
  const lines = failures.flatMap(({ name, why }) => [`  ✖ ${name}`, why.replace(/^/gm, "      ")]);
  return ["The failed tests:", ...lines];
}
