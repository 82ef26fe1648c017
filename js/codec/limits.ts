/**
 * The bounds of one value, the same for who encodes and who decodes. All else that decoding does or
 * makes is in proportion to the text: no tag repeats text, or takes memory at its sender's word.
 */

/**
 * How many objects may lie within each other. The copies call themselves at each level, and 1,400
 * levels of errors are what the stack of a thread has room for; JSON.stringify takes 4,200 arrays,
 * structured clone 3,400 (Electron 22).
 */
export const MAX_DEPTH = 1000;

/** How long the patterns of all RegExps of a value may be together, in UTF-16 units. */
export const MAX_PATTERN = 65_536;

/**
 * What `\p{...}` counts as: to look up its class takes the engine 50 us, in which it reads so much
 * text. The flag v makes all of it dearer.
 */
const CLASS = 1024;
const FLAG_V = 8;

export function patternCost(source: string, flags: string): number {
  const classes = source.split(/\\p/i).length - 1;
  return (source.length + CLASS * classes) * (flags.includes("v") ? FLAG_V : 1);
}

/** In UTF-16 units: of a place in a value, and of what is there. The app's own keys and tags make both. */
export const MAX_SAID = 500;

/** What is said of a value that is beyond a bound. */
export const TOO_DEEP = `nested too deeply (over ${MAX_DEPTH} levels)`;
export const TOO_LONG = `a RegExp too many (over ${MAX_PATTERN} characters)`;
