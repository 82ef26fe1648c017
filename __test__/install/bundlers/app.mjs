// Not a test: a small app with the package installed from its tarball, before it is built.
import { html, source, typedSource } from "../../package/app-sources.mjs";
import { appFolder } from "../../package/consumer.mjs";
import { unpackAll } from "../unpacked.mjs";

const PACKAGE = "electron-switchyard";
const IMPORT = /import \{([^}]*)\} from "electron-switchyard";/;

/** What an app may import its calls from: all from the root, each from its subpath, or both. */
export const IMPORTS = {
  root: () => [PACKAGE],
  subpaths: (subpath) => [`${PACKAGE}/${subpath}`],
  mixed: (subpath) => [`${PACKAGE}/${subpath}`, PACKAGE],
};

/** How the app is started once it is built: what main has inside, and what its page was built for. */
export const STARTS = {
  "the package inside main, pages built for browsers": {
    APP_MAIN: "./out/main/inside.js",
    APP_PAGE: "out/page-browser/index.html",
  },
  "the package outside main, pages built without browser conditions": {
    APP_MAIN: "./out/main/outside.js",
    APP_PAGE: "out/page-plain/index.html",
  },
};

export async function newApp(name, imports, tarballs) {
  const manifest = {
    name,
    version: "1.0.0",
    main: "start.js",
    dependencies: { [PACKAGE]: tarballs.find((each) => each.name === PACKAGE).version },
  };
  const window = { contextIsolation: true, sandbox: true, nodeIntegration: false };
  const app = appFolder(name, {
    "package.json": JSON.stringify(manifest),
    "window.json": JSON.stringify({ ...window, preload: "out/preload/preload.js" }),
    "start.js": "require(process.env.APP_MAIN);\n",
    "src/index.html": html('<script type="module" src="./page.ts"></script>'),
    "src/messages.ts": typedSource("messages.ts"),
    ...sources(imports),
  });
  await unpackAll(app, tarballs);
  return app;
}

/** Each in TypeScript, and in JavaScript for what knows no TypeScript. */
function sources(imports) {
  const subpaths = { main: "main", preload: "preload", page: "renderer" };
  const files = Object.entries(subpaths).flatMap(([name, subpath]) => {
    const from = imports(subpath);
    return [
      [`src/${name}.ts`, importing(typedSource(`${name}.ts`), from)],
      [`src/${name}.js`, importing(source(`${name}.js`), from)],
    ];
  });
  return Object.fromEntries(files);
}

/** A source whose calls come from these places in turn. */
function importing(text, from) {
  return text.replace(IMPORT, (_, list) => {
    const names = list.split(",").flatMap((name) => name.trim() || []);
    const parts = from.map((_place, turn) => names.filter((_, at) => at % from.length === turn));
    return from
      .map((place, at) => `import { ${parts[at].join(", ")} } from "${place}";`)
      .join("\n");
  });
}
