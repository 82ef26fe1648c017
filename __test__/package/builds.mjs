// Not a test: the ways in which apps are built. Each writes an app that Electron can start.
import { asCommonJs, html, source } from "./app-sources.mjs";
import { appFolder, linkPackage, write } from "./consumer.mjs";
import { bundle } from "./with-esbuild.mjs";
import { viteLibrary, vitePage } from "./with-vite.mjs";

const ISOLATED = { contextIsolation: true, sandbox: true, nodeIntegration: false };
const OPEN = { contextIsolation: false, sandbox: false, nodeIntegration: true };

/** An app's folder with the package in its node_modules, and how its windows are made. */
function newApp(name, main, window) {
  const manifest = JSON.stringify({ name, version: "1.0.0", main });
  const app = appFolder(name, {
    "package.json": manifest,
    "window.json": JSON.stringify({ preload: "preload.js", page: "page.html", ...window }),
  });
  linkPackage(app);
  return app;
}

/** The sources beside the app's node_modules, where bundlers look for packages. */
function copySources(app) {
  for (const name of ["main.js", "preload.js", "page.js"]) {
    write(app, { [`src/${name}`]: source(name) });
  }
}

async function buildWithEsbuild(name, { mainExternal, preloadPlatform, pageFormat }) {
  const app = newApp(name, "main.js", ISOLATED);
  copySources(app);
  const script = pageFormat === "esm" ? '<script type="module"' : "<script defer";
  write(app, { "page.html": html(`${script} src="page.js"></script>`) });
  const external = ["electron", ...mainExternal];
  const preload = { platform: preloadPlatform, format: "cjs", external: ["electron"] };
  await Promise.all([
    bundle(app, "main.js", "main.js", {
      platform: "node",
      format: "cjs",
      external,
      target: "node12",
    }),
    bundle(app, "preload.js", "preload.js", preload),
    bundle(app, "page.js", "page.js", { platform: "browser", format: pageFormat }),
  ]);
  return app;
}

async function buildWithVite() {
  const window = {
    ...ISOLATED,
    preload: "dist/preload/preload.cjs",
    page: "dist/render/index.html",
  };
  const app = newApp("vite", "dist/main/main.cjs", window);
  copySources(app);
  write(app, { "src/index.html": html('<script type="module" src="./page.js"></script>') });
  for (const name of ["main", "preload"]) {
    await viteLibrary(app, `${name}.js`, `dist/${name}/${name}.cjs`);
  }
  await vitePage(app, "dist/render");
  return app;
}

/** The sources as CommonJS, one file for one: the package is required when the app runs. */
async function requireAll(app, names) {
  for (const name of names) write(app, { [name]: await asCommonJs(name) });
}

async function buildNothing() {
  const app = newApp("not-bundled", "main.js", OPEN);
  await requireAll(app, ["main.js", "preload.js", "page.js"]);
  write(app, { "page.html": html('<script>require("./page.js")</script>') });
  return app;
}

async function buildModule() {
  const app = newApp("module", "start.cjs", { ...ISOLATED, sandbox: false });
  await requireAll(app, ["preload.js"]);
  copySources(app);
  await bundle(app, "page.js", "page.js", { platform: "browser", format: "iife" });
  write(app, {
    "start.cjs": 'import("./main.mjs");',
    "main.mjs": source("main.js")
      .replace("{ app }", "electron")
      .replace("const folder", "const { app } = electron;\nconst folder"),
    "page.html": html('<script defer src="page.js"></script>'),
  });
  return app;
}

/** Each: what it is, in which Electrons it is started, how it is built, and whether its page has Node. */
export const BUILDS = [
  {
    name: "esbuild: the package inside main, preload for node, page as a script",
    majors: [33, 22, 9],
    build: () =>
      buildWithEsbuild("esbuild-inside", {
        mainExternal: [],
        preloadPlatform: "node",
        pageFormat: "iife",
      }),
  },
  {
    name: "esbuild: the package outside main, preload for browsers, page as a module",
    majors: [33, 22, 9],
    build: () =>
      buildWithEsbuild("esbuild-outside", {
        mainExternal: ["electron-switchyard"],
        preloadPlatform: "browser",
        pageFormat: "esm",
      }),
  },
  { name: "Vite, as in electron-prokit's template", majors: [33, 22], build: buildWithVite },
  {
    name: "no bundler: main, preload and a page with Node require it",
    majors: [33, 22],
    build: buildNothing,
    open: true,
  },
  { name: "main as an ES module", majors: [33, 22], build: buildModule },
];
