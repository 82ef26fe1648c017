// Not a test: windows in Chromium. Each page has the ready-made preload in an isolated world of its
// own, as Electron's preloads have one, and joins main over a WebSocket of this machine's.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { WebSocketServer } from "ws";
import { chromium as executable } from "../../../scripts/lib/chromium.mjs";
import { ROOT } from "../../../scripts/lib/root.mjs";
import { compile, page as contextOf, run } from "../../package/preload-vm.mjs";
import { BrowserWindow, sy, windowOf } from "./electron.mjs";
import { isolatedScript } from "./isolated.mjs";

/** Without these it looks for hosts of Google's at every start. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const HTML = `<!doctype html><meta charset="utf-8"><title>page</title>
  <script src="/page.js"></script>`;

/** What the preload runs in the page's world, before the page's own scripts. */
function pageScript() {
  const context = contextOf();
  const { scripts, exposed } = run(compile(context), context);
  // In Electron the contextBridge puts it there.
  const bridge = `window[${JSON.stringify(exposed[0])}] = {};`;
  return `${bridge}${scripts[0]}; window.joinedAt = document.readyState;`;
}

async function pageBundle() {
  const { outputFiles } = await build({
    stdin: {
      resolveDir: ROOT,
      contents: 'import * as sy from "./dist/renderer.mjs"; window.sy = sy;',
    },
    bundle: true,
    write: false,
    format: "iife",
  });
  return outputFiles[0].text;
}

export class Browser {
  static async open() {
    const executablePath = executable();
    if (executablePath === undefined) {
      throw new Error(
        "there is no Chromium: apt-get install chromium, or set CHROMIUM to its path",
      );
    }
    const script = await pageBundle();
    const server = createServer(({ url }, response) => {
      const isScript = url === "/page.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : HTML);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const profile = mkdtempSync(join(tmpdir(), "switchyard-chromium-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      args: FLAGS,
    });
    return new Browser(server, context, profile);
  }

  constructor(server, context, profile) {
    Object.assign(this, { server, context, profile });
    this.origin = `http://127.0.0.1:${server.address().port}`;
    this.sockets = new WebSocketServer({ server });
    this.sockets.on("connection", (socket, { url, headers }) => {
      const window = windowOf(Number(url.slice(1)));
      window.webContents.enter(socket, { origin: headers.origin, url: `${headers.origin}/` });
    });
  }

  /** A window with its page loaded, named where a name is given. */
  async window(name) {
    const window = new BrowserWindow();
    if (name !== undefined) sy.registerWindow(name, window);
    const page = await this.context.newPage();
    const session = await this.context.newCDPSession(page);
    await session.send("Page.enable");
    const address = `${this.origin.replace("http", "ws")}/${window.webContents.id}`;
    const add = (script) => session.send("Page.addScriptToEvaluateOnNewDocument", script);
    await add({ source: isolatedScript(address), worldName: "preload" });
    await add({ source: pageScript() });
    await page.goto(this.origin);
    return { window, page, session };
  }

  async close() {
    await this.context.close();
    this.sockets.close();
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
