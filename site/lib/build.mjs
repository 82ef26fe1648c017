// The site: its pages are written below target/, VitePress builds them, and each link is checked.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";
import { writeApi } from "./api.mjs";
import { builtPages, deadLinks } from "./check.mjs";
import { documentPages, HOME, sidebar } from "./pages.mjs";

const SITE = join(ROOT, "site");

/** How many dead links an error shows. */
const SHOWN = 20;

/**
 * @typedef {object} SiteOptions
 * @property {string} [folder] Everything that is written is in it.
 * @property {string} [base] The path that the site is served at; begins and ends with a slash.
 */

/**
 * Builds the site, or rejects with what is wrong.
 * @param {SiteOptions} [options]
 * @returns {Promise<{ out: string, pages: string[] }>}
 */
export async function buildSite({ folder = join(ROOT, "target", "site"), base = "/" } = {}) {
  if (!/^\/(?:.*\/)?$/.test(base)) throw new Error(`the base ${base} is not a path such as /name/`);
  const out = join(folder, "out");
  rmSync(folder, { recursive: true, force: true });
  await writePages(folder);
  // The configuration is a file that VitePress loads by itself.
  process.env.SITE_FOLDER = folder;
  const { build } = await import("vitepress");
  await build(SITE, { base });
  const dead = deadLinks(out, base);
  if (dead.length > 0) {
    throw new Error(`${dead.length} links lead nowhere:\n${dead.slice(0, SHOWN).join("\n")}`);
  }
  return { out, pages: builtPages(out) };
}

/** @param {string} folder */
async function writePages(folder) {
  const pages = documentPages();
  const write = (path, text) => {
    const file = join(folder, "pages", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  };
  for (const { source, path } of pages) write(path, readFileSync(join(ROOT, source), "utf8"));
  write(HOME.path, homePage());
  const api = await writeApi(join(folder, "pages", "api"), join(folder, "api"));
  writeFileSync(join(folder, "site.json"), JSON.stringify({ pages, sidebar: sidebar(pages, api) }));
}

/** README below the site's own head, which has README's title. */
function homePage() {
  const readme = readFileSync(join(ROOT, HOME.source), "utf8");
  return readFileSync(join(SITE, "home.md"), "utf8") + readme.replace(/^# .*$/m, "");
}
