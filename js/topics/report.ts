import { describe } from "../errors";
import type { OfTopic } from "../protocol/protocol";
import type { Nack, Reports } from "../requests";

/** Notifies the app of values of a topic that will not be delivered. */
export function reportValues(reports: Reports, nack: Nack<OfTopic>) {
  const [, [topic, target], code, reason, count, message] = nack;
  const given = {
    topic: topic ?? undefined,
    windowName: target || "",
    count,
    code,
    reason: reason ?? undefined,
    message,
  };
  const what = topic === null ? "values of a topic without a name" : `values of ${describe(topic)}`;
  reports.give(given, what + toText(target));
}

function toText(target: OfTopic[1]): string {
  if (target === undefined) return "";
  if (target === 0) return " to the main process";
  return target === null ? " to windows without a name" : ` to ${describe(target)}`;
}
