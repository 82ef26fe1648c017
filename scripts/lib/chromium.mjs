import { existsSync } from "node:fs";
import { ensurePackages } from "./debian.mjs";

/** Where distributions put it. Ubuntu's package is not one: its browser is elsewhere, in a snap. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

/** @returns {string | undefined} CHROMIUM, else the first that is there. */
export function chromium({ CHROMIUM } = process.env) {
  return CHROMIUM || PLACES.find((path) => existsSync(path));
}

/** Makes sure that there is one: Debian's package, where none is installed. */
export async function ensureChromium() {
  if (chromium() === undefined) await ensurePackages("The tests in Chromium", ["chromium"]);
}
