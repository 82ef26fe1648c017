/** Who is measured: this package first, then whom it is compared with. Rounds rotate this order. */
const IN_MOST = ["switchyard", "prokit", "hand", "port"];
/** Packages for calls by name, and how npm calls them: they are measured where this package's services are. */
const PACKAGES = {
  comlink: "comlink",
  trpc: "trpc-electron",
  orpc: "@orpc/server",
  "typed-ipc": "@electron-toolkit/typed-ipc",
};
const RIVALS = [...IN_MOST, ...Object.keys(PACKAGES)];

module.exports = { IN_MOST, PACKAGES, RIVALS };
