// What is written for the router, and read of it, is as in the examples that Rust is tested with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { eachPacket, hasMark, lines, unknownNames } from "./bundle.mjs";

const examples = JSON.parse(
  readFileSync(new URL("../addon/exchange.json", import.meta.url), "utf8"),
);

/** A payload, and the line that names its attachments. */
function payloadOf({ form, json, first, sizes }) {
  const named = sizes ? lines.attachmentsLine(first, sizes) : "";
  return [{ form, text: json, attachments: [] }, named];
}

const write = {
  window: ({ name }) => lines.windowLine(name),
  message: (example) => lines.messageLine(...payloadOf(example)).slice(1),
  checked: (example) => lines.checkedLine(...payloadOf(example)),
  call: (example) => lines.callLine(example.id, ...payloadOf(example)),
  cancel: (example) => lines.cancelLine(example.id, ...payloadOf(example)),
  own: ({ kind, address, ...rest }) =>
    lines.ownLine(kind, JSON.stringify(address), ...payloadOf(rest)),
  answer: ({ asker, id, ok, ...rest }) => {
    const [payload, named] = payloadOf(rest);
    return lines.answerLine({ asker, id, ok, payload, named });
  },
};

test("each line for the router is written as in the examples", () => {
  for (const example of examples.lines) {
    assert.equal(write[example.write](example), example.text);
  }
  const kinds = new Set(examples.lines.map((example) => example.write));
  assert.deepEqual([...kinds].sort(), Object.keys(write).sort());
});

test("the packets and marks of the router are read as in the examples", () => {
  for (const { marks, packets, text } of examples.out) {
    const read = [];
    eachPacket(text, (contents, worldAddress, packet, slots) =>
      read.push([contents, worldAddress, [...slots], packet]),
    );
    assert.deepEqual(read, packets);
    const found = [..."wmt"].filter((mark) => hasMark(text, mark));
    assert.equal(found.join(""), marks);
    assert.equal(unknownNames(text), undefined);
  }
});

test("names that come back are read as in the examples", () => {
  for (const { names, text } of examples.names) assert.deepEqual(unknownNames(text), names);
});
