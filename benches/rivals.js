/** Who is measured: this package first, then whom it is compared with, in the order of a round. */
const RIVALS = ["switchyard", "prokit", "hand", "port"];

module.exports = { RIVALS };
