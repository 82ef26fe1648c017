// Not a test: the tools of tools/package.json, which these tests alone need.
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const FOLDER = join(ROOT, "__test__", "install", "tools");

export const ensureTools = () => ensureNodeModules(FOLDER);

export const toolFile = (path) => join(FOLDER, "node_modules", ...path.split("/"));

export const requireTool = createRequire(join(FOLDER, "package.json"));
