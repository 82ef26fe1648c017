import { subscribe } from "electron-switchyard";

const TRACKS = 3;
const SVG = "http://www.w3.org/2000/svg";

/** Shows where the trains are, in the theme of all windows. `received` gets the first positions. */
export function showBoard(received) {
  const tracks = Array.from({ length: TRACKS }, (_, index) => addTrack(index + 1));
  let isNew = true;
  subscribe("trains", (_event, trains) => {
    for (const [index, track] of tracks.entries()) show(track, trainsOn(index + 1, trains));
    if (isNew) received(Object.keys(trains).length);
    isNew = false;
  });
  subscribe("theme", (_event, theme) => {
    document.body.className = theme;
  });
}

function trainsOn(number, trains) {
  return Object.entries(trains).filter(([, { track }]) => track === number);
}

function addTrack(number) {
  const track = document.createElementNS(SVG, "svg");
  track.setAttribute("class", "track");
  track.setAttribute("role", "img");
  track.setAttribute("aria-label", `track ${number}`);
  document.getElementById("board").append(track);
  return track;
}

function show(track, trains) {
  track.textContent = "";
  track.append(rail(), ...trains.flatMap(([name, { at }]) => train(name, at)));
}

function rail() {
  return shape("line", { x1: "0", x2: "100%", y1: "50%", y2: "50%" });
}

function train(name, at) {
  const left = `${at * 92}%`;
  const label = shape("text", { x: left, y: "50%", dx: "18", "dominant-baseline": "central" });
  label.textContent = name;
  return [shape("rect", { x: left, y: "3", width: "36", height: "16", rx: "4" }), label];
}

function shape(kind, attributes) {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
