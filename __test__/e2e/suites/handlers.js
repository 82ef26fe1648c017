/** What handlers in main answer, throw, and how several of them share the work. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

class AccountError extends Error {
  constructor(message) {
    super(message);
    this.name = "AccountError";
    this.balance = 3;
  }
}

function errors() {
  const range = Object.assign(new RangeError("too far"), { code: "E_FAR", limit: { at: 5 } });
  const cause = new TypeError("the reason");
  const caused = new Error("outer");
  Object.defineProperty(caused, "cause", { value: cause });
  return {
    range: [
      range,
      'RangeError(RangeError, "too far", {code: "E_FAR",limit: {at: 5},cause: undefined})',
    ],
    caused: [
      caused,
      'Error(Error, "outer", {code: undefined,cause: ' +
        'TypeError(TypeError, "the reason", {code: undefined,cause: undefined})})',
    ],
    custom: [
      new AccountError("no money"),
      'Error(AccountError, "no money", {balance: 3,code: undefined,cause: undefined})',
    ],
    text: ["just a text", '"just a text"'],
    nothing: [undefined, "undefined"],
    unsendable: [
      Object.assign(new Error("with a function"), { fn: () => 0, kept: 1 }),
      'Error(Error, "with a function", {kept: 1,code: undefined,cause: undefined})',
    ],
  };
}

const rejection = (name) =>
  sy.sendMsgToMain(name).then(
    () => "resolved",
    (error) => shared.textOf(error),
  );

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: what a handler throws rejects in the page as it was`]: async (t) => {
      const table = errors();
      t.handle((_event, [name, async]) => {
        if (async) return Promise.reject(table[name][0]);
        throw table[name][0];
      });
      const page = await t.open("page", kind);
      for (const [name, [, expected]] of Object.entries(table)) {
        for (const async of [false, true]) {
          t.assert.equal(await page.run(rejection, [name, async]), expected, name);
        }
      }
      const stack = await page.run(() => sy.sendMsgToMain(["range"]).catch((error) => error.stack));
      t.assert.match(stack, /handlers\.js/);
    },
  };
}

const SHARED = {
  "an answer that cannot be sent rejects the page's promise and is named": async (t) => {
    const answers = { plain: { list: [1, () => 0] }, async: Promise.resolve({ fn() {} }) };
    t.handle((_event, which) => answers[which]);
    const page = await t.open("page");
    const plain = await page.thrown(() => sy.sendMsgToMain("plain"));
    t.assert.equal(plain.code, "ERR_NOT_CLONEABLE");
    t.assert.match(plain.message, /answer\.list\[1\] is a function/);
    const late = await page.thrown(() => sy.sendMsgToMain("async"));
    t.assert.match(late.message, /answer\.fn is a function/);
  },

  "the first defined answer in order of adding wins; each handler gets each message": async (t) => {
    const seen = [];
    t.handle(() => void seen.push("first"));
    t.handle(async () => {
      seen.push("second");
      await t.sleep(20);
      return "slow but earlier";
    });
    t.handle(() => {
      seen.push("third");
      return "fast but later";
    });
    const page = await t.open("page");
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "slow but earlier");
    t.assert.deepEqual(seen, ["first", "second", "third"]);
  },

  "a handler that throws after the one that answers harms nothing": async (t) => {
    t.handle(() => "answer");
    t.handle(() => Promise.reject(new Error("a later one's")));
    t.handle(() => {
      throw new Error("a later one's");
    });
    const page = await t.open("page");
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
  },

  "no handler that answers: the page's promise resolves to undefined": async (t) => {
    t.handle(() => undefined);
    const page = await t.open("page");
    t.assert.equal(await page.run(async () => typeof (await sy.sendMsgToMain(1))), "undefined");
    t.handle(async () => undefined);
    t.assert.equal(await page.run(async () => typeof (await sy.sendMsgToMain(1))), "undefined");
  },

  "the same handler twice counts once; its undo takes it away": async (t) => {
    let count = 0;
    const handler = () => ++count;
    const undo = t.handle(handler);
    t.handle(handler);
    const page = await t.open("page");
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), 1);
    undo();
    undo();
    t.handle(() => "another");
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "another");
    t.assert.equal(count, 1);
  },

  "a handler may send before it answers": async (t) => {
    t.handle((event) => {
      sy.sendMsgToRender(event.windowName, "first");
      return "second";
    });
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "second");
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"first"']]);
  },

  "a handler's event names the sender's webContents": async (t) => {
    const page = await t.open("page");
    t.handle((event) => {
      t.assert.equal(event.sender, page.contents);
      return [
        event.windowName,
        event.processId === page.contents.getProcessId(),
        event.frameId > 0,
      ];
    });
    t.assert.deepEqual(await page.run(() => sy.sendMsgToMain(1)), ["page", true, true]);
  },

  "a listener that throws in a page stops no other listener": async (t) => {
    const page = await t.open("page");
    await page.run(() => {
      sy.onMsgFromMain(() => {
        throw new Error("a listener's own");
      });
    });
    await page.hear("other", "onMsgFromMain");
    for (const n of [1, 2]) sy.sendMsgToRender("page", n);
    t.assert.equal((await page.hears("other", 2)).length, 2);
    await page.says(/a listener's own/);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  SHARED,
);
