import { spawnSync } from "node:child_process";
import { hasDisplay } from "./display.mjs";
import { log, run } from "./run.mjs";

const VIRTUAL_SCREEN = ["xvfb", "xauth"];

const LIBRARIES = [
  "libgtk-3-0",
  "libnss3",
  "libasound2",
  "libgbm1",
  "libxss1",
  "libatk-bridge2.0-0",
  "libdrm2",
  "libxtst6",
];

/** Makes sure that the system packages Electron needs on Linux are there. */
export async function ensureDebianPackages() {
  if (process.platform !== "linux") return;
  const wanted = hasDisplay() ? LIBRARIES : [...VIRTUAL_SCREEN, ...LIBRARIES];
  const missing = missingPackages(wanted);
  if (missing === undefined) requireVirtualScreen();
  else await installMissing("Electron", missing);
}

/**
 * Makes sure that packages are there which one kind of test alone needs.
 * @param {string} who What needs them, in words.
 * @param {readonly string[]} wanted
 */
export async function ensurePackages(who, wanted) {
  const missing = missingPackages(wanted);
  if (missing === undefined) {
    throw new Error(
      `${who} needs packages of Debian (${wanted.join(" ")}), and this is not Debian`,
    );
  }
  await installMissing(who, missing);
}

/**
 * @param {string} who
 * @param {string[]} missing
 */
async function installMissing(who, missing) {
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !onPath("apt-get")) throw new Error(missingMessage(who, missing));
  await install(missing);
}

/** @param {string[]} missing */
async function install(missing) {
  log(`Debian packages: ${missing.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // One unreachable source among several makes the update fail; the install tells whether it matters.
  await run("apt-get", ["-qq", "update"], { env, quiet: true }).catch((error) =>
    log(error.message),
  );
  const options = ["-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"];
  const names = missing.map(availableName);
  await run("apt-get", [...options, "install", ...names], { env, quiet: true });
}

/**
 * @param {readonly string[]} wanted
 * @returns {string[] | undefined} undefined where dpkg does not rule
 */
function missingPackages(wanted) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills these in
  const format = "${Package} ${db:Status-Status}\\n";
  const names = wanted.flatMap(bothNames);
  const query = spawnSync("dpkg-query", ["-W", "-f", format, ...names], { encoding: "utf8" });
  return query.error ? undefined : notInstalled(wanted, query.stdout);
}

/**
 * @param {readonly string[]} wanted
 * @param {string} listing One line "package status" for each that dpkg knows.
 */
export function notInstalled(wanted, listing) {
  const lines = new Set(listing.split("\n"));
  return wanted.filter((name) => !bothNames(name).some((each) => lines.has(`${each} installed`)));
}

/**
 * Debian 13 and Ubuntu 24.04 renamed the libraries whose 32-bit builds have 64-bit times.
 * @param {string} name
 */
function bothNames(name) {
  return [`${name}t64`, name];
}

/** @param {string} name */
function availableName(name) {
  const [renamed] = bothNames(name);
  const known = spawnSync("apt-cache", ["show", renamed], { stdio: "ignore" });
  return known.status === 0 ? renamed : name;
}

/**
 * @param {string} who
 * @param {string[]} missing
 */
function missingMessage(who, missing) {
  const names = missing.map(availableName).join(" ");
  return [
    `${who} needs Debian packages that are not installed: ${names}`,
    "Install them, then start again:",
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`,
  ].join("\n");
}

function requireVirtualScreen() {
  if (hasDisplay() || onPath("xvfb-run")) return;
  throw new Error(
    "There is no display (DISPLAY and WAYLAND_DISPLAY are unset) and no xvfb-run to make one. " +
      "Install Xvfb with this system's package manager, or start from a desktop session.",
  );
}

/** @param {string} command */
function onPath(command) {
  return !spawnSync(command, ["--help"], { stdio: "ignore" }).error;
}
