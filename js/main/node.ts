declare const __non_webpack_require__: NodeRequire | undefined;
/** `require` once built. Under its own name esbuild would put a stand-in for it into ES modules. */
declare const hostRequire: NodeRequire | undefined;

/** Node's own `require`, also where a bundler put something else in its place. */
export function nodeRequire(): NodeRequire {
  // webpack replaces `require`, and leaves this name for the real one.
  if (typeof __non_webpack_require__ === "function") return __non_webpack_require__;
  if (typeof hostRequire === "function") return hostRequire;
  const builtin = (process as { getBuiltinModule?: (id: string) => unknown }).getBuiltinModule;
  if (builtin) {
    const module = builtin("module") as typeof import("module");
    return module.createRequire(`${process.cwd()}/`);
  }
  const main = process.mainModule as { require: NodeRequire } | undefined;
  if (main) return main.require.bind(main) as NodeRequire;
  throw new Error("electron-switchyard: no require here; keep the package out of the bundle");
}

/** Electron's module, in the main process. */
export function electron(): typeof Electron.CrossProcessExports {
  return nodeRequire()("electron") as typeof Electron.CrossProcessExports;
}
