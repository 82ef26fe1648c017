// Where a document's links lead on the site, and that a dead one is found.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { createMarkdownRenderer } from "vitepress";
import { ROOT } from "../../scripts/lib/root.mjs";
import { declarationPages } from "../../site/lib/api.mjs";
import { deadLinks } from "../../site/lib/check.mjs";
import { linkTo } from "../../site/lib/links.mjs";
import { markdownOptions } from "../../site/lib/markdown.mjs";
import { documentPages, HOME } from "../../site/lib/pages.mjs";
import { serveSite } from "../../site/lib/serve.mjs";

const FOLDER = join(ROOT, "target", "test", "site-links");
const SITE = {
  pages: [...documentPages(), HOME],
  declarations: declarationPages(),
  folder: FOLDER,
};
const PAGES = [...SITE.pages, ...SITE.declarations];
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;

beforeEach(() => {
  process.env.GITHUB_SERVER_URL = "https://git.example";
  process.env.GITHUB_REPOSITORY = "one/yard";
});
afterEach(() => {
  for (const [key, value] of Object.entries({
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: name,
  })) {
    if (value === undefined) delete process.env[key];
    else process.env[key] = value;
  }
});

/** A document's text as the page shows it. */
async function rendered(text, relativePath = "windows.md") {
  const md = await createMarkdownRenderer(FOLDER, markdownOptions(SITE), "/yard/");
  return md.render(text, { relativePath, path: join(FOLDER, relativePath), cleanUrls: false });
}

test("a link to a document leads to its page, with the place", () => {
  assert.equal(linkTo("security.md#a", "docs/windows.md", PAGES), "/security.md#a");
  assert.equal(linkTo("design/README.md", "docs/windows.md", PAGES), "/design/index.md");
  assert.equal(linkTo("design/", "docs/windows.md", PAGES), "/design/index.md");
  assert.equal(linkTo("../windows.md", "docs/design/glossary.md", PAGES), "/windows.md");
  assert.equal(linkTo("docs/windows.md", "README.md", PAGES), "/windows.md");
  assert.equal(linkTo("../README.md#speed", "docs/windows.md", PAGES), "/index.md#speed");
  assert.equal(linkTo("../index.d.ts", "docs/windows.md", PAGES), "/api/index.md");
});

test("a link to any other file leads to the repository, or is no link while that has no address", () => {
  const to = (href) => linkTo(href, "docs/windows.md", PAGES);
  const address = "https://git.example/one/yard";
  assert.equal(to("../CHANGELOG.md#added"), `${address}/blob/HEAD/CHANGELOG.md#added`);
  assert.equal(to("../benches/results/"), `${address}/tree/HEAD/benches/results`);
  process.env.GITHUB_REPOSITORY = "";
  assert.equal(to("../CHANGELOG.md"), undefined);
});

test("an address, and a place of the same page, stay as they are", () => {
  for (const href of ["https://example.com/a.md", "#subframes", "mailto:a@example.com"]) {
    assert.equal(linkTo(href, "docs/windows.md", PAGES), href);
  }
});

test("a link to a file that is not there fails, and names document, link and file", () => {
  assert.throws(() => linkTo("../gone.md#a", "docs/windows.md", PAGES), {
    message: "docs/windows.md links to ../gone.md#a, and there is no gone.md",
  });
});

test("links of prose, tables and HTML are rewritten, and code stays", async () => {
  const text = [
    "[**the** `log`](../CHANGELOG.md), and [a page](security.md)",
    "",
    "| a |\n|---|\n| [decisions](design/README.md) |",
    "",
    '<p><a href="../LICENSE">licence</a></p>',
    "",
    "`[code](../gone.md)`\n\n```md\n[code](../gone.md)\n```",
  ].join("\n");
  const html = await rendered(text);
  const repository = 'href="https://git.example/one/yard/blob/HEAD';
  assert.ok(html.includes(`${repository}/CHANGELOG.md"`), html);
  assert.ok(html.includes(`${repository}/LICENSE"`), html);
  assert.ok(html.includes('href="/yard/security.html"'), html);
  assert.ok(html.includes('href="/yard/design/"'), html);
  assert.equal(html.split("../gone.md").length, 3, html);
});

test("while the repository has no address, the text of a link to it stays", async () => {
  process.env.GITHUB_REPOSITORY = "";
  const html = await rendered('See [the **log**](../CHANGELOG.md). <a href="../LICENSE">It</a>.');
  assert.match(html, /See the <strong>log<\/strong>\. <a>It<\/a>\./);
});

test("braces are text, and no expression of Vue", async () => {
  assert.match(await rendered("A {{ name }} stays."), /A &#123;&#123; name }} stays\./);
});

test("a heading has the address that it has in the repository", async () => {
  const html = await rendered("## A handler's `wait()`, 5 s\n\n## 2 things\n\n## 2 things");
  for (const id of ["a-handlers-wait-5-s", "2-things", "2-things-1"]) {
    assert.ok(html.includes(`id="${id}"`), html);
  }
});

test("dead links of the built site are found: files, places and what is outside of the base", () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "deep"), { recursive: true });
  writeFileSync(join(FOLDER, "index.html"), '<h1 id="top">a</h1><a href="/yard/deep/">b</a>');
  const links = ["/yard/#top", "/yard/gone.html", "/yard/#gone", "/other/", "../#top", "#own"];
  const anchors = [...links, "https://example.com/x"].map((link) => `<a href="${link}">a</a>`);
  writeFileSync(join(FOLDER, "deep", "index.html"), `${anchors}<img src="gone.png">`);
  assert.deepEqual(deadLinks(FOLDER, "/yard/"), [
    "deep/index.html links to /yard/gone.html, but there is no such file",
    "deep/index.html links to /yard/#gone, but the page has no such heading",
    "deep/index.html links to /other/, but the site is at /yard/",
    "deep/index.html links to #own, but the page has no such heading",
    "deep/index.html links to gone.png, but there is no such file",
  ]);
});

test("the server gives the site's files, and no other of the machine", async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "out"), { recursive: true });
  writeFileSync(join(FOLDER, "out", "index.html"), "home");
  writeFileSync(join(FOLDER, "secret.html"), "secret");
  const { address, close } = await serveSite(join(FOLDER, "out"), "/yard/");
  const { origin } = new URL(address);
  const statusOf = async (path) => (await fetch(origin + path)).status;
  assert.equal(await (await fetch(address)).text(), "home");
  for (const path of ["/", "/yard/gone", "/yard/..%2fsecret.html", "/yard/%", "/yard/%00"]) {
    assert.equal(await statusOf(path), 404, path);
  }
  assert.equal(await statusOf("/yard/index"), 200);
  close();
});
