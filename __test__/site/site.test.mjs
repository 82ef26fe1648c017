// The site as `npm run site` builds it, in a Chromium: links, widths, the search.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { chromium as executable } from "../../scripts/lib/chromium.mjs";
import { sectionsOf } from "../../scripts/lib/entries.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { builtPages, deadLinks } from "../../site/lib/check.mjs";
import { documentPages } from "../../site/lib/pages.mjs";
import { serveSite } from "../../site/lib/serve.mjs";

/** As on GitHub Pages, where a site is in a folder of its host. */
const BASE = "/switchyard/";
const FOLDER = join(ROOT, "target", "test", "site");
const OUT = join(FOLDER, "out");

/** A laptop's window, and a phone's. */
const WIDTHS = [1280, 390];

/** How many pages load at once. */
const TABS = 3;

const read = (path) => readFileSync(join(OUT, path), "utf8");

let site;
let browser;
before(async () => {
  const options = ["--base", BASE, "--folder", FOLDER];
  await run(process.execPath, ["scripts/site.mjs", ...options], { cwd: ROOT, quiet: true });
  site = await serveSite(OUT, BASE);
  browser = await chromium.launch({
    executablePath: executable(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("each document is a page, and each is in the sidebar once", () => {
  const pages = builtPages(OUT);
  const home = read("index.html");
  assert.ok(home.includes("Getting started"));
  const start = read("getting-started.html");
  const sidebar = start.slice(start.indexOf("<aside"), start.indexOf("</aside>"));
  for (const { path, source } of documentPages()) {
    const built = path.replace(/\.md$/, ".html");
    assert.ok(pages.includes(built), source);
    const link = `href="${BASE}${built.replace(/(^|\/)index\.html$/, "$1")}"`;
    assert.equal(sidebar.split(link).length, 2, `${source} as ${link}`);
  }
});

test("no link of a page leads nowhere, places of pages included", () => {
  assert.deepEqual(deadLinks(OUT, BASE), []);
});

test("the API has each call and type of index.d.ts", () => {
  const index = read("api/index.html");
  const sections = sectionsOf(readFileSync(join(ROOT, "index.d.ts"), "utf8"));
  for (const name of sections.flatMap(({ types, calls }) => [...types, ...calls])) {
    assert.match(index, new RegExp(`href="[^"]*\\.html#${name.toLowerCase()}"`), name);
  }
});

test("no page is wider than its window, at 1280 and at 390 px, and none has an error", async () => {
  const pages = builtPages(OUT);
  const faults = [];
  const look = async () => {
    const page = await browser.newPage();
    for (let path = pages.pop(); path !== undefined; path = pages.pop()) {
      faults.push(...(await faultsOf(page, path)));
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: TABS }, look));
  assert.deepEqual(faults, []);
});

async function faultsOf(page, path) {
  const faults = [];
  const onError = ({ message }) => faults.push(`${path}: ${message}`);
  const onResponse = (response) => {
    if (!response.ok()) faults.push(`${path}: ${response.url()} is ${response.status()}`);
  };
  page.on("pageerror", onError);
  page.on("response", onResponse);
  await page.goto(site.address + path, { waitUntil: "load" });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const [content, inner] = await page.evaluate(async () => {
      await document.fonts.ready;
      return [document.scrollingElement.scrollWidth, innerWidth];
    });
    if (inner !== width || content > inner) faults.push(`${path}: ${content} px in ${width}`);
  }
  const images = await page.$$eval("img", (all) =>
    all.filter((image) => image.complete && image.naturalWidth === 0).map(({ src }) => src),
  );
  faults.push(...images.map((src) => `${path}: no image at ${src}`));
  page.off("pageerror", onError);
  page.off("response", onResponse);
  return faults;
}

for (const width of WIDTHS) {
  test(`the search finds ERR_NO_PRELOAD, and leads to it, at ${width} px`, async () => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(`${site.address}windows.html`);
    await page.locator(".VPNavBarSearch button").first().click();
    await page.locator("#localsearch-input").fill("ERR_NO_PRELOAD");
    const results = page.locator("#localsearch-list a.result");
    await results.first().waitFor();
    const found = await results.evaluateAll((links) => links.map(({ href }) => href));
    assert.match(found[0], /\/troubleshooting\.html#err_no_preload$/);
    await results.first().click();
    await page.waitForURL(found[0]);
    await page.locator(".vp-doc #err_no_preload").waitFor();
    await page.close();
  });
}
