import { type ParserPlugin, parse } from "@babel/parser";
import type { Comment, File, Node, StringLiteral, TemplateLiteral } from "@babel/types";
import { walk } from "estree-walker";

export type Language = "js" | "ts" | "tsx";

/** A script, parsed. Places in it count from its own start. */
export interface Script {
  readonly source: string;
  readonly file: File;
  /** The source with its comments blanked, so that what is found in it is code. */
  readonly bare: string;
  readonly comments: readonly Comment[];
  /** Other text that sees this script's names: a Vue file's template. */
  readonly elsewhere: string;
}

/** A string that names a module, and the nodes around it, innermost last. */
export interface Mention {
  readonly literal: StringLiteral | TemplateLiteral;
  readonly module: string;
  readonly around: readonly Node[];
}

const PLUGINS: Record<Language, ParserPlugin[]> = {
  js: ["jsx", "decorators-legacy"],
  ts: ["typescript", "decorators-legacy"],
  tsx: ["typescript", "jsx", "decorators-legacy"],
};

/** @throws the parser's SyntaxError */
export function parseScript(source: string, language: Language, elsewhere: string): Script {
  const file = parse(source, {
    sourceType: "unambiguous",
    plugins: PLUGINS[language],
    createImportExpressions: true,
    attachComment: false,
    allowAwaitOutsideFunction: true,
    allowReturnOutsideFunction: true,
    allowNewTargetOutsideFunction: true,
    allowUndeclaredExports: true,
  });
  const comments = file.comments ?? [];
  return { source, file, bare: withoutComments(source, comments), comments, elsewhere };
}

function withoutComments(source: string, comments: readonly Comment[]): string {
  let bare = source;
  for (const { start, end } of places(comments)) {
    const blank = source.slice(start, end).replace(/[^\r\n]/g, " ");
    bare = bare.slice(0, start) + blank + bare.slice(end);
  }
  return bare;
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The parser gives each node its place. Its types leave that open, for nodes that others make. */
export function place(node: { start?: number | null; end?: number | null }): Place {
  return node as Place;
}

export function places(nodes: readonly { start?: number; end?: number }[]): Place[] {
  return nodes.map(place);
}

/** Calls `visit` with each node and those around it, innermost last. */
export function everyNode(root: Node, visit: (node: Node, around: readonly Node[]) => void) {
  const around: Node[] = [];
  // The walker goes by members' names; its types know the nodes of another parser.
  walk(root as unknown as Parameters<typeof walk>[0], {
    enter(other) {
      const node = other as unknown as Node;
      visit(node, around);
      around.push(node);
    },
    leave() {
      around.pop();
    },
  });
}

/** The strings of a script that name a module which is wanted. */
export function mentions(script: Script, isWanted: (module: string) => boolean): Mention[] {
  const found: Mention[] = [];
  everyNode(script.file.program, (node, around) => {
    const module = textOf(node);
    if (module === undefined || !isWanted(module)) return;
    found.push({ literal: node as Mention["literal"], module, around: [...around] });
  });
  return found;
}

function textOf(node: Node): string | undefined {
  if (node.type === "StringLiteral") return node.value;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 0) return;
  return node.quasis[0]?.value.cooked ?? undefined;
}
