/**
 * The wait between two rounds of something that goes on until it is stopped. Whoever waits goes on when its time is over, when it is
 * woken, and at once when it is ended, also where the end came before the wait began.
 */
export class Rest {
  #ended = false;
  #goOn: (() => void) | undefined;

  get ended(): boolean {
    return this.#ended;
  }

  for(ms: number): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#goOn = done;
    });
  }

  wake(): void {
    this.#goOn?.();
  }

  /** No wait from now on. */
  end(): void {
    this.#ended = true;
    this.wake();
  }
}
