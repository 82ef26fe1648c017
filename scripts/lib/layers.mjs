// The layers of js/, as data: who may import what. The check is layer-check.mjs; ARCHITECTURE.md
// shows the same table.
import { isBuiltin } from "node:module";

/**
 * How a module is named: by an import or export of values, by one of types, by `import("name")` in
 * a type, or by `require("name")`.
 * @typedef {"value" | "type" | "typeof" | "require"} Kind
 */

/**
 * A rule for modules that are not ours.
 * @typedef {object} Outside
 * @property {string} text How the table shows it.
 * @property {(name: string, kind: Kind) => boolean} allows
 */

/**
 * @typedef {object} Layer
 * @property {string} path A folder, or a file of one that is a layer of its own.
 * @property {readonly string[]} imports Of ours: layers above, or what CONTRACT names.
 * @property {readonly Outside[]} [outside] Of others.
 * @property {string} [uses] What the table shows of `lib`, `types` and `findsModules`.
 * @property {readonly string[]} [lib] What TypeScript knows beside ES2020.
 * @property {readonly string[]} [types] Whose globals TypeScript knows.
 * @property {Readonly<Record<string, readonly string[]>>} [paths] TypeScript's own.
 * @property {boolean} [findsModules] Whether it may ask for modules at run time (`require`).
 */

/** @type {Outside} */
const ELECTRON_TYPES = {
  text: "types of `electron`",
  allows: (name, kind) => name === "electron" && (kind === "type" || kind === "typeof"),
};

/** @type {Outside} */
const NODE_TYPES = {
  text: 'types of Node\'s modules, as `import("fs")`',
  allows: (name, kind) => isBuiltin(name) && kind === "typeof",
};

/** @type {Outside} */
const NODE = {
  text: "Node's modules",
  allows: (name, kind) => isBuiltin(name) && kind !== "require",
};

/**
 * @param {...string} names
 * @returns {Outside}
 */
function libraries(...names) {
  return {
    text: names.map((name) => `\`${name}\``).join(", "),
    allows: (name, kind) => names.includes(name) && kind !== "require",
  };
}

/** The hand-written types at the root. Nobody imports more of them than types. */
export const CONTRACT = ["index.d.ts", "testing.d.ts"];

/**
 * A layer may import only layers above its own, so there is no circle. A folder that is not here
 * may not be.
 * @type {readonly Layer[]}
 */
