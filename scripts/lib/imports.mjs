import ts from "typescript";

/** @typedef {import("./layers.mjs").Kind} Kind */

/**
 * What a file names of other modules.
 * @typedef {object} Import
 * @property {string} name
 * @property {Kind} kind
 * @property {number} line
 * @property {boolean} isLate Whether it is loaded where the code comes to it: `import()`.
 */

/** Names by which code asks for modules at run time. */
const FINDERS = new Set([
  "require",
  "hostRequire",
  "__non_webpack_require__",
  "createRequire",
  "getBuiltinModule",
  "mainModule",
]);

/**
 * Reads everything by which a file of TypeScript names another module, types too.
 * @param {string} file Its name; only for its ending.
 * @param {string} text
 * @returns {{ imports: Import[], unclear: { what: string, line: number }[], finders: { name: string,
 *   line: number }[] }} `unclear`: imports that name no module in their text.
 */
export function readImports(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const reader = new Reader(source);
  for (const reference of [
    ...source.referencedFiles,
    ...source.typeReferenceDirectives,
    ...source.libReferenceDirectives,
  ]) {
    reader.unclear.push({
      what: `/// <reference ... "${reference.fileName}">`,
      line: lineAt(source, reference.pos),
    });
  }
  reader.visit(source);
  const { imports, unclear, finders } = reader;
  return { imports, unclear, finders };
}

/**
 * @param {ts.SourceFile} source
 * @param {number} position
 */
function lineAt(source, position) {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

class Reader {
  /** @type {Import[]} */
  imports = [];
  /** @type {{ what: string, line: number }[]} */
  unclear = [];
  /** @type {{ name: string, line: number }[]} */
  finders = [];

  /** @param {ts.SourceFile} source */
  constructor(source) {
    this.source = source;
  }

  /** @param {ts.Node} node */
  visit(node) {
    if (ts.isImportDeclaration(node)) {
      this.add(node.moduleSpecifier, node.importClause?.isTypeOnly ? "type" : "value");
    } else if (ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) this.add(node.moduleSpecifier, node.isTypeOnly ? "type" : "value");
    } else if (ts.isExternalModuleReference(node)) {
      this.add(node.expression, "require");
    } else if (ts.isImportTypeNode(node)) {
      const { argument } = node;
      this.add(ts.isLiteralTypeNode(argument) ? argument.literal : argument, "typeof");
    } else if (ts.isModuleDeclaration(node)) {
      if (ts.isStringLiteral(node.name)) this.add(node.name, "type");
    } else if (ts.isCallExpression(node)) this.visitCall(node);
    else if (ts.isIdentifier(node)) this.visitName(node);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  /** @param {ts.CallExpression} call */
  visitCall({ expression, arguments: [argument] }) {
    if (expression.kind === ts.SyntaxKind.ImportKeyword) {
      this.add(argument ?? expression, "value", true);
    } else if (ts.isIdentifier(expression) && expression.text === "require") {
      // One that is not a text is a finder's: see below.
      if (argument && ts.isStringLiteralLike(argument)) this.add(argument, "require");
    }
  }

  /** @param {ts.Identifier} node */
  visitName(node) {
    if (FINDERS.has(node.text)) this.finders.push({ name: node.text, line: this.lineOf(node) });
  }

  /**
   * @param {ts.Node} node What names the module.
   * @param {Kind} kind
   */
  add(node, kind, isLate = false) {
    const line = this.lineOf(node);
    if (ts.isStringLiteralLike(node)) this.imports.push({ name: node.text, kind, line, isLate });
    else this.unclear.push({ what: `import(${node.getText(this.source)})`, line });
  }

  /** @param {ts.Node} node */
  lineOf(node) {
    return lineAt(this.source, node.getStart(this.source));
  }
}
