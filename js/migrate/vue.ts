import { ElementTypes, NodeTypes, parse } from "@vue/compiler-dom";
import type { Language } from "./syntax";

/** A `<script>` of a Vue file. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly language: Language;
}

/** @throws SyntaxError with its place in `pos` */
export function scriptBlocks(text: string): Block[] {
  const { children } = parse(text, { parseMode: "sfc", onError: fail });
  const blocks: Block[] = [];
  for (const node of children) {
    if (node.type !== NodeTypes.ELEMENT || node.tagType === ElementTypes.SLOT) continue;
    if (node.tag !== "script" || !node.innerLoc) continue;
    const { start, end } = node.innerLoc;
    const lang = node.props.find(({ name }) => name === "lang");
    const value = lang?.type === NodeTypes.ATTRIBUTE ? lang.value?.content : undefined;
    blocks.push({ start: start.offset, end: end.offset, language: languageOf(value) });
  }
  return blocks;
}

function languageOf(lang: string | undefined): Language {
  return lang === "ts" || lang === "tsx" ? lang : "js";
}

function fail(error: { message: string; loc?: { start: { offset: number } } }): never {
  throw Object.assign(new SyntaxError(error.message), { pos: error.loc?.start.offset ?? 0 });
}
