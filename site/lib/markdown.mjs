// How a document's Markdown becomes a page's HTML.
import { slug } from "github-slugger";
import { repositoryLinks } from "./links.mjs";

/**
 * @param {import("./links.mjs").Site} site
 * @returns {import("vitepress").MarkdownOptions}
 */
export function markdownOptions(site) {
  return {
    // A heading has the same address as in the repository.
    anchor: { slugify: (text) => slug(text) },
    config: (md) => {
      md.use(repositoryLinks(site));
      // Vue would evaluate what is between two braces.
      const { text } = md.renderer.rules;
      md.renderer.rules.text = (...args) => text(...args).replaceAll("{{", "&#123;&#123;");
    },
  };
}
