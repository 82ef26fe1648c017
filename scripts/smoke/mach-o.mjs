import { createHash } from "node:crypto";
import { isNewer, OLDEST_MACOS } from "../cross/oldest.mjs";

const MAGIC_64 = 0xfeedfacf;
const DYLIB = 6;
const MACHINES = { x64: 0x01000007, arm64: 0x0100000c };
const LOAD_COMMANDS_AT = 32;
const LC_LOAD_DYLIB = 0xc;
const LC_CODE_SIGNATURE = 0x1d;
const LC_VERSION_MIN_MACOSX = 0x24;
const LC_BUILD_VERSION = 0x32;
/** Where macOS has its own libraries. */
const SYSTEM_LIBRARIES = /^\/(?:usr\/lib|System\/Library)\//;
const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const SHA256 = 2;

/**
 * Throws unless the file is a library for this processor that the oldest macOS can load; and, for
 * arm64, unless it has a signature that fits every page of it, as macOS demands there even of files
 * that nobody has signed by name.
 * @param {Buffer} bytes
 * @param {string} cpu
 * @returns {boolean} Whether it is signed; for x64 it need not be.
 */
export function checkMachO(bytes, cpu) {
  if (bytes.readUInt32LE(0) !== MAGIC_64) throw new Error("it is no macOS file");
  const machine = bytes.readUInt32LE(4);
  if (machine !== MACHINES[/** @type {"x64" | "arm64"} */ (cpu)]) {
    throw new Error(`it is for machine 0x${machine.toString(16)}, not for ${cpu}`);
  }
  if (bytes.readUInt32LE(12) !== DYLIB) throw new Error("it is no library");
  const commands = loadCommands(bytes);
  checkVersion(bytes, commands, OLDEST_MACOS[/** @type {"x64" | "arm64"} */ (cpu)]);
  checkLibraries(bytes, commands);
  const signature = signatureOf(bytes, commands);
  if (signature) checkPages(bytes, codeDirectory(signature));
  else if (cpu === "arm64") throw new Error("it has no signature, without which arm64 refuses it");
  return signature !== undefined;
}

/** @typedef {{ kind: number, at: number }} LoadCommand */

/**
 * @param {Buffer} bytes
 * @returns {LoadCommand[]}
 */
function loadCommands(bytes) {
  const commands = [];
  let at = LOAD_COMMANDS_AT;
  for (let i = bytes.readUInt32LE(16); i > 0; i -= 1) {
    commands.push({ kind: bytes.readUInt32LE(at), at });
    at += bytes.readUInt32LE(at + 4);
  }
  return commands;
}

/**
 * @param {Buffer} bytes
 * @param {readonly LoadCommand[]} commands
 * @param {string} oldest
 */
function checkVersion(bytes, commands, oldest) {
  const version = oldestMacos(bytes, commands);
  if (version === undefined) throw new Error("it does not say which macOS it needs");
  if (isNewer(version, oldest)) {
    throw new Error(`it needs macOS ${version}; at most ${oldest} may be needed`);
  }
}

/**
 * The oldest macOS that it says it loads on.
 * @param {Buffer} bytes
 * @param {readonly LoadCommand[]} [commands]
 * @returns {string | undefined}
 */
export function oldestMacos(bytes, commands = loadCommands(bytes)) {
  for (const { kind, at } of commands) {
    if (kind === LC_VERSION_MIN_MACOSX) return versionAt(bytes, at + 8);
    if (kind === LC_BUILD_VERSION) return versionAt(bytes, at + 12);
  }
}

/**
 * @param {Buffer} bytes
 * @param {number} at
 */
function versionAt(bytes, at) {
  return `${bytes.readUInt16LE(at + 2)}.${bytes[at + 1]}`;
}

/**
 * @param {Buffer} bytes
 * @param {readonly LoadCommand[]} commands
 */
function checkLibraries(bytes, commands) {
  for (const { kind, at } of commands) {
    if (kind !== LC_LOAD_DYLIB) continue;
    const from = at + bytes.readUInt32LE(at + 8);
    const name = bytes.toString("latin1", from, bytes.indexOf(0, from));
    if (!SYSTEM_LIBRARIES.test(name)) throw new Error(`it needs ${name}, which is not macOS's own`);
  }
}

/**
 * @param {Buffer} bytes
 * @param {readonly LoadCommand[]} commands
 */
function signatureOf(bytes, commands) {
  const command = commands.find(({ kind }) => kind === LC_CODE_SIGNATURE);
  if (!command) return undefined;
  const start = bytes.readUInt32LE(command.at + 8);
  return bytes.subarray(start, start + bytes.readUInt32LE(command.at + 12));
}

/** @param {Buffer} signature */
function codeDirectory(signature) {
  if (signature.readUInt32BE(0) !== SUPER_BLOB) throw new Error("its signature is none");
  const count = signature.readUInt32BE(8);
  for (let i = 0; i < count; i += 1) {
    const at = signature.readUInt32BE(12 + 8 * i + 4);
    if (signature.readUInt32BE(at) === CODE_DIRECTORY) return signature.subarray(at);
  }
  throw new Error("its signature has no code directory");
}

/**
 * @param {Buffer} bytes
 * @param {Buffer} directory
 */
function checkPages(bytes, directory) {
  const [hashes, count, end] = [16, 28, 32].map((at) => directory.readUInt32BE(at));
  const [length, type, , pageBits] = directory.subarray(36, 40);
  if (type !== SHA256) throw new Error(`its signature has hashes of type ${type}, not SHA-256`);
  const page = 2 ** pageBits;
  if (count !== Math.ceil(end / page)) throw new Error("its signature leaves pages out");
  for (let i = 0; i < count; i += 1) {
    const found = createHash("sha256").update(
      bytes.subarray(i * page, Math.min((i + 1) * page, end)),
    );
    const at = hashes + i * length;
    if (!found.digest().equals(directory.subarray(at, at + length))) {
      throw new Error(`its signature does not fit its page ${i}`);
    }
  }
}
