const { stats } = require("electron-switchyard");
const { show } = require("../../shared/show");
const { textOf } = require("../calls");

/** What cannot work: each sender is told, and nothing else happens. */
exports.refusalSteps = ({ main, work, call }) => [
  {
    route: "renderer(work) -> main",
    call: 'sendMsgToMain({ ask: "fail" })',
    run: () => work.run("sendMsgToMain: error"),
    expect: "RangeError: there is no track 9 (ERR_NO_TRACK)",
  },
  {
    route: "renderer(work) -> main",
    call: "sendMsgToMain({ items: [1, a function] })",
    run: () => work.run("sendMsgToMain: fn"),
    expect: /^DataCloneError: .*msg\.items\[1\].*\(ERR_NOT_CLONEABLE\)$/,
  },
  {
    route: "main -> renderer(work)",
    call: textOf("sendMsgToRender: fn"),
    run: () => call("sendMsgToRender: fn"),
    expect: /^DataCloneError: .*msg\.items\[1\].*\(ERR_NOT_CLONEABLE\)$/,
  },
  {
    route: "main -> nobody",
    call: textOf("sendMsgToRender: nobody"),
    run: () => call("sendMsgToRender: nobody"),
    expect: /not find windowInstance.*main.*work.*\(ERR_UNKNOWN_WINDOW\)$/,
  },
  {
    route: "renderer(main) -> nobody",
    call: 'sendMsgToOtherRender("nobody", "hello?")',
    async run() {
      const result = await main.run("sendMsgToOther: nobody");
      return `${result}, onUndeliverable: ${await main.next("onUndeliverable")}`;
    },
    expect: /^undefined, onUndeliverable: .*nobody.*main.*work.*ERR_UNKNOWN_WINDOW/,
  },
  {
    route: "main",
    call: "stats(): accepted = delivered + queued + dropped",
    run: () => booksText(stats()),
    expect: /^true { accepted: /,
  },
];

function booksText({ total }) {
  const balanced = total.accepted === total.delivered + total.queued + total.dropped;
  return `${balanced} ${show(total)}`;
}
