import { TITLE } from "../protocol/protocol";

/** A text with the package's name before it, once, whatever it quotes. */
export function titled(text: string): string {
  return TITLE + untitled(text);
}

/** A text without the package's name, to be a part of another. A path may end with that name. */
export function untitled(text: string): string {
  return text.replace(/(^|\s)electron-switchyard: /g, "$1");
}
