import type { ExportSpecifier, ImportSpecifier, Node } from "@babel/types";
import { isOld, OLD } from "./names";
import type { Item } from "./split";
import type { Mention, Script } from "./syntax";
import { memberName, membersOf, type Names, patternItems } from "./uses";

/** The purpose of a mention of a package. */
export type Site = Names & {
  /** Where names stand in a list that can be split, and the statement or declarator around it. */
  readonly split?: { readonly items: readonly Item[]; readonly unit: Node; readonly own: boolean };
};

/** The names that a mention of a package takes from it. */
export function siteOf(script: Script, mention: Mention): Site {
  if (isOld(mention.module) && mention.module !== OLD)
    return { unclear: `a file inside ${OLD}, not its public face` };
  const parent = mention.around.at(-1);
  switch (parent?.type) {
    case "ImportDeclaration":
      return importSite(script, parent);
    case "ExportNamedDeclaration":
      return exportSite(parent);
    case "ExportAllDeclaration":
      return { unclear: `it exports all that ${OLD} has: name what is meant` };
    case "TSExternalModuleReference":
      return equalsSite(script, mention);
    case "TSImportType":
      return typeSite(parent);
    case "TSModuleDeclaration":
      return { unclear: `it declares types of ${OLD}` };
    case "CallExpression":
    case "OptionalCallExpression":
    case "ImportExpression":
      return callSite(script, mention);
    default:
      return { unclear: NO_IMPORT };
  }
}

const NO_IMPORT = "a string, not an import";

type Of<Type extends Node["type"]> = Extract<Node, { type: Type }>;

function importSite(script: Script, node: Of<"ImportDeclaration">): Site {
  const named = node.specifiers.filter(isNamedImport);
  const other = node.specifiers.find((each) => !isNamedImport(each));
  if (other?.type === "ImportNamespaceSpecifier") {
    if (node.specifiers.length > 1) return { unclear: DEFAULT };
    return membersOf(script, other.local.name, other.local);
  }
  if (node.specifiers.length === 0) return { unclear: "it imports no name" };
  if (named.length === 0) return { unclear: DEFAULT };
  const items = named.map((each) => ({ name: nameOf(each.imported), node: each }));
  const names = items.map(({ name }) => name);
  if (other) names.unshift("default");
  return { names, split: { items, unit: node, own: true } };
}

export const DEFAULT = "its default export: electron-switchyard has none, import by name";

function isNamedImport(node: Node): node is ImportSpecifier {
  return node.type === "ImportSpecifier";
}

function nameOf(node: Of<"Identifier"> | Of<"StringLiteral">): string {
  return node.type === "Identifier" ? node.name : node.value;
}

function exportSite(node: Of<"ExportNamedDeclaration">): Site {
  const named = node.specifiers.filter((each): each is ExportSpecifier => {
    return each.type === "ExportSpecifier";
  });
  if (named.length < node.specifiers.length) {
    return { unclear: `it exports all that ${OLD} has: name what is meant` };
  }
  if (named.length === 0) return { unclear: "it exports no name" };
  // The types know identifiers only, but the name may be a string.
  const items = named.map((each) => ({
    name: nameOf(each.local as Of<"Identifier"> | Of<"StringLiteral">),
    node: each,
  }));
  return { names: items.map(({ name }) => name), split: { items, unit: node, own: true } };
}

/** `import prokit = require("electron-prokit")` */
function equalsSite(script: Script, { around }: Mention): Site {
  const node = around.at(-2);
  if (node?.type !== "TSImportEqualsDeclaration") return { unclear: NO_IMPORT };
  if (node.isExport) return { unclear: `it exports all that ${OLD} has: name what is meant` };
  return membersOf(script, node.id.name, node.id);
}

/** `import("electron-prokit").name` in a type */
function typeSite(node: Of<"TSImportType">): Site {
  let { qualifier } = node;
  while (qualifier?.type === "TSQualifiedName") qualifier = qualifier.left;
  if (qualifier?.type === "Identifier") return { names: [qualifier.name] };
  return { unclear: `the type of all that ${OLD} has` };
}

/** `require("electron-prokit")` and `import("electron-prokit")` */
function callSite(script: Script, { literal, around }: Mention): Site {
  const call = around.at(-1) as Of<"CallExpression"> | Of<"ImportExpression">;
  if (call.type === "ImportExpression") {
    if (call.source !== literal) return { unclear: NO_IMPORT };
    const awaited = around.at(-2)?.type === "AwaitExpression";
    return awaited ? valueSite(script, around.slice(0, -1)) : promiseSite(script, around);
  }
  const isRequire = call.callee.type === "Identifier" && call.callee.name === "require";
  if (!isRequire || call.arguments[0] !== literal) return { unclear: NO_IMPORT };
  return valueSite(script, around);
}

const UNSEEN = "the use of the module cannot be seen here";

const TYPED: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

/** The names that an expression takes if its value is the module. */
function valueSite(script: Script, path: readonly Node[]): Site {
  const around = [...path];
  let value = around.pop() as Node;
  let typed = false;
  while (TYPED.has(around.at(-1)?.type ?? "")) {
    value = around.pop() as Node;
    typed = true;
  }
  const user = around.pop();
  const member = user && memberName(user, value);
  if (member !== undefined) return { names: [member] };
  if (user?.type === "VariableDeclarator") {
    return declaratorSite(script, user, around, typed);
  }
  if (user?.type === "AssignmentExpression" && user.right === value) {
    return targetSite(script, user.left);
  }
  return { unclear: UNSEEN };
}

/** `const { name } = require("electron-prokit")` */
function declaratorSite(
  script: Script,
  node: Of<"VariableDeclarator">,
  around: Node[],
  typed: boolean,
): Site {
  const { id } = node;
  const site = targetSite(script, id);
  if (typed || id.type !== "ObjectPattern" || id.typeAnnotation) return site;
  const items = patternItems(id);
  const declaration = around.at(-1);
  if (!items || declaration?.type !== "VariableDeclaration") return site;
  const own = declaration.declarations.length === 1 && BLOCKS.has(around.at(-2)?.type ?? "");
  return { ...site, split: { items, unit: own ? declaration : node, own } };
}

/** Where a statement may have another one after it. */
const BLOCKS: ReadonlySet<string> = new Set([
  "Program",
  "BlockStatement",
  "StaticBlock",
  "SwitchCase",
  "TSModuleBlock",
]);

/** The names that a pattern or a variable takes of the module that is assigned to it. */
function targetSite(script: Script, target: Node): Site {
  if (target.type === "Identifier") return membersOf(script, target.name, target);
  const items = target.type === "ObjectPattern" ? patternItems(target) : undefined;
  if (!items) return { unclear: UNSEEN };
  if (items.length === 0) return { unclear: "it takes no name" };
  return { names: items.map(({ name }) => name) };
}

/** `import("electron-prokit").then(({ name }) => ...)` */
function promiseSite(script: Script, around: readonly Node[]): Site {
  const [call, then, value] = [around.at(-3), around.at(-2), around.at(-1) as Node];
  const isThen = then && memberName(then, value) === "then" && call?.type === "CallExpression";
  const callback = isThen && call.callee === then ? call.arguments[0] : undefined;
  if (callback?.type !== "ArrowFunctionExpression" && callback?.type !== "FunctionExpression") {
    return { unclear: UNSEEN };
  }
  const [parameter] = callback.params;
  return parameter ? targetSite(script, parameter) : { unclear: UNSEEN };
}
