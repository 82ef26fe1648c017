import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { builtinModules, createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { writeEntryFiles } from "./entries.mjs";
import { licences } from "./licences.mjs";
import { composed, edited, mapText } from "./mapped.mjs";
import { ROOT } from "./root.mjs";

const DIST = join(ROOT, "dist");
/** The package of the migration, which no app carries. */
const MIGRATE = join(ROOT, "npm", "migrate");

/**
 * Chrome 83 is Electron 9's. It has optional chains; esbuild counts them as missing until 91 for
 * a fault with spread arguments in them, `f?.(...args)`, which page code must not have.
 */
const PAGE = {
  target: ["chrome83"],
  supported: { "optional-chain": true },
  // What begins with `_` is this package's own (CONTRIBUTING.md), but for this one of Electron's.
  mangleProps: /^_[a-z]/,
  reserveProps: /^_executeJavaScript$/,
  minify: true,
};
/**
 * In a file that has the page's script as a text too, terser alone shortens syntax: code and text then have more in
 * common, 90 bytes of dist/browser.mjs and dist/preload.mjs gzipped. It costs 60 in dist/renderer.mjs.
 */
const WITH_SCRIPT = {
  ...PAGE,
  minify: false,
  minifyWhitespace: true,
  minifyIdentifiers: true,
};
/**
 * And Node 12 its Node's. Both have private fields, which esbuild counts as missing because private
 * methods came later, and makes WeakMaps of: those cost more than all else about a request.
 */
const NODE = {
  target: ["chrome83", "node12"],
  supported: { "class-private-field": true },
  // Half the text to read for an app that starts. Names stay, for whoever reads a stack trace.
  minifyWhitespace: true,
  minifySyntax: true,
  // With any other character, V8 keeps two bytes of each character of the file.
  charset: "ascii",
  // And no lineLimit: it ends lines within strings, and a bundler that indents what it takes in,
  // as Rollup does, changes those strings.
};

const RENDERER = { entry: "renderer.ts", file: "renderer.mjs", format: "esm", ...PAGE };

/**
 * The page's own entry has the module that knows pages alone. The other is not left out later, when
 * it is found unused: by then its members have taken the shortest names.
 */
const PAGE_ALONE = {
  name: "page alone",
  setup({ onResolve }) {
    const path = join(ROOT, "js", "entry", "endpoint-of-page.ts");
    onResolve({ filter: /^\.\/endpoint-here$/ }, () => ({ path }));
  },
};

/**
 * Modules that are files of their own for the CommonJS files that Node loads. V8 reads all of a file that it
 * loads, and an app's start pays for that. Such a module exports functions, and the first call loads it.
 */
const MESSAGING = { "js/main/messaging.ts": "main-messaging.cjs" };
const WINDOW = { "js/entry/window-calls.ts": "preload.cjs", "js/entry/expose.ts": "preload.cjs" };

/** What ships beside it. A file that has modules in later files needs these; any other is self-contained. */
const OUTPUTS = [
  { entry: "preload.ts", file: "preload.cjs", format: "cjs", ...PAGE },
  { entry: "../main/messaging.ts", file: "main-messaging.cjs", format: "cjs", ...NODE },
  {
    entry: "index.ts",
    file: "index.cjs",
    format: "cjs",
    later: { ...MESSAGING, ...WINDOW },
    ...NODE,
  },
  { entry: "index.ts", file: "index.mjs", format: "esm", ...NODE },
  { entry: "main.ts", file: "main.cjs", format: "cjs", later: MESSAGING, ...NODE },
  { entry: "main.ts", file: "main.mjs", format: "esm", ...NODE },
  { entry: "browser.ts", file: "browser.cjs", format: "cjs", ...PAGE },
  { entry: "browser.ts", file: "browser.mjs", format: "esm", ...WITH_SCRIPT },
  { entry: "renderer.ts", file: "renderer.cjs", format: "cjs", ...PAGE },
  { entry: "preload.ts", file: "preload.mjs", format: "esm", ...WITH_SCRIPT },
  { entry: "../testing/index.ts", file: "testing.cjs", format: "cjs", ...NODE },
  { entry: "ready-made.ts", file: "preload.js", format: "iife", ...PAGE },
];

/** What Node's own `import` gets: there an ES module has no require, which these entries need. */
const NODE_MODULES = [
  { file: "node.mjs", from: "index.cjs" },
  { file: "node-main.mjs", from: "main.cjs" },
  { file: "node-preload.mjs", from: "preload.cjs" },
  { file: "node-testing.mjs", from: "testing.cjs" },
];

export async function bundle() {
  await mkdir(DIST, { recursive: true });
  const names = {};
  await writeOutput(RENDERER, names);
  const define = { PAGE_SCRIPT: JSON.stringify(await pageScript(names)) };
  for (const output of OUTPUTS) await writeOutput(output, names, define);
  await Promise.all(NODE_MODULES.map(writeNodeModule));
  await writeEntryFiles();
  await writeCommands();
  await removeOthers();
}

/**
 * The sources that are in a file of dist/, by their paths from the root.
 * @param {string} file
 * @returns {Promise<string[]>}
 */
export async function sourcesOf(file) {
  const output = OUTPUTS.find((each) => each.file === file);
  const { entry, file: outfile, later = {}, ...options } = output;
  const { metafile } = await build({
    ...options,
    entryPoints: [join(ROOT, "js", "entry", entry)],
    absWorkingDir: ROOT,
    plugins: [calledLater(later)],
    define: { PAGE_SCRIPT: '""' },
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    outfile,
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  const isThere = (path) => inputs[path].bytesInOutput > 0 && !later[path];
  return Object.keys(inputs).filter(isThere);
}

/** What the preload runs in the page. */
async function pageScript(names) {
  const entryPoints = [join(ROOT, "js", "page", "index.ts")];
  const outfile = join(DIST, "page.js");
  const whole = await bundled({ entryPoints, outfile, format: "iife", ...WITH_SCRIPT }, names);
  return (await squeezed(whole, "iife")).text;
}

/** The modules that a file has in later files: in the place of each, functions that load it. */
function calledLater(later) {
  return {
    name: "called later",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const module = relative(ROOT, path).replaceAll(sep, "/");
        return later[module] && { contents: await forwarding(path, later[module]) };
      });
    },
  };
}

