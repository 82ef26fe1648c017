declare const __non_webpack_require__: NodeRequire | undefined;
/** `require` once built. Under its own name esbuild would put a stand-in for it into ES modules. */
declare const hostRequire: NodeRequire | undefined;

/** Node's own `require`, also where a bundler put something else in its place. */
export function nodeRequire(): NodeRequire {
  found ??= findRequire();
  return found;
}

let found: NodeRequire | undefined;

function findRequire(): NodeRequire {
  // webpack replaces `require`, and leaves this name for the real one.
  if (typeof __non_webpack_require__ === "function") return __non_webpack_require__;
  if (typeof hostRequire === "function" && hasNodeModules(hostRequire)) return hostRequire;
  const builtin = (process as { getBuiltinModule?: (id: string) => unknown }).getBuiltinModule;
  if (builtin) {
    const module = builtin("module") as typeof import("module");
    return module.createRequire(`${process.cwd()}/`);
  }
  const main = process.mainModule as { filename: string; require: NodeRequire } | undefined;
  if (main) {
    const module = main.require("module") as typeof import("module");
    // Its own require could not resolve.
    return module.createRequire(main.filename);
  }
  throw new Error("electron-switchyard: no require here; keep the package out of the bundle");
}

/** What Rollup puts in the place of `require` throws, whatever is asked for by a variable. */
function hasNodeModules(require: NodeRequire): boolean {
  try {
    const name = "path";
    return Boolean(require(name));
  } catch {
    return false;
  }
}

/** Electron's module, in the main process. */
export function electron(): typeof Electron.CrossProcessExports {
  return nodeRequire()("electron") as typeof Electron.CrossProcessExports;
}
