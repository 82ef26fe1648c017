import { clock } from "../shared/clock.js";

const ARROWS = { sent: "→", received: "←", failed: "✕", did: "·" };

export function showWindowName(name) {
  document.title = `${name} - electron-switchyard`;
  byId("name").textContent = `window ${name}`;
  byId("versions").textContent = `Electron ${version("Electron")} · Chrome ${version("Chrome")}`;
}

/** A window that opens after the tour's beginning shows nothing of it. */
export function hideTour() {
  byId("badge").hidden = true;
}

/** The tour's end, in the header. */
export function showTour({ ok, text }) {
  const badge = byId("badge");
  badge.textContent = text;
  badge.className = ok ? "good" : "bad";
}

/** A group of buttons that call `run` with their call. */
export function addGroup(title, calls, run) {
  const group = element("section", "group");
  group.append(element("h2", "", title), ...calls.map((call) => button(call, run)));
  byId("groups").append(group);
}

/** A column of log lines. Returns what adds a line: `{ kind, text, time? }`. */
export function addLog(title) {
  const column = element("section", "log");
  const lines = element("ol");
  column.append(element("h2", "", title), lines);
  byId("logs").append(column);
  return ({ kind, text, time = clock() }) => {
    lines.append(logLine(kind, text, time));
    lines.scrollTop = lines.scrollHeight;
  };
}

function logLine(kind, text, time) {
  const line = element("li", kind);
  line.append(element("time", "", time), element("b", "", ARROWS[kind]), element("span", "", text));
  return line;
}

function button(call, run) {
  const made = element("button");
  made.type = "button";
  made.title = `${call.name}: ${call.about}`;
  made.append(element("span", "call", call.name), element("span", "about", call.about));
  made.addEventListener("click", () => run(call));
  return made;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

function version(product) {
  return new RegExp(`${product}/([\\d.]+)`).exec(navigator.userAgent)?.[1];
}
