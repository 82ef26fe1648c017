import { createRequire } from "node:module";
import { promisify } from "node:util";
import webpack from "webpack";
import { write } from "../../package/consumer.mjs";
import { writePages } from "./esbuild.mjs";

const LOADER = createRequire(import.meta.url).resolve("ts-loader");

const TSCONFIG = {
  compilerOptions: {
    target: "ES2019",
    lib: ["ES2020", "DOM", "DOM.Iterable"],
    module: "ESNext",
    moduleResolution: "Bundler",
    strict: true,
    skipLibCheck: true,
    types: ["node", "electron"],
  },
  include: ["src/*.ts"],
};

/** Without `browser`: neither the condition, nor the field of package.json. */
const PLAIN = {
  conditionNames: ["webpack", "module", "import"],
  mainFields: ["module", "main"],
  aliasFields: [],
};

/** With ts-loader, which checks the types too. */
export async function buildWithWebpack(app) {
  write(app, { "tsconfig.json": JSON.stringify(TSCONFIG) });
  // Another build of the same source checks it.
  const transpileOnly = true;
  const to = (source, file, target, options) => configuration(app, source, file, target, options);
  const stats = await promisify(webpack)([
    to("main", "out/main/inside.js", "electron9.4-main"),
    to("main", "out/main/outside.js", "electron9.4-main", {
      externals: [keepOutside],
      transpileOnly,
    }),
    to("preload", "out/preload/preload.js", "electron9.4-preload"),
    to("page", "out/page-browser/page.js", ["web", "es2019"]),
    to("page", "out/page-plain/page.js", ["web", "es2019"], { resolve: PLAIN, transpileOnly }),
  ]);
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  const complaints = [...errors, ...warnings].map(({ message }) => message);
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  writePages(app);
}

function configuration(
  app,
  source,
  file,
  target,
  { resolve, transpileOnly = false, ...options } = {},
) {
  return {
    mode: "production",
    context: app,
    entry: `./src/${source}.ts`,
    output: { path: app, filename: file },
    target,
    resolve: { extensions: [".ts", ".js"], ...resolve },
    module: {
      rules: [{ test: /\.ts$/, loader: LOADER, options: { transpileOnly } }],
    },
    performance: { hints: false },
    ...options,
  };
}

function keepOutside({ request }, decide) {
  if (/^electron-switchyard/.test(request)) decide(null, `commonjs ${request}`);
  else decide();
}
