/** What is sent, by name; made before the clock starts. */
const ROWS = 1000;
const MEGABYTE = 1024 * 1024;

function row(i) {
  return { id: i, name: `train ${i}`, speed: i * 1.5, late: i % 2 === 0, track: `T${i % 20}` };
}

function rowPartlyUndefined(i) {
  const whole = row(i);
  return i % 2 ? { ...whole, name: undefined } : { ...whole, speed: undefined, track: undefined };
}

function rows(make) {
  return Array.from({ length: ROWS }, (_, i) => make(i));
}

/** An object whose JSON has about as many characters. */
function ofLength(characters) {
  const object = { id: 7, kind: "timetable", trains: [] };
  while (JSON.stringify(object).length < characters) object.trains.push(row(object.trains.length));
  return object;
}

const PAYLOADS = {
  small: () => ({ id: 7, kind: "tick", text: "hello" }),
  kilobyte: () => ofLength(1000),
  hundredKilobytes: () => ofLength(100_000),
  rows: () => rows(row),
  rowsPartlyUndefined: () => rows(rowPartlyUndefined),
  megabyte: () => new Uint8Array(MEGABYTE).map((_, i) => i),
  text: () => "0123456789abcdef".repeat(MEGABYTE),
};

/** Text that tells values with undefined members from values without these members. */
function textOf(value) {
  if (value instanceof Uint8Array)
    return `${value.length} bytes, the last ${value[value.length - 1]}`;
  return JSON.stringify(value, (_key, part) => (part === undefined ? "undefined" : part));
}

/** Throws unless what came back is what was sent. */
function requireSame(sent, back) {
  const [wanted, got] = [sent, back].map(textOf);
  if (got === wanted) return;
  throw new Error(`sent ${wanted.slice(0, 100)}, got back ${String(got).slice(0, 100)}`);
}

module.exports = { PAYLOADS, requireSame };
