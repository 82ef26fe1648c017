import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

const work = mkdtempSync(join(tmpdir(), "switchyard-attributes-"));
after(() => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));

/** A repository of our own over a folder of files, on a machine where git writes \r\n. */
function repository(name) {
  const store = join(work, `${name}.git`);
  execFileSync("git", ["init", "--quiet", "--bare", store], { stdio: "pipe" });
  const settings = ["core.autocrlf=true", "core.bare=false", "core.safecrlf=false"];
  const options = settings.flatMap((each) => ["-c", each]);
  return (tree, ...args) =>
    execFileSync("git", [...options, `--git-dir=${store}`, `--work-tree=${tree}`, ...args], {
      cwd: tree,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
      stdio: "pipe",
    });
}

/** What a checkout of a folder's files has: by name, the ends of its lines and its attributes. */
function checkedOut(name, tree) {
  const git = repository(name);
  const out = join(work, name);
  mkdirSync(out);
  git(tree, "add", "--all");
  git(out, "checkout-index", "--all", "--force");
  const lines = git(out, "ls-files", "--eol").trim().split("\n");
  return lines.map((line) => {
    const [, working, attributes, file] = /\sw\/(\S*)\s+attr\/(.*?)\s*\t(.*)$/.exec(line);
    return { file, working, attributes };
  });
}

test("where git is told to write \\r\\n, a checkout of this project has none", () => {
  const files = checkedOut("project", ROOT);
  assert.ok(files.length > 300);
  const texts = files.filter(({ attributes }) => attributes === "text=auto eol=lf");
  assert.ok(texts.length > 0.9 * files.length);
  const wrong = files.filter(({ working }) => working === "crlf" || working === "mixed");
  assert.deepEqual(wrong, []);
});

test("without attributes such a checkout would have them", () => {
  const tree = join(work, "plain-tree");
  mkdirSync(tree);
  writeFileSync(join(tree, "text.js"), "one\ntwo\n");
  assert.deepEqual(checkedOut("plain", tree), [
    { file: "text.js", working: "crlf", attributes: "" },
  ]);
});
