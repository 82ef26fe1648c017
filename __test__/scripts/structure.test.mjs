import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OLDEST_GLIBC, OLDEST_MACOS, OLDEST_WINDOWS } from "../../scripts/cross/oldest.mjs";
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

/** A Linux library: the versions of glibc that it asks for, and the libraries that it needs. */
function elf(machine, versions = [], needed = []) {
  const bytes = Buffer.alloc(64 + 2 * 56 + 16 * (needed.length + 2));
  const strings = `\0${needed.map((name) => `${name}\0`).join("")}`;
  const long = (at, value) => bytes.writeBigUInt64LE(BigInt(value), at);
  bytes.write("\x7fELF", "latin1");
  bytes.writeUInt16LE(machine, 0x12);
  long(0x20, 64);
  bytes.writeUInt16LE(56, 0x36);
  bytes.writeUInt16LE(2, 0x38);
  const whole = bytes.length + strings.length;
  const segment = (at, type, start, address, length) => {
    bytes.writeUInt32LE(type, at);
    for (const [field, value] of [
      [8, start],
      [16, address],
      [32, length],
    ])
      long(at + field, value);
  };
  segment(64, 1, 0, 0x1000, whole);
  segment(64 + 56, 2, 176, 0x1000 + 176, bytes.length - 176);
  const entries = needed.map((name) => [1, strings.indexOf(`\0${name}\0`) + 1]);
  for (const [i, [tag, value]] of [...entries, [5, 0x1000 + bytes.length]].entries()) {
    long(176 + 16 * i, tag);
    long(176 + 16 * i + 8, value);
  }
  const names = versions.map((each) => `\0GLIBC_${each}\0`).join("");
  return Buffer.concat([bytes, Buffer.from(strings + names, "latin1")]);
}

/** A Windows library; `imports`: pairs of a library and the functions that it takes from it. */
function pe(machine, { version = 6, imports = [] } = {}) {
  const bytes = Buffer.alloc(2048);
  const [header, section, table] = [88, 328, 512];
  bytes.writeUInt32LE(64, 0x3c);
  bytes.write("PE\0\0", 64, "latin1");
  bytes.writeUInt16LE(machine, 68);
  bytes.writeUInt16LE(1, 70);
  bytes.writeUInt16LE(section - header, 84);
  bytes.writeUInt16LE(0x20b, header);
  bytes.writeUInt16LE(version, header + 48);
  // One section: what is at 512 in the file is at 0x1000 once loaded.
  const address = (at) => at - table + 0x1000;
  for (const [field, value] of [
    [8, 1536],
    [12, 0x1000],
    [16, 1536],
    [20, table],
  ]) {
    bytes.writeUInt32LE(value, section + field);
  }
  if (imports.length > 0) bytes.writeUInt32LE(address(table), header + 120);
  let free = table + 20 * (imports.length + 1);
  const put = (text, gap = 0) => {
    const at = free + gap;
    free += gap + bytes.write(`${text}\0`, at, "latin1") + 16;
    return at - gap;
  };
  for (const [i, [library, functions]] of imports.entries()) {
    const names = functions.map((name) => put(name, 2));
    const list = free;
    for (const [n, at] of names.entries()) bytes.writeUInt32LE(address(at), list + 8 * n);
    free += 8 * (names.length + 1);
    bytes.writeUInt32LE(address(list), table + 20 * i);
    bytes.writeUInt32LE(address(put(library)), table + 20 * i + 12);
  }
  return bytes;
}

/** Words as macOS writes them: headers in the processor's order, signatures the other way. */
function putWords(bytes, at, words, order = "BE") {
  for (const [i, word] of words.entries()) bytes[`writeUInt32${order}`](word, at + 4 * i);
}

const SIGNED = [0x1d, 16];
const [FOR_MACOS, MIN_MACOS, LOADS] = [0x32, 0x24, 0xc];

/** Versions as macOS writes them: 10.13 is 0x000a0d00. */
const versionWord = ([major, minor]) => (major << 16) + (minor << 8);

/**
 * A macOS library of two pages and a bit, with a signature that fits it, for a macOS; `library`:
 * what it loads.
 */
function signedMachO(machine, { macos = [10, 13], say = FOR_MACOS, library } = {}) {
  const code = Buffer.alloc(2 * PAGE + 100, 7);
  const directory = Buffer.alloc(44 + 3 * 32);
  const signature = Buffer.alloc(20 + directory.length);
  putWords(code, 0, [0xfeedfacf, machine, 0, 6, library ? 3 : 2], "LE");
  putWords(code, 32, [...SIGNED, code.length, signature.length], "LE");
  const version = versionWord(macos);
  putWords(code, 48, say === FOR_MACOS ? [say, 24, 1, version] : [say, 24, version], "LE");
  if (library) {
    putWords(code, 72, [LOADS, 96, 24], "LE");
    code.write(`${library}\0`, 72 + 24, "latin1");
  }
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
  check("linux-x64-gnu", elf(0x3e, ["2.2.5", "2.17"]));
  check("linux-arm64-gnu", elf(0xb7, ["2.17"]));
  assert.throws(
    () => check("linux-arm64-gnu", elf(0x3e, ["2.17"])),
    /for machine 0x3e, not for arm64/,
  );
  assert.throws(
    () => check("linux-x64-gnu", elf(0x3e, ["2.9", "2.34"])),
    /needs glibc 2.34; at most 2.17/,
  );
  assert.throws(() => check("linux-x64-gnu", elf(0x3e)), /needs no glibc/);
});

