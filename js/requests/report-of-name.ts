import { describe } from "../errors";
import type { OfService, OfTopic } from "../protocol/protocol";
import type { Nack } from "./record";
import type { Reports } from "./reports";

/** Notifies the app of a service that is not served, or of values of a topic that will not be delivered. */
export function reportOfName(
  reports: Reports,
  [, [name, target], code, reason, count, message]: Nack<OfService | OfTopic>,
) {
  const given = {
    windowName: typeof target === "string" ? target : "",
    count,
    code,
    reason: reason ?? undefined,
    message,
    [target === 1 ? "service" : "topic"]: name ?? undefined,
  };
  reports.give(given, textOf(name, target));
}

function textOf(name: string | null, target: 1 | OfTopic[1]): string {
  if (target === 1) return `calls of ${describe(name)}`;
  const values = name === null ? "values without a topic" : `values of ${describe(name)}`;
  return values + toText(target);
}

function toText(target: OfTopic[1]): string {
  if (target === undefined) return "";
  if (target === 0) return " to the main process";
  return target === null ? " to windows without a name" : ` to ${describe(target)}`;
}
