// Which documents are pages of the site, and where the sidebar has them. A document that no list
// names is a page too: one in docs/ is a guide, and one in a folder of docs/ is in that folder's group.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer } from "marked";
import { ROOT } from "../../scripts/lib/root.mjs";

/**
 * A page that is made from a document.
 * @typedef {object} Page
 * @property {string} source The document's path in the checkout, such as `docs/windows.md`.
 * @property {string} path The page's, from the site's folder, such as `windows.md`.
 * @property {string} title
 */

/** @typedef {{ text: string, link?: string, collapsed?: boolean, items?: SidebarItem[] }} SidebarItem */

/** The group's documents in their order. */
export const START = ["docs/getting-started.md", "docs/migrating.md", "docs/from-ipcmain.md"];

/** The group's documents in their order; the API follows them. */
export const REFERENCE = [
  "docs/guarantees.md",
  "docs/electron-support.md",
  "docs/security.md",
  "docs/troubleshooting.md",
];

/** Its documents are the group "Design". */
const DESIGN = "docs/design";

/** The first page, which is no document of the sidebar. */
export const HOME = { source: "README.md", path: "index.md", title: "electron-switchyard" };

/**
 * Each document below docs/, in no order.
 * @returns {Page[]}
 */
export function documentPages(root = ROOT) {
  const names = /** @type {string[]} */ (readdirSync(join(root, "docs"), { recursive: true }));
  const files = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.md$/.test(name));
  return files.sort().map((name) => {
    const source = `docs/${name}`;
    return {
      source,
      path: pathOf(name),
      title: titleOf(source, readFileSync(join(root, source), "utf8")),
    };
  });
}

/**
 * A folder's README.md is the folder's page. The home page and the API keep their places.
 * @param {string} name The document's path from docs/.
 */
function pathOf(name) {
  const path = name.replace(/(^|\/)README\.md$/, "$1index.md");
  return path === HOME.path || path.startsWith("api/") ? `documents/${path}` : path;
}

/**
 * The text of a document's first heading.
 * @param {string} source
 * @param {string} text
 */
function titleOf(source, text) {
  const heading = lexer(text).find(({ type, depth }) => type === "heading" && depth === 1);
  if (heading === undefined) throw new Error(`${source} has no heading of the first level`);
  return heading.text.replaceAll("`", "");
}

/**
 * The groups Start, Guides, Reference and Design, with each page once.
 * @param {readonly Page[]} pages
 * @param {readonly SidebarItem[]} api The pages of the API.
 * @returns {SidebarItem[]}
 */
export function sidebar(pages, api) {
  const listed = new Set([...START, ...REFERENCE]);
  const others = pages.filter(({ source }) => !listed.has(source));
  const inFolder = (folder) => others.filter(({ source }) => folderOf(source) === folder);
  const folders = [...new Set(others.map(({ source }) => folderOf(source)))];
  const recipes = folders.filter((folder) => folder !== "docs" && folder !== DESIGN);
  return [
    group("Start", inOrder(pages, START).map(item)),
    group("Guides", [
      ...inFolder("docs").sort(byTitle).map(item),
      ...recipes.sort().map((folder) => folderGroup(folder, inFolder(folder))),
    ]),
    group("Reference", [
      ...inOrder(pages, REFERENCE).map(item),
      { text: "API", link: "/api/", items: [...api] },
    ]),
    { ...group("Design", inFolder(DESIGN).sort(bySource).map(item)), collapsed: true },
  ];
}

/**
 * @param {string} text
 * @param {SidebarItem[]} items
 */
function group(text, items) {
  return { text, items };
}

/**
 * A folder's group has the title of its README.md, else the folder's own name.
 * @param {string} folder
 * @param {readonly Page[]} pages
 */
function folderGroup(folder, pages) {
  const head = pages.find(({ source }) => source === `${folder}/README.md`);
  const name = folder.replace(/^docs\//, "");
  const text = head?.title ?? name.charAt(0).toUpperCase() + name.slice(1);
  const items = pages.filter((page) => page !== head).sort(byTitle);
  return head ? { ...item(head), items: items.map(item) } : group(text, items.map(item));
}

/** @param {Page} page */
function item({ title, path }) {
  return { text: title, link: `/${path.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "")}` };
}

/** @param {string} source */
function folderOf(source) {
  return source.slice(0, source.lastIndexOf("/"));
}

/**
 * @param {readonly Page[]} pages
 * @param {readonly string[]} sources
 */
function inOrder(pages, sources) {
  return sources.flatMap((source) => pages.filter((page) => page.source === source));
}

/** An article does not count. @param {Page} page */
function sortedTitle({ title }) {
  return title.replace(/^(?:the|a|an) /i, "").toLowerCase();
}

/** @type {(one: Page, other: Page) => number} */
function byTitle(one, other) {
  return sortedTitle(one) < sortedTitle(other) ? -1 : 1;
}

/** README.md first, the numbered ones last. @type {(one: Page, other: Page) => number} */
function bySource(one, other) {
  const rank = ({ source }) => {
    if (source.endsWith("/README.md")) return `0${source}`;
    return /\/\d[^/]*$/.test(source) ? `2${source}` : `1${source}`;
  };
  return rank(one) < rank(other) ? -1 : 1;
}