async function forwarding(module, file) {
  const { metafile } = await build({ entryPoints: [module], ...EXPORTS_OF });
  const [{ exports }] = Object.values(metafile.outputs);
  const each = (name) => `export const ${name} = (...args) => file().${name}(...args);`;
  const load = `let loaded; const file = () => (loaded ||= hostRequire("./${file}"));`;
  return [load, ...exports.map(each), NOT_OF_THE_SOURCE].join("\n");
}

/** Else the build's map would say that this code is in the module whose place it takes. */
const NOT_OF_THE_SOURCE = `//# sourceMappingURL=data:application/json,${encodeURIComponent(
  JSON.stringify({ version: 3, sources: [], names: [], mappings: "" }),
)}`;

const EXPORTS_OF = { bundle: true, write: false, metafile: true, format: "esm", outdir: DIST };

/**
 * These do not name their map, which is beside them all the same. The page's entry has no byte to spare.
 * The ready-made preload may have no address, and DevTools would complain that they find no map.
 */
const UNNAMED_MAP = ["renderer.mjs", "preload.js"];

async function writeOutput({ entry, file, later = {}, ...options }, names, define = {}) {
  const entryPoints = [join(ROOT, "js", "entry", entry)];
  const plugins = entry === RENDERER.entry ? [PAGE_ALONE] : [calledLater(later)];
  const outfile = join(DIST, file);
  const whole = await bundled({ entryPoints, outfile, define, plugins, ...options }, names);
  const isRenderer = file === RENDERER.file;
  const once = isRenderer ? exportedOnce(whole) : whole;
  const small = options.mangleProps ? await squeezed(once, options.format, isRenderer) : once;
  const { text, map } = edited(small, (code) => {
    exportsApart(code);
    code.replace(/\bhostRequire\b/g, "require");
  });
  const comment = UNNAMED_MAP.includes(file) ? "" : `//# sourceMappingURL=${file}.map\n`;
  await put(file, text + comment);
  await put(`${file}.map`, mapText(map, file));
}

/**
 * Tools that tell ES modules by their text look for an export after a blank or a semicolon.
 * @param {import("magic-string").default} code
 */
function exportsApart(code) {
  code.replace(/\}export\{(?=[^{}]*\};?\s*$)/, "}\nexport{");
}

/**
 * What esbuild has minified: terser knows more ways, 150 bytes of dist/renderer.mjs gzipped. To
 * hoist functions saves 27 there, and costs as much in dist/browser.mjs. No getter of ours has an
 * effect, and none is read for one. Nothing of ours compares NaN, or objects. A second round finds more in
 * what the first has written.
 * @param {import("./mapped.mjs").Mapped} mapped
 */
