// Texts of Electron and of bundlers are found in docs/troubleshooting.md as they print them.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { wantedMajors } from "../../scripts/lib/electron-majors.mjs";
import { bundlersSay, electronSays } from "./screen.mjs";
import { patternOf, SECTIONS, textsOf } from "./troubleshooting.mjs";

/** What people search for. */
const SOUGHT = [
  "Unable to load preload script: /app/preload.js",
  "Error: module not found: electron-switchyard",
  "SyntaxError: Cannot use import statement outside a module",
  'Uncaught TypeError: Failed to resolve module specifier "electron-switchyard". Relative references must start with either "/", "./", or "../".',
  '[ERROR] Could not resolve "fs"',
  'Top-level await is not available in the configured target environment ("chrome87", "edge88", "es2020", "firefox78", "safari14" + 2 overrides)',
  "Error: An object could not be cloned.",
  "Error occurred in handler for 'save': Error: No handler registered for 'save'",
  'electron-switchyard: nothing of window "main" listens: its page has loaded and has added no listener',
  'Error [ERR_UNKNOWN_WINDOW]: electron-switchyard: sendMsgToRender: not find windowInstance: no window is named "board"',
];

const all = SECTIONS.flatMap(({ rows }) => rows.flatMap(({ texts }) => texts));
const isFound = (texts) => (line) => texts.some((text) => patternOf(text).test(line));

test("the texts that people search for are in the page", () => {
  assert.deepEqual(
    SOUGHT.filter((line) => !isFound(all)(line)),
    [],
  );
});

describe("bundlers", () => {
  const texts = textsOf("Bundlers");
  let said;
  before(async () => {
    said = await bundlersSay();
  });

  test("what they print of each mistake is in the page", () => {
    assert.deepEqual(
      said.filter((line) => !isFound(texts)(line)),
      [],
    );
  });

  test("they print each text of the page", () => {
    assert.deepEqual(
      texts.filter((text) => !said.some((line) => patternOf(text).test(line))),
      [],
    );
  });
});

/** Each has texts of its own. */
const MAJORS = [33, 22, 9];

describe("Electron", () => {
  const texts = textsOf("A preload fails", "A page fails", "Electron's own ipc");
  const lines = [];

  for (const major of wantedMajors(MAJORS)) {
    test(`what Electron ${major} prints on consoles is in the page`, async () => {
      const { consoles, terminal } = await electronSays(major);
      lines.push(...consoles, ...terminal);
      assert.deepEqual(
        consoles.filter((line) => !isFound(texts)(line)),
        [],
      );
    });
  }

  // What one version alone prints is missing where not all are run.
  if (wantedMajors(MAJORS).length < MAJORS.length) return;
  test("they print each text of the page", () => {
    assert.deepEqual(
      texts.filter((text) => !lines.some((line) => patternOf(text).test(line))),
      [],
    );
  });
});
