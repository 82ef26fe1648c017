// Not a test: builds the generated project in the current folder, as its own scripts/build.ts does.
// Three of its configs watch their sources; that script leaves after three seconds, done or not, and
// this one when the first build is done.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "vite";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
Object.assign(process.env, {
  MODE: "production",
  VITE_CURRENT_VERSION: version,
  VITE_CURRENT_OS: process.platform,
});

for (const part of ["render", "work", "main", "preload"]) {
  process.env.VITE_CURRENT_RUN_MODE = part;
  const configFile = resolve("config", `${part}.ts`);
  const building = await build({ configFile, mode: "production", logLevel: "warn" });
  if ("close" in building) await firstBuild(building);
}

function firstBuild(watcher) {
  return new Promise((resolve, reject) => {
    watcher.on("event", ({ code, error }) => {
      if (code === "ERROR") reject(error);
      if (code === "END") resolve(watcher.close());
    });
  });
}
