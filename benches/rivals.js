/** Who is measured: this package first, then whom it is compared with. Rounds rotate this order. */
const RIVALS = ["switchyard", "prokit", "hand", "port"];

module.exports = { RIVALS };
