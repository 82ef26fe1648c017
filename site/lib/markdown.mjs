// How a document's Markdown becomes a page's HTML.
import { slug } from "github-slugger";
import { repositoryLinks } from "./links.mjs";

/**
 * @param {readonly import("./pages.mjs").Page[]} pages
 * @param {string} folder The one that the pages are written to.
 * @returns {import("vitepress").MarkdownOptions}
 */
export function markdownOptions(pages, folder) {
  return {
    // A heading has the same address as in the repository.
    anchor: { slugify: (text) => slug(text) },
    config: (md) => {
      md.use(repositoryLinks(pages, folder));
      // Vue would evaluate what is between two braces.
      const { text } = md.renderer.rules;
      md.renderer.rules.text = (...args) => text(...args).replaceAll("{{", "&#123;&#123;");
    },
  };
}
