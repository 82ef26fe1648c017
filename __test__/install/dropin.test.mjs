// The projects that electron-prokit's generator makes, with this package in its place.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { textOf } from "../docs/blocks.mjs";
import { write } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";
import {
  buildProject,
  DRIVER,
  FRAMEWORKS,
  filesBelow,
  generate,
  openTemplates,
  replaceIn,
} from "./templates.mjs";
import { openWorkplace } from "./workplace.mjs";

const OWN = "electron-switchyard";
const URL_OF_LOGO = "https://xutaotaotao.github.io/electron-prokit/";
const PICTURES = join(ROOT, "target", "dropin");

/** The ways that leave the imports alone, as the guide has them. */
const GUIDE = textOf("docs/migrating.md");
const [, NPM_ALIAS] = /`npm install (\S+@npm:\S+)`/.exec(GUIDE);
const [, BUNDLER_ALIAS] = /`resolve: \{ alias: \{ (.+?) \} \}`/.exec(GUIDE);

/** The command, which the guide has npx fetch, and with which the app's own package starts it. */
const MIGRATE = /^npx (electron-switchyard-migrate)$/m.exec(GUIDE)[1];

/** What differs from a project that was never changed. */
const CHANGES = {
  "the migration": { spec: `${OWN} ${MIGRATE}`, change: migrate },
  "the import": {
    spec: OWN,
    change: (project) => replaceIn(join(project, "src"), /(["'])electron-prokit\1/g, `$1${OWN}$1`),
  },
  "a bundler alias": {
    spec: OWN,
    change: (project) => replaceIn(join(project, "config"), /alias: \{/, `$& ${BUNDLER_ALIAS},`),
  },
  "an npm alias": { spec: NPM_ALIAS, change: () => 0 },
};

/** How many files a change touches. */
const TOUCHED = {
  react: { "the migration": 5, "the import": 5, "a bundler alias": 4, "an npm alias": 0 },
  vue: { "the migration": 4, "the import": 4, "a bundler alias": 4, "an npm alias": 0 },
};

/** What a project shows, and what its second page says of "to work". */
const SHOWN = {
  react: {
    seen: [
      "A vite + react + electron template with electron-prokit.",
      "count is 0",
      "Edit src/render/App.tsx and save to test HMR",
      "Click on the logo to learn more",
    ],
    consoles: ["[object Object] to work"],
  },
  vue: {
    seen: [
      "A vite + vue + electron template with electron-prokit.",
      "count is 0",
      "Edit src/render/components/HelloWorld.vue to test HMR",
      "Click on the logos to learn more",
    ],
    consoles: ["work"],
  },
};

const place = await openWorkplace();
after(() => place.close());
await openTemplates(place);
mkdirSync(PICTURES, { recursive: true });

for (const [what, { spec, change }] of Object.entries(CHANGES)) {
  test(`electron-prokit's templates, with nothing changed but ${what}`, async (t) => {
    const label = what.replace(/\W+/g, "-");
    const folder = place.makeFolder(label);
    write(folder, { "package.json": JSON.stringify({ name: label, private: true }) });
    await place.npm(["install", ...spec.split(" ")], folder);
    for (const framework of Object.keys(FRAMEWORKS)) {
      await t.test(framework, async () => {
        const project = await generate(folder, framework);
        assert.equal(await change(project), TOUCHED[framework][what]);
        await buildProject(place, project);
        assertIsOurs(project);
        const [name] = spec.split(/ |@npm:/);
        await assertWorks(project, framework, name, `${framework}-${label}`);
      });
    }
  });
}

/** Runs it to look, and then in earnest. Returns how many files of the project have changed. */
async function migrate(project) {
  const npx = (...args) => place.npm(["exec", "--", ...args], project);
  const contents = () => filesBelow(join(project, "src")).map((file) => readFileSync(file, "utf8"));
  const before = contents();
  await npx(MIGRATE, "--dry");
  assert.deepEqual(contents(), before);
  await npx(OWN, "migrate");
  const after = contents();
  return after.filter((text, i) => text !== before[i]).length;
}

/** electron-prokit's preload and pages would name its channels. */
function assertIsOurs(project) {
  for (const part of ["preload", "render", "work"]) {
    const built = filesBelow(join(project, "dist", part)).filter((file) => /\.c?js$/.test(file));
    assert.ok(built.length > 0, part);
    for (const file of built)
      assert.doesNotMatch(readFileSync(file, "utf8"), /EPrenderMsgToMain/, file);
  }
}

async function assertWorks(project, framework, name, picture) {
  const SCREENSHOT = join(PICTURES, `${picture}.png`);
  const environment = { PROJECT: project, PACKAGE: name, SCREENSHOT };
  const ended = await startApp(await electronRuntime(22), DRIVER, environment);
  const result = {
    ...SHOWN[framework],
    answer: "Main have get data is [object Object]",
    fromMain: "from main",
    opened: [URL_OF_LOGO],
    delivered: 2,
    dropped: 0,
  };
  assert.deepEqual(ended, { exit: 0, result, said: [] });
}
