// Which documents main warns of where all are let in, with stand-ins for frames.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Gate } from "./bundle.mjs";

/** The place of a document; `urls`: of its frame and of those around it. */
function placeOf(origin, ...urls) {
  const frames = urls.reduceRight((parent, url) => ({ url, parent }), null);
  return { origin, senderFrame: frames, sender: {} };
}

/** What is said of documents, each of which is let in. */
function linesOf(t, ...places) {
  const { mock } = t.mock.method(console, "warn", () => undefined);
  const gate = new Gate({ current: { origins: undefined, subframes: true } });
  for (const place of places) assert.equal(gate.rejectionOf(place), undefined);
  return mock.calls.map(({ arguments: [line] }) => line);
}

const FOREIGN = "https://foreign.example";

test("a document without an origin is the app's where no foreign page is around it", (t) => {
  const own = ["file:///app/index.html", "app://station/", "http://localhost:5173/", ""];
  const lines = linesOf(
    t,
    placeOf("null", "data:text/html,hello"),
    placeOf("null", "about:blank"),
    placeOf("null", "blob:null/1234"),
    placeOf("null", ""),
    ...own.flatMap((url) => [
      placeOf("null", url),
      placeOf("null", "about:srcdoc", url),
      placeOf("null", "data:text/html,hello", "about:srcdoc", url),
    ]),
    { origin: "null", senderFrame: undefined, sender: { isDestroyed: () => true } },
  );
  assert.deepEqual(lines, []);
});

for (const [of, ...urls] of [
  ["a sandboxed iframe", `${FOREIGN}/page.html`, "file:///app/index.html"],
  ["a sandboxed blob", `blob:${FOREIGN}/1234`, "file:///app/index.html"],
  ["a data URL", "data:text/html,hello", `${FOREIGN}/page.html`],
  ["a sandboxed srcdoc", "about:srcdoc", `${FOREIGN}/page.html`],
  ["a packet in such a packet", "about:srcdoc", "data:text/html,hello", `${FOREIGN}/page.html`],
]) {
  test(`${of} of a foreign page's is named with that page's origin, once`, (t) => {
    const lines = linesOf(t, placeOf("null", ...urls), placeOf("null", ...urls));
    assert.equal(lines.length, 1);
    const named = 'a document of "null" in "https://foreign.example" is let in';
    assert.ok(lines[0].startsWith(`electron-switchyard: ${named}. initIpc({ origins`), lines[0]);
  });
}

test("a foreign page and what it makes without an origin are one line", (t) => {
  const url = `${FOREIGN}/page.html`;
  const places = [placeOf(FOREIGN, url), placeOf("null", "data:text/html,hello", url)];
  assert.equal(linesOf(t, ...places).length, 1);
});

test("a document that has its creator's origin is judged by that", (t) => {
  const lines = linesOf(
    t,
    placeOf("file://", "about:blank"),
    placeOf("http://127.0.0.1:8080", "blob:http://127.0.0.1:8080/1234"),
    placeOf(FOREIGN, "about:blank"),
  );
  assert.equal(lines.length, 1);
  assert.match(lines[0], /"https:\/\/foreign\.example" is let in/);
});
