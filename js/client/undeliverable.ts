import { requireFunction } from "../errors";
import type { Report } from "../requests";
import type { Here } from "./part";

export function onUndeliverable(here: Here, callback: unknown): () => void {
  requireFunction("onUndeliverable", callback);
  return here("onUndeliverable").reports.add(callback as (report: Report) => void);
}
