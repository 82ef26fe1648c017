import { createHash } from "node:crypto";

const MAGIC_64 = 0xfeedfacf;
const DYLIB = 6;
const MACHINES = { x64: 0x01000007, arm64: 0x0100000c };
const LOAD_COMMANDS_AT = 32;
const LC_CODE_SIGNATURE = 0x1d;
const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const SHA256 = 2;

/**
 * Throws unless the file is a library for this processor; and, for arm64, unless it has a signature
 * that fits every page of it, as macOS demands there even of files that nobody has signed by name.
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
  const signature = signatureOf(bytes);
  if (signature) checkPages(bytes, codeDirectory(signature));
  else if (cpu === "arm64") throw new Error("it has no signature, without which arm64 refuses it");
  return signature !== undefined;
}

/** @param {Buffer} bytes */
function signatureOf(bytes) {
  const count = bytes.readUInt32LE(16);
  let at = LOAD_COMMANDS_AT;
  for (let i = 0; i < count; i += 1) {
    if (bytes.readUInt32LE(at) === LC_CODE_SIGNATURE) {
      const start = bytes.readUInt32LE(at + 8);
      return bytes.subarray(start, start + bytes.readUInt32LE(at + 12));
    }
    at += bytes.readUInt32LE(at + 4);
  }
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
