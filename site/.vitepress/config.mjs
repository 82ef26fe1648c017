// VitePress's configuration. site/lib/build.mjs has written what it reads.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/lib/origin.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { markdownOptions } from "../lib/markdown.mjs";
import { HOME } from "../lib/pages.mjs";
import { tokenize } from "../lib/search.mjs";

const folder = process.env.SITE_FOLDER;
const srcDir = join(folder, "pages");
const { name, description } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const { pages, sidebar } = JSON.parse(readFileSync(join(folder, "site.json"), "utf8"));

export default {
  title: name,
  description,
  srcDir,
  outDir: join(folder, "out"),
  cacheDir: join(folder, "cache"),
  markdown: markdownOptions([...pages, HOME], srcDir),
  transformPageData: ({ relativePath, frontmatter }) => {
    if (relativePath.startsWith("api/")) frontmatter.pageClass = "api";
  },
  themeConfig: {
    nav: [
      { text: "Guide", link: "/getting-started" },
      { text: "API", link: "/api/" },
    ],
    sidebar,
    outline: { level: [2, 3] },
    // VitePress has the icon of this place.
    socialLinks: repository().includes("github.com")
      ? [{ icon: "github", link: repository() }]
      : undefined,
    search: { provider: "local", options: { miniSearch: { options: { tokenize } } } },
  },
};
