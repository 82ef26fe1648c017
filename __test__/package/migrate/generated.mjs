// Not a test: sources with imports of electron-prokit in many forms.
import fc from "fast-check";

const MOVED = ["sendMsgToMain", "initIpc", "createWindow", "onMsgFromMain"];
const OTHERS = ["readDb", "http", "isMain", "registerSchedule"];

const name = fc.constantFrom(...MOVED, ...OTHERS);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
const quote = fc.constantFrom('"', "'");
const semicolon = fc.constantFrom(";", "");
/** Hardly the same twice. */
const number = fc.noBias(fc.nat());

/** What may stand behind a name, before and behind its comma, and what is after each. */
const layout = fc.record({
  open: fc.constantFrom("", " ", "\n  ", "\n\t// the first {\n\t"),
  gap: fc.constantFrom(" ", "", "\n  ", " // one, two }\n  ", " /* three */ ", "\n  /* four\n */ "),
  before: fc.constantFrom("", " ", " /* ours, */"),
  end: fc.constantFrom(
    "",
    " ",
    ",",
    ", ",
    "\n",
    ",\n",
    ", // five\n",
    " /* six */ ",
    ",\n  // seven\n",
  ),
});

/** `{ one, two as three }`; as two lists of a source must not declare a name both, one may be `short`. */
function list(word, short) {
  return fc
    .tuple(names, layout, number, fc.infiniteStream(fc.boolean()))
    .map(([chosen, { open, gap, before, end }, number, renamed]) => {
      const items = chosen.map((each) => {
        return short && renamed.next().value ? each : `${each}${word}${each}${number}`;
      });
      return { text: `{${open}${items.join(`${before},${gap}`)}${end}}`, number };
    });
}

const WORDS = ["import", "import type", "import the$,"];

function forms(short) {
  const imports = fc
    .tuple(list(" as ", short), quote, semicolon, fc.constantFrom(...WORDS))
    .map(([{ text, number }, q, end, word]) => {
      return `${word.replace("$", number)} ${text} from ${q}electron-prokit${q}${end}`;
    });
  const exports = fc
    .tuple(list(" as ", short), quote, semicolon)
    .map(([{ text }, q, end]) => `export ${text} from ${q}electron-prokit${q}${end}`);
  const requires = fc
    .tuple(list(": ", short), quote, semicolon, fc.constantFrom("const", "let", "var"))
    .map(([{ text }, q, end, word]) => `${word} ${text} = require(${q}electron-prokit${q})${end}`);
  const dynamics = fc
    .tuple(list(": ", short), quote, semicolon)
    .map(([{ text }, q, end]) => `const ${text} = await import(${q}electron-prokit${q})${end}`);
  return { imports, exports, requires, dynamics };
}

const { imports, exports, requires, dynamics } = forms(false);
const first = fc.oneof(...Object.values(forms(true)));

const namespaces = fc.tuple(names, number, quote).map(([chosen, suffix, q]) => {
  const members = chosen.map((each) => `whole${suffix}.${each}`);
  return `import * as whole${suffix} from ${q}electron-prokit${q};\n[${members}]`;
});

const others = fc.constantFrom(
  "",
  "// import { initIpc } from 'electron-prokit'",
  '/* const { initIpc } = require("electron-prokit")\n*/',
  'import "electron";',
  "void  `electron-prokit`  .length;   ",
  "(class { sendMsgToMain() { return this.initIpc } });",
  "if (true) { label: for (;;) break label }",
  "void /electron-prokit['\"]/g;",
  "declare global { type Parts<A> = { [Key in keyof A]?: A[Key] } }",
);

const statement = fc.oneof(imports, exports, requires, dynamics, namespaces, others);
const inBlock = requires.map((text) => `{\n    ${text}\n}`);
const behind = fc.tuple(imports, others).map(([one, two]) => `${one};${two}`);
const trailed = fc
  .tuple(fc.oneof(imports, requires), fc.constantFrom(" // why", " /* why */", " /* why\n */"))
  .map((both) => both.join(""));

/** Whole sources. */
export const sources = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: statement }, inBlock, behind, trailed), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.constantFrom("\n", "\r\n"),
    first,
  )
  .map(([parts, eol, one]) => `${[one, ...parts].join("\n")}\nexport {};\n`.replaceAll("\n", eol));
