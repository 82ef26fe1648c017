/**
 * The limits of one value, the same for encode and decode. All other time and memory of decoding is
 * proportional to the text: no tag repeats text, or allocates memory by a number that the sender chose.
 */

/**
 * In levels of nested objects. Copying is recursive, and the stack of a thread has room for 1,400 levels of
 * errors. JSON.stringify has room for 4,200 arrays, structured clone for 3,400 (Electron 22).
 */
export const MAX_DEPTH = 1000;

/** In UTF-16 units: the patterns of all RegExps of a value together. */
export const MAX_PATTERN = 65_536;

/**
 * In UTF-16 units, added for each `\p{...}`: the engine looks up its class in 50 us, in which it reads this
 * much text. The flag v multiplies the time of the whole pattern.
 */
const CLASS = 1024;
const FLAG_V = 8;

export function patternCost(source: string, flags: string): number {
  const classes = source.split(/\\p/i).length - 1;
  return (source.length + CLASS * classes) * (flags.includes("v") ? FLAG_V : 1);
}

/** In UTF-16 units: how much of a place, and of a kind, an error quotes. Keys and tags of the app are in both. */
export const MAX_QUOTED = 500;

/** The ends of error messages about a value beyond a limit. */
export const TOO_DEEP = `nested too deeply (over ${MAX_DEPTH} levels)`;
export const TOO_LONG = `a RegExp too many (over ${MAX_PATTERN} characters)`;
