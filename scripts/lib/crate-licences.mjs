import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./root.mjs";

/** @typedef {{ name: string, version: string, license: string, manifest_path: string, repository: string | null }} Crate */

/** The licences of the crates that are in the native binaries, of any platform, in one text. */
export function crateLicences() {
  const texts = linkedCrates().map(licence);
  return `Parts of these crates are in electron-switchyard.*.node.\n\n${texts.join("\n")}`;
}

/** @returns {Crate[]} */
function linkedCrates() {
  const tree = ["tree", "--locked", "--target", "all", "--edges", "normal,no-proc-macro"];
  const lines = cargo([...tree, "--prefix", "none", "--format", "{p}"]).split("\n");
  const linked = new Set(lines.map((line) => line.split(" ", 2).join(" ")));
  const metadata = JSON.parse(cargo(["metadata", "--locked", "--format-version", "1"]));
  return metadata.packages
    .filter((/** @type {Crate} */ { name, version }) => linked.has(`${name} v${version}`))
    .filter((/** @type {Crate} */ { name }) => name !== "electron-switchyard")
    .sort((/** @type {Crate} */ a, /** @type {Crate} */ b) => (a.name < b.name ? -1 : 1));
}

/** @param {readonly string[]} args */
function cargo(args) {
  return execFileSync("cargo", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26 });
}

/** Where one may choose, MIT's text: it is the shortest. @param {Crate} crate */
function licence({ name, version, license, manifest_path, repository }) {
  const folder = dirname(manifest_path);
  const files = readdirSync(folder).filter((each) => /^licen[cs]e/i.test(each));
  const file = files.find((each) => /mit/i.test(each)) ?? files[0];
  // Some crates leave their repository's licence file out.
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `See ${repository}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}