export const LAYERS = [
  { path: "js/protocol", imports: [] },
  { path: "js/errors", imports: ["js/protocol"], lib: ["DOM"], uses: "the console" },
  {
    path: "js/transport",
    imports: ["js/protocol", "js/errors"],
    lib: ["DOM"],
    uses: "timers, the console",
  },
  { path: "js/codec", imports: ["js/protocol", "js/errors"] },
  {
    path: "js/requests",
    imports: ["js/protocol", "js/errors", "js/codec"],
    lib: ["DOM"],
    uses: "timers, the console, AbortSignal",
  },
  {
    path: "js/services",
    imports: ["js/protocol", "js/errors", "js/codec", "js/requests"],
  },
  {
    path: "js/topics",
    imports: ["js/protocol", "js/errors", "js/codec", "js/requests"],
  },
  {
    path: "js/client",
    imports: ["js/protocol", "js/errors", "js/codec", "js/requests", "js/services", "js/topics"],
    lib: ["DOM"],
    uses: "the DOM",
  },
  {
    path: "js/page",
    imports: ["js/protocol", "js/transport"],
    lib: ["DOM"],
    uses: "the DOM",
  },
  {
    path: "js/preload",
    imports: ["js/protocol", "js/errors", "js/transport", "js/client"],
    outside: [ELECTRON_TYPES],
    lib: ["DOM"],
    types: ["electron"],
    uses: "the DOM, Electron's modules for preloads",
  },
  {
    path: "js/core",
    imports: [
      "js/protocol",
      "js/errors",
      "js/transport",
      "js/codec",
      "js/requests",
      "js/services",
      "js/topics",
    ],
    types: ["node"],
    // So that Electron's types do not come in by way of another's.
    paths: { electron: ["./no-electron.d.ts"] },
    uses: "Node's globals",
  },
  {
    path: "js/host",
    imports: ["js/errors", "js/core"],
    outside: [ELECTRON_TYPES, NODE_TYPES],
    types: ["node", "electron"],
    uses: "Node and Electron, found at run time",
    findsModules: true,
  },
  {
    path: "js/testing",
    imports: [
      "js/protocol",
      "js/errors",
      "js/transport",
      "js/requests",
      "js/client",
      "js/core",
      "js/host",
    ],
    outside: [NODE_TYPES],
    types: ["node"],
    uses: "Node, through `js/host/node.ts`",
  },
  {
    path: "js/main/keep.ts",
    imports: [],
    types: ["node"],
    uses: "Node's globals",
  },
  {
    path: "js/main/preloads.ts",
    imports: ["index.d.ts", "js/host"],
    outside: [ELECTRON_TYPES],
    types: ["electron"],
    uses: "Electron, through `js/host/node.ts`",
  },
  {
    path: "js/main/contents.ts",
    imports: ["js/errors"],
    outside: [ELECTRON_TYPES],
    types: ["electron"],
  },
  {
    path: "js/main/windows.ts",
    imports: [
      "index.d.ts",
      "js/protocol",
      "js/errors",
      "js/core",
      "js/main/contents.ts",
      "js/main/keep.ts",
    ],
    outside: [ELECTRON_TYPES],
    types: ["node", "electron"],
    uses: "Node's globals",
  },
  {
    path: "js/main/documents",
    imports: [
      "index.d.ts",
      "js/protocol",
      "js/errors",
      "js/transport",
      "js/codec",
      "js/requests",
      "js/core",
      "js/host",
      "js/main/keep.ts",
      "js/main/preloads.ts",
      "js/main/windows.ts",
    ],
    outside: [ELECTRON_TYPES],
    types: ["node", "electron"],
    uses: "Node and Electron, through `js/host/node.ts`",
  },
  {
    path: "js/main/prokit",
    imports: [
      "index.d.ts",
      "js/protocol",
      "js/errors",
      "js/transport",
      "js/requests",
      "js/client",
      "js/core",
      "js/host",
      "js/main/keep.ts",
      "js/main/preloads.ts",
      "js/main/windows.ts",
      "js/main/documents",
    ],
    outside: [ELECTRON_TYPES],
    types: ["node", "electron"],
    uses: "Node and Electron, through `js/host/node.ts`",
  },
  {
    path: "js/main",
    imports: [
      "index.d.ts",
      "js/protocol",
      "js/errors",
      "js/transport",
      "js/codec",
      "js/requests",
      "js/client",
      "js/core",
      "js/host",
      "js/main/contents.ts",
      "js/main/keep.ts",
      "js/main/preloads.ts",
      "js/main/windows.ts",
      "js/main/documents",
      "js/main/prokit",
    ],
    outside: [ELECTRON_TYPES],
    types: ["node", "electron"],
    uses: "Node and Electron, through `js/host/node.ts`",
  },
  {
    path: "js/entry",
    imports: [
      "index.d.ts",
      "testing.d.ts",
      "js/protocol",
      "js/errors",
      "js/client",
      "js/preload",
      "js/host",
      "js/testing",
      "js/main",
    ],
    lib: ["DOM"],
    types: ["node", "electron"],
    uses: "the DOM, Node and Electron, found at run time",
    findsModules: true,
  },
  {
    path: "js/migrate",
    imports: [],
    outside: [
      NODE,
      libraries(
        "@babel/parser",
        "@babel/types",
        "@vue/compiler-dom",
        "diff",
        "estree-walker",
        "ignore",
        "magic-string",
      ),
    ],
    lib: ["ES2022"],
    types: ["node"],
    uses: "Node",
  },
];

/** The parts of std that reach nothing outside. */
const NO_IO = /^(?!(?:env|fs|io|net|os|path|process|thread|time)$)/;

/**
 * The layers of Rust. Cargo builds the router without napi, and clippy holds the rest (Cargo.toml,
 * clippy.toml); the check reads which crates and modules are named.
 * @type {readonly { path: string, ours: readonly string[], crates: readonly string[], std: RegExp,
 *   uses: string }[]}
 */
export const RUST_LAYERS = [
  {
    path: "src/router",
    ours: [],
    crates: ["crossbeam-channel", "dashmap", "serde_json"],
    std: NO_IO,
    uses: "no clock, no I/O, no thread of its own, no `unsafe`",
  },
  {
    path: "src/binding",
    ours: ["src/router"],
    crates: ["napi", "napi-derive"],
    std: NO_IO,
    uses: "no clock, no I/O, no thread of its own",
  },
];

/** @param {Layer} layer What it may import of ours, as the table and errors say it. */
export function oursText({ imports }) {
  return imports.map((name) => name.replace(/^js\//, "")).join(", ") || "nothing";
}

/** @param {Layer} layer */
export function outsideText({ outside = [] }) {
  return outside.map(({ text }) => text).join("; ") || "nothing";
}

/** The table as ARCHITECTURE.md has it, a line each. */
export function layerTable() {
  const rows = LAYERS.map((layer) => [
    `\`${layer.path}\``,
    oursText(layer),
    outsideText(layer),
    layer.uses ?? "",
  ]);
  const rust = RUST_LAYERS.map(({ path, ours, crates, uses }) => [
    `\`${path}\``,
    ours.map((name) => `\`${name}\``).join(", ") || "nothing",
    ["std", ...crates].join(", "),
    uses,
  ]);
  const head = ["layer", "may import of ours", "of others", "may use"];
  const cells = [head, head.map(() => "---"), ...rust, ...rows];
  return cells.map((row) => `| ${row.join(" | ")} |`.replace(/\|\s+\|$/, "| |"));
}
