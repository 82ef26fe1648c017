import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

const INSIDE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * The licences of the packages that files were taken from, in one text.
 * @param {readonly string[]} files Relative to the checkout, as esbuild names its inputs.
 */
export function licences(files) {
  const folders = new Set(files.map((file) => INSIDE.exec(file)?.[0]).filter(Boolean));
  const texts = [...folders].sort().map((folder) => licence(join(ROOT, folder)));
  return `Parts of these packages are in migrate.cjs.\n\n${texts.join("\n")}`;
}

/** @param {string} folder */
function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no licence file to ship with its code`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
