// Installs what Electron needs of Debian-like systems; as root, where the tests run as somebody else.
import { ensureDebianPackages } from "./lib/debian.mjs";

await ensureDebianPackages();
