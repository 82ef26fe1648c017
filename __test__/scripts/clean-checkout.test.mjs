// On a clean checkout each command starts, and installs what it needs: none of the modules that it
// loads at its start is from node_modules.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { readImports } from "../../scripts/lib/imports.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const SCRIPTS = join(ROOT, "scripts");

/** What a file loads when it starts, and all that this loads: `import()` comes later. */
function loadedBy(file, seen = new Map()) {
  const text = readFileSync(file, "utf8");
  for (const { name, kind, isLate } of readImports(file, text).imports) {
    if (kind !== "value" || isLate) continue;
    const target = name.startsWith(".") ? join(dirname(file), name) : name;
    if (seen.has(target)) continue;
    seen.set(target, relative(ROOT, file));
    if (name.startsWith(".") && /\.m?js$/.test(target)) loadedBy(target, seen);
  }
  return seen;
}

for (const name of readdirSync(SCRIPTS).filter((each) => each.endsWith(".mjs"))) {
  test(`scripts/${name} starts without node_modules`, () => {
    const foreign = [...loadedBy(join(SCRIPTS, name))]
      .filter(([target]) => !target.startsWith(ROOT) && !isBuiltin(target))
      .map(
        ([target, file]) => `${file} imports ${target}: import it in the function that needs it`,
      );
    assert.deepEqual(foreign, []);
  });
}
