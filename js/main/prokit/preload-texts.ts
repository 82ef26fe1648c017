import { nodeRequire } from "../../host/node";

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
    const text = textOf(file);
    if (!text) return false;
    this._read.add(file);
    return text.includes(this._word);
  }
}

/** Undefined if there is none: to read a pipe or a device might never end. */
function textOf(file: string): Buffer | undefined {
  const { readFileSync, statSync } = nodeRequire()("fs") as typeof import("fs");
  try {
    const stats = statSync(file);
    return stats.isFile() && stats.size <= MAX_PRELOAD_BYTES ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}
