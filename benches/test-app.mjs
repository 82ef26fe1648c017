// How many apps of electron-switchyard/testing are made, asked once and disposed in a second.
import { testApp } from "../dist/node-testing.mjs";

const ROUNDS = 5;
const APPS = 2_000;

for (let round = 0; round < ROUNDS; round++) {
  const start = process.hrtime.bigint();
  for (let n = 0; n < APPS; n++) {
    const app = testApp({ windows: ["main", "work"] });
    app.main.onMsgFromRender((_event, msg) => msg);
    await app.window("work").sendMsgToMain(n);
    app.dispose();
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(`${Math.round(APPS / seconds).toLocaleString("en")} apps a second`);
}
