/**
 * The names under which an app may have this package: its own, or that of electron-prokit. An npm alias gives
 * it the latter, so that an app need not change its imports.
 */
const NAMES = ["electron-switchyard", "electron-prokit"] as const;

/** The name under which a `require` finds this package, if it does. */
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
