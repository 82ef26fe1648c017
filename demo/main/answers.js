const { aborted } = require("../shared/aborted");
const { show } = require("../shared/show");
const { buttons, callByName } = require("./calls");
const { inbox } = require("./inbox");
const { log } = require("./log");

let tour;

/** The handler of all that pages send to main. */
async function answer(event, msg) {
  if (msg.ask === "start") return { calls: buttons(), tour };
  const text = `${event.windowName}: ${show(msg)}`;
  log("received", `onMsgFromRender  ${text}`);
  inbox.put("onMsgFromRender", text);
  const result = ANSWERS[msg.ask]?.(msg, event);
  if (result !== undefined) log("sent", `answer to ${event.windowName}: ${show(result)}`);
  return result;
}

const ANSWERS = {
  greet: (_msg, event) => `Hello ${event.windowName}`,
  echo: (msg) => msg.value,
  call: (msg) => void callByName(msg.name),
  wait: (_msg, { signal }) => aborted(signal, told),
  fail() {
    log("failed", "throws a RangeError");
    throw Object.assign(new RangeError("there is no track 9"), { code: "ERR_NO_TRACK" });
  },
};

function told(text) {
  log("failed", `event.signal: ${text}`);
  inbox.put("event.signal", text);
}

function tourEnded(result) {
  tour = result;
}

module.exports = { answer, tourEnded };
