import assert from "node:assert/strict";
import { test } from "node:test";
import { electronMajors, wantedMajors } from "../../scripts/lib/electron-majors.mjs";

test("the tests run in Electron 22 and 9 unless told otherwise", () => {
  assert.deepEqual(electronMajors({}), [22, 9]);
  assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "" }), [22, 9]);
  assert.deepEqual(wantedMajors([22, 9], {}), [22, 9]);
});

test("ELECTRON_MAJORS chooses others, or the one that is installed", () => {
  assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "39,22" }), [39, 22]);
  assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "installed" }), [undefined]);
  assert.deepEqual(wantedMajors([22, 9], { ELECTRON_MAJORS: "39,22" }), [22]);
  assert.deepEqual(wantedMajors([22, 9], { ELECTRON_MAJORS: "installed" }), [undefined]);
});

test("an ELECTRON_MAJORS that is neither is refused", () => {
  for (const text of ["latest", "22,", "22 9", "0", "22.3"]) {
    assert.throws(
      () => electronMajors({ ELECTRON_MAJORS: text }),
      /ELECTRON_MAJORS is .*such as 22,9/,
    );
  }
});
