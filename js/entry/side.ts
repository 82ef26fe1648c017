/** Where this code runs: Electron's main process, a JS world with Electron's modules, or a page. */
export function side(): "main" | "preload" | "page" {
  const type = typeof process === "object" ? (process as { type?: string }).type : undefined;
  if (type === "browser") return "main";
  // A page with node integration can require electron too; it needs no preload then.
  return type === "renderer" ? "preload" : "page";
}
