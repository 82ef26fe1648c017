const { textOf } = require("../calls");

/** How the two windows got their calls. */
exports.startSteps = ({ main, work, call, mainGot }) => [
  {
    route: "preload(work) -> main",
    call: "initExposeInMainWorld(), sendMsgToMain(...)",
    first: true, // nothing may be cleared: the message comes while the window loads
    run: () => mainGot(),
    expect: 'work: { tell: "the preload is here" }',
  },
  {
    route: "preload(work)",
    call: "initExposeInMainWorld(): Object.keys(window.electronProkit)",
    run: () => work.evaluate("the global", "Object.keys(window.electronProkit).sort().join(' ')"),
    expect:
      "clearDb initDb offMsgFromMain onMsgFromMain onRenderMsgToRender readDb renderMsgToMain " +
      "renderMsgToRender writeDb",
  },
  {
    route: "renderer(main)",
    call: "initExposeInMainWorld()",
    run: () => main.run("initExposeInMainWorld"),
    expect: /\(ERR_WRONG_PROCESS\)$/,
  },
  {
    route: "main",
    call: textOf("getPreloadPath"),
    run: () => call("getPreloadPath"),
    expect: '"preload.js"',
  },
  {
    route: "main",
    call: textOf("initIpc"),
    run: () => call("initIpc"),
    expect: "undefined",
  },
];
