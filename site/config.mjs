// VitePress's configuration of a folder that site/lib/build.mjs has written.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../scripts/lib/origin.mjs";
import { ROOT } from "../scripts/lib/root.mjs";
import { markdownOptions } from "./lib/markdown.mjs";
import { wordsOfPage, wordsOfQuestion } from "./lib/search.mjs";

const MINI_SEARCH = {
  options: { tokenize: wordsOfPage },
  searchOptions: { tokenize: wordsOfQuestion },
};

/** @param {string} folder */
export function siteConfig(folder) {
  const srcDir = join(folder, "pages");
  const { name, description } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const site = JSON.parse(readFileSync(join(folder, "site.json"), "utf8"));
  return {
    title: name,
    description,
    srcDir,
    outDir: join(folder, "out"),
    cacheDir: join(folder, "cache"),
    markdown: markdownOptions({ ...site, folder: srcDir }),
    transformPageData: ({ relativePath, frontmatter }) => {
      if (relativePath.startsWith("api/")) frontmatter.pageClass = "api";
    },
    themeConfig: {
      nav: [
        { text: "Guide", link: firstLink(site.sidebar) },
        { text: "API", link: "/api/" },
      ],
      sidebar: site.sidebar,
      outline: { level: [2, 3] },
      // VitePress has the icon of this place.
      socialLinks: repository().includes("github.com")
        ? [{ icon: "github", link: repository() }]
        : undefined,
      search: { provider: "local", options: { miniSearch: MINI_SEARCH } },
    },
  };
}

/** @param {import("./lib/pages.mjs").SidebarItem[]} sidebar */
function firstLink([group]) {
  return group?.items?.[0]?.link ?? "/";
}
