declare const __non_webpack_require__: NodeRequire | undefined;
/** `require` in the built files. Under its own name, esbuild would replace it in ES modules. */
declare const hostRequire: NodeRequire | undefined;

/**
 * Node's own `require`, also if a bundler has replaced it. In a bundle without one it is undefined: there
 * `electronHere` finds nothing, and each call throws before it needs this.
 */
export function nodeRequire(): NodeRequire {
  found ??= findRequire();
  return found as NodeRequire;
}

let found: NodeRequire | undefined;

function findRequire(): NodeRequire | undefined {
  // webpack replaces `require`, and keeps the original under this name.
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
    // The require of `mainModule` has no resolve.
    return module.createRequire(main.filename);
  }
  return undefined;
}

/** Whether it is Node's. The replacement of Rollup throws for a name in a variable. */
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