async function squeezed(mapped, format, hoist_funs = false) {
  const compress = { ecma: 2020, passes: 6, unsafe_arrows: true, pure_getters: true };
  Object.assign(compress, { inline: 1, hoist_funs, unsafe_comps: true });
  const output = { ecma: 2020, ascii_only: true };
  const options = { ecma: 2020, module: format === "esm", compress, format: output };
  let small = mapped;
  for (let round = 0; round < 2; round++) {
    const { code, map } = await minify(
      { between: small.text },
      { ...options, sourceMap: { asObject: true } },
    );
    small = { text: code, map: composed(map, small.map) };
  }
  return { ...small, text: `${small.text}\n` };
}

/**
 * esbuild gives what is exported a short name inside, and then has to say the long one twice. The calls that each
 * page has are made together. The others stay functions, which bundlers leave out where they are unused.
 * @param {import("./mapped.mjs").Mapped} mapped
 */
function exportedOnce(mapped) {
  const made = /var\{((?:\w+:\w+,?)+)\}=(\w+\(\w+\));/;
  const found = made.exec(mapped.text);
  if (!found) throw new Error("dist/renderer.mjs does not make its calls together");
  const names = found[1].split(",").map((pair) => pair.split(":")[0]);
  return edited(mapped, (code) => {
    code.replace(made, (_, _pairs, api) => `export const{${names}}=${api};`);
    code.replace(/export\{([^{}]*)\};\s*$/, (_, all) => {
      const others = all.split(",").filter((each) => !names.includes(each.split(" as ")[1]));
      return `export{${others}};\n`;
    });
  });
}

/**
 * `names`: the short names so far, by the long ones, to which this build's are added. With the same
 * names in all builds, the page's script that is a text in the preload's build repeats what is there
 * already: 250 to 310 bytes of dist/browser.mjs and dist/preload.mjs gzipped. The page's own entry
 * is built first, and has the names that suit it best.
 * @returns {Promise<import("./mapped.mjs").Mapped>}
 */
async function bundled(options, names) {
  const { outputFiles, mangleCache } = await build({
    bundle: true,
    write: false,
    platform: "neutral",
    charset: "utf8",
    legalComments: "none",
    // The sources ship once, beside dist/, and not again in each map.
    sourcemap: "external",
    sourcesContent: false,
    ...options,
    ...(options.mangleProps && { mangleCache: names }),
  });
  Object.assign(names, mangleCache);
  const [map, code] = [true, false].map((isMap) =>
    outputFiles.find(({ path }) => path.endsWith(".map") === isMap),
  );
  return { text: code.text, map: JSON.parse(map.text) };
}

/** The CommonJS file's exports: one copy of the code, one state. */
async function writeNodeModule({ file, from }) {
  const names = Object.keys(createRequire(import.meta.url)(join(DIST, from))).sort();
  const text = [
    `import switchyard from "./${from}";`,
    `export const {\n  ${names.join(",\n  ")},\n} = switchyard;`,
    "",
  ].join("\n");
  await put(file, text);
}

/** The app's command, and the migration that it starts: with its libraries, and beside it their licences. */
async function writeCommands() {
  const small = await command("bin.ts");
  await put("migrate.cjs", small.outputFiles[0].text);
  const { outputFiles, metafile } = await command("main.ts");
  await put("migrate.cjs", outputFiles[0].text, MIGRATE);
  await put("migrate.licenses.txt", licences(Object.keys(metafile.inputs)), MIGRATE);
}

/** @param {string} entry of js/migrate */
function command(entry) {
  return build({
    entryPoints: [join(ROOT, "js", "migrate", entry)],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    // Not "node", for which Vue's compiler brings what only server rendering needs.
    platform: "neutral",
    mainFields: ["module", "main"],
    external: builtinModules.flatMap((name) => [name, `node:${name}`]),
    define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
    banner: { js: "#!/usr/bin/env node" },
    format: "cjs",
    // Old enough to say which Node it needs.
    target: ["node12"],
    charset: "utf8",
    minify: true,
    legalComments: "none",
  });
}

/** What this build wrote to dist/. */
const written = new Set();

/** All of dist/ ships: what an earlier build wrote there and this one does not would ship too. */
async function removeOthers() {
  const names = await readdir(DIST);
  const others = names.filter((name) => !written.has(name) && !name.endsWith(".tmp"));
  await Promise.all(others.map((name) => rm(join(DIST, name), { recursive: true, force: true })));
}

/** Whole or not at all: an app may be loading the file at this moment. */
async function put(file, text, folder = DIST) {
  if (folder === DIST) written.add(file);
  const unfinished = join(folder, `${file}.${process.pid}.tmp`);
  await writeFile(unfinished, text);
  await rename(unfinished, join(folder, file));
}
