// The API's pages, from the declarations that ship: one for each section of index.d.ts, and one for
// each further subpath that has declarations of its own.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import GithubSlugger from "github-slugger";
import { Application, ReflectionKind } from "typedoc";
import { SUBPATHS, sectionsOf } from "../../scripts/lib/entries.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

/** What stands in index.d.ts before the first head of a section. */
const COMMON = "common types";

/**
 * @typedef {import("./pages.mjs").SidebarItem} SidebarItem
 * @typedef {{ title: string, slug: string, file: string }} Module
 */

/** For readers: no breadcrumbs, no address of a checkout's line, types as they are written. */
const LAYOUT = {
  router: "module",
  readme: "none",
  entryFileName: "index.md",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  disableSources: true,
  groupOrder: ["Functions", "Interfaces", "Type Aliases"],
  sort: ["source-order"],
  sortEntryPoints: false,
  excludeExternals: true,
  useCodeBlocks: true,
  useHTMLEncodedBrackets: true,
  sanitizeComments: true,
  expandParameters: true,
  parametersFormat: "table",
};

/** A link to a name that there is not fails the build. */
const CHECKS = {
  treatWarningsAsErrors: true,
  validation: { notExported: false, invalidLink: true },
};

/**
 * Writes the pages and says which there are, for the sidebar.
 * @param {string} folder Of the API's pages.
 * @param {string} work A folder for what is not published.
 * @returns {Promise<{ items: SidebarItem[], declarations: import("./links.mjs").Target[] }>}
 */
export async function writeApi(folder, work) {
  const modules = apiModules(work);
  const titles = new Map(modules.map(({ slug, title }) => [slug, title]));
  const app = await Application.bootstrapWithPlugins({
    ...LAYOUT,
    ...CHECKS,
    name: "API",
    plugin: ["typedoc-plugin-markdown"],
    logLevel: "Warn",
    basePath: ROOT,
    entryPoints: modules.map(({ file }) => file),
    tsconfig: tsconfigFor(modules, work),
    outputs: [{ name: "markdown", path: folder }],
    pageTitleTemplates: { module: ({ name }) => titles.get(name) ?? name },
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc cannot read the declarations");
  removeMissingMembers(project);
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error("TypeDoc warns: each of its lines above is to be mended in the declarations");
  }
  writeFileSync(join(folder, "index.md"), indexPage(project, modules));
  return {
    items: modules.map(({ title, slug }) => ({ text: title, link: `/api/${slug}` })),
    declarations: declarationPages(),
  };
}

/**
 * A member of the type `never` says that there is none.
 * @param {import("typedoc").ProjectReflection} project
 */
function removeMissingMembers(project) {
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (property.type?.type === "intrinsic" && property.type.name === "never") {
      project.removeReflection(property);
    }
  }
}

/**
 * All calls and types, by the section that they are in.
 * @param {import("typedoc").ProjectReflection} project
 * @param {readonly Module[]} modules
 */
function indexPage(project, modules) {
  const parts = modules.map(({ title, slug }) => {
    const members = project.children?.find(({ name }) => name === slug)?.children ?? [];
    const links = members.map((member) => {
      const isCall = member.kindOf(ReflectionKind.Function);
      return `[\`${member.name}${isCall ? "()" : ""}\`](${slug}.md#${slugOf(member.name)})`;
    });
    return `## [${title}](${slug}.md)\n\n${links.join(" · ")}\n`;
  });
  return `# API\n\n${parts.join("\n")}`;
}

/**
 * The modules that TypeDoc reads: for each section of index.d.ts a file that exports its names.
 * @param {string} work
 * @returns {Module[]}
 */
function apiModules(work) {
  mkdirSync(work, { recursive: true });
  const index = relative(work, join(ROOT, "index.js")).replaceAll("\\", "/");
  const all = sectionsOf(readFileSync(join(ROOT, "index.d.ts"), "utf8"));
  // Those without calls come last.
  const sections = [...all].sort((one, other) => rankOf(one) - rankOf(other));
  const parts = sections.map(({ head = COMMON, types, calls }) => {
    const title = head.charAt(0).toUpperCase() + head.slice(1);
    const slug = slugOf(title);
    const file = join(work, `${slug}.ts`);
    const names = [...types.map((name) => `type ${name}`), ...calls].join(", ");
    writeFileSync(file, `/** @module ${slug} */\nexport { ${names} } from "${index}";\n`);
    return { title, slug, file };
  });
  return [...parts, ...furtherSubpaths()];
}

/** @param {{ calls: string[] }} section */
function rankOf({ calls }) {
  return calls.length > 0 ? 0 : 1;
}

/** The page of each file of declarations. */
export function declarationPages() {
  const further = furtherSubpaths().map(({ file, slug }) => ({
    source: relative(ROOT, file).replaceAll("\\", "/"),
    path: `api/${slug}.md`,
  }));
  return [{ source: "index.d.ts", path: "api/index.md" }, ...further];
}

/**
 * Subpaths whose declarations are a file that somebody wrote.
 * @returns {Module[]}
 */
function furtherSubpaths() {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const made = new Set([".", ...Object.keys(SUBPATHS).map((each) => `./${each}`)]);
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const file = made.has(subpath) ? undefined : declarationsIn(target);
    const title = `${name}${subpath.slice(1)}`;
    return file === undefined ? [] : [{ title, slug: subpath.slice(2), file: join(ROOT, file) }];
  });
}

/** The first declarations that conditions of "exports" lead to. */
function declarationsIn(target) {
  if (typeof target !== "object" || target === null) return undefined;
  const { types } = target;
  if (typeof types === "string" && types.endsWith(".d.ts")) return types;
  return Object.values(target).map(declarationsIn).find(Boolean);
}

/** Electron's types are all that the declarations import. */
function tsconfigFor(modules, work) {
  const file = join(work, "tsconfig.json");
  const compilerOptions = {
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "Bundler",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const files = modules.map((each) => each.file);
  writeFileSync(file, JSON.stringify({ compilerOptions, files }));
  return file;
}

/** @param {string} text */
function slugOf(text) {
  return new GithubSlugger().slug(text);
}
