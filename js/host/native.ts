import type * as Binding from "../core/binding";
import { failure } from "../errors";
import { appFolder, appRequires, packageFolders, requireFrom, unpacked } from "./files";
import { nativeAdvice } from "./native-advice";
import { nodeRequire } from "./node";

export type Native = typeof Binding;

interface Attempt {
  readonly what: string;
  readonly load: () => Native;
}

/** Loads the native binary from the first place whose binary works. */
export function loadNative(): Native {
  const failed = new Set<string>();
  for (const { what, load } of attempts()) {
    try {
      return requireRouter(load());
    } catch (error) {
      failed.add(`  - ${what}: ${reason(error)}`);
    }
  }
  throw failure("ERR_NATIVE_LOAD", nativeAdvice(target(), packageName(), [...failed]));
}

function requireRouter(native: Native): Native {
  if (typeof native.Router === "function") return native;
  throw new Error("this file is another module, and exports no Router");
}

function* attempts(): Generator<Attempt> {
  const named = process.env["NAPI_RS_NATIVE_LIBRARY_PATH"];
  if (named) yield attempt(`NAPI_RS_NATIVE_LIBRARY_PATH, ${named}`, named);
  // The folders are found one by one: the first is nearly always right, and finding the others takes 2 ms.
  const folders: string[] = [];
  for (const folder of packageFolders()) {
    folders.push(folder);
    yield* beside(folder);
  }
  // This file may be part of a bundle.
  if (typeof __dirname === "string") yield attempt(binaryIn(__dirname));
  for (const require of appRequires()) yield platformPackage("as the app finds it", require);
  folders.push(appFolder() ?? "");
  for (const folder of folders) {
    if (unpacked(folder) !== folder) yield* beside(unpacked(folder));
  }
}

/**
 * The binary in a folder, and the platform's package as a file in that folder would find it. If pnpm isolates
 * packages, only the folder of this package sees its dependencies.
 */
function* beside(folder: string): Generator<Attempt> {
  yield attempt(binaryIn(folder));
  yield platformPackage(`from ${folder}`, requireFrom(folder));
}

function binaryIn(folder: string): string {
  const { join } = nodeRequire()("path") as typeof import("path");
  return join(folder, `electron-switchyard.${target()}.node`);
}

function platformPackage(whence: string, require: NodeRequire): Attempt {
  const name = packageName();
  return { what: `the package ${name}, ${whence}`, load: () => require(name) as Native };
}

function packageName(): string {
  return `electron-switchyard-${target()}`;
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

/** Electron exists for glibc only, so it needs no report, which takes 1.5 ms. */
function isMusl(): boolean {
  if (process.versions["electron"]) return false;
  const report = process.report?.getReport() as
    | { header?: { glibcVersionRuntime?: string } }
    | undefined;
  return report?.header !== undefined && report.header.glibcVersionRuntime === undefined;
}

/** The first line of the message. Node appends the require stack, which the reader does not need. */
function reason(error: unknown): string {
  return (
    String((error as { message?: unknown } | undefined)?.message ?? error).split("\n")[0] ?? ""
  );
}
