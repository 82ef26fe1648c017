// Not a test: what the compiler says of the mistakes in types-mistakes/. A comment `// says:` before
// each is the line of the message that a person reads.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";

export const MISTAKES = "types-mistakes";

const FOLDER = join(ROOT, "__test__", "package", MISTAKES);
const SAYS = /^\s*\/\/ says: (.*)$/;
const PLACE = /^src\/([\w-]+\.ts)\((\d+),\d+\): error TS\d+: (.*)$/;

/**
 * Where the compiler does not say what the comments promise: in a list, so that all is seen at once.
 * @param {string} output of a compiler
 */
export function surprises(output) {
  const found = messagesOf(output);
  const promised = promises();
  const unkept = promised.filter(
    ({ place, line }) =>
      !found.some((one) => one.place === place && one.lines.includes(plain(line))),
  );
  const places = new Set(promised.map(({ place }) => place));
  return [
    ...unkept.map(({ place, line }) => `${place} does not say: ${line}`),
    ...found
      .filter(({ place }) => !places.has(place) || unkept.some((one) => one.place === place))
      .map(({ place, text }) => `${place} says: ${text}`),
  ];
}

/** How many mistakes there are. */
export const countOfMistakes = () => promises().length;

/** Each mistake, with the line that says it. */
export function promises() {
  return readdirSync(FOLDER).flatMap((file) => {
    const lines = readFileSync(join(FOLDER, file), "utf8").split(/\r?\n/);
    return lines.flatMap((text, index) => {
      const line = SAYS.exec(text)?.[1];
      return line === undefined ? [] : [{ place: `${file}:${index + 2}`, line }];
    });
  });
}

/** Each message, with the lines that explain it. */
function messagesOf(output) {
  const messages = [];
  for (const line of output.split(/\r?\n/).filter((each) => each !== "")) {
    const [, file, number, text] = PLACE.exec(line) ?? [];
    if (file) messages.push({ place: `${file}:${number}`, text, lines: [plain(text)] });
    else if (/^ /.test(line)) explain(messages.at(-1), line);
    else messages.push({ place: "the compiler", text: line, lines: [] });
  }
  return messages;
}

function explain(message, line) {
  message.text += `\n${line}`;
  message.lines.push(plain(line));
}

/** The words of a line, in any order, because each compiler orders the members of a union its own way. */
const plain = (line) => (line.match(/[^\s|'<>(),]+/g) ?? []).sort().join(" ");
