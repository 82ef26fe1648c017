// Not a test: a folder outside the checkout with a registry and apps, as on a user's machine.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { npmCommand } from "../../scripts/lib/node-modules.mjs";
import { packTarballs } from "../../scripts/lib/pack.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { publish, startRegistry } from "./registry.mjs";
import { ensureTools, toolFile } from "./tools.mjs";

/** Seconds are usual; a machine under load may stand still for minutes. */
const PATIENCE_MS = 600_000;

/** Opens one whose registry has this package and its platform packages. */
export async function openWorkplace() {
  await ensureTools();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "switchyard-install-")));
  const registry = await startRegistry(folder);
  const place = new Workplace(folder, registry);
  await publish(place, await packTarballs(join(folder, "tarballs")));
  return place;
}

class Workplace {
  constructor(folder, registry) {
    this.folder = folder;
    this.registry = registry;
  }

  /** A new folder in it. */
  makeFolder(name) {
    const path = join(this.folder, name);
    mkdirSync(path);
    return path;
  }

  npm(args, cwd = this.folder) {
    const [command, ...before] = npmCommand();
    return this.run(command, [...before, ...args], cwd);
  }

  /** Runs a tool that asks this registry and no other, and leaves nothing outside this folder. */
  run(command, args, cwd) {
    return run(command, args, { cwd, env: environment(this), timeout: PATIENCE_MS, quiet: true });
  }

  close() {
    this.registry.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function environment({ folder, registry }) {
  // What an npm that started the tests has set is about the checkout.
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return {
    ...Object.fromEntries(own),
    // Packagers ask the app's package manager what is installed.
    PATH: [toolFile(".bin"), process.env.PATH].join(delimiter),
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
    npm_config_registry: registry.url,
    npm_config_userconfig: join(folder, "npmrc"),
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_store_dir: join(folder, "pnpm-store"),
    npm_config_cache_dir: join(folder, "pnpm-cache"),
    YARN_CACHE_FOLDER: join(folder, "yarn-cache"),
    YARN_GLOBAL_FOLDER: join(folder, "yarn-global"),
    YARN_ENABLE_TELEMETRY: "0",
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}
