// The types that an app gets: with any contract or none, none of them is any.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, linkPackage, write } from "./consumer.mjs";

const FOLDER = join(ROOT, "__test__", "package", "types-any");

const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["node"],
};

const app = appFolder("public-types");
linkPackage(app);

/** All programs share what they have read. */
const host = ts.createCompilerHost(OPTIONS);
const { getSourceFile } = host;
const sources = new Map();
host.getSourceFile = (name, ...rest) => {
  if (!sources.has(name)) sources.set(name, getSourceFile(name, ...rest));
  return sources.get(name);
};

/** The compiler's complaints of a file, and where it has something of the type any. */
function judge(name, text) {
  const path = `src/${name}`;
  write(app, { [path]: text });
  const program = ts.createProgram([join(app, path)], OPTIONS, host);
  const file = program.getSourceFile(join(app, path));
  const complaints = ts.getPreEmitDiagnostics(program).map(describe);
  return [...complaints, ...anysOf(file, program.getTypeChecker())];
}

function describe({ file, start, messageText }) {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  return file ? `${lineOf(file, start)}: ${text}` : text;
}

function anysOf(file, checker) {
  const found = [];
  const visit = (node) => {
    if (isMistake(node, file) || ts.isTypeNode(node) || ts.isTypeElement(node)) return;
    const isValue = ts.isExpression(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (isValue && checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) {
      found.push(`${lineOf(file, node.getStart())}: ${node.getText()} is any`);
    }
    ts.forEachChild(node, visit);
  };
  file.statements.filter((each) => !ts.isImportDeclaration(each)).forEach(visit);
  return found;
}

/** A statement that does not compile: what its parts are is of no use. */
function isMistake(node, file) {
  const before = file.text.slice(node.getFullStart(), node.getStart());
  return ts.isStatement(node) && before.includes("@ts-expect-error");
}

const lineOf = (file, at) => file.getLineAndCharacterOfPosition(at).line + 1;

for (const name of readdirSync(FOLDER)) {
  test(`${name}: it compiles, and nothing in it is any`, () => {
    assert.deepEqual(judge(name, readFileSync(join(FOLDER, name), "utf8")), []);
  });
}

test("a parameter, a value and a member that are any are found", () => {
  const text = `JSON.parse("5").id;
export const read = (path: never, { id }: ReturnType<typeof JSON.parse>) => [path, id];
`;
  assert.deepEqual(judge("found.ts", text), [
    '1: JSON.parse("5").id is any',
    '1: JSON.parse("5") is any',
    "1: id is any",
    "2: { id }: ReturnType<typeof JSON.parse> is any",
    "2: id is any",
    "2: id is any",
    "2: id is any",
  ]);
});

for (const name of ["index.d.ts", "testing.d.ts"]) {
  test(`${name} exports what says so, and no member of that is any`, () => {
    const program = ts.createProgram([join(ROOT, name)], OPTIONS, host);
    const checker = program.getTypeChecker();
    const file = program.getSourceFile(join(ROOT, name));
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file));
    const promised = [...file.text.matchAll(/^export (?:declare )?\w+ (\w+)/gm)];
    assert.deepEqual(
      exported.map((each) => each.name).sort(),
      promised.map(([, each]) => each).sort(),
    );
    const anys = exported.filter((each) => hasAny(each, file, checker));
    assert.deepEqual(
      anys.map((each) => each.name),
      [],
    );
  });
}

/** Whether a call takes or gives any, or a member of a type is any that the file itself declares. */
function hasAny(symbol, file, checker) {
  const typeOf = (each) => checker.getTypeOfSymbol(each);
  const calls = typeOf(symbol).getCallSignatures();
  const members = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  const own = members.filter((each) => each.declarations?.[0].getSourceFile() === file);
  const taken = calls.flatMap((call) => call.getParameters().map(typeOf));
  const given = calls.map((call) => call.getReturnType());
  return [...taken, ...given, ...own.map(typeOf)].some((type) => type.flags & ts.TypeFlags.Any);
}
