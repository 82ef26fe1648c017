/** Stands for what electron-prokit's ipc does not need: koffi, lowdb, electron-updater, axios. */
module.exports = {};
