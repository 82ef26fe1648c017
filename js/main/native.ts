import { failure } from "../errors";
import type * as Binding from "./binding";
import { appRequires, packageFolders, unpacked } from "./files";
import { nodeRequire } from "./node";

export type Native = typeof Binding;

interface Attempt {
  readonly what: string;
  readonly load: () => Native;
}

/** Loads the native binary from the first place that has one that works. */
export function loadNative(): Native {
  const failed = new Set<string>();
  for (const { what, load } of attempts()) {
    try {
      return requireRouter(load());
    } catch (error) {
      failed.add(`  - ${what}: ${reason(error)}`);
    }
  }
  throw failure("ERR_NATIVE_LOAD", advice([...failed]));
}

function requireRouter(native: Native): Native {
  if (typeof native.Router === "function") return native;
  throw new Error("it is another module: it has no Router");
}

function* attempts(): Generator<Attempt> {
  const { join } = nodeRequire()("path") as typeof import("path");
  const named = process.env["NAPI_RS_NATIVE_LIBRARY_PATH"];
  if (named) yield attempt(`NAPI_RS_NATIVE_LIBRARY_PATH, ${named}`, named);
  const file = `electron-switchyard.${target()}.node`;
  // One after the other: the first is nearly always right, and to look for the others takes 2 ms.
  const folders: string[] = [];
  for (const folder of packageFolders()) {
    folders.push(folder);
    yield attempt(join(folder, file));
  }
  const name = `electron-switchyard-${target()}`;
  for (const require of appRequires()) {
    yield { what: `the package ${name}`, load: () => require(name) as Native };
  }
  for (const folder of folders) {
    const outside = unpacked(join(folder, file));
    if (outside !== join(folder, file)) yield attempt(outside);
  }
}

function attempt(what: string, file = what): Attempt {
  return { what, load: () => nodeRequire()(file) as Native };
}

/** The platform as napi-rs names it: linux-x64-gnu, darwin-arm64, win32-x64-msvc ... */
export function target(): string {
  const { platform, arch } = process;
  if (platform === "win32") return `${platform}-${arch}-msvc`;
  if (platform === "linux") return `${platform}-${arch}-${isMusl() ? "musl" : "gnu"}`;
  return `${platform}-${arch}`;
}

/** Electron exists for glibc only, and there a report takes 1.5 ms. */
function isMusl(): boolean {
  if (process.versions["electron"]) return false;
  const report = process.report?.getReport() as
    | { header?: { glibcVersionRuntime?: string } }
    | undefined;
  return report?.header !== undefined && report.header.glibcVersionRuntime === undefined;
}

/** Node appends the require stack to its message; one line is enough to see why. */
function reason(error: unknown): string {
  return (
    String((error as { message?: unknown } | undefined)?.message ?? error).split("\n")[0] ?? ""
  );
}

function advice(failed: readonly string[]): string {
  return [
    `electron-switchyard: its native binary for ${target()} could not be loaded. Tried, in this order:`,
    ...failed,
    "What to do:",
    "  - install again with optional dependencies: npm install --include=optional, and not with --no-optional",
    "  - in a packaged app, keep *.node files out of the asar (electron-builder: asarUnpack: '**/*.node')",
    "  - or build it from source with `npm run build` and point NAPI_RS_NATIVE_LIBRARY_PATH at the .node file",
  ].join("\n");
}
