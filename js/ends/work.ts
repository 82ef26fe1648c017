/** Makes a signal's controller. */
export type AbortSource = () => AbortController;

/** One request while its handlers are at work: an asker's, under its id. */
export class Work {
  /** Why nobody waits for the answer any more. */
  lost: { readonly reason: unknown } | undefined = undefined;
  private controller: AbortController | undefined = undefined;

  constructor(
    readonly asker: number,
    readonly id: number,
    private readonly source: AbortSource,
  ) {}

  /** Made when it is asked for: most handlers do not. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = this.source();
      if (this.lost) abortWith(this.controller, this.lost.reason);
    }
    return this.controller.signal;
  }

  /** Nobody waits for the answer any more. */
  lose(reason: unknown) {
    this.lost = { reason };
    if (this.controller) abortWith(this.controller, reason);
  }
}

/** Before Chrome 98 and Node 17.2, abort takes no reason and signals have none. */
function abortWith(controller: AbortController, reason: unknown) {
  const { signal } = controller;
  if (!("reason" in signal)) Object.defineProperty(signal, "reason", { value: reason });
  controller.abort(reason);
}
