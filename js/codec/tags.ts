/**
 * The rich form. Strings, booleans, null, finite numbers other than -0, arrays and plain objects stand for
 * themselves, and ABSENT stands for undefined. Everything else is an array whose first two members are
 * ABSENT, which is not shown below, and one of the tags. A value that is JSON but for undefined
 * members is therefore copied, written and read as fast as plain JSON.
 *
 * Objects of every kind are numbered in preorder, from 0: both sides count arrays, plain objects
 * and all tags except the first five alike, so that {@link REF} can name an object that came
 * before.
 */

/**
 * In UTF-16 units: a string of this length or more travels beside the packet, so that nothing escapes, parses
 * or copies it on its way.
 */
export const LONG = 32_768;

/** In place of a long payload: its JSON is the last attachment, plain or in the rich form. */
export const PLAIN_BESIDE = "p";
export const RICH_BESIDE = "w";

/** A short and rare string. */
export const ABSENT = "\x7f";

/** `[LITERAL]`: the string that ABSENT is */
export const LITERAL = "l";
/** `[NUMBER, text]`: NaN, Infinity, -Infinity, -0 */
export const NUMBER = "n";
/** `[BIGINT, hexadecimal text]`: decimal takes quadratic time */
export const BIGINT = "i";
/** `[REF, number of the object]` */
export const REF = "r";
/** `[TEXT, index of the attachment]`: a string of {@link LONG} or more */
export const TEXT = "u";

/** `[ARRAY, ...items]`: an array whose first item is undefined */
export const ARRAY = "a";
/** `[TABLE, first row, ...cells of the next rows]`: an array of objects with the same keys */
export const TABLE = "c";
/** `[SPARSE, length, members]`: an array with holes or with named properties */
export const SPARSE = "s";
/** `[DATE, milliseconds, or null if invalid]` */
export const DATE = "d";
/** `[REGEXP, source, flags]` */
export const REGEXP = "x";
/** `[MAP, key, value, key, value, ...]` */
export const MAP = "m";
/** `[SET, ...items]` */
export const SET = "t";
/** `[BOXED, primitive]`: what `Object(primitive)` makes */
export const BOXED = "o";
/** `[BYTES, index of the attachment]`: an ArrayBuffer */
export const BYTES = "b";
/** `[VIEW, constructor's name, ArrayBuffer, byteOffset, length]` */
export const VIEW = "v";
/** `[ERROR, name, message, stack and further members]` */
export const ERROR = "e";
/** The members of an error that are not enumerable. */
export const UNLISTED = ["message", "stack", "cause", "errors", "name"];
