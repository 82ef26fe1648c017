/** Where what arrives through us is not what arrives through electron-prokit, and why it is better. */
const WAYS = ["page to main", "answer", "main to page", "page to page"];

const ERRORS = ["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError"];
const MORE_THAN_CLONED = [
  "an error of a class of its own",
  "an error with a code",
  "an error with a cause",
  "an error with properties",
];
const REFUSED = ["a function", "a symbol", "a function in an object", "a symbol in an object"];

/** Each: the values, on which ways, and the reason. */
const DIFFERENCES = [
  {
    values: ["a __proto__ key"],
    ways: () => WAYS,
    reason: "the contextBridge makes it the prototype, or drops it; structured clone keeps the key",
  },
  {
    values: ["a cycle", "1,000 levels of objects", "1,000 levels of arrays"],
    ways: () => WAYS,
    reason:
      "the contextBridge ends at 1,000 levels, also of a cycle: it throws or the page crashes",
  },
  {
    values: ["a sparse array", "an array of holes"],
    ways: () => WAYS,
    reason: "the contextBridge fills holes with undefined; structured clone keeps them",
  },
  {
    values: ["an array with names", "a match"],
    ways: () => WAYS,
    reason: "the contextBridge drops an array's named properties; structured clone keeps them",
  },
  {
    values: ["views of one buffer"],
    ways: () => WAYS,
    reason: "the contextBridge copies each member alone; structured clone keeps the buffer shared",
  },
  {
    values: [...ERRORS, "URIError", "an error in an object"],
    ways: () => WAYS,
    reason:
      "the contextBridge makes a new Error of the message, with neither class, name nor stack",
  },
  {
    values: MORE_THAN_CLONED,
    ways: () => WAYS,
    reason: "name, code, cause and own properties arrive, which structured clone drops as well",
  },
  {
    values: [...REFUSED, "a WeakMap", "a WeakSet", "a Promise", "a generator"],
    ways: (major) => (major === 9 ? [] : ["main to page"]),
    reason: "webContents.send only logs that nothing was sent; the call throws and names the place",
  },
  {
    values: ["a generator"],
    ways: (major) => (major < 22 ? ["page to main", "page to page"] : []),
    reason: "old contextBridges make an empty object of it; structured clone refuses it",
  },
];

/** The names of the values that may differ on a way. */
function differing(major, way) {
  const rows = DIFFERENCES.filter(({ ways }) => ways(major).includes(way));
  return new Set([].concat(...rows.map(({ values }) => values)));
}

module.exports = { MORE_THAN_CLONED, WAYS, differing };
