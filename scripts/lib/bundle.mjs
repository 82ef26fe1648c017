import { mkdir, rename, writeFile } from "node:fs/promises";
import { builtinModules, createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { writeEntryFiles } from "./entries.mjs";
import { licences } from "./licences.mjs";
import { ROOT } from "./root.mjs";

const DIST = join(ROOT, "dist");

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
  { entry: "browser.ts", file: "browser.mjs", format: "esm", ...PAGE },
  { entry: "renderer.ts", file: "renderer.cjs", format: "cjs", ...PAGE },
  { entry: "preload.ts", file: "preload.mjs", format: "esm", ...PAGE },
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
  await writeCommand();
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
  return squeezed(await bundled({ entryPoints, format: "iife", ...PAGE }, names), "iife");
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
  return [load, ...exports.map(each)].join("\n");
}

const EXPORTS_OF = { bundle: true, write: false, metafile: true, format: "esm", outdir: DIST };

async function writeOutput({ entry, file, later = {}, ...options }, names, define = {}) {
  const entryPoints = [join(ROOT, "js", "entry", entry)];
  const plugins = entry === RENDERER.entry ? [PAGE_ALONE] : [calledLater(later)];
  const text = await bundled({ entryPoints, define, plugins, ...options }, names);
  const isRenderer = file === RENDERER.file;
  const whole = isRenderer ? exportedOnce(text) : text;
  const small = options.minify ? await squeezed(whole, options.format, isRenderer) : whole;
  await put(file, exportsApart(small).replace(/\bhostRequire\b/g, "require"));
}

/** Tools that tell ES modules by their text look for an export after a blank or a semicolon. */
function exportsApart(text) {
  return text.replace(/\}export\{(?=[^{}]*\};?\s*$)/, "}\nexport{");
}

/**
 * What esbuild has minified: terser knows more ways, 150 bytes of dist/renderer.mjs gzipped. To
 * hoist functions saves 27 there, and costs as much in dist/browser.mjs. No getter of ours has an
 * effect, and none is read for one. Nothing of ours compares NaN, or objects. A second round finds more in
 * what the first has written.
 */
async function squeezed(text, format, hoist_funs = false) {
  const compress = { ecma: 2020, passes: 5, unsafe_arrows: true, pure_getters: true };
  Object.assign(compress, { inline: 1, hoist_funs, unsafe_comps: true });
  const output = { ecma: 2020, ascii_only: true };
  const options = { ecma: 2020, module: format === "esm", compress, format: output };
  let code = text;
  for (let round = 0; round < 2; round++) code = (await minify(code, options)).code;
  return `${code}\n`;
}

/**
 * esbuild gives what is exported a short name inside, and then has to say the long one twice. The calls that each
 * page has are made together. The others stay functions, which bundlers leave out where they are unused.
 */
function exportedOnce(text) {
  const made = /var\{((?:\w+:\w+,?)+)\}=(\w+\(\w+\));/;
  const found = made.exec(text);
  if (!found) throw new Error("dist/renderer.mjs does not make its calls together");
  const names = found[1].split(",").map((pair) => pair.split(":")[0]);
  return text
    .replace(made, (_, _pairs, api) => `export const{${names}}=${api};`)
    .replace(/export\{([^{}]*)\};\s*$/, (_, all) => {
      const others = all.split(",").filter((each) => !names.includes(each.split(" as ")[1]));
      return `export{${others}};\n`;
    });
}

/**
 * `names`: the short names so far, by the long ones, to which this build's are added. With the same
 * names in all builds, the page's script that is a text in the preload's build repeats what is there
 * already: 250 to 310 bytes of dist/browser.mjs and dist/preload.mjs gzipped. The page's own entry
 * is built first, and has the names that suit it best.
 */
async function bundled(options, names) {
  const { outputFiles, mangleCache } = await build({
    bundle: true,
    write: false,
    platform: "neutral",
    charset: "utf8",
    legalComments: "none",
    ...options,
    ...(options.mangleProps && { mangleCache: names }),
  });
  Object.assign(names, mangleCache);
  return outputFiles[0].text;
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

/** The command, with the libraries that it uses, and beside it their licences. */
async function writeCommand() {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(ROOT, "js", "migrate", "main.ts")],
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
  await put("migrate.cjs", outputFiles[0].text);
  await put("migrate.licenses.txt", licences(Object.keys(metafile.inputs)));
}

/** Whole or not at all: an app may be loading the file at this moment. */
async function put(file, text) {
  const unfinished = join(DIST, `${file}.${process.pid}.tmp`);
  await writeFile(unfinished, text);
  await rename(unfinished, join(DIST, file));
}
