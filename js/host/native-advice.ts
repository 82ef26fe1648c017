/** The error message if no binary could be loaded: all attempts, and the remedies. */
export function nativeAdvice(target: string, name: string, failed: readonly string[]): string {
  return [
    `the native binary for ${target} could not be loaded. These places were tried, in this order:`,
    ...failed,
    `To install ${name}:`,
    "  - npm: npm install --include=optional; if that is not enough, remove node_modules and package-lock.json first",
    "  - pnpm: pnpm install, without --no-optional; supportedArchitectures in pnpm-workspace.yaml has this platform",
    "  - Yarn 1: yarn install --check-files, without --ignore-optional",
    "  - Yarn 2 and later: yarn install; supportedArchitectures in .yarnrc.yml has this platform",
    `  - with any of them: add ${name} to the app's own dependencies, in this package's version`,
    "If it is installed, and the packaged app does not have it:",
    "  - any packager: the package under dependencies, not devDependencies, and node_modules not ignored",
    "  - @electron/packager or Electron Forge, with pnpm: node-linker=hoisted in .npmrc",
    "  - Electron Forge with its Vite or webpack plugin, which pack no node_modules, whatever asar is set to: a " +
      "packageAfterCopy hook that copies node_modules/electron-switchyard",
    "  - a bundler: keep electron-switchyard external, or copy the .node file beside the bundle",
    "If the packaged app has it in its archive, and the system rejects the copy that Electron makes of it:",
    '  - electron-builder: asarUnpack: ["**/*.node"]; @electron/packager: asar: { unpack: "**/*.node" }',
    'docs/packaging.md in this package has each setting, and the hook under "Forge with its Vite plugin".',
    "Or build it from source, with `npm run build`, and point NAPI_RS_NATIVE_LIBRARY_PATH at the .node file.",
  ].join("\n");
}
