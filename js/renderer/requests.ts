/** Promises of answers, by request id. */
export class Requests {
  private readonly open = new Map<number, (ok: boolean, value: unknown) => void>();
  private last = 0;

  /** `send` gets the id under which the answer will come. */
  start(send: (id: number) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.last += 1;
      this.open.set(this.last, (ok, value) => (ok ? resolve : reject)(value));
      send(this.last);
    });
  }

  settle(id: number, ok: boolean, value: unknown) {
    const settle = this.open.get(id);
    this.open.delete(id);
    settle?.(ok, value);
  }
}
