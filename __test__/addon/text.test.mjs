import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  acknowledge,
  exchange,
  FROM_MAIN,
  FROM_OTHER,
  framesOf,
  Router,
  records,
  routePacket,
  routerWithWindow,
  send,
  tell,
} from "./addon.mjs";

const MEGABYTE = 1 << 20;

test("a payload of 16 MB goes through whole", () => {
  const { router } = routerWithWindow(FROM_MAIN);
  const value = "é😀\u0000x".repeat((16 * MEGABYTE) / 5);
  assert.ok(value.length >= 16 * MEGABYTE - 5);
  send(router, "work", 0, JSON.stringify(value));
  const [[, [, , payload]]] = records(router);
  assert.equal(payload === value, true);
});

test("a packet of 16 MB comes in whole", () => {
  const { router, endpoint } = routerWithWindow(FROM_OTHER);
  const value = "y".repeat(16 * MEGABYTE);
  routePacket(router, endpoint, FROM_OTHER, JSON.stringify([[2, "work", 0, value]]));
  const [[, record]] = records(router);
  assert.equal(record.at(-1) === value, true);
});

/** Around the length up to which text is read with one call, and its double; of what UTF-8 makes 1 to 4 bytes. */
const LENGTHS = [0, 1, 65_536, 131_072];
const CHARACTERS = ["x", "\u00e9", "\u20ac", "\u{1f600}", "\ud800"];

test("text of any length and characters crosses whole in the calls of every message", () => {
  const { router, endpoint } = routerWithWindow(FROM_MAIN | FROM_OTHER);
  const lanes = FROM_MAIN | FROM_OTHER;
  for (const character of CHARACTERS) {
    const bytes = Buffer.byteLength(character);
    for (const length of LENGTHS) {
      for (let off = -40; off <= 8; off++) {
        const count = Math.max(0, Math.floor((length + off) / bytes));
        const value = character.repeat(count) + "|";
        const wanted = `"${value.replace(/\ud800/g, "\ufffd")}"`;
        const json = `"${value}"`;
        for (const out of [
          exchange(router, "", {
            from: endpoint,
            lanes,
            packet: `[[2,"work",0,${json}]]`,
            bytes: 1,
          }),
          exchange(router, `>"work"\n0,${json}`, { bytes: 1 }),
        ]) {
          const [{ text }] = framesOf(router, out);
          assert.ok(text.endsWith(`,0,${wanted}]]`), `${count} of ${bytes} bytes`);
        }
        acknowledge(router, endpoint, 2);
      }
    }
  }
});

test("any string is a payload, lone surrogates among them", () => {
  const { router, endpoint } = routerWithWindow(FROM_MAIN | FROM_OTHER);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (value) => {
      const packet = JSON.stringify([[2, "work", 0, { value }]]);
      routePacket(router, endpoint, FROM_MAIN | FROM_OTHER, packet);
      send(router, "work", 0, JSON.stringify([value]));
      const payloads = records(router).map(([, record]) => record.at(-1));
      assert.deepEqual(payloads, [{ value }, [value]]);
    }),
  );
});

test("any well-formed string can name a window, on both ways to say it", () => {
  const { endpoint, router } = routerWithWindow();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (name) => {
      if (name === "work") return;
      router.nameWindow(name, 9);
      assert.ok(router.names().includes(name));
      tell(router, router.connect(9, 40), FROM_MAIN | FROM_OTHER);
      send(router, name, 0, "1");
      routePacket(router, endpoint, 0, JSON.stringify([[2, name, 0, 2]]));
      assert.deepEqual(
        records(router).map(([, record]) => record.at(-1)),
        [1, 2],
      );
      assert.equal(router.unnameWindow(name), true);
    }),
  );
});

test("the sender's name reaches the receiver, whatever its characters", () => {
  const name = 'quote " back \\ line \n nul \u0000 emoji 😀 \u2028';
  const router = new Router();
  router.nameWindow(name, 3);
  const endpoint = router.connect(3, 2);
  const packet = JSON.stringify([[2, name, 0, 1]]);
  routePacket(router, endpoint, FROM_OTHER, packet);
  assert.deepEqual(records(router), [[endpoint, [4, name, 0, 1]]]);
});

test("a name with a lone surrogate harms no other record of its packet", () => {
  const { router, endpoint } = routerWithWindow(FROM_OTHER);
  const packet = JSON.stringify([
    [2, "\ud800", 0, "lost"],
    [2, "work", 0, "kept"],
  ]);
  routePacket(router, endpoint, FROM_OTHER, packet);
  const got = records(router).map(([, record]) => record);
  assert.ok(
    got.some((record) => record[0] === 4 && record.at(-1) === "kept"),
    JSON.stringify(got),
  );
});
