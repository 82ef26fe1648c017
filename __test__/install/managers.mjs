// Not a test: the package managers, and what a user does with each.
import { write } from "../package/consumer.mjs";
import { toolFile } from "./tools.mjs";

const node = (script) => (place, args, app) =>
  place.run(process.execPath, [toolFile(script), ...args], app);

const npm = (place, args, app) => place.npm(args, app);
const pnpm = node("pnpm/bin/pnpm.cjs");
const classic = node("yarn/bin/yarn.js");
const berry = node("@yarnpkg/cli-dist/bin/yarn.js");

const PACKAGE = "electron-switchyard";

/** Yarn 2 and later read no npm settings. */
function berryFiles({ registry }, settings) {
  const all = {
    npmRegistryServer: registry.url,
    unsafeHttpWhitelist: ["127.0.0.1"],
    // The registry has had the package for a second.
    npmMinimalAgeGate: 0,
    ...settings,
  };
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return { ".yarnrc.yml": `${lines.join("\n")}\n` };
}

/** What Electron Forge and @electron/packager ask of their users with pnpm. */
export const installHoisted = (place, app) =>
  pnpm(place, ["add", PACKAGE, "--config.node-linker=hoisted"], app);

const ELSEWHERE = { supportedArchitectures: { os: ["win32"], cpu: ["arm64"] } };

/** Not with PnP: its hooks refuse `require("electron")` in Electron's own process. */
const withBerry = (args, settings) => (place, app) => {
  write(app, berryFiles(place, { nodeLinker: "node-modules", ...settings }));
  return berry(place, args, app);
};

/**
 * Each: its name; how it installs the package; how it does so without the platform package; what
 * the error then advises, and how a user follows that.
 */
export const MANAGERS = [
  {
    name: "npm",
    install: (place, app) => npm(place, ["install", PACKAGE], app),
    withoutPlatform: (place, app) => npm(place, ["install", PACKAGE, "--omit=optional"], app),
    advice: /npm install --include=optional/,
    heal: (place, app) => npm(place, ["install", "--include=optional"], app),
  },
  {
    name: "pnpm",
    install: (place, app) => pnpm(place, ["add", PACKAGE], app),
    withoutPlatform: (place, app) => pnpm(place, ["add", PACKAGE, "--no-optional"], app),
    advice: /pnpm install, without --no-optional/,
    heal: (place, app) => pnpm(place, ["install"], app),
  },
  {
    name: "Yarn 1",
    install: (place, app) => classic(place, ["add", PACKAGE], app),
    withoutPlatform: (place, app) => classic(place, ["add", PACKAGE, "--ignore-optional"], app),
    advice: /yarn install --check-files, without --ignore-optional/,
    heal: (place, app) => classic(place, ["install", "--check-files"], app),
  },
  {
    name: "Yarn 4",
    install: withBerry(["add", PACKAGE]),
    withoutPlatform: withBerry(["add", PACKAGE], ELSEWHERE),
    advice: /supportedArchitectures in \.yarnrc\.yml/,
    heal: withBerry(["install"]),
  },
];
