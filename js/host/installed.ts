/** The names under which an app may have this package: its own, or that of an npm alias. */
const OURS = "electron-switchyard";
const PROKIT = "electron-prokit";

/** The name under which a `require` finds this package, if it does. */
export function installedName(require: NodeRequire): string | undefined {
  return [OURS, PROKIT].find((name) => isOurs(require, name));
}

/**
 * Whether a `require` finds electron-prokit itself. An npm alias gives its name to this package, so that an app
 * need not change its imports.
 */
export function findsProkit(require: NodeRequire): boolean {
  return isInstalled(require, PROKIT) && !isOurs(require, PROKIT);
}

function isInstalled(require: NodeRequire, name: string): boolean {
  try {
    return require.resolve(`${name}/package.json`) !== "";
  } catch (error) {
    // The package is there, and keeps its package.json to itself.
    return (error as { code?: unknown }).code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}

function isOurs(require: NodeRequire, name: string): boolean {
  try {
    return (require(`${name}/package.json`) as { name?: unknown }).name === OURS;
  } catch {
    return false;
  }
}
