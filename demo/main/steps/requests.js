const { textOf } = require("../calls");

/** Requests to windows, and requests that are given up. */
exports.requestSteps = ({ main, work, call, mainGot }) => [
  {
    route: "main -> renderer(work)",
    call: `onCall, ${textOf("callRender")}`,
    run: () => call("callRender"),
    expect: '"Hello main process, this is work"',
  },
  {
    route: "renderer(main) -> renderer(work)",
    call: 'callOtherRender("work", { ask: "greet" })',
    run: () => main.run("callOtherRender"),
    expect: '"Hello main, this is work"',
  },
  {
    route: "renderer(work) -> renderer(main)",
    call: 'callOtherRender("main", { ask: "fail" })',
    run: () => work.run("callOtherRender: error"),
    expect: "RangeError: there is no track 9 (ERR_NO_TRACK)",
  },
  {
    route: "main -> renderer(work)",
    call: textOf("callRender: timeout"),
    run: async () => `${await call("callRender: timeout")}, ${await work.next("event.signal")}`,
    expect:
      "Error: electron-switchyard: callRender: no answer within 100 ms (ERR_TIMEOUT), " +
      "aborted: Error: electron-switchyard: callRender: no answer within 100 ms (ERR_TIMEOUT)",
  },
  {
    route: "renderer(work) -> main",
    call: 'sendMsgToMain({ ask: "wait" }, { signal })',
    run: async () => `${await work.run("sendMsgToMain: abort")}, ${await mainGot("event.signal")}`,
    expect: /^AbortError: .*, aborted: AbortError: /,
  },
];
