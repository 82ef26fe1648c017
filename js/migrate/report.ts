import { createTwoFilesPatch } from "diff";
import { NEW, OLD } from "./names";
import type { Migrated } from "./script";

export interface FileResult extends Migrated {
  /** From the folder where the command was started. */
  readonly name: string;
  readonly before: string;
}

/** Changes as `git apply` and `patch -p1` take them. */
export function diffOf({ name, before, text }: FileResult): string {
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, text, "", "", {
    context: 3,
  });
  return patch.replace(/^=+\n/, "");
}

/** Where that is, as editors read it. */
export function placeOf({ name, before }: FileResult, at: number): string {
  const lines = before.slice(0, at).split("\n");
  return `${name}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** The changes, the mentions that were left alone, and the steps to be done by hand. */
export function reportOf(results: readonly FileResult[], dry: boolean): string {
  const rewritten = results.filter((each) => each.rewritten > 0);
  const lines = rewritten.map(({ name, rewritten: count }) => {
    return `${name}: ${plural(count, "import")} ${dry ? "to rewrite" : "rewritten"}`;
  });
  const left = results.flatMap((each) => {
    return each.left.map(({ at, text }) => `  ${placeOf(each, at)}  ${text}`);
  });
  if (left.length > 0) lines.push("", "Left alone:", ...left);
  lines.push(...stayingLines(results));
  const count = rewritten.length;
  lines.push(
    "",
    `${plural(count, "file")} of ${results.length} ${dry ? "to rewrite" : "rewritten"}.`,
  );
  return lines.join("\n").replace(/^\n/, "");
}

function stayingLines(results: readonly FileResult[]): string[] {
  const lines = results.flatMap((each) => {
    return each.staying.map(({ at, names }) => `  ${placeOf(each, at)}  ${names.join(", ")}`);
  });
  if (lines.length === 0) return [];
  return ["", `Still from ${OLD}, as ${NEW} has nothing of the kind:`, ...lines];
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
