// The built site at an address of this machine.
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/**
 * @param {string} folder The built site.
 * @param {string} [base] The path that it was built for.
 * @param {number} [port] 0: any that is free.
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serveSite(folder, base = "/", port = 0) {
  const server = createServer(({ url = "" }, response) => {
    const file = fileOf(url, folder, base);
    if (file === undefined) return response.writeHead(404).end("not found");
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    response.end(readFileSync(file));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const { port: own } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${own}${base}`, close };
}

/** A file of the folder, and of no other; none for an address that is none. */
function fileOf(url, folder, base) {
  const path = pathOf(url);
  if (!path?.startsWith(base)) return undefined;
  const file = normalize(join(folder, path.slice(base.length)));
  if (file !== folder && !file.startsWith(folder + sep)) return undefined;
  return [file, `${file}.html`, join(file, "index.html")].find(
    (each) => existsSync(each) && statSync(each).isFile(),
  );
}

function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://site").pathname);
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}
