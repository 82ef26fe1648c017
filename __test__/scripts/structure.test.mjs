import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { targetNamed } from "../../scripts/lib/targets.mjs";
import { checkStructure } from "../../scripts/smoke/structure.mjs";

const FOLDER = join(ROOT, "target", "test", "structure");
const PAGE = 4096;

/** Checks bytes as if they were the binary of a target. */
function check(target, bytes, register = "napi_register_module_v1") {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${target}.node`);
  writeFileSync(file, Buffer.concat([Buffer.from(bytes), Buffer.from(register)]));
  return checkStructure(targetNamed(target), file);
}

/** The beginning of a Linux library, and the versions of glibc that it asks for. */
function elf(machine, ...versions) {
  const head = Buffer.alloc(64);
  head.write("\x7fELF", "latin1");
  head.writeUInt16LE(machine, 0x12);
  return Buffer.concat([head, Buffer.from(versions.map((each) => `\0GLIBC_${each}\0`).join(""))]);
}

function pe(machine) {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32LE(64, 0x3c);
  bytes.write("PE\0\0", 64, "latin1");
  bytes.writeUInt16LE(machine, 68);
  return bytes;
}

/** Words as macOS writes them: headers in the processor's order, signatures the other way. */
function putWords(bytes, at, words, order = "BE") {
  for (const [i, word] of words.entries()) bytes[`writeUInt32${order}`](word, at + 4 * i);
}

/** A macOS library of two pages and a bit, with a signature that fits it. */
function signedMachO(machine) {
  const code = Buffer.alloc(2 * PAGE + 100, 7);
  const directory = Buffer.alloc(44 + 3 * 32);
  const signature = Buffer.alloc(20 + directory.length);
  putWords(code, 0, [0xfeedfacf, machine, 0, 6, 1], "LE");
  putWords(code, 32, [0x1d, 16, code.length, signature.length], "LE");
  putWords(directory, 0, [0xfade0c02, directory.length, 0x20400, 2, 44, 40, 0, 3, code.length]);
  directory.set([32, 2, 0, 12], 36);
  for (const i of [0, 1, 2]) {
    const page = code.subarray(i * PAGE, (i + 1) * PAGE);
    directory.set(createHash("sha256").update(page).digest(), 44 + 32 * i);
  }
  putWords(signature, 0, [0xfade0cc0, signature.length, 1, 0, 20]);
  directory.copy(signature, 20);
  return Buffer.concat([code, signature]);
}

test("a Linux library is for the right processor, and needs glibc 2.17 at most", () => {
  check("linux-x64-gnu", elf(0x3e, "2.2.5", "2.17"));
  check("linux-arm64-gnu", elf(0xb7, "2.17"));
  assert.throws(
    () => check("linux-arm64-gnu", elf(0x3e, "2.17")),
    /for machine 0x3e, not for arm64/,
  );
  assert.throws(
    () => check("linux-x64-gnu", elf(0x3e, "2.9", "2.34")),
    /needs glibc 2.34; at most 2.17/,
  );
  assert.throws(() => check("linux-x64-gnu", elf(0x3e)), /needs no glibc/);
});

test("a musl library needs no glibc", () => {
  check("linux-x64-musl", elf(0x3e));
  assert.throws(() => check("linux-x64-musl", elf(0x3e, "2.17")), /needs glibc, and is for musl/);
});

test("a Windows library is for the right processor", () => {
  check("win32-x64-msvc", pe(0x8664));
  check("win32-arm64-msvc", pe(0xaa64));
  assert.throws(() => check("win32-arm64-msvc", pe(0x8664)), /for machine 0x8664, not for arm64/);
});

test("a library of another system, or no library, is refused", () => {
  assert.throws(() => check("win32-x64-msvc", elf(0x3e)), /it is no Windows file|out of range/);
  assert.throws(() => check("linux-x64-gnu", pe(0x8664)), /it is no Linux file/);
  assert.throws(() => check("darwin-x64", elf(0x3e)), /it is no macOS file/);
  assert.throws(() => check("linux-x64-gnu", ""), /it is no Linux file/);
});

test("a library that registers no addon is refused", () => {
  assert.throws(() => check("win32-x64-msvc", pe(0x8664), ""), /it is no Node addon/);
});

test("a macOS library is for the right processor, and its signature fits every page", () => {
  const whole = signedMachO(0x0100000c);
  assert.equal(check("darwin-arm64", whole), "structure and signature");
  assert.throws(() => check("darwin-x64", whole), /not for x64/);
  for (const page of [0, 1, 2]) {
    const changed = Buffer.from(whole);
    changed[page * PAGE + 99] ^= 1;
    assert.throws(
      () => check("darwin-arm64", changed),
      new RegExp(`does not fit its page ${page}`),
    );
  }
});

test("a macOS library without a signature is refused for arm64 alone", () => {
  const unsigned = (machine) => {
    const bytes = signedMachO(machine);
    bytes.writeUInt32LE(0, 16);
    return bytes;
  };
  assert.equal(check("darwin-x64", unsigned(0x01000007)), "structure");
  assert.throws(() => check("darwin-arm64", unsigned(0x0100000c)), /no signature/);
});
