/**
 * The words of a text for the search: an error's code is one word, and each of its parts is one too.
 * VitePress puts the function's text into the pages, so it stands alone.
 * @param {string} text
 * @returns {string[]}
 */
export function tokenize(text) {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.flatMap((word) => (word.includes("_") ? [word, ...word.split("_")] : [word]));
}
