// Not a test: messages as a hostile page makes them.
import fc from "fast-check";

const ABSENT = "\x7f";
const ODD = [null, true, -0, 2 ** 32, 2 ** 53, -1, 1e308, "", "A", "C", "__proto__", "\x1e", "\n"];
const odd = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(...ODD), fc.string());
const tag = fc.constantFrom(..."lniruacdxmtobvepwqs");
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    odd,
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "__proto__", "then", "toJSON", "length"), tie("node"), {
      maxKeys: 3,
    }),
    fc.tuple(tag, fc.array(tie("node"), { maxLength: 4 })).map(([t, rest]) => [ABSENT, t, ...rest]),
    fc.nat(3).map((n) => [ABSENT, "b", n]),
  ),
}));

const size = fc.oneof(
  fc.nat(3),
  fc.constantFrom(255, 30_000, 59_999, 60_000, 60_001, 500_000, 500_001, 2_000_000),
);
const fragment = fc.oneof(
  size.map((n) => new ArrayBuffer(n)),
  fc
    .tuple(fc.constantFrom("x", "5", "\ud800", '{"a":1}'), size)
    .map(([s, n]) => s.repeat(n % 500_002)),
);
const times = fc.oneof({ weight: 9, arbitrary: fc.nat(4) }, fc.constantFrom(4096, 4097, 50_000));
const fragments = fc.oneof(
  fc.array(fragment, { maxLength: 4 }),
  fc.tuple(fc.constantFrom("", "x"), times).map(([each, n]) => Array(n).fill(each)),
);
const count = fc.oneof(fc.nat(3), fc.constantFrom(2 ** 53 - 1, 2 ** 32, 60_001, 16_777_216));
const counts = fc.oneof(
  fc.array(count, { maxLength: 4 }),
  fc.tuple(fc.nat(2), times).map(([each, n]) => Array(n).fill(each)),
);

const kind = fc.constantFrom(1, 2, 7, 8, 9, 1, 2, 7, 3, 77);
const address = fc.oneof(
  fc.nat(20),
  fc.constantFrom("A", "C", "nobody"),
  fc.tuple(fc.nat(40), fc.constantFrom("A", "C", 0, 1)),
  odd,
);
const form = fc.oneof(fc.nat(3), fc.constantFrom(4097, 2 ** 32 - 1, 2 ** 32, -1, 1.5));
const packet = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(fc.tuple(kind, address, form, node), { maxLength: 4 })
      .map((records) => JSON.stringify(records)),
  },
  fc
    .tuple(fc.constantFrom("[", "x", "[9,1,0,0],", '[2,"A",0,1],'), size)
    .map(([s, n]) => s.repeat(n)),
  fc.string(),
  fc.constant(""),
);
/** As many counts as fragments, so that more gets through. */
const fitting = fc
  .tuple(kind, address, fc.array(fragment, { maxLength: 3 }), node)
  .map(([kind, address, fragments, value]) => [
    JSON.stringify([[kind, address, 1 + fragments.length, value]]),
    7,
    fragments,
    fragments.map(() => 1),
  ]);
const lanes = fc.oneof(fc.nat(7), fc.constantFrom(0x40, 0x80, 255, 256, -1));
export const message = fc.oneof(
  packet,
  fc.tuple(packet, lanes, fragments, counts),
  fitting,
  odd,
  node,
);

/** Records that the package could have sent, to windows of these names. */
function recordsTo(...names) {
  const name = fc.constantFrom(...names);
  const number = fc.nat(40);
  const addresses = {
    1: number,
    2: name,
    7: fc.tuple(number, name),
    8: fc.tuple(number, fc.nat(1)),
    9: number,
  };
  const record = fc
    .constantFrom(...Object.keys(addresses).map(Number))
    .chain((kind) => fc.tuple(fc.constant(kind), addresses[kind], fc.constant(0), fc.nat()));
  return fc.array(record, { minLength: 1, maxLength: 4 });
}

/** A message as the package makes them. */
const right = (records) =>
  fc.tuple(records, fc.nat(7), fc.array(fc.nat(3))).map(([records, lanes, sizes]) => {
    const fragments = sizes.map((size) => new ArrayBuffer(size));
    const [[kind, address, , payload], ...rest] = records;
    // The first record is whose they all are.
    const first = [kind, address, fragments.length > 0 ? 1 + fragments.length : 0, payload];
    return { records: [first, ...rest], lanes, fragments, counts: fragments.map(() => 1) };
  });

const STRANGERS = [
  () => new Date(Number.NaN),
  () => new Map([[1, 2]]),
  () => new Uint8Array(3),
  () => 5n,
  () => /x/,
  () => new Error("x"),
  () => new Array(3),
  () => new Array(2 ** 32 - 1),
  () => Object.assign([], { 5: "x" }),
  () => undefined,
];
const wrong = fc.oneof(
  odd,
  node,
  fc.constantFrom(...STRANGERS).map((make) => make()),
);

/** One member of a list is another thing, or gone, or there twice. */
const spoilt = (list, at, how, by) => {
  const copy = [...list];
  const added = { replaced: [by], gone: [], twice: [copy[at % list.length], by] }[how];
  copy.splice(at % Math.max(1, list.length), 1, ...added);
  return copy;
};

const how = fc.constantFrom("replaced", "replaced", "gone", "twice");
const spoiltRecord = ({ records, at, member, how, by }) =>
  records.map((record, n) =>
    n === at % records.length ? spoilt(record, member, how, by) : record,
  );

/** Right, but for one member of the message, of a record, of its fragments or of their counts. */
export const almost = fc
  .record({
    message: right(recordsTo("A", "B", "C")),
    where: fc.constantFrom("message", "record", "record", "fragments", "counts"),
    at: fc.nat(9),
    member: fc.nat(3),
    how,
    by: wrong,
  })
  .map(({ message: { records, lanes, fragments, counts }, where, at, member, how, by }) => {
    const parts = [
      textOf(where === "record" ? spoiltRecord({ records, at, member, how, by }) : records),
      lanes,
      where === "fragments" ? spoilt(fragments, at, how, by) : fragments,
      where === "counts" ? spoilt(counts, at, how, by) : counts,
    ];
    return where === "message" ? spoilt(parts, member, how, by) : parts;
  });

/** What a hostile endpoint sends to windows of these names: right, or but for one member of a record. */
export const packetTo = (...names) =>
  fc
    .record({
      message: right(recordsTo(...names)),
      isRight: fc.boolean(),
      at: fc.nat(3),
      member: fc.nat(3),
      how,
      by: fc.oneof(odd, node),
    })
    .map(({ message: { records, lanes, fragments }, isRight, ...spoils }) => ({
      packet: textOf(isRight ? records : spoiltRecord({ records, ...spoils })),
      lanes,
      fragments,
    }));

/** As JSON has it; of what JSON has nothing for, or is too long for, a text. */
function textOf(records) {
  const isTooMuch = (value) =>
    typeof value === "bigint" || (Array.isArray(value) && value.length > 1e6);
  return JSON.stringify(records, (_, value) => (isTooMuch(value) ? typeof value : value));
}
