const { publish, serve } = require("electron-switchyard");
const { show } = require("../shared/show");
const { log } = require("./log");

const TRACKS = 3;
const MOVE_MS = 250;
const STEP = 1 / 40;

/** Each train's track, and how far it has come on it, from 0 to 1. */
const trains = { S1: { track: 1, at: 0.1 }, R4: { track: 3, at: 0.6 } };

/** Serves the trains, and publishes where they are: to all windows that show them, now or later. */
function openYard() {
  serve("trains", (event) => ({
    depart(train, track) {
      log("received", `trains.depart from ${event.windowName}: ${show([train, track])}`);
      if (track > TRACKS) throw noTrack(track);
      trains[train] = { track, at: 0 };
      showTrains();
      return { train, track };
    },
    list: () => Object.keys(trains),
  }));
  publish("theme", "light", { retain: true });
  showTrains();
  setInterval(move, MOVE_MS);
}

function move() {
  for (const train of Object.values(trains)) train.at = (train.at + STEP) % 1;
  showTrains();
}

/** A window that is slow gets only the last positions, and a new one gets them at once. */
function showTrains() {
  publish("trains", trains, { retain: true, conflate: "positions" });
}

function noTrack(track) {
  return Object.assign(new RangeError(`there is no track ${track}`), { code: "ERR_NO_TRACK" });
}

exports.openYard = openYard;
