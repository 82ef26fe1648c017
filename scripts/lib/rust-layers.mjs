// Holds src/ to its layers: which crates, modules of ours and parts of std a folder names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RUST_LAYERS } from "./layers.mjs";
import { ROOT } from "./root.mjs";

/** @returns {string[]} A sentence for each fault. Tests may use what they like. */
export function rustFaults() {
  return RUST_LAYERS.flatMap(({ path }) => {
    const names = /** @type {string[]} */ (readdirSync(join(ROOT, path), { recursive: true }));
    return names
      .map((name) => `${path}/${name.replaceAll("\\", "/")}`)
      .filter((file) => file.endsWith(".rs") && !file.startsWith(`${path}/tests/`))
      .flatMap((file) => rustFileFaults(file, readFileSync(join(ROOT, file), "utf8")));
  });
}

/**
 * @param {string} file Its path from the root, with slashes.
 * @param {string} text
 * @returns {string[]}
 */
export function rustFileFaults(file, text) {
  const layer = RUST_LAYERS.find(({ path }) => file.startsWith(`${path}/`));
  if (!layer) return [`${file} is in no layer`];
  const code = text.replace(/\/\/[^\n]*/g, "");
  const faults = [];
  for (const name of crateNames().filter((each) => !layer.crates.includes(each))) {
    if (new RegExp(`\\b${name.replaceAll("-", "_")}(::|;|\\])`).test(code)) {
      faults.push(`${file} names ${name}: ${layer.path} may use std, ${layer.crates.join(", ")}`);
    }
  }
  for (const [, name] of code.matchAll(/\bcrate::(\w+)/g)) {
    const folder = `src/${name}`;
    if (folder === layer.path || layer.ours.includes(folder)) continue;
    const ours = layer.ours.join(", ") || "nothing";
    faults.push(`${file} names crate::${name}: ${layer.path} may use of ours only: ${ours}`);
  }
  for (const name of namesOfStd(code).filter((each) => !layer.std.test(each))) {
    faults.push(`${file} names std::${name}: ${layer.path} may use ${layer.uses}`);
  }
  return faults;
}

/** @param {string} code @returns {string[]} Its parts of std: `std::time` and `std::{fmt, time}`. */
function namesOfStd(code) {
  const single = [...code.matchAll(/\bstd::(\w+)/g)].map(([, name]) => name);
  const listed = [...code.matchAll(/\bstd::\{([^;]*)\}/g)].flatMap(([, list]) => list.split(/\W+/));
  return [...single, ...listed];
}

/** The crates that the package's own code could use. */
function crateNames() {
  const [, section] = readFileSync(join(ROOT, "Cargo.toml"), "utf8").split("\n[dependencies]\n");
  const [dependencies] = section.split("\n[");
  return [...dependencies.matchAll(/^([\w-]+) =/gm)].map(([, name]) => name);
}
