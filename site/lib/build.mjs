// The site: its pages are written below target/, VitePress builds them, and each link is checked.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/lib/root.mjs";
import { writeApi } from "./api.mjs";
import { builtPages, deadLinks } from "./check.mjs";
import { documentPages, HOME, sidebar } from "./pages.mjs";

const SITE = join(ROOT, "site");
const TARGET = join(ROOT, "target");

/** How many dead links an error shows. */
const SHOWN = 20;

/**
 * @typedef {object} SiteOptions
 * @property {string} [folder] Everything that is written is in it. It is below target/, and emptied.
 * @property {string} [base] The path that the site is served at; begins and ends with a slash.
 */

/**
 * Builds the site, or rejects with what is wrong.
 * @param {SiteOptions} [options]
 * @returns {Promise<{ out: string, pages: string[] }>} Where it is, and its pages.
 */
export async function buildSite({ folder = join(TARGET, "site"), base = "/" } = {}) {
  const place = resolve(ROOT, folder);
  if (!place.startsWith(TARGET + sep)) throw new Error(`${place} is not below ${TARGET}`);
  if (!/^\/(?:.+\/)?$/.test(base)) throw new Error(`the base ${base} is no path such as /name/`);
  rmSync(place, { recursive: true, force: true });
  await writePages(place);
  writeConfiguration(place);
  const { build } = await import("vitepress");
  await build(place, { base });
  const out = join(place, "out");
  const dead = deadLinks(out, base);
  if (dead.length > 0) {
    throw new Error(`${dead.length} links lead nowhere:\n${dead.slice(0, SHOWN).join("\n")}`);
  }
  return { out, pages: builtPages(out) };
}

/** @param {string} folder */
async function writePages(folder) {
  const documents = documentPages();
  for (const { source, path } of documents) {
    write(join(folder, "pages", path), readFileSync(join(ROOT, source), "utf8"));
  }
  write(join(folder, "pages", HOME.path), homePage());
  const api = await writeApi(join(folder, "pages", "api"), join(folder, "api"));
  const pages = [...documents, HOME];
  const site = { pages, declarations: api.declarations, sidebar: sidebar(documents, api.items) };
  write(join(folder, "site.json"), JSON.stringify(site));
}

/** README below the site's own head, which has README's title. */
function homePage() {
  const readme = readFileSync(join(ROOT, HOME.source), "utf8");
  return readFileSync(join(SITE, "home.md"), "utf8") + readme.replace(/^# .*$/m, "");
}

/**
 * VitePress loads its configuration and theme from such files, and writes beside them.
 * @param {string} folder
 */
function writeConfiguration(folder) {
  const own = (path) => JSON.stringify(pathToFileURL(join(SITE, path)).href);
  const at = JSON.stringify(folder);
  const style = JSON.stringify(join(SITE, "theme", "style.css").replaceAll("\\", "/"));
  const config = `import { siteConfig } from ${own("config.mjs")};\nexport default siteConfig(${at});\n`;
  const theme = `import Theme from "vitepress/theme";\nimport ${style};\nexport default Theme;\n`;
  write(join(folder, ".vitepress", "config.mjs"), config);
  write(join(folder, ".vitepress", "theme", "index.mjs"), theme);
}

/** A file that is there already would be another page's. */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: "wx" });
}
