/** The calls of a walk, and what must be true of each. */

/** How long a call waits for a handler in walks; much longer than any message is on its way. */
const HANDLER_WAIT_MS = 400;

/** After that no call waits for a handler. */
const LONG_MS = 2 * HANDLER_WAIT_MS;

/** What gives a call up where its asker is: nothing else is known of such a call. */
const GIVEN_UP = { ERR_TIMEOUT: "timeoutMs", abort: "abortMs" };

/** One call: what is known of it, from its asker, from main, and from whom it came to. */
class Call {
  constructor(key) {
    this.key = key;
    /** The window and document that ask; undefined for main, which stays. */
    this.spot = undefined;
    this.doc = undefined;
    this.isOfMain = false;
    /** Whether main has let it in, and then: for which window, when, and what it might undergo. */
    this.isRouted = false;
    this.target = undefined;
    this.from = undefined;
    this.how = undefined;
    this.fates = undefined;
    this.at = 0;
    /** The document that it came to. */
    this.callee = undefined;
    this.outcome = undefined;
    /** Whether main knows that its asker gave it up. */
    this.isLetGo = false;
    /** Whether its document was about to go when it asked, and main may not tell whom it asked for. */
    this.isLastWord = false;
    this.workedOn = [];
  }

  /** Whether nobody is there any more who could be told of its end. */
  get isOrphan() {
    return !this.isOfMain && (this.spot.isClosed || this.spot.doc !== this.doc);
  }

  /** Whether it may be over for its asker, or its asker gone, and main not know it yet. */
  get isUnsure() {
    if (this.isOfMain) return false;
    if (this.isLastWord && now() - this.at < LONG_MS) return true;
    if (this.isOrphan) return !this.spot.isClosed && this.spot.loads > 0;
    return this.outcome?.isGivenUp && !this.isLetGo;
  }

  get isOver() {
    return this.outcome !== undefined || this.isOrphan;
  }
}

class Calls {
  /** `fail` hears of what must not be. */
  constructor(fail) {
    this.fail = fail;
    this.all = new Map();
    /** The window of each document that has reported. */
    this.homes = new Map();
  }

  of(key) {
    if (!this.all.has(key)) this.all.set(key, new Call(key));
    return this.all.get(key);
  }

  // ---------------------------------------------------------------------- what comes to be known

  born(spot, id) {
    this.homes.set(id, spot);
  }

  /** A document says that it asks. */
  asks(spot, doc, { n }) {
    Object.assign(this.of(`${doc.id} ${n}`), { spot, doc });
  }

  /** Main asks; the promise is of what becomes of it. */
  main(n, target, how, promise) {
    const call = this.of(`main ${n}`);
    call.isOfMain = true;
    this.route(call, target, undefined, how);
    promise.then((outcome) => this.end(call, outcome)).catch(this.fail);
  }

  /** A document's call was let in at this moment; `target`: the window that has the name. */
  routed(spot, doc, n, target, how) {
    const call = this.of(`${doc.id} ${n}`);
    Object.assign(call, { spot, doc });
    call.isLastWord = call.isOrphan || spot.loads > 0;
    this.route(call, target, spot.name, how);
    if (call.outcome) this.judge(call);
  }

  /**
   * The same in the last words of a window that is closed, which has no name any more; or in a
   * hostile window's, which has one. Nobody is told how such a call ends, and it may end at any time.
   */
  routedLast(id, n, target, how, from) {
    const call = this.of(`${id} ${n}`);
    if (!call.spot) call.spot = { isClosed: true };
    call.isLastWord = true;
    this.route(call, target, from, how);
  }

  route(call, target, from, how) {
    const fates = target?.fatesFromNow();
    Object.assign(call, { isRouted: true, target, from, how, fates, at: now() });
  }

  /** A call came to a handler of a document. That each gets it once, the document sees to. */
  got(spot, doc, { from, fromMain, msg }) {
    const call = this.of(`${msg.doc} ${msg.n}`);
    const said = `call ${call.key} came to ${doc.id} in ${spot.name}`;
    if (!call.isRouted) throw new Error(`${said}, and was not let in`);
    if (call.target !== spot) throw new Error(`${said}, and was for another`);
    if (call.callee && call.callee !== doc) throw new Error(`${said} and to ${call.callee.id}`);
    if (from !== call.from || fromMain !== call.isOfMain) {
      throw new Error(`${said} from ${from} (main: ${fromMain}), not ${call.from}`);
    }
    call.callee = doc;
    if (call.outcome) this.judge(call);
  }

