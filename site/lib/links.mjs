// Where a document's links lead on the site. Documents link as files of the repository do: what is a
// page leads to the page, what is not leads to the repository, if scripts/lib/origin.mjs has its address.
import { existsSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { repository } from "../../scripts/lib/origin.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

/**
 * @typedef {object} Site
 * @property {readonly Target[]} pages Made from documents.
 * @property {readonly Target[]} declarations The API's pages, for links to the files that they describe.
 * @property {string} folder The one that the pages are written to.
 *
 * @typedef {{ source: string, path: string }} Target A file of the checkout, and its page.
 */

/** An address with a scheme, of another host, or a place of the same page. */
const NOT_A_FILE = /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i;

/** In HTML that a document has in it. */
const HTML_LINK = /\s(href|src)="([^"]*)"/g;

/**
 * Rewrites links and images as Markdown is read, so that code stays as it is.
 * @param {Site} site
 */
export function repositoryLinks({ pages, declarations, folder }) {
  const sources = new Map(pages.map(({ source, path }) => [path, source]));
  const targets = [...pages, ...declarations];
  /** @param {import("markdown-it").default} md */
  return (md) => {
    md.core.ruler.push("repository-links", ({ tokens, env }) => {
      const source = sources.get(env.relativePath);
      if (source === undefined) return;
      rewriteTokens(tokens, {
        href: (href) => linkTo(href, source, targets),
        src: (src) => imageAt(src, source, join(folder, dirname(env.relativePath))),
      });
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
 * @param {readonly Target[]} targets
 * @returns {string | undefined} None, while the repository has no address.
 */
export function linkTo(href, source, targets) {
  if (NOT_A_FILE.test(href)) return href;
  const { file, hash } = fileAt(href, source);
  const page = targets.find((each) => [file, `${file}/README.md`].includes(each.source));
  if (page !== undefined) return `/${page.path}${hash}`;
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
