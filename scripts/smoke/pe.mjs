// What a Windows library asks of the system that loads it.
import { OLDEST_WINDOWS } from "../cross/oldest.mjs";

const MACHINES = { x64: 0x8664, arm64: 0xaa64 };
const PE32_PLUS = 0x20b;
/** Of an entry in the table of sections, and of one in the table of imports, in bytes. */
const SECTION = 40;
const IMPORT = 20;

/** What is there in every Windows 10, of its own. */
const SYSTEM_LIBRARIES =
  /^(?:kernel32|ntdll|advapi32|bcrypt|bcryptprimitives|userenv|ws2_32|ucrtbase|api-ms-win-(?:core|crt)-.*)\.dll$/;

/** Functions of these libraries that came after the first Windows 10, with its build. */
const LATER = new Map([
  ["GetThreadDescription", "10.0.14393"],
  ["SetThreadDescription", "10.0.14393"],
  ["VirtualAlloc2", "10.0.17134"],
  ["MapViewOfFile3", "10.0.17134"],
  ["CreatePseudoConsole", "10.0.17763"],
  ["GetTempPath2A", "10.0.20348"],
  ["GetTempPath2W", "10.0.20348"],
]);

/**
 * Throws unless the file is a library for this processor that the oldest Windows can load.
 * @param {Buffer} bytes
 * @param {string} cpu
 */
export function checkPE(bytes, cpu) {
  const at = bytes.readUInt32LE(0x3c);
  if (bytes.toString("latin1", at, at + 4) !== "PE\0\0") throw new Error("it is no Windows file");
  const machine = bytes.readUInt16LE(at + 4);
  if (machine !== MACHINES[/** @type {"x64" | "arm64"} */ (cpu)]) {
    throw new Error(`it is for machine 0x${machine.toString(16)}, not for ${cpu}`);
  }
  checkVersion(bytes, at + 24);
  for (const { library, functions } of importsOf(bytes)) checkImport(library, functions);
}

/**
 * @param {Buffer} bytes
 * @param {number} header The optional header's offset.
 */
function checkVersion(bytes, header) {
  const [major, minor] = [bytes.readUInt16LE(header + 48), bytes.readUInt16LE(header + 50)];
  if (major <= Number(OLDEST_WINDOWS)) return;
  throw new Error(`it is for Windows ${major}.${minor}; at most ${OLDEST_WINDOWS} may be needed`);
}

/**
 * @param {string} library
 * @param {readonly string[]} functions
 */
function checkImport(library, functions) {
  if (!SYSTEM_LIBRARIES.test(library.toLowerCase())) {
    throw new Error(`it needs ${library}, which Windows ${OLDEST_WINDOWS} does not have`);
  }
  for (const name of functions) {
    const since = LATER.get(name);
    if (since) throw new Error(`it needs ${name} of ${library}, which came with Windows ${since}`);
  }
}

/**
 * The libraries that are loaded with it, and what it takes from each by name.
 * @param {Buffer} bytes
 * @returns {{ library: string, functions: string[] }[]}
 */
export function importsOf(bytes) {
  const pe = bytes.readUInt32LE(0x3c);
  const header = pe + 24;
  if (bytes.readUInt16LE(header) !== PE32_PLUS) throw new Error("it is no 64-bit library");
  const offset = offsets(bytes, header + bytes.readUInt16LE(pe + 20), bytes.readUInt16LE(pe + 6));
  const imports = [];
  const table = bytes.readUInt32LE(header + 120);
  if (table === 0) return [];
  for (let at = offset(table); ; at += IMPORT) {
    const [names, name, addresses] = [0, 12, 16].map((field) => bytes.readUInt32LE(at + field));
    if (name === 0) return imports;
    const functions = namesOf(bytes, offset, offset(names || addresses));
    imports.push({ library: textAt(bytes, offset(name)), functions });
  }
}

/**
 * Where in the file an address of the loaded library is.
 * @param {Buffer} bytes
 * @param {number} table
 * @param {number} count
 */
function offsets(bytes, table, count) {
  const sections = Array.from({ length: count }, (_, i) => {
    const at = table + SECTION * i;
    const [virtual, from, raw, start] = [8, 12, 16, 20].map((field) =>
      bytes.readUInt32LE(at + field),
    );
    return { from, length: Math.max(virtual, raw), start };
  });
  return (/** @type {number} */ address) => {
    const section = sections.find(({ from, length }) => address >= from && address - from < length);
    if (!section) throw new Error(`its address 0x${address.toString(16)} is in no section`);
    return section.start + address - section.from;
  };
}

/**
 * @param {Buffer} bytes
 * @param {(address: number) => number} offset
 * @param {number} from
 */
function namesOf(bytes, offset, from) {
  const names = [];
  for (let at = from; ; at += 8) {
    const [low, high] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    if (low === 0 && high === 0) return names;
    // The highest bit says that it is taken by number. A hint of two bytes is before a name.
    if (high >>> 31 === 0) names.push(textAt(bytes, offset(low) + 2));
  }
}

/**
 * @param {Buffer} bytes
 * @param {number} at
 */
function textAt(bytes, at) {
  return bytes.toString("latin1", at, bytes.indexOf(0, at));
}
