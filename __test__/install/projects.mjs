// Not a test: projects as well-known generators make them, with the tools that build them.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureNodeModules, npmCommand } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { runGenerator, withoutNpm } from "./generators.mjs";
import { packAll, unpackAll } from "./unpacked.mjs";

const FOLDER = join(ROOT, "__test__", "install", "projects");
/** Seconds are usual; a machine under load may take minutes. */
const PATIENCE_MS = 300_000;
/** The Electron that starts the projects; what they are built for. */
export const MAJOR = 33;

const toolFile = (tools, path) => join(FOLDER, tools, "node_modules", ...path.split("/"));

const electronVite = (template) => (folder, name) =>
  runGenerator(
    toolFile("electron-vite", "@quick-start/create-electron/index.js"),
    [name, "--template", template, "--skip"],
    folder,
  );

const vitePluginElectron = (folder, name) =>
  runGenerator(toolFile("vite-plugin-electron", "create-electron-vite/index.js"), [name], folder, [
    [/Project template/, "\x1b[B\n"],
  ]);

const forge = (template) => (folder, name) => {
  const { electron } = manifestOf(join(FOLDER, "forge")).devDependencies;
  const options = [`--template=${template}`, "--skip-git", `--electron-version=${electron}`];
  const script = toolFile("forge", "create-electron-app/dist/index.js");
  return runGenerator(script, [name, ...options], folder);
};

/**
 * Each, by its row in the guide's table of files: its section there; the folder with its generator
 * and tools; how it is generated; and the commands that build it, as its own scripts have them.
 */
export const TEMPLATES = {
  "electron-vite, React": {
    section: "electron-vite",
    tools: "electron-vite",
    generate: electronVite("react-ts"),
    commands: [["npm", "run", "build"]],
  },
  "electron-vite, Vue": {
    section: "electron-vite",
    tools: "electron-vite",
    generate: electronVite("vue-ts"),
    commands: [["npm", "run", "build"]],
  },
  "create-electron-vite, React": {
    section: "create-electron-vite",
    tools: "vite-plugin-electron",
    generate: vitePluginElectron,
    // Its script goes on with electron-builder, which downloads an Electron.
    commands: [["tsc"], ["vite", "build"]],
  },
  "Electron Forge with Vite": {
    section: "Electron Forge with Vite",
    tools: "forge",
    generate: forge("vite-typescript"),
    commands: [["npm", "run", "package"]],
  },
  "Electron Forge with webpack": {
    section: "Electron Forge with webpack",
    tools: "forge",
    generate: forge("webpack-typescript"),
    commands: [["npm", "run", "package"]],
  },
};

/** What a generator's project needs for other things than to be built and started. */
const UNUSED = /eslint|prettier|^electron-builder$/;

export class Projects {
  constructor() {
    // Outside the checkout: tools look for settings and types in all folders above.
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "switchyard-projects-")));
    /** What opens the tools, once for each. */
    this.opening = {};
  }

  async open() {
    this.tarballs = await packAll("projects");
  }

  makeFolder(name) {
    const path = join(this.folder, name);
    mkdirSync(path);
    return path;
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Resolves to the folder of a new project, with the package among its dependencies. */
  async generate({ tools, generate }, name) {
    this.opening[tools] ??= openTools(tools);
    await this.opening[tools];
    await generate(this.folder, name);
    const project = join(this.folder, name);
    checkTools(tools, project);
    linkTools(join(FOLDER, tools), project);
    await this.install(project);
    return project;
  }

  /** As `npm install electron-switchyard` does. */
  async install(project) {
    const file = join(project, "package.json");
    const manifest = manifestOf(project);
    const dependencies = { ...manifest.dependencies, "electron-switchyard": "*" };
    writeFileSync(file, JSON.stringify({ ...manifest, dependencies }, undefined, 2));
    await unpackAll(project, this.tarballs);
  }
}

/**
 * Installs the tools of a template. Their packages come from the npm registry alone.
 * @param {string} tools
 * @param {(folder: string) => Promise<void>} [install]
 */
export async function openTools(tools, install = ensureNodeModules) {
  const folder = join(FOLDER, tools);
  try {
    await install(folder);
  } catch (cause) {
    const why = /** @type {Error} */ (cause).message;
    throw new Error(
      `the projects of ${tools} were not tried, because their tools could not be installed: ` +
        `${why}. "npm install" must work in ${folder}`,
      { cause },
    );
  }
}

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

const allOf = ({ dependencies, devDependencies }) => ({ ...dependencies, ...devDependencies });

/** The lock file is for what the generator's project asks for, word by word. */
function checkTools(tools, project) {
  const ours = allOf(manifestOf(join(FOLDER, tools)));
  const differ = Object.entries(allOf(manifestOf(project))).filter(
    ([name, range]) => !UNUSED.test(name) && range !== ours[name] && !(range === "*" && ours[name]),
  );
  if (differ.length === 0) return;
  const lines = differ.map(
    ([name, range]) => `${name}: ${range}, and the tools have ${ours[name]}`,
  );
  throw new Error(`the tools of ${tools} are not what its project asks for\n${lines.join("\n")}`);
}

/** Gives a project its own node_modules, whose packages are links. */
export function linkTools(from, project, names = readdirSync(join(from, "node_modules"))) {
  const modules = join(project, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of names) {
    symlinkSync(join(from, "node_modules", name), join(modules, name), "junction");
  }
}

/** Runs one of its tools, or npm, in a project. */
export function runIn(project, [command, ...args]) {
  const [npm, ...before] = npmCommand();
  const [program, ...rest] =
    command === "npm"
      ? [npm, ...before, ...args]
      : [process.execPath, join(project, "node_modules", ".bin", command), ...args];
  if (command !== "npm" && !existsSync(rest[0])) throw new Error(`${project} has no ${command}`);
  const env = { ...withoutNpm(), ELECTRON_MAJOR_VER: String(MAJOR) };
  return run(program, rest, { cwd: project, env, timeout: PATIENCE_MS, quiet: true });
}
