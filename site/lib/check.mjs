// That no link of the built site is dead: each file and each place of a page that it names is there.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const LINK = /<(?:a|img|link|script)\b[^>]*?\s(?:href|src)="([^"]*)"/g;
const ID = /\sid="([^"]*)"/g;

/** An address of elsewhere, or one that holds its content. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i;

/**
 * The site's pages.
 * @param {string} folder The built site.
 * @returns {string[]} Paths from the folder.
 */
export function builtPages(folder) {
  const names = /** @type {string[]} */ (readdirSync(folder, { recursive: true }));
  return names.filter((name) => name.endsWith(".html")).map((name) => name.replaceAll("\\", "/"));
}

/**
 * @param {string} folder The built site.
 * @param {string} base The path that it is served at, such as `/`.
 * @returns {string[]} A sentence for each link that leads nowhere.
 */
export function deadLinks(folder, base) {
  const pages = builtPages(folder);
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), "utf8")]));
  const ids = new Map([...texts].map(([page, text]) => [page, idsIn(text)]));
  return [...texts].flatMap(([page, text]) =>
    linksIn(text).flatMap((link) => {
      const fault = faultOf(link, page, { folder, base, ids });
      return fault === undefined ? [] : [`${page} links to ${link}, but ${fault}`];
    }),
  );
}

/**
 * @param {string} link
 * @param {string} page
 * @param {{ folder: string, base: string, ids: Map<string, Set<string>> }} site
 * @returns {string | undefined}
 */
function faultOf(link, page, { folder, base, ids }) {
  const { pathname, hash } = new URL(link, `site:${base}${page}`);
  const path = decodeURIComponent(pathname);
  if (!path.startsWith(base)) return `the site is at ${base}`;
  const target = targetOf(path.slice(base.length), folder);
  if (target === undefined) return "there is no such file";
  const place = decodeURIComponent(hash.slice(1));
  if (place === "" || ids.get(target)?.has(place)) return undefined;
  return "the page has no such heading";
}

/**
 * A folder is its index.html.
 * @param {string} path
 * @param {string} folder
 */
function targetOf(path, folder) {
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const there = join(folder, file);
  return existsSync(there) && statSync(there).isFile() ? file : undefined;
}

/** @param {string} html */
function linksIn(html) {
  const links = [...html.matchAll(LINK)].map(([, link]) => link.replaceAll("&amp;", "&"));
  return [...new Set(links)].filter((link) => !ELSEWHERE.test(link));
}

/** @param {string} html */
function idsIn(html) {
  return new Set([...html.matchAll(ID)].map(([, id]) => id.replaceAll("&amp;", "&")));
}
