import type { Node, ObjectPattern } from "@babel/types";
import type { Item } from "./split";
import { everyNode, type Script } from "./syntax";

/** The names that a script takes from a module, or why that cannot be seen. */
export type Names = { readonly names: readonly string[] } | { readonly unclear: string };

/** The members used of a module that is bound to `local` as a whole. */
export function membersOf(script: Script, local: string, binding: Node): Names {
  const names: string[] = [];
  let unclear: string | undefined;
  everyNode(script.file.program, (node, around) => {
    if (node === binding || !isNamed(node, local) || !isReference(node, around)) return;
    const used = usedOf(node, around);
    if (used) names.push(...used);
    else unclear = `"${local}" is used as a whole, so what it is used for cannot be seen`;
  });
  if (new RegExp(`(?<![\\w$.])${local.replaceAll("$", "\\$")}(?![\\w$])`).test(script.elsewhere)) {
    unclear = `"${local}" is used outside this script, too`;
  }
  return unclear === undefined ? { names } : { unclear };
}

function isNamed(node: Node, local: string) {
  return (node.type === "Identifier" || node.type === "JSXIdentifier") && node.name === local;
}

/** Not where the name is a member's, a label or another module's. */
function isReference(node: Node, around: readonly Node[]): boolean {
  const parent = around.at(-1);
  if (!parent) return true;
  if ("computed" in parent && parent.computed) return true;
  if ("property" in parent && parent.property === node) return false;
  if ("key" in parent && parent.key === node) return false;
  if ("label" in parent && parent.label === node) return false;
  return !NAMES_ONLY.has(parent.type) || ("local" in parent && parent.local === node);
}

const NAMES_ONLY: ReadonlySet<string> = new Set([
  "ImportSpecifier",
  "ExportSpecifier",
  "JSXAttribute",
]);

/** The names taken where a module stands for itself. */
function usedOf(node: Node, around: readonly Node[]): readonly string[] | undefined {
  const parent = around.at(-1);
  const member = parent && memberName(parent, node);
  if (member !== undefined) return [member];
  if (parent?.type !== "VariableDeclarator" || parent.init !== node) return;
  if (parent.id.type !== "ObjectPattern") return;
  return patternItems(parent.id)?.map(({ name }) => name);
}

/** The name in `object.name` and its like. */
export function memberName(parent: Node, object: Node): string | undefined {
  switch (parent.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      if (parent.object !== object) return;
      return keyName(parent.property, parent.computed);
    case "TSQualifiedName":
      return parent.left === object ? parent.right.name : undefined;
    case "JSXMemberExpression":
      return parent.object === object ? parent.property.name : undefined;
    default:
      return undefined;
  }
}

/** The names that `{ one, two: three }` takes; undefined where a member is not taken by name. */
export function patternItems(pattern: ObjectPattern): Item[] | undefined {
  const items: Item[] = [];
  for (const node of pattern.properties) {
    const name = node.type === "ObjectProperty" ? keyName(node.key, node.computed) : undefined;
    if (name === undefined) return;
    items.push({ name, node });
  }
  return items;
}

function keyName(key: Node, computed: boolean): string | undefined {
  if (key.type === "StringLiteral") return key.value;
  return key.type === "Identifier" && !computed ? key.name : undefined;
}
