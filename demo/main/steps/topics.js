const { textOf } = require("../calls");

/** Values for all who subscribe, and for those who come later. */
exports.topicSteps = ({ main, work, late, call, mainGot }) => [
  {
    route: "renderer(work) -> renderer(main)",
    call: 'publish("theme", "dark", { retain: true })',
    async run() {
      await work.run("publish: dark");
      return main.next("theme");
    },
    expect: 'work: "dark"',
  },
  {
    route: "renderer(main) -> main",
    call: `${textOf("subscribe")}, publish("notes", "hello")`,
    async run() {
      call("subscribe");
      await main.run("publish");
      return mainGot("notes");
    },
    expect: 'main: "hello"',
  },
  {
    route: "main -> renderer(work)",
    call: textOf("publish: to"),
    async run() {
      call("publish: to");
      return `${await work.next("notes")}, in main: ${await main.count("notes")}`;
    },
    expect: 'main process: "for work", in main: 0',
  },
  {
    route: "main",
    call: `${textOf("subscribe: undo")}, publish("notes", "hello")`,
    async run() {
      call("subscribe: undo");
      await work.run("publish");
      return work.next("notes");
    },
    expect: 'work: "hello"',
  },
  {
    route: "main -> renderer(work)",
    call: textOf("publish: conflate"),
    async run() {
      call("publish: conflate");
      return work.next("notes");
    },
    expect: "main process: 100",
  },
  {
    route: "main -> renderer(late)",
    call: 'createWindow("late", ...): the theme, and how many trains',
    async run() {
      call("open late");
      return `${await late.next("theme")}, ${await late.next("trains")}`;
    },
    expect: 'work: "dark", 2',
  },
  {
    route: "renderer(work) -> renderer(main)",
    call: 'publish("theme", "light", { retain: true })',
    async run() {
      await work.run("publish: light");
      return main.next("theme");
    },
    expect: 'work: "light"',
  },
  {
    route: "main",
    call: textOf("windowNames"),
    run: () => call("windowNames"),
    expect: '["main", "work", "late"]',
  },
  {
    route: "main",
    call: textOf("getContents"),
    run: () => call("getContents"),
    expect: '"work - electron-switchyard"',
  },
];
