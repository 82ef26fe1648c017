const { stats } = require("electron-switchyard");
const { show } = require("../../shared/show");
const { textOf } = require("../calls");

/** Methods that are called by name, in main and in windows. */
exports.serviceSteps = ({ main, work, call }) => [
  {
    route: "renderer(main) -> main",
    call: 'connect("trains").depart("S1", 2)',
    run: () => main.run("connect: trains"),
    expect: '{ train: "S1", track: 2 }',
  },
  {
    route: "renderer(work) -> main",
    call: 'connect("trains").depart("S1", 9)',
    run: () => work.run("connect: error"),
    expect: "RangeError: there is no track 9 (ERR_NO_TRACK)",
  },
  {
    route: "renderer(work) -> main",
    call: 'connect("trains").fly()',
    run: () => work.run("connect: no method"),
    expect: /depart.*list.*\(ERR_NO_METHOD\)$/,
  },
  {
    route: "main -> renderer(work)",
    call: textOf("connect: view"),
    run: () => call("connect: view"),
    expect: '"Hello main, this is work"',
  },
  {
    route: "renderer(main) -> renderer(work)",
    call: 'connect("view", { in: "work" }).greet("main")',
    run: () => main.run("connect: view"),
    expect: '"Hello main, this is work"',
  },
  {
    route: "renderer(work) -> main",
    call: 'connect("clock").now() before serve("clock", ...)',
    async run() {
      const early = work.run("connect: clock");
      call("serve");
      return early;
    },
    expect: "1",
  },
  {
    route: "renderer(work) -> main",
    call: textOf("serve: again"),
    async run() {
      call("serve: again");
      return work.run("connect: clock");
    },
    expect: "2",
  },
  {
    route: "main",
    call: `${textOf("serve: undo")}, stats().mainProcess.services`,
    run: () => `${call("serve: undo")}, ${show(stats().mainProcess.services)}`,
    expect: 'undefined, ["trains"]',
  },
];
