// What is a word for the search. VitePress puts the text of these functions into the pages, so each
// stands alone.

/**
 * The words of a page: an error's code is one word, and so are its parts and what it ends with.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOfPage(text) {
  return (text.match(/[\p{L}\p{N}_]+/gu) ?? []).flatMap((word) => {
    const parts = word.split("_");
    return parts.flatMap((part, at) => {
      const end = parts.slice(at).join("_");
      return end === part ? [part] : [part, end];
    });
  });
}

/**
 * The words of a question: an error's code is only one, so that its own section comes first.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOfQuestion(text) {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}
