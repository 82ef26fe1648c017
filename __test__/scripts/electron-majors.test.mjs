import assert from "node:assert/strict";
import { test } from "node:test";
import { carriedMajors, carrierOf } from "../../scripts/lib/electron-carriers.mjs";
import {
  electronMajors,
  furtherMajors,
  namedMajor,
  USUAL_MAJORS,
  wantedMajors,
} from "../../scripts/lib/electron-majors.mjs";

const LINUX = "linux-x64";
const OTHERS = ["win32-x64", "darwin-arm64", "linux-arm64", "linux-riscv64"];

test("the tests run in Electron 33, 22 and 9 unless told otherwise", () => {
  assert.deepEqual(electronMajors({}, LINUX), [33, 22, 9]);
  assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "" }, LINUX), [33, 22, 9]);
  assert.deepEqual(wantedMajors([22, 9], {}, LINUX), [22, 9]);
  assert.deepEqual(wantedMajors([33], {}, LINUX), [33]);
});

test("where no package carries an Electron, the tests run in the installed one", () => {
  for (const target of OTHERS) {
    assert.deepEqual(electronMajors({}, target), [undefined], target);
    assert.deepEqual(wantedMajors([33, 22], {}, target), [undefined], target);
    assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "30" }, target), [30], target);
  }
});

test("CI adds Electron 27 and 18, unless told which to use or none can be had", () => {
  assert.deepEqual(furtherMajors({}, LINUX), [27, 18]);
  assert.deepEqual(furtherMajors({ ELECTRON_MAJORS: "22" }, LINUX), []);
  assert.deepEqual(furtherMajors({ ELECTRON_MAJORS: "installed" }, LINUX), []);
  for (const target of OTHERS) assert.deepEqual(furtherMajors({}, target), [], target);
});

test("ELECTRON_MAJORS chooses others, or the one that is installed", () => {
  assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "39,22" }, LINUX), [39, 22]);
  assert.deepEqual(electronMajors({ ELECTRON_MAJORS: "installed" }, LINUX), [undefined]);
  assert.deepEqual(wantedMajors([22, 9], { ELECTRON_MAJORS: "39,22" }, LINUX), [22]);
  assert.deepEqual(wantedMajors([22, 9], { ELECTRON_MAJORS: "installed" }, LINUX), [undefined]);
});

test("an ELECTRON_MAJORS that is neither is rejected", () => {
  for (const text of ["latest", "22,", "22 9", "0", "22.3"]) {
    assert.throws(
      () => electronMajors({ ELECTRON_MAJORS: text }),
      ({ message }) => {
        assert.ok(message.startsWith(`ELECTRON_MAJORS is ${JSON.stringify(text)}; `), message);
        assert.match(message, /such as 33,22, or the word installed$/);
        return true;
      },
    );
  }
});

test("--electron is any major version, and what is none is rejected with those there are", () => {
  assert.equal(namedMajor(undefined), undefined);
  assert.equal(namedMajor("33"), 33);
  assert.equal(namedMajor("30"), 30);
  for (const text of ["", "0", "latest", "22.3.25", "-9", "9 "]) {
    assert.throws(
      () => namedMajor(text, LINUX),
      /--electron is ".*"; it must be a major version: 33, 27, 25, 22, 18, 9 or the one that is installed$/,
    );
  }
  assert.throws(
    () => namedMajor("x", "darwin-arm64"),
    /a major version: the one that is installed$/,
  );
});

test("each package that carries an Electron is named with its release and its hash", () => {
  assert.deepEqual(carriedMajors(LINUX), [33, 27, 25, 22, 18, 9]);
  for (const major of carriedMajors(LINUX)) {
    const { version, registry, requirement, sha256, fuses } = carrierOf(LINUX, major);
    assert.equal(Number.parseInt(version, 10), major);
    const release = registry === "npm" ? /^@?[\w-]+(\/[\w-]+)?@\d+\.\d+\.\d+$/ : /^[\w-]+==[\d.]+$/;
    assert.match(requirement, release);
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.equal(fuses === true, registry === "npm", `fuses of ${major}`);
  }
  for (const major of USUAL_MAJORS) assert.ok(carrierOf(LINUX, major), `a package has ${major}`);
});
