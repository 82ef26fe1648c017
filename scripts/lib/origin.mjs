// Where the project is to be found: the one place that says so, for the manifests and the links of
// what is published.

/**
 * The address of the public repository, such as `https://git.example/owner/name`, without an ending.
 * Empty while there is none: a made-up address would lead nowhere. A workflow at GitHub knows its
 * own.
 */
const REPOSITORY = "";

/** @returns {string} The repository's address, or "" where none is known. */
export function repository() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  return server && name ? `${server}/${name}` : REPOSITORY;
}

/**
 * What a manifest says of where the package is from; nothing while there is no address. npm refuses
 * a provenance statement unless the manifest names the repository that it is from.
 */
export function origin() {
  const url = repository();
  if (url === "") return {};
  return {
    repository: { type: "git", url: `git+${url}.git` },
    homepage: `${url}#readme`,
    bugs: { url: `${url}/issues` },
  };
}

/** What is missing in what was packed, if anything is. */
export function originWarning() {
  if (repository() !== "") return undefined;
  return (
    "The packages name no repository, homepage and bugs, and their documents do not link to what is " +
    "not packed: set REPOSITORY in scripts/lib/origin.mjs before they are published."
  );
}

/** `[text](path)`, or `![text](path)`, of Markdown; no address of another site, no place of the page. */
const LINK = /(!?)\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g;

/**
 * A document as it is published: what its relative links lead to and is not shipped is linked to in
 * the repository, or, while that has no address, named without a link.
 * @param {string} text
 * @param {string} path The document's, from the package's folder.
 * @param {readonly string[]} shipped Paths of files.
 */
export function publishedDocument(text, path, shipped) {
  return text.replace(LINK, (link, image, label, target, anchor = "") => {
    const { pathname } = new URL(target, `file:///${path}`);
    const file = pathname.slice(1);
    if (shipped.includes(file)) return link;
    if (repository() !== "") {
      const view = image ? "raw" : "blob";
      return `${image}[${label}](${repository()}/${view}/HEAD/${file}${anchor})`;
    }
    return image ? "" : label;
  });
}
