// A call of a service that nobody awaits is found by typescript-eslint's rule, as its users have it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { typedApp } from "./compile.mjs";
import { linkPackage, write } from "./consumer.mjs";

const TOOLS = new URL("lint/", import.meta.url);
await ensureNodeModules(fileURLToPath(TOOLS));
const require = createRequire(TOOLS);
const { ESLint } = require("eslint");

const RULE = "@typescript-eslint/no-floating-promises";

const CODE = `import { callRender, connect, publish, sendMsgToMain, serve, subscribe } from "electron-switchyard";
const files = connect("files");
files.read("list.txt"); // floats
files.write("list.txt", ""); // floats
files.list("folder"); // floats
connect("view", { in: "work" }).zoom(2); // floats
subscribe("theme", (_event, theme) => {
  files.read(theme); // floats
});
serve("log", { add: (line) => { files.write("log.txt", line); } }); // floats
sendMsgToMain("ping"); // floats
callRender("work", { count: true }); // floats
publish("theme", "dark");
await files.read("list.txt");
void files.write("list.txt", "");
files.read("list.txt").then(console.log, console.error);
export const text = files.read("list.txt");
export const later = () => files.read("list.txt");
`;

const rules = {
  files: ["**/*.ts"],
  plugins: { "@typescript-eslint": require("@typescript-eslint/eslint-plugin") },
  rules: { [RULE]: "error" },
};

async function complaints(app) {
  const languageOptions = {
    parser: require("@typescript-eslint/parser"),
    parserOptions: { project: "tsconfig.json", tsconfigRootDir: app },
  };
  const overrideConfig = [{ ...rules, languageOptions }];
  const eslint = new ESLint({ cwd: app, overrideConfigFile: true, overrideConfig });
  const [{ messages }] = await eslint.lintFiles(["src/floating.ts"]);
  return messages;
}

test("no-floating-promises finds each call that nobody awaits, and no other", async () => {
  const options = { module: "Node16", moduleResolution: "Node16", skipLibCheck: true };
  const app = typedApp("floating", "types-contract", options);
  write(app, { "src/floating.ts": CODE });
  linkPackage(app);
  const found = await complaints(app);
  const floating = CODE.split("\n").flatMap((line, index) =>
    line.includes("// floats") ? [index + 1] : [],
  );
  assert.deepEqual(
    found.map(({ line, ruleId }) => [line, ruleId]),
    floating.map((line) => [line, RULE]),
  );
  assert.match(found[0].message, /^Promises must be awaited/);
});
