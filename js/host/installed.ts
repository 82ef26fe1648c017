/**
 * The names under which an app may have this package: its own, or electron-prokit's, which an npm
 * alias gives it where an app changes over without changing its imports.
 */
const NAMES = ["electron-switchyard", "electron-prokit"] as const;

/** The name under which this package is to be found from there, if it is. */
export function installedName(require: NodeRequire): string | undefined {
  return NAMES.find((name) => isOurs(require, name));
}

function isOurs(require: NodeRequire, name: string): boolean {
  try {
    return (require(`${name}/package.json`) as { name?: unknown }).name === NAMES[0];
  } catch {
    return false;
  }
}
