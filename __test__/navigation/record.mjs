// Writes anew what Electrons say of navigations: node __test__/navigation/record.mjs 9 22 33
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { electronCommand } from "../../scripts/lib/launch.mjs";

const APP = fileURLToPath(new URL("app", import.meta.url));
const PREFIX = "RECORDED ";

for (const major of process.argv.slice(2)) {
  const runtime = await electronRuntime(Number(major));
  const { command, args, env } = electronCommand(runtime, APP);
  const output = execFileSync(command, args, { env, encoding: "utf8", maxBuffer: 2 ** 24 });
  const line = output.split("\n").find((each) => each.startsWith(PREFIX));
  if (!line) throw new Error(`Electron ${major} recorded nothing:\n${output}`);
  const recorded = JSON.parse(line.slice(PREFIX.length));
  const scenarios = Object.entries(recorded).map(([name, entries]) => {
    const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
    return `  ${JSON.stringify(name)}: [\n${lines}\n  ]`;
  });
  const file = new URL(`recorded/electron-${major}.json`, import.meta.url);
  writeFileSync(file, `{\n${scenarios.join(",\n")}\n}\n`);
}
