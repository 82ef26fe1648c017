import { readBounded } from "../../host/files";

/** In bytes. A longer file is not read. */
export const MAX_PRELOAD_BYTES = 16 * 1024 * 1024;

/** Looks for a word in the files of preloads. Each file is read once. */
export class PreloadTexts {
  private readonly _read = new Set<string>();

  constructor(private readonly _word: string) {}

  /** Whether one of these files has the word, of those that were not read before. */
  isIn(files: readonly string[]): boolean {
    return files.some((file) => this._isInUnread(file));
  }

  private _isInUnread(file: string): boolean {
    if (this._read.has(file)) return false;
    const text = readBounded(file, MAX_PRELOAD_BYTES);
    if (!text) return false;
    this._read.add(file);
    return text.includes(this._word);
  }
}
