/** Who is measured: this package first, then whom it is compared with. Rounds rotate this order. */
const IN_MOST = ["switchyard", "prokit", "hand", "port"];
/** It has services alone. */
const RIVALS = [...IN_MOST, "comlink"];

module.exports = { IN_MOST, RIVALS };
