import { type Report, Reports, warn } from "../requests";

/** In UTF-16 units: a line has room for the name, the sentence and the code. */
const MAX_SENTENCE_LENGTH = 300;

/** Reports of main, which may be about names that a page chose: its lines are bounded. */
export class MainReports extends Reports {
  private readonly _shown = new Set<string>();

  override give(given: Report, what: string) {
    if (this._listeners._hasAny) return super.give(given, what);
    const { code, reason, count } = given;
    const sentence = given.message.slice(0, MAX_SENTENCE_LENGTH);
    // One line for each target and reason.
    const fate = code + reason + what;
    warn(this._shown, fate, `${what} were not delivered (${count}): ${sentence} [${code}]`);
  }
}
