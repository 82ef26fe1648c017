/** What Electrons 9, 22 and 33 said of navigations (record.mjs), and what this package makes of it. */
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isStillThere, Navigations } from "./bundle.mjs";

const MAJORS = [9, 22, 33];
const WHAT = ["began", "ended", "unsure", "ready", "loaded", "failed", "closed"];

/** As much of a webContents as is used. */
class Contents extends EventEmitter {
  id = 1;

  getURL() {
    return "";
  }

  isLoadingMainFrame() {
    return true;
  }

  isDestroyed() {
    return false;
  }
}

/** Plays what was recorded to a listener whose documents say hello, as a window's do. */
class Played {
  made = [];
  current = undefined;
  isUnsure = false;
  #contents = new Contents();
  #navigation = new Navigations().of(this.#contents);
  #spoke;

  constructor() {
    const note = (what) => [what, (how) => this.#note(what, how)];
    this.#spoke = this.#navigation.follow(Object.fromEntries(WHAT.map(note)));
  }

  get isLoaded() {
    return this.#navigation.isLoaded;
  }

  play([name, ...args]) {
    if (name === "hello") this.#hello(args[0]);
    else this.#contents.emit(name, ...(args.length > 0 ? args : [{}]));
  }

  #hello(document) {
    if (document !== this.current) this.#spoke();
    this.current = document;
    this.isUnsure = false;
  }

  #note(what, how) {
    if (what === "ended") this.current = undefined;
    if (what === "unsure") this.isUnsure = true;
    this.made.push(what === "ended" && how === "crashed" ? "crashed" : what);
  }
}

function scenarios(major) {
  const file = new URL(`recorded/electron-${major}.json`, import.meta.url);
  return Object.entries(JSON.parse(readFileSync(file, "utf8")));
}

/** All that is made of the first page. */
const FIRST = "began ended ready loaded";
const NEXT = "began ended ready loaded";
/** Electron 9: the next document says hello before its navigation is done. */
const NEXT_IN_9 = "began unsure ready loaded";

/** What comes after the first page: in Electron 9, and in the others. */
const EXPECTED = {
  "loads, and loads again": [NEXT_IN_9, NEXT],
  "is reloaded": [NEXT_IN_9, NEXT],
  "goes to another place of the page": ["", ""],
  "goes back": [`${NEXT_IN_9} ${NEXT_IN_9}`, `${NEXT} ${NEXT}`],
  "goes to another site": [NEXT_IN_9, NEXT],
  "loads two pages at once": [NEXT_IN_9, NEXT],
  "gives a load up": ["", ""],
  "is answered without a page": ["began", "began"],
  "loads what cannot be loaded": [
    `began failed ready loaded ${NEXT_IN_9}`,
    "began ended failed ready loaded began ended ready loaded",
  ],
  "has a frame that navigates": ["", ""],
  crashes: [`crashed ${NEXT}`, `crashed ${NEXT}`],
  "is destroyed": ["closed", "closed"],
};

for (const major of MAJORS) {
  test(`Electron ${major}: a listener is never wrong about the document that is there`, () => {
    for (const [name, entries] of scenarios(major)) {
      const played = new Played();
      for (const entry of entries) {
        if (entry[0] !== "there") played.play(entry);
        else if (!played.isUnsure && played.current !== undefined) {
          assert.equal(played.current, entry[1], name);
        }
      }
    }
  });

  test(`Electron ${major}: what it says of a window that navigates is made one sequence`, () => {
    const recorded = new Map(scenarios(major));
    for (const [name, expected] of Object.entries(EXPECTED)) {
      const played = new Played();
      for (const entry of recorded.get(name)) if (entry[0] !== "there") played.play(entry);
      const rest = expected[major === 9 ? 0 : 1];
      assert.equal(played.made.join(" "), `${FIRST} ${rest}`.trim(), name);
    }
  });
}

test("a document has loaded from the end of its load to its end", () => {
  const played = new Played();
  const isLoaded = (...entry) => {
    played.play(entry);
    return played.isLoaded;
  };
  assert.equal(isLoaded("dom-ready"), false);
  assert.equal(isLoaded("did-finish-load"), true);
  assert.equal(isLoaded("did-start-navigation", { isMainFrame: true }), true);
  assert.equal(isLoaded("did-navigate"), false);
  assert.equal(isLoaded("did-finish-load"), true);
  assert.equal(isLoaded("did-fail-load", {}, -3, "ERR_ABORTED", "", true), true);
  assert.equal(isLoaded("did-fail-load", {}, -105, "ERR_NAME_NOT_RESOLVED", "", false), true);
  assert.equal(isLoaded("did-fail-load", {}, -105, "ERR_NAME_NOT_RESOLVED", "", true), false);
});

test("each listener knows of the documents that speak to it", () => {
  const contents = new Contents();
  const navigation = new Navigations().of(contents);
  const made = { silent: [], spoken: [] };
  const listener = (list) => ({
    ended: (how) => list.push(how),
    unsure: () => list.push("unsure"),
  });
  navigation.follow(listener(made.silent));
  const spoke = navigation.follow(listener(made.spoken));
  contents.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false });
  spoke();
  contents.emit("did-navigate");
  assert.deepEqual(made, { silent: ["reloaded"], spoken: ["unsure"] });
});

const frame = (processId, routingId, more) => ({
  processId,
  routingId,
  origin: "file://",
  ...more,
});
const disposed = {
  get origin() {
    throw new Error("Render frame was disposed before WebFrameMain could be accessed");
  },
};
const MAIN = frame(10, 4, { parent: null });

/** From a frame with these ids, to a window whose own frame is MAIN. */
const SPEAKERS = {
  "the window's own document": [true, 10, 4, MAIN],
  "the one before, of another site": [false, 9, 1, frame(9, 1, { parent: null })],
  "the one before, of the same site": [false, 10, 3, frame(10, 3, { parent: null })],
  "a subframe's document": [true, 11, 1, frame(11, 1, { parent: MAIN })],
  "a subframe's document before": [false, 11, 1, frame(11, 2, { parent: MAIN })],
  "a frame that was removed": [false, 10, 4, null],
  "a frame that was disposed": [false, 10, 4, disposed],
  "a frame of Electron 12 to 19": [true, 9, 1, frame(9, 1, { parent: null, origin: undefined })],
  "a frame of Electron 9 to 11": [true, 9, 1, undefined],
};

for (const [who, [isThere, processId, frameId, senderFrame]] of Object.entries(SPEAKERS)) {
  test(`${who} ${isThere ? "is still there" : "is there no more: its hello ends no other"}`, () => {
    const said = { sender: { mainFrame: MAIN }, senderFrame, processId, frameId };
    assert.equal(isStillThere(said), isThere);
  });
}
