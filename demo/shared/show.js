/**
 * A value as text, for the logs and for comparing: values that differ, in type or anywhere
 * inside, give texts that differ.
 */
function show(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : `${value}`;
  if (ArrayBuffer.isView(value)) return `${kindOf(value)} ${list(value, show)}`;
  const showKind = KINDS[kindOf(value)];
  return showKind ? showKind(value) : braces(Object.entries(value), member);
}

const KINDS = {
  Array: (array) => list(array, show),
  Date: (date) => `Date(${JSON.stringify(date)})`,
  Error: (error) => `${error.name}: ${error.message}${error.code ? ` (${error.code})` : ""}`,
  Map: (map) => `Map ${braces(map, ([key, item]) => `${show(key)} => ${show(item)}`)}`,
  Set: (set) => `Set ${braces(set, show)}`,
};

function kindOf(object) {
  return object instanceof Error ? "Error" : Object.prototype.toString.call(object).slice(8, -1);
}

function list(items, showItem) {
  return `[${Array.from(items, showItem).join(", ")}]`;
}

function braces(items, showItem) {
  const texts = Array.from(items, showItem);
  return texts.length > 0 ? `{ ${texts.join(", ")} }` : "{}";
}

function member([key, value]) {
  return `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${show(value)}`;
}

exports.show = show;
