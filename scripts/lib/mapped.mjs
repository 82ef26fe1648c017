// A text that a build has made, with its source map: each step changes both together.
import remapping from "@jridgewell/remapping";
import MagicString from "magic-string";

/**
 * @typedef {object} Mapped
 * @property {string} text
 * @property {any} map
 */

/**
 * @param {Mapped} mapped
 * @param {(text: MagicString) => void} edit
 * @returns {Mapped}
 */
export function edited({ text, map }, edit) {
  const changed = new MagicString(text);
  edit(changed);
  if (!changed.hasChanged()) return { text, map };
  const step = changed.generateMap({ hires: true, source: "before" });
  return { text: changed.toString(), map: composed(step, map) };
}

/**
 * The map of two steps.
 * @param {any} later From the end to the text between them.
 * @param {any} earlier From there to the sources.
 */
export function composed(later, earlier) {
  return remapping([later, earlier], () => null, { excludeContent: true });
}

/**
 * What is written beside a file: the sources are shipped once, and no map carries their text.
 * @param {any} map
 * @param {string} file
 */
export function mapText({ sources, names, mappings }, file) {
  return `${JSON.stringify({ version: 3, file, sources, names, mappings })}\n`;
}
