/** The names of a walk's windows, which use the package as it is meant. */
const NAMES = ["a", "b", "c", "d", "e"];
/** The name of the window whose page does not. */
const HOSTILE = "hostile";

module.exports = { HOSTILE, NAMES };
