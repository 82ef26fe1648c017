// What a Linux library asks of the system that loads it.
import { isNewer, OLDEST_GLIBC } from "../cross/oldest.mjs";

const MACHINES = { x64: 0x3e, arm64: 0xb7 };
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_NEEDED = 1;
const DT_STRTAB = 5;

/** What is on every system with glibc that Electron runs on, and on every one with musl. */
const SYSTEM_LIBRARIES = {
  glibc:
    /^(?:lib(?:c|m)\.so\.6|libdl\.so\.2|libpthread\.so\.0|lib(?:rt|gcc_s)\.so\.1|ld-linux.*\.so\.\d)$/,
  musl: /^(?:libc\.so|libc\.musl-.*\.so\.1|libgcc_s\.so\.1)$/,
};

/**
 * Throws unless the file is a library for this target that the oldest such system can load.
 * @param {Buffer} bytes
 * @param {{ cpu: string, libc?: string }} target
 * @param {string} [glibc] The glibc that it may need.
 */
export function checkElf(bytes, { cpu, libc }, glibc = OLDEST_GLIBC) {
  if (bytes.toString("latin1", 0, 4) !== "\x7fELF") throw new Error("it is no Linux file");
  const machine = bytes.readUInt16LE(0x12);
  if (machine !== MACHINES[/** @type {"x64" | "arm64"} */ (cpu)]) {
    throw new Error(`it is for machine 0x${machine.toString(16)}, not for ${cpu}`);
  }
  checkVersions(glibcVersions(bytes), libc, glibc);
  const known = SYSTEM_LIBRARIES[/** @type {"glibc" | "musl"} */ (libc)];
  for (const name of neededLibraries(bytes)) {
    if (!known.test(name)) throw new Error(`it needs ${name}, which a system may not have`);
  }
}

/**
 * @param {readonly string[]} versions
 * @param {string | undefined} libc
 * @param {string} oldest
 */
function checkVersions(versions, libc, oldest) {
  if (libc === "musl" && versions.length > 0) throw new Error("it needs glibc, and is for musl");
  if (libc === "glibc" && versions.length === 0) throw new Error("it needs no glibc at all");
  const newer = versions.filter((version) => isNewer(version, oldest));
  if (newer.length === 0) return;
  throw new Error(
    `it needs glibc ${newer.join(", ")}; at most ${oldest} may be needed. A plain build, as npm ` +
      "run build and npm test make it, needs this machine's own glibc: to publish, build it with npm run " +
      "pack:all without --prebuilt; to try the packages on this machine, add --local",
  );
}

/**
 * The versions that its symbols ask for, as their names in the file say.
 * @param {Buffer} bytes
 */
export function glibcVersions(bytes) {
  const names = bytes.toString("latin1").match(/\bGLIBC_\d+(?:\.\d+)+(?=\0)/g) ?? [];
  return [...new Set(names.map((name) => name.slice("GLIBC_".length)))];
}

/**
 * The libraries that are loaded with it.
 * @param {Buffer} bytes
 * @returns {string[]}
 */
export function neededLibraries(bytes) {
  const segments = segmentsOf(bytes);
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  if (!dynamic) return [];
  const entries = [];
  for (let at = dynamic.start; at < dynamic.start + dynamic.length; at += 16) {
    entries.push({ tag: word(bytes, at), value: word(bytes, at + 8) });
  }
  const { value: strings } = entries.find(({ tag }) => tag === DT_STRTAB) ?? { value: 0 };
  const loaded = segments.filter(({ type }) => type === PT_LOAD);
  const home = loaded.find(
    ({ address, length }) => strings - address < length && strings >= address,
  );
  if (!home) throw new Error("it has no names of what it needs");
  const from = strings - home.address + home.start;
  const needed = entries.filter(({ tag }) => tag === DT_NEEDED);
  return needed.map(({ value }) => textAt(bytes, from + value));
}

/** @param {Buffer} bytes */
function segmentsOf(bytes) {
  const [table, size, count] = [
    word(bytes, 0x20),
    bytes.readUInt16LE(0x36),
    bytes.readUInt16LE(0x38),
  ];
  return Array.from({ length: count }, (_, i) => {
    const at = table + size * i;
    const [start, address, length] = [8, 16, 32].map((field) => word(bytes, at + field));
    return { type: bytes.readUInt32LE(at), start, address, length };
  });
}

/**
 * A word of eight bytes; no library is so long that it would not be a safe integer.
 * @param {Buffer} bytes
 * @param {number} at
 */
function word(bytes, at) {
  return Number(bytes.readBigUInt64LE(at));
}

/**
 * @param {Buffer} bytes
 * @param {number} at
 */
function textAt(bytes, at) {
  return bytes.toString("latin1", at, bytes.indexOf(0, at));
}
