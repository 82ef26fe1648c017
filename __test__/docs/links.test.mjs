// Links between the documents lead to files and headings that there are.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import GithubSlugger from "github-slugger";
import { lexer, walkTokens } from "marked";
import { ROOT } from "../../scripts/lib/root.mjs";
import { DOCUMENTS, textOf } from "./blocks.mjs";

function tokensOf(document, type) {
  const found = [];
  walkTokens(lexer(textOf(document)), (token) => {
    if (token.type === type) found.push(token);
  });
  return found;
}

function anchorsOf(document) {
  const slugger = new GithubSlugger();
  return tokensOf(document, "heading").map(({ text }) => slugger.slug(text));
}

for (const document of DOCUMENTS) {
  test(`the links of ${document} lead somewhere`, () => {
    const all = [...tokensOf(document, "link"), ...tokensOf(document, "image")];
    for (const { href } of all) {
      if (/^https:/.test(href)) continue;
      const [path, anchor] = href.split("#");
      const target = path === "" ? document : posix.join(dirname(document), path);
      assert.ok(existsSync(join(ROOT, target)), href);
      if (anchor !== undefined) assert.ok(anchorsOf(target).includes(anchor), href);
    }
  });
}
