// Not a test: what a TypeScript compiler says of an app that uses the package.
import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, write } from "./consumer.mjs";

const COMMON = {
  strict: true,
  noEmit: true,
  target: "ES2022",
  lib: ["ES2022", "DOM"],
  types: ["node"],
};

/** An app with a folder of `__test__/package/`, or with files, as its sources. */
export function typedApp(name, fixtures, options) {
  const manifest = { name: "app", version: "1.0.0", type: "module" };
  const config = { compilerOptions: { ...COMMON, ...options }, include: ["src"] };
  const app = appFolder(name, {
    "package.json": JSON.stringify(manifest),
    "tsconfig.json": JSON.stringify(config),
  });
  if (typeof fixtures === "string") {
    cpSync(join(ROOT, "__test__", "package", fixtures), join(app, "src"), { recursive: true });
  } else write(app, fixtures);
  return app;
}

/**
 * What the compiler of a package `typescript` says of it; empty when all is well.
 * @param {string} typescript
 * @param {string} app
 * @returns {Promise<string>}
 */
export function complaints(typescript, app) {
  const args = [join(typescript, "bin", "tsc"), "-p", app];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: app }, (error, stdout) => {
      if (error && stdout === "") reject(error);
      else resolve(stdout);
    });
  });
}
