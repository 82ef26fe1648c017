const { richValue } = require("../../shared/samples");
const { show } = require("../../shared/show");
const { textOf } = require("../calls");

const RICH = show(richValue());

/** Messages that arrive, in each direction. */
exports.messageSteps = (stage) => [
  ...toMain(stage),
  ...toRenderer(stage),
  ...toOtherRenderer(stage),
];

function toMain({ main, work, call, mainGot }) {
  return [
    {
      route: "renderer(main) -> main",
      call: 'sendMsgToMain({ ask: "greet" })',
      run: () => main.run("sendMsgToMain"),
      expect: '"Hello main"',
    },
    {
      route: "renderer(work) -> main",
      call: 'sendMsgToMain({ ask: "greet" }), onMsgFromRender',
      run: async () => `${await work.run("sendMsgToMain")}, ${await mainGot()}`,
      expect: '"Hello work", work: { ask: "greet" }',
    },
    {
      route: "renderer(main) -> main",
      call: `sendMsgToMain({ ask: "echo", value: rich })`,
      run: () => main.run("sendMsgToMain: rich"),
      expect: RICH,
    },
    {
      route: "renderer(work) -> main",
      call: 'onMsgFromRender(second), sendMsgToMain({ ask: "second" })',
      run: async () =>
        `${call("onMsgFromRender")}, ${await work.run("sendMsgToMain", { ask: "second" })}`,
      expect: 'a function, "the second handler\'s answer"',
    },
    {
      route: "renderer(work) -> main",
      call: 'undo(), sendMsgToMain({ ask: "second" })',
      run: async () =>
        `${call("onMsgFromRender: undo")}, ${await work.run("sendMsgToMain", { ask: "second" })}`,
      expect: "undefined, undefined",
    },
  ];
}

function toRenderer({ work, call }) {
  return [
    {
      route: "main -> renderer(work)",
      call: textOf("sendMsgToRender"),
      async run() {
        call("sendMsgToRender");
        return work.next("onMsgFromMain");
      },
      expect: 'main process: { hello: "work" }',
    },
    {
      route: "main -> renderer(work)",
      call: 'sendMsgToRender("work", rich)',
      async run() {
        call("sendMsgToRender: rich");
        return work.next("onMsgFromMain");
      },
      expect: `main process: ${RICH}`,
    },
    {
      route: "main -> renderer(work)",
      call: "onMsgFromMain(second), sendMsgToRender(...)",
      async run() {
        await work.run("onMsgFromMain");
        call("sendMsgToRender");
        return `${await work.next("onMsgFromMain")}, second: ${await work.next("second listener")}`;
      },
      expect: 'main process: { hello: "work" }, second: main process: { hello: "work" }',
    },
    {
      route: "main -> renderer(work)",
      call: "offMsgFromMain(second), sendMsgToRender(...)",
      async run() {
        await work.run("offMsgFromMain");
        call("sendMsgToRender");
        return `${await work.next("onMsgFromMain")}, second: ${await work.count("second listener")}`;
      },
      expect: 'main process: { hello: "work" }, second: 0',
    },
  ];
}

function toOtherRenderer({ main, work }) {
  return [
    {
      route: "renderer(main) -> renderer(work)",
      call: 'sendMsgToOtherRender("work", { hello: "work" })',
      async run() {
        await main.run("sendMsgToOtherRender");
        return work.next("onMsgFromOtherRender");
      },
      expect: 'main: { hello: "work" }',
    },
    {
      route: "renderer(work) -> renderer(main)",
      call: 'sendMsgToOtherRender("main", { hello: "main" })',
      async run() {
        await work.run("sendMsgToOtherRender");
        return main.next("onMsgFromOtherRender");
      },
      expect: 'work: { hello: "main" }',
    },
    {
      route: "renderer(main) -> renderer(work)",
      call: 'sendMsgToOtherRender("work", rich)',
      async run() {
        await main.run("sendMsgToOther: rich");
        return work.next("onMsgFromOtherRender");
      },
      expect: `main: ${RICH}`,
    },
    {
      route: "renderer(main) -> renderer(work)",
      call: "onMsgFromOtherRender(second), onMsgFormOtherRender(third), send",
      async run() {
        await work.run("onMsgFromOtherRender");
        await work.run("onMsgFormOtherRender");
        await main.run("sendMsgToOtherRender");
        return `second: ${await work.next("second listener")}, third: ${await work.next("third listener")}`;
      },
      expect: 'second: main: { hello: "work" }, third: main: { hello: "work" }',
    },
    {
      route: "renderer(main) -> renderer(work)",
      call: "offMsgFromOtherRender(second), offMsgFromOtherRender(third), send",
      async run() {
        await work.run("offMsgFromOtherRender");
        await main.run("sendMsgToOtherRender");
        const first = await work.next("onMsgFromOtherRender");
        const others = [await work.count("second listener"), await work.count("third listener")];
        return `${first}, second: ${others[0]}, third: ${others[1]}`;
      },
      expect: 'main: { hello: "work" }, second: 0, third: 0',
    },
  ];
}
