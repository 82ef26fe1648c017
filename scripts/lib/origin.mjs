// Where the project is to be found and who made it: the one place that says so, for the manifests and
// the links of what is published.

/**
 * `repository`: the address of the public repository, such as `https://git.example/owner/name`, without an
 * ending. Empty while there is none: a made-up address would lead nowhere. A workflow at GitHub knows its
 * own. Nothing is packed to be published while a value is empty ({@link requireOrigin}).
 */
const ORIGIN = {
  repository: "",
  author: "The electron-switchyard authors",
};

const ADDRESS = /^https:\/\/[^\s/]+\/\S*[^\s/]$/;

/** @returns {string} The repository's address, or "" where none is known. */
export function repository() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  return server && name ? `${server}/${name}` : ORIGIN.repository;
}

/**
 * What a manifest says of where the package is from; an empty value is left out. npm refuses a
 * provenance statement unless the manifest names the repository that it is from.
 */
export function origin() {
  const { author } = ORIGIN;
  const url = repository();
  return {
    ...(author !== "" && { author }),
    ...(url !== "" && {
      repository: { type: "git", url: `git+${url}.git` },
      homepage: `${url}#readme`,
      bugs: { url: `${url}/issues` },
    }),
  };
}

/** Throws if a manifest and the links of its documents would lack anything of {@link ORIGIN}. */
export function requireOrigin(values = { ...ORIGIN, repository: repository() }) {
  const empty = Object.keys(values).filter((name) => values[name].trim() === "");
  if (empty.length > 0) {
    throw new Error(
      `ORIGIN in scripts/lib/origin.mjs has no ${empty.join(" and no ")}, so that what is packed would ` +
        "name none. Fill it in to publish; to try the packages on this machine, add --local.",
    );
  }
  if (!ADDRESS.test(values.repository) || values.repository.endsWith(".git")) {
    throw new Error(
      `ORIGIN.repository in scripts/lib/origin.mjs is ${JSON.stringify(values.repository)}: write it as ` +
        "https://host/owner/name, without .git and without a slash at its end.",
    );
  }
}

/** `[text](path)`, or `![text](path)`, of Markdown; no address of another site, no place of the page. */
const LINK = /(!?)\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g;

/** Code of a document, fenced or in its line: what looks like a link there is none. */
const CODE = /(^(`{3,}|~{3,})[\s\S]*?^\2[`~]*$|(`+)[^`\n](?:(?:(?!\n\n)[\s\S])*?[^`])?\3(?!`))/m;

/**
 * A document as it is published: what its relative links lead to and is not shipped is linked to in
 * the repository, or, while that has no address, named without a link.
 * @param {string} text
 * @param {string} path The document's, from the package's folder.
 * @param {readonly string[]} shipped Paths of files.
 */
export function publishedDocument(text, path, shipped) {
  let rest = text;
  let published = "";
  for (let code = CODE.exec(rest); code !== null; code = CODE.exec(rest)) {
    published += withLinks(rest.slice(0, code.index), path, shipped) + code[0];
    rest = rest.slice(code.index + code[0].length);
  }
  return published + withLinks(rest, path, shipped);
}

/**
 * @param {string} text
 * @param {string} path
 * @param {readonly string[]} shipped
 */
function withLinks(text, path, shipped) {
  return text.replace(LINK, (link, image, label, target, anchor = "") => {
    const { pathname } = new URL(target, `file:///${path}`);
    const file = decodeURI(pathname.slice(1));
    if (shipped.includes(file)) return link;
    if (repository() !== "") {
      const view = image ? "raw" : "blob";
      return `${image}[${label}](${repository()}/${view}/HEAD/${file}${anchor})`;
    }
    return image ? "" : label;
  });
}