test("a musl library needs no glibc", () => {
  check("linux-x64-musl", elf(0x3e));
  assert.throws(() => check("linux-x64-musl", elf(0x3e, ["2.17"])), /needs glibc, and is for musl/);
});

test("a Linux library needs no library that a system may lack", () => {
  check("linux-x64-gnu", elf(0x3e, ["2.17"], ["libc.so.6", "libgcc_s.so.1", "libpthread.so.0"]));
  check("linux-x64-musl", elf(0x3e, [], ["libc.so", "libgcc_s.so.1"]));
  for (const name of ["libssl.so.3", "libstdc++.so.6", "libc.so"]) {
    assert.throws(
      () => check("linux-x64-gnu", elf(0x3e, ["2.17"], ["libc.so.6", name])),
      new RegExp(`needs ${name.replace(/[.+]/g, "\\$&")}, which a system may not have`),
    );
  }
  assert.throws(() => check("linux-x64-musl", elf(0x3e, [], ["libc.so.6"])), /needs libc\.so\.6/);
});

test("a Windows library is for the right processor", () => {
  check("win32-x64-msvc", pe(0x8664));
  check("win32-arm64-msvc", pe(0xaa64));
  assert.throws(() => check("win32-arm64-msvc", pe(0x8664)), /for machine 0x8664, not for arm64/);
});

test("a Windows library needs no later Windows than 10, nor what that does not bring", () => {
  const system = [
    ["KERNEL32.dll", ["CreateFileW", "Sleep"]],
    ["api-ms-win-core-synch-l1-2-0.dll", ["WaitOnAddress"]],
    ["bcryptprimitives.dll", ["ProcessPrng"]],
  ];
  check("win32-x64-msvc", pe(0x8664, { version: 10, imports: system }));
  assert.throws(() => check("win32-x64-msvc", pe(0x8664, { version: 11 })), /for Windows 11\.0/);
  for (const library of ["VCRUNTIME140.dll", "libgcc_s_seh-1.dll", "libnode.dll"]) {
    assert.throws(
      () => check("win32-x64-msvc", pe(0x8664, { imports: [...system, [library, ["malloc"]]] })),
      new RegExp(`needs ${library}, which Windows 10 does not have`),
    );
  }
  const later = [["kernel32.dll", ["Sleep", "GetTempPath2W"]]];
  assert.throws(
    () => check("win32-x64-msvc", pe(0x8664, { imports: later })),
    /needs GetTempPath2W of kernel32\.dll, which came with Windows 10\.0\.20348/,
  );
});

test("a library of another system, or no library, is rejected", () => {
  assert.throws(() => check("win32-x64-msvc", elf(0x3e)), /it is no Windows file|out of range/);
  assert.throws(() => check("linux-x64-gnu", pe(0x8664)), /it is no Linux file/);
  assert.throws(() => check("darwin-x64", elf(0x3e)), /it is no macOS file/);
  assert.throws(() => check("linux-x64-gnu", ""), /it is no Linux file/);
});

test("a library that registers no addon is rejected", () => {
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

test("a macOS library without a signature is rejected for arm64 alone", () => {
  const unsigned = (machine) => {
    const bytes = signedMachO(machine);
    bytes.writeUInt32LE(0, 32);
    return bytes;
  };
  assert.equal(check("darwin-x64", unsigned(0x01000007)), "structure");
  assert.throws(() => check("darwin-arm64", unsigned(0x0100000c)), /no signature/);
});

test("a macOS library says the oldest macOS that it loads on, and that is not too new", () => {
  const intel = (options) => check("darwin-x64", signedMachO(0x01000007, options));
  const apple = (options) => check("darwin-arm64", signedMachO(0x0100000c, options));
  for (const say of [FOR_MACOS, MIN_MACOS]) {
    intel({ macos: [10, 9], say });
    intel({ macos: [10, 13], say });
    apple({ macos: [11, 0], say });
    assert.throws(() => intel({ macos: [10, 14], say }), /needs macOS 10\.14; at most 10\.13/);
    assert.throws(() => apple({ macos: [12, 3], say }), /needs macOS 12\.3; at most 11\.0/);
  }
  assert.throws(() => intel({ say: 0x1 }), /does not say which macOS/);
});

test("a macOS library loads only macOS's own libraries", () => {
  const loading = (library) => check("darwin-x64", signedMachO(0x01000007, { library }));
  loading("/usr/lib/libSystem.B.dylib");
  loading("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation");
  assert.throws(() => loading("/opt/homebrew/lib/libiconv.2.dylib"), /not macOS's own/);
});

test("the documented oldest systems are those that are checked", () => {
  const text = readFileSync(join(ROOT, "docs", "packaging.md"), "utf8");
  const [, rows] = text.split("## The oldest systems");
  for (const words of [
    `Windows ${OLDEST_WINDOWS}`,
    `macOS ${OLDEST_MACOS.x64}`,
    `macOS ${OLDEST_MACOS.arm64.replace(".0", "")}`,
    `glibc ${OLDEST_GLIBC}`,
  ]) {
    assert.ok(rows.includes(words), words);
  }
});
