// Not a test: the main process of docs/recipes/hot-reload.md, which edits its own pages while
// messages flow, and counts what arrives.
const { app } = require("electron");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const sy = require("electron-switchyard");

const EDITS = 5;
const BETWEEN_MESSAGES_MS = 4;
const PATIENCE_MS = 8000;
/** Vite's watcher takes two changes of a file within 100 ms for one. */
const BETWEEN_EDITS_MS = 200;

/** What the console of the page said, and how often a document was loaded. */
const lines = [];
let documents = 0;
let version = 0;

app.setPath("userData", join(__dirname, "user-data"));
app.on("web-contents-created", (_event, contents) => {
  contents.on("console-message", (_details, _level, line) => lines.push(line));
  contents.on("dom-ready", () => documents++);
});

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what, isSo) {
  const end = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`in vain: ${what}; ${lines.slice(-20).join(" / ")}`);
    await sleep(5);
  }
}

const said = (word) =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.split(" ")[1]));
const subscribed = (topic) => sy.stats().topics[topic]?.subscribers;

/** Changes a module, and waits for the page to run it. */
async function edit(name, change = (text) => text) {
  await sleep(BETWEEN_EDITS_MS);
  const file = join(__dirname, name);
  const mark = `version-${++version}`;
  const text = readFileSync(file, "utf8").replace(/\nconsole\.log\("version.*/, "");
  writeFileSync(file, `${change(text)}\nconsole.log("${mark}");\n`);
  await until(`${name} ${mark}`, () => lines.includes(mark));
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Numbers that came twice, or after a larger one. */
const strays = (numbers) => numbers.filter((each, i) => i > 0 && each <= numbers[i - 1]);
const missing = (numbers, from, to) => range(from, to).filter((each) => !numbers.includes(each));

let sent = 0;
const answers = [];

function sendOne() {
  const number = ++sent;
  sy.sendMsgToRender("board", number);
  sy.publish("news", number);
  sy.publish("ticker", number);
  const { platform } = sy.connect("board", { in: "board" });
  answers.push(platform(number).then((answer) => answer === number % 4));
}

/** Sends the last one of a row, and waits until all before it is there. */
async function settle() {
  // The answer of the module that runs comes behind its subscriptions.
  await sy.connect("board", { in: "board" }).platform(0);
  await until("all subscribe", () => subscribed("news") === 1 && subscribed("ticker") === 1);
  sendOne();
  const last = sent;
  const arrived = (word) => said(word).includes(last);
  await until(`number ${last}`, () => ["message", "news", "ticker"].every(arrived));
  await sleep(100);
  return (await Promise.all(answers.splice(0))).filter((isRight) => !isRight).length;
}

async function edits() {
  const timer = setInterval(sendOne, BETWEEN_MESSAGES_MS);
  for (let i = 0; i < EDITS; i++) {
    await edit("board.ts");
    await edit("view.ts");
  }
  clearInterval(timer);
  const wrong = await settle();
  return {
    messages: [strays(said("message")), missing(said("message"), 1, sent)],
    ticker: [strays(said("ticker")), missing(said("ticker"), 1, sent)],
    news: strays(said("news")),
    wrongAnswers: wrong,
    documents,
    wereMany: sent > 20,
  };
}

async function reload() {
  const first = sent + 1;
  sy.getWindow("board").reload();
  await until("the second document", () => documents === 2);
  await until("all subscribe", () => subscribed("news") === 1 && subscribed("ticker") === 1);
  for (let i = 0; i < 3; i++) sendOne();
  const wrong = await settle();
  const lastOfDocument = sent;
  await edit("board.ts");
  sendOne();
  const wrongLater = await settle();
  const of = (word) => said(word).filter((each) => each >= first);
  const all = ["message", "news", "ticker"].map((word) => [
    strays(of(word)),
    // Between two modules nobody subscribes to news.
    missing(of(word), first, word === "news" ? lastOfDocument : sent),
  ]);
  return { all, wrong, wrongLater };
}

async function services() {
  const { platform } = sy.connect("board", { in: "board" });
  const withoutDispose = (text) => text.replace(/import\.meta\.hot\.dispose\([\s\S]*?\}\);/, "");
  await edit("board.ts", withoutDispose);
  await edit("board.ts", (text) => text.replace("train % 4", "train % 4 + 100"));
  const takenOver = await platform(7);
  return { takenOver, services: sy.stats().windows.board.services };
}

/** Marks a component's script, so that the page says when it runs the new one. */
function marked(text, mark) {
  const line = `console.log("${mark}");`;
  return text.includes("<script")
    ? text.replace(/<script[^>]*>/, `$&\n${line}`)
    : `${text}\n${line}`;
}

/** An edited component listens once, and its predecessor no more. */
async function components() {
  const boards = { react: "Board.tsx", vue: "Board.vue", svelte: "Board.svelte" };
  const add = () => "added";
  sy.serve("trains", { list: () => [] });
  for (const name of ["timetable", "register"]) sy.serve(name, { add });
  sy.publish("platform", 3, { retain: true });
  const said = {};
  for (const name of Object.keys(boards)) {
    const webPreferences = { preload: sy.getPreloadPath() };
    const window = sy.createWindow(name, { show: false, webPreferences });
    said[name] = [];
    window.webContents.on("console-message", (_details, _level, line) => said[name].push(line));
    window.loadURL(`${process.env.DEV_SERVER}/${name}/${name}.html`);
  }
  const all = (line) => Object.values(said).every((lines) => lines.includes(line));
  await until("all components listen", () => all("platform 3"));
  for (const [name, file] of Object.entries(boards)) {
    const path = join(__dirname, name, file);
    writeFileSync(path, marked(readFileSync(path, "utf8"), "edited"));
  }
  await until("all components are edited", () => all("edited"));
  await sleep(BETWEEN_EDITS_MS);
  for (const value of [11, 12, 13]) sy.publish("platform", value);
  await until("all values are there", () => all("platform 13"));
  await sleep(BETWEEN_EDITS_MS);
  const ones = Object.entries(said).map(([name, lines]) => [
    name,
    lines.filter((line) => /^platform 1/.test(line)),
  ]);
  return Object.fromEntries(ones);
}

async function ended() {
  const { board } = sy.stats().windows;
  return board.dropped + board.refused;
}

async function run() {
  require("./out/main.js");
  await app.whenReady();
  await until("all subscribe", () => subscribed("news") === 1 && subscribed("ticker") === 1);
  sendOne();
  const report = { edits: await edits(), reload: await reload(), services: await services() };
  report.components = await components();
  report.dropped = await ended();
  console.log(`RESULT ${JSON.stringify(report)}`);
}

run()
  .catch((error) => console.log(error))
  .then(() => app.exit(0));