  /** A handler has done its work for a call, and tells whether somebody waited for that. */
  worked(_spot, doc, { call: key, aborted }) {
    const call = this.of(key);
    if (call.callee !== doc)
      throw new Error(`${doc.id} worked at ${key}, which did not come to it`);
    call.workedOn.push(aborted);
    if (call.outcome) this.judge(call);
  }

  settled(spot, doc, { n, outcome }) {
    const call = this.of(`${doc.id} ${n}`);
    Object.assign(call, { spot, doc });
    this.end(call, outcome);
  }

  /** Main heard a document's word behind that it gave a call up. */
  letGo(doc, n) {
    this.of(`${doc.id} ${n}`).isLetGo = true;
  }

  end(call, outcome) {
    if (call.outcome) throw new Error(`call ${call.key} was settled twice`);
    call.outcome = outcome;
    call.waitedMs = now() - call.at;
    // A document's word of how it ended may be here before main has heard that it began.
    if (call.isRouted) this.judge(call);
  }

  // -------------------------------------------------------------------------- what must be true

  judge(call) {
    const wrong = this.flaw(call);
    if (!wrong) return;
    const { key, outcome, how, target } = call;
    const what = JSON.stringify({ key, outcome, how, to: target?.name });
    throw new Error(`a call ended wrongly: ${wrong}: ${what}`);
  }

  /** Once more, with all that has come to be known since. */
  judgeAll() {
    for (const call of this.all.values()) if (call.outcome) this.judge(call);
  }

  flaw(call) {
    const { end, answer } = call.outcome;
    if (GIVEN_UP[end]) return call.how[GIVEN_UP[end]] === undefined && "nothing gives it up";
    if (end === "ERR_UNKNOWN_WINDOW") return call.target && "there is a window of the name";
    // It answers what it likes, or never, and closes at the end.
    if (call.target?.isHostile) return undefined;
    // The window that had the name has closed.
    if (!call.target && end === "ERR_TARGET_GONE") return undefined;
    if (!call.target) return "there is no window of the name";
    if (answer) return this.flawOfAnswer(call);
    if (end === "ERR_TARGET_GONE") return this.flawOfGone(call);
    if (end === "ERR_NO_HANDLER") return this.flawOfNoHandler(call);
    return "it may not end so";
  }

  flawOfAnswer({ key, target, callee, workedOn, how, outcome: { end, answer } }) {
    if (`${answer.doc} ${answer.n}` !== key) return "it is the answer to another";
    // A document's answer may be here before its report that it is there; see judgeAll.
    const home = this.homes.get(answer.by);
    if (home && home !== target) return "it was answered in another window";
    if (callee && callee.id !== answer.by) return `it came to ${callee.id}`;
    if ((end === "error") !== how.fails) return "an error for an answer, or the reverse";
    return workedOn.includes(true) && "its handler was told that nobody waits";
  }

  /** Something happened to the window since that this is the reason of. */
  flawOfGone({ target, fates, outcome: { reason } }) {
    if (!(reason in fates)) return "there is no such reason";
    return target.fates[reason] === fates[reason] && "nothing of the kind happened";
  }

  flawOfNoHandler({ at, target, waitedMs, outcome: { message } }) {
    // On its way to the page while that removed its last handler.
    if (/the handler was removed/.test(message)) return undefined;
    // Timers may come a millisecond early.
    if (waitedMs < HANDLER_WAIT_MS - 2) return `it waited for ${waitedMs} ms only`;
    return target.handlesSince <= at && "there was a handler all the time";
  }

  /** Those that wait for a handler in a window; all, if nothing is unsure. */
  waiting(spot) {
    return [...this.all.values()].filter(
      ({ target, callee, isOver }) => target === spot && !callee && !isOver,
    );
  }

  /** Whether it is not sure which calls to a window wait. */
  areUnsure(spot) {
    return [...this.all.values()].some(
      ({ target, callee, isUnsure }) => target === spot && !callee && isUnsure,
    );
  }

  /** These wait for sure, and what happens to their window next must not end them. */
  spare(calls) {
    for (const call of calls) call.fates = { ...call.target.fates };
  }

  /** Those whose askers wait for their end. */
  open() {
    const open = [...this.all.values()].filter(({ isOver }) => !isOver);
    const stateOf = ({ isRouted }) => (isRouted ? "let in" : "not let in");
    return open.map(
      (call) => `${call.key} of ${call.spot?.name} to ${call.target?.name}, ${stateOf(call)}`,
    );
  }
}

function now() {
  return process.uptime() * 1000;
}

module.exports = { Calls, HANDLER_WAIT_MS, now };
