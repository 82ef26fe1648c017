// The tables of docs/limits.md have the ranges that options are checked against, and the defaults of index.d.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../dist/node-testing.mjs";
import { textOf } from "./blocks.mjs";
import { tablesOf } from "./tables.mjs";

const [limits, policies] = tablesOf("docs/limits.md");
const textsIn = (cell) => [...cell.matchAll(/"[\w-]+"/g)].map(([text]) => text);
const numbersIn = (text) => text.replaceAll(",", "").match(/\d+/g) ?? [];

/** How a value is rejected that no option takes. */
async function rejectionOf(option) {
  const isAsk = option === "timeoutMs";
  try {
    const app = testApp({ windows: ["work"], ...(!isAsk && { [option]: -1 }) });
    const asked = app.main.callRender("work", 1, { [option]: -1 });
    await asked.finally(() => app.dispose());
  } catch ({ code, message }) {
    assert.equal(code, "ERR_INVALID_OPTION", message);
    assert.ok(message.includes(option), message);
    return message.replaceAll(",", "");
  }
  throw new Error(`${option} takes -1`);
}

/** Its comment in index.d.ts. */
function commentOf(option) {
  const [, comment] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s+${option}\\?:`).exec(
    textOf("index.d.ts"),
  );
  return comment.replace(/\s+\*?\s*/g, " ");
}

for (const [name, , range, byDefault] of limits) {
  const [, option] = /`(\w+)`/.exec(name);
  test(`${option} has the range and the default of the table`, async () => {
    const message = await rejectionOf(option);
    for (const part of [...textsIn(range), ...numbersIn(range)]) {
      assert.ok(message.includes(part.replaceAll('"', "")), `${part}: ${message}`);
    }
    const [stated] = textsIn(byDefault).concat(byDefault);
    const comment = commentOf(option);
    const isSaid = [`default ${stated}`, `\`${stated}\`, the default`, "default: no limit"];
    assert.ok(
      isSaid.some((text) => comment.includes(text)),
      `${stated}: ${comment}`,
    );
  });
}

test("each policy of an overflow has its row", () => {
  const [, , range] = limits.find(([name]) => name.includes("overflow"));
  assert.deepEqual(
    policies.flatMap(([policy]) => textsIn(policy)),
    textsIn(range),
  );
});
