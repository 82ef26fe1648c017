// Not a test: what a source takes from where, as TypeScript reads it, not the codemod's parser.
import ts from "typescript";

/** What a source takes from electron-prokit or this package, its comments, and all the rest. */
export function reading(text) {
  const file = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);
  const taken = [];
  const statements = [];
  const visit = (node) => {
    const found = takenBy(node);
    if (!found) return ts.forEachChild(node, visit);
    taken.push(...found);
    statements.push({ start: node.getStart(), end: node.end });
  };
  visit(file);
  return {
    errors: file.parseDiagnostics.map(({ messageText }) => messageText),
    taken: taken.sort(),
    comments: comments(text),
    rest: rest(text, statements),
    lines: linesOutside(text, statements),
  };
}

const isOurs = (node) => node?.text === "electron-prokit" || node?.text === "electron-switchyard";

function takenBy(node) {
  if (ts.isImportDeclaration(node) && isOurs(node.moduleSpecifier)) return imported(node);
  if (ts.isExportDeclaration(node) && isOurs(node.moduleSpecifier)) {
    return node.exportClause.elements.map((each) => taking("export", each, node.moduleSpecifier));
  }
  if (ts.isVariableStatement(node)) return declared(node.declarationList.declarations[0]);
}

function imported({ importClause, moduleSpecifier }) {
  const kind = importClause.isTypeOnly ? "import type" : "import";
  const { name, namedBindings } = importClause;
  const found = name ? [`${kind} default as ${name.text} of ${moduleSpecifier.text}`] : [];
  if (!namedBindings) return found;
  if (ts.isNamedImports(namedBindings)) {
    return [...found, ...namedBindings.elements.map((each) => taking(kind, each, moduleSpecifier))];
  }
  return [...found, `${kind} * as ${namedBindings.name.text} of ${moduleSpecifier.text}`];
}

function taking(kind, { propertyName, name }, module) {
  return `${kind} ${(propertyName ?? name).text} as ${name.text} of ${module.text}`;
}

function declared({ name, initializer }) {
  const awaited = initializer && ts.isAwaitExpression(initializer);
  const call = awaited ? initializer.expression : initializer;
  if (!call || !ts.isCallExpression(call) || !isOurs(call.arguments[0])) return;
  const kind = awaited ? "await import" : "require";
  return name.elements.map((each) => taking(kind, each, call.arguments[0]));
}

/** Every comment of a text, in any order. */
function comments(text) {
  const found = text.match(COMMENT) ?? [];
  return found.filter((each) => /^\/[/*]/.test(each)).sort();
}

/** Comments, and what looks like some but is a text or a pattern. */
const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|\/electron-prokit[^\r\n]*/g;

/** What is no import of ours, without its white space, comments and semicolons. */
function rest(text, statements) {
  let bare = text;
  for (const { start, end } of statements) {
    bare = bare.slice(0, start) + " ".repeat(end - start) + bare.slice(end);
  }
  return bare.replace(COMMENT, (each) => (/^\/[/*]/.test(each) ? "" : each)).replace(/[\s;]+/g, "");
}

/** The lines that no import of ours has a part in, byte for byte. */
function linesOutside(text, statements) {
  let at = 0;
  return text.split("\n").filter((line) => {
    const [start, end] = [at, at + line.length];
    at = end + 1;
    return !statements.some((each) => each.start <= end && start <= each.end);
  });
}
