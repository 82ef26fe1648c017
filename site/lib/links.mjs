// Where a document's links lead on the site. Documents link as files of the repository do: what is a
// page leads to the page, what is not leads to the repository, if scripts/lib/origin.mjs has its address.
import { existsSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { repository } from "../../scripts/lib/origin.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

/** @typedef {import("./pages.mjs").Page} Page */

/** These are pages, but not made from a document. */
const GENERATED = { "index.d.ts": "api/index.md" };

/** An address with a scheme, of another host, or a place of the same page. */
const NOT_A_FILE = /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i;

/** In HTML that a document has in it. */
const HTML_LINK = /\s(href|src)="([^"]*)"/g;

/**
 * Rewrites links and images as Markdown is read, so that code stays as it is.
 * @param {readonly Page[]} pages
 * @param {string} folder The one that the pages are written to.
 */
export function repositoryLinks(pages, folder) {
  const sources = new Map(pages.map(({ source, path }) => [path, source]));
  /** @param {import("markdown-it").default} md */
  return (md) => {
    md.core.ruler.push("repository-links", ({ tokens, env }) => {
      const path = env.relativePath;
      const source = sources.get(path);
      if (source === undefined) return;
      const resolve = {
        href: (href) => linkTo(href, source, pages),
        src: (src) => imageAt(src, source, join(folder, dirname(path))),
      };
      rewriteTokens(tokens, resolve);
    });
  };
}

/**
 * Rewrites a list of tokens in its place. A link without an address is taken out, and its text stays.
 * @param {import("markdown-it").Token[]} tokens
 * @param {Record<"href" | "src", (address: string) => string | undefined>} resolve
 */
function rewriteTokens(tokens, resolve) {
  const open = [];
  for (const token of [...tokens]) {
    if (token.children) rewriteTokens(token.children, resolve);
    if (token.type.startsWith("html_")) token.content = rewriteHtml(token.content, resolve);
    else if (token.type === "image") token.attrSet("src", resolve.src(token.attrGet("src")));
    else if (token.type === "link_open") {
      const href = resolve.href(token.attrGet("href"));
      open.push(href);
      if (href === undefined) tokens.splice(tokens.indexOf(token), 1);
      else token.attrSet("href", href);
    } else if (token.type === "link_close" && open.pop() === undefined) {
      tokens.splice(tokens.indexOf(token), 1);
    }
  }
}

/**
 * @param {string} html
 * @param {Record<"href" | "src", (address: string) => string | undefined>} resolve
 */
function rewriteHtml(html, resolve) {
  return html.replace(HTML_LINK, (_all, name, address) => {
    const resolved = resolve[name](address);
    return resolved === undefined ? "" : ` ${name}="${resolved}"`;
  });
}

/**
 * @param {string} href As the document has it.
 * @param {string} source The document.
 * @param {readonly Page[]} pages
 * @returns {string | undefined} None, while the repository has no address.
 */
export function linkTo(href, source, pages) {
  if (NOT_A_FILE.test(href)) return href;
  const { file, hash } = fileAt(href, source);
  const page = pages.find((each) => each.source === file || each.source === `${file}/README.md`);
  const path = page?.path ?? GENERATED[file];
  if (path !== undefined) return `/${path}${hash}`;
  if (repository() === "") return undefined;
  const view = statSync(join(ROOT, file)).isDirectory() ? "tree" : "blob";
  return `${repository()}/${view}/HEAD/${file}${hash}`;
}

/**
 * The bundler takes a picture from its own place in the checkout.
 * @param {string} src
 * @param {string} source
 * @param {string} folder The page's.
 */
function imageAt(src, source, folder) {
  if (NOT_A_FILE.test(src)) return src;
  const { file } = fileAt(src, source);
  return posix.relative(folder.replaceAll("\\", "/"), join(ROOT, file).replaceAll("\\", "/"));
}

/**
 * @param {string} address
 * @param {string} source
 */
function fileAt(address, source) {
  const { pathname, hash } = new URL(address, `file:///${source}`);
  const file = decodeURIComponent(pathname.slice(1)).replace(/\/$/, "");
  if (!existsSync(join(ROOT, file))) {
    throw new Error(`${source} links to ${address}, and there is no ${file}`);
  }
  return { file, hash };
}
