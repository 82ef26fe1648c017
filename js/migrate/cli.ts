import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { databaseLines } from "./database";
import { endingOf, filesIn } from "./files";
import { installHints } from "./manifest";
import { NEW, OLD } from "./names";
import { type Options, readOptions, USAGE } from "./options";
import { diffOf, type FileResult, plural, reportOf } from "./report";
import { migrateText } from "./text";

/** Its exit code; {@link USAGE} has their meaning. */
export function run(args: readonly string[]): number {
  let options: Options;
  let files: string[];
  try {
    options = readOptions(args);
    files = options.help ? [] : filesIn(options.paths);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (!options.help) return migrate(options, files);
  console.log(USAGE);
  return 0;
}

function migrate({ paths, dry }: Options, files: readonly string[]): number {
  const results = files.map((file) => resultOf(file, dry));
  const concerned = results.filter((result) => result.rewritten > 0 || usesOld(result));
  if (concerned.length === 0) return nothingToDo(results, paths);
  if (dry) for (const each of concerned) if (each.rewritten > 0) process.stdout.write(diffOf(each));
  const say = dry ? console.error : console.log;
  say(reportOf(results, dry));
  const hints = installHints(paths, !concerned.some(usesOld));
  if (hints.length > 0) say(`Then: ${hints.join(" && ")}`);
  const undone = databaseLines(results);
  if (undone.length > 0) say(undone.join("\n"));
  return undone.length > 0 || concerned.some(({ left }) => left.length > 0) ? 1 : 0;
}

function nothingToDo(results: readonly FileResult[], paths: readonly string[]): number {
  const migrated = results.filter(({ before }) => before.includes(NEW)).length;
  const where = `${paths.join(", ")} (${plural(results.length, "file")} read)`;
  console.error(
    migrated > 0
      ? `Nothing to do: ${OLD} is not imported in ${where} any more.`
      : `Nothing imports ${OLD} in ${where}: is this the project, and its sources?`,
  );
  return migrated > 0 ? 0 : 3;
}

function usesOld({ left, staying, begins }: FileResult): boolean {
  return left.length + staying.length > 0 || begins.some(({ from }) => from === OLD);
}

/** Reads a file, rewrites it where it can be, and reports what became of it. */
function resultOf(file: string, dry: boolean): FileResult {
  const name = relative(process.cwd(), file).replaceAll("\\", "/");
  try {
    const before = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      readFileSync(file),
    );
    const result = { name, before, ...migrateText(before, endingOf(file)) };
    if (!dry && result.rewritten > 0) writeFileSync(file, result.text);
    return result;
  } catch (error) {
    const nothing = { before: "", text: "", rewritten: 0, staying: [], begins: [], isMain: false };
    return { name, ...nothing, left: [unreadable(error)] };
  }
}

function unreadable(error: unknown) {
  const { code, message } = error as NodeJS.ErrnoException;
  const notText = code === "ERR_ENCODING_INVALID_ENCODED_DATA";
  return { at: 0, text: notText ? "it is not UTF-8 text" : message };
}
