const fs = require("fs");
const path = require("path");
const { nativeImage } = require("electron");
const { getAllWindows } = require("electron-switchyard");

const GAP = 16;
const BYTES_PER_PIXEL = 4;

/** Writes one picture of all windows that have a name, side by side. Returns its path. */
async function saveScreenshot(file) {
  await new Promise((resolve) => setTimeout(resolve, 500)); // for the last log lines
  const pictures = [];
  for (const window of getAllWindows()) pictures.push(await bitmapOf(window));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, sideBySide(pictures).toPNG());
  return file;
}

async function bitmapOf(window) {
  const image = await window.webContents.capturePage();
  return { ...image.getSize(), pixels: image.toBitmap() };
}

function sideBySide(pictures) {
  const width = pictures.reduce((sum, each) => sum + each.width + GAP, GAP);
  const height = Math.max(...pictures.map((each) => each.height)) + 2 * GAP;
  const canvas = Buffer.alloc(width * height * BYTES_PER_PIXEL, 0xff);
  let left = GAP;
  for (const picture of pictures) {
    draw(picture, canvas, width, left);
    left += picture.width + GAP;
  }
  return nativeImage.createFromBitmap(canvas, { width, height });
}

function draw(picture, canvas, width, left) {
  const row = picture.width * BYTES_PER_PIXEL;
  for (let y = 0; y < picture.height; y++) {
    const at = ((y + GAP) * width + left) * BYTES_PER_PIXEL;
    picture.pixels.copy(canvas, at, y * row, (y + 1) * row);
  }
}

exports.saveScreenshot = saveScreenshot;
