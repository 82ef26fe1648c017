/** Places for processes that run side by side; who asks first is first to get one. */
export class Turns {
  #free;
  #waiting = [];

  /** @param {number} places How many processes run at once. */
  constructor(places) {
    this.places = places;
    this.#free = places;
  }

  /**
   * Waits for a place, or for all of them.
   * @param {{ alone?: boolean }} [options]
   * @returns {Promise<() => void>} Gives them back.
   */
  async take({ alone = false } = {}) {
    const count = alone ? this.places : 1;
    await new Promise((resolve) => {
      this.#waiting.push({ count, resolve });
      this.#serve();
    });
    return () => {
      this.#free += count;
      this.#serve();
    };
  }

  /** Nobody overtakes: one that wants all places would wait for ever. */
  #serve() {
    while (this.#waiting.length > 0 && this.#waiting[0].count <= this.#free) {
      const { count, resolve } = this.#waiting.shift();
      this.#free -= count;
      resolve();
    }
  }
}
