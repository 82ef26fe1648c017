/** The global that pages built with electron-prokit use. */
exports.prokitSteps = ({ main, work, call }) => [
  {
    route: "renderer(work) -> main",
    call: 'electronProkit.renderMsgToMain({ ask: "greet" })',
    run: () => work.run(".renderMsgToMain"),
    expect: '"Hello work"',
  },
  {
    route: "main -> renderer(work)",
    call: "electronProkit.onMsgFromMain(listener), sendMsgToRender(...)",
    async run() {
      await work.run(".onMsgFromMain");
      call("sendMsgToRender");
      return work.next("electronProkit.onMsgFromMain");
    },
    expect: 'main process: { hello: "work" }',
  },
  {
    route: "main -> renderer(work)",
    call: "electronProkit.offMsgFromMain(listener), sendMsgToRender(...)",
    async run() {
      await work.run(".offMsgFromMain");
      call("sendMsgToRender");
      const others = await work.next("onMsgFromMain");
      // The global lives in the preload: only an answer to it comes surely after that message.
      await work.run(".renderMsgToMain");
      return `${others}, here: ${await work.count("electronProkit.onMsgFromMain")}`;
    },
    expect: 'main process: { hello: "work" }, here: 0',
  },
  {
    route: "renderer(main) -> renderer(work)",
    call: 'electronProkit.onRenderMsgToRender(listener), renderMsgToRender("work", ...)',
    async run() {
      await work.run(".onRenderMsgToRender");
      await main.run(".renderMsgToRender");
      return work.next("electronProkit.onRenderMsgToRender");
    },
    expect: 'main: "as ever"',
  },
];
